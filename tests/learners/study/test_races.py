"""What two tabs, two devices and a retry do at the same moment, on real connections."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client

from learners.study import enrolment
from learners.study.models import Certificate, Enrolment, Progress, QuizAttempt, TimeCredit
from tests.learners.study.conftest import finished_run, post, right_answers

pytestmark = pytest.mark.django_db(transaction=True)


def together(*calls):
    """Runs all calls at once, each on a connection of its own; returns what they returned."""
    start = Barrier(len(calls))

    def run(call):
        start.wait(10)
        try:
            return call()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def test_first_reports_racing_keep_all_they_covered(learn, lesson, time, chen_jing):
    token = learn(chen_jing, lesson)["token"]
    time.advance(60)

    def report(n):
        played = [[n * 10, n * 10 + 10]]
        return post(Client(), "/learn/progress/", token=token, lesson=lesson.pk, played=played)

    responses = together(*(lambda n=n: report(n) for n in range(8)))
    assert [response.status_code for response in responses] == [200] * 8
    assert Progress.objects.get().covered == "0-80"
    assert TimeCredit.objects.get().version == 8


def test_two_tabs_finishing_at_once_complete_once(learn, lesson, time, chen_jing):
    token = learn(chen_jing, lesson)["token"]
    time.advance(60)

    def report():
        return post(Client(), "/learn/progress/", token=token, lesson=lesson.pk, played=[[0, 100]])

    answers = [response.json() for response in together(report, report)]
    assert [(a["completed"], a["course_completed"]) for a in answers] == [(True, True)] * 2
    assert sorted(a["credited"] for a in answers) == [0, 100]
    assert Enrolment.objects.exclude(completed_at=None).count() == 1


def test_enrolling_in_two_tabs_at_once_is_one_enrolment(course, chen_jing):
    ids = together(*[lambda: enrolment.enrol(chen_jing, course).pk] * 4)
    assert ids == [Enrolment.objects.get().pk] * 4


def test_starting_again_in_two_tabs_at_once_is_one_new_run(course, chen_jing):
    first = enrolment.enrol(chen_jing, course)
    Enrolment.objects.filter(pk=first.pk).update(completed_at=first.enrolled_at)
    together(*[lambda: enrolment.start_again(chen_jing, course)] * 3)
    assert list(Enrolment.objects.order_by("run").values_list("run", "current")) == [
        (1, False),
        (2, True),
    ]


def test_quiz_and_first_report_racing_lose_neither(learn, quizzed, time, chen_jing):
    token = learn(chen_jing, quizzed)["token"]
    time.advance(60)
    answers = right_answers(quizzed)
    together(
        lambda: post(
            Client(), "/learn/progress/", token=token, lesson=quizzed.pk, played=[[0, 95]]
        ),
        lambda: post(Client(), "/learn/quiz/", token=token, lesson=quizzed.pk, answers=answers),
    )
    progress = Progress.objects.get()
    assert (progress.covered_seconds, progress.quiz_best) == (95, 100)
    assert QuizAttempt.objects.count() == 1


def test_asking_for_a_certificate_in_four_tabs_at_once_makes_one(course, lesson, chen_jing):
    run = finished_run(chen_jing, course)
    address = f"/learn/certificates/{course.pk}/{run.run}/"

    def ask(n):
        tab = Client()
        tab.force_login(chen_jing)
        return tab.post(address, {"name": f"陈静{'甲乙丙丁'[n]}"})

    answers = together(*(lambda n=n: ask(n) for n in range(4)))
    certificate = Certificate.objects.get()
    places = {answer["Location"] for answer in answers}
    assert places == {f"/learn/certificates/{certificate.pk}/"}
