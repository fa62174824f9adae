"""What learning gives a person to take away, and what a closed account leaves of it."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from courses.models import CoursePage
from learners.study import personal, shelf
from learners.study.enrolment import enrol
from learners.study.models import Enrolment, Progress, QuizAttempt, SavedResource, TimeCredit
from tests.learners.study.conftest import START, post, right_answers, video_lesson

SHANGHAI = ZoneInfo("Asia/Shanghai")


def at(seconds):
    return datetime.fromtimestamp(START + seconds, SHANGHAI)


@pytest.fixture
def learned(learn, report, quizzed, time, client, chen_jing, li_wei):
    """Two people watched the same lesson and passed its quiz; both saved its course."""
    for person in (chen_jing, li_wei):
        token = learn(person, quizzed)["token"]
        time.advance(60)
        report(token, quizzed, [0, 95], position=95).json()
        answers = right_answers(quizzed)
        post(client, "/learn/quiz/", token=token, lesson=quizzed.pk, answers=answers)
        shelf.save(person, CoursePage.objects.get().resourcepage_ptr, True)
    return quizzed


def test_export_holds_everything_learned(learned, chen_jing):
    exported = personal.export(chen_jing)
    (enrolment,) = exported["enrolments"]
    (lesson,) = enrolment.pop("lessons")
    minute = at(60).isoformat()
    enrolled_at = Enrolment.objects.of(chen_jing).get().enrolled_at  # on another clock here
    assert enrolment == {
        "course": "手机与孩子：立规矩，不伤感情",
        "run": 1,
        "voluntary": True,
        "enrolled_at": enrolled_at.astimezone(SHANGHAI).isoformat(),
        "started_at": minute,
        "completed_at": minute,
        "completed_offline": False,
        "finished_on_device": None,
    }
    (attempt,) = lesson.pop("quiz_attempts")
    assert lesson == {
        "lesson": "第 quizzed 课",
        "covered_seconds": 95,
        "covered": "0-95",
        "position": 95.0,
        "position_at": minute,
        "first_report_at": minute,
        "last_report_at": minute,
        "offline_seconds": 0,
        "overclaimed_seconds": 0,
        "completed_at": minute,
        "completed_offline": False,
        "quiz_best": 100,
        "quiz_passed_at": minute,
    }
    assert attempt == {
        "answers": right_answers(learned),
        "score": 100,
        "passed": True,
        "at": minute,
    }
    assert [row["resource"] for row in exported["saved"]] == ["手机与孩子：立规矩，不伤感情"]
    credited = TimeCredit.objects.get(user=chen_jing).credited_until
    assert exported["learning_time_credited_until"] == credited.astimezone(SHANGHAI).isoformat()


def test_export_of_somebody_who_learned_nothing(learned, chen_jianguo):
    assert personal.export(chen_jianguo) == {
        "enrolments": [],
        "saved": [],
        "learning_time_credited_until": None,
        "certificates": [],
    }


@pytest.mark.parametrize("lessons", [1, 3])
def test_export_costs_the_same_statements(course, chen_jing, lessons, django_assert_num_queries):
    enrolment = enrol(chen_jing, course)
    for n in range(lessons):
        lesson = video_lesson(course, f"l{n}", content_hash=f"{n}" * 64)
        progress = Progress.objects.create(
            enrolment=enrolment,
            lesson=lesson,
            position_at=at(0),
            first_report_at=at(0),
            last_report_at=at(0),
        )
        QuizAttempt.objects.create(progress=progress, answers={}, score=50, passed=False)
    with django_assert_num_queries(6):
        assert len(personal.export(chen_jing)["enrolments"][0]["lessons"]) == lessons


def test_erase_leaves_what_courses_count_and_nothing_else(learned, chen_jing, li_wei):
    others = personal.export(li_wei)
    personal.erase(chen_jing)
    (enrolment,) = personal.export(chen_jing)["enrolments"]
    (lesson,) = enrolment.pop("lessons")
    day = at(60).replace(hour=0, minute=0, second=0, microsecond=0).isoformat()
    del enrolment["enrolled_at"]  # on another clock here
    assert enrolment == {
        "course": "手机与孩子：立规矩，不伤感情",
        "run": 1,
        "voluntary": True,
        "started_at": day,
        "completed_at": day,
        "completed_offline": False,
        "finished_on_device": None,
    }
    assert lesson == {
        "lesson": "第 quizzed 课",
        "covered_seconds": 95,
        "covered": "",
        "position": 0.0,
        "position_at": day,
        "first_report_at": day,
        "last_report_at": day,
        "offline_seconds": 0,
        "overclaimed_seconds": 0,
        "completed_at": day,
        "completed_offline": False,
        "quiz_best": 100,
        "quiz_passed_at": day,
        "quiz_attempts": [],
    }
    left = [SavedResource.objects, TimeCredit.objects]
    assert [list(rows.values_list("user", flat=True)) for rows in left] == [[li_wei.pk]] * 2
    assert personal.export(li_wei) == others


def test_erase_keeps_an_unfinished_run_unfinished(learn, report, lesson, time, chen_jing):
    token = learn(chen_jing, lesson)["token"]
    time.advance(60)
    report(token, lesson, [0, 20])
    personal.erase(chen_jing)
    enrolment = Enrolment.objects.get()
    progress = enrolment.progress.get()
    assert (enrolment.completed_at, progress.completed_at, progress.covered_seconds) == (
        None,
        None,
        20,
    )


def test_erase_moves_moments_to_the_beginning_of_their_day_here(course, chen_jing):
    """23:30 UTC is half past seven of the next day in Shanghai."""
    enrolment = enrol(chen_jing, course)
    moment = datetime(2026, 11, 23, 23, 30, tzinfo=ZoneInfo("UTC"))
    Enrolment.objects.filter(pk=enrolment.pk).update(enrolled_at=moment)
    personal.erase(chen_jing)
    enrolment.refresh_from_db()
    assert enrolment.enrolled_at == datetime(2026, 11, 24, tzinfo=SHANGHAI)


@pytest.mark.parametrize("runs", [1, 3])
def test_erase_costs_the_same_statements(course, chen_jing, runs, django_assert_num_queries):
    enrol(chen_jing, course)
    for run in range(2, runs + 1):
        Enrolment.objects.create(user=chen_jing, course=course, run=run, current=False)
    with django_assert_num_queries(9):
        personal.erase(chen_jing)
