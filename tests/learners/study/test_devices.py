"""A course remembers where it was finished: by a cookie of ours, for thirty days, no longer."""

from datetime import timedelta
from http.cookies import SimpleCookie

import pytest

from learners.accounts.closing import close_account
from learners.study import devices, personal
from learners.study.clock import moment
from learners.study.models import Enrolment
from learners.study.tasks import forget_devices
from tests.learners.study.conftest import START, finished_run, post, right_answers


@pytest.fixture
def opened(learn, lesson, chen_jing, client):
    """The lesson's token, with the cookie that came along kept in the browser."""

    def open_by(user, cookie=None):
        client.cookies = SimpleCookie(cookie or {})
        kept = {}
        logout = client.logout

        def keep():
            kept.update({name: one.value for name, one in client.cookies.items()})
            logout()

        client.logout = keep
        token = learn(user, lesson)["token"]
        client.logout = logout
        client.cookies = SimpleCookie({name: kept[name] for name in kept if name == devices.COOKIE})
        return token

    return open_by


def finish(report, token, lesson, time):
    time.advance(60)
    return report(token, lesson, (0, 95), position=95).json()


def test_finished_course_remembers_the_device_and_no_more(
    opened, report, lesson, time, chen_jing, li_wei, client, django_assert_num_queries
):
    token = opened(chen_jing)
    cookie = client.cookies[devices.COOKIE].value
    assert finish(report, token, lesson, time)["course_completed"] is True
    token = opened(li_wei, {devices.COOKIE: cookie})
    finish(report, token, lesson, time)
    marks = set(Enrolment.objects.values_list("device", flat=True))
    assert (len(marks), cookie in marks, {len(mark) for mark in marks}) == (1, False, {32})
    (mark,) = marks
    assert personal.export(chen_jing)["enrolments"][0]["finished_on_device"] == mark


def test_cookie_is_ours_alone_and_short_lived(client, learn, lesson, chen_jing):
    client.force_login(chen_jing)
    answer = client.get(f"/learn/state/{lesson.pk}/")
    cookie = answer.cookies[devices.COOKIE]
    told = (cookie["path"], cookie["httponly"], cookie["samesite"], cookie["max-age"])
    assert told == ("/learn/", True, "Lax", 30 * 24 * 3600)
    assert devices.COOKIE not in client.get(f"/learn/state/{lesson.pk}/").cookies
    client.logout()
    assert devices.COOKIE not in client.get(f"/learn/state/{lesson.pk}/").cookies


@pytest.mark.parametrize("cookie", [None, "x", "y" * 5000])
def test_without_a_cookie_of_ours_nothing_is_kept(
    opened, report, lesson, time, chen_jing, client, cookie
):
    token = opened(chen_jing)
    client.cookies = SimpleCookie({devices.COOKIE: cookie} if cookie else {})
    assert finish(report, token, lesson, time)["course_completed"] is True
    assert Enrolment.objects.get().device == ""


def test_quiz_that_finishes_remembers_it_too(learn, report, quizzed, time, client, chen_jing):
    token = learn(chen_jing, quizzed)["token"]
    finish(report, token, quizzed, time)
    client.cookies[devices.COOKIE] = "a" * 32
    post(client, "/learn/quiz/", token=token, lesson=quizzed.pk, answers=right_answers(quizzed))
    assert len(Enrolment.objects.get().device) == 32


def test_mark_goes_after_thirty_days_and_with_the_account(course, lesson, chen_jing, li_wei):
    for user in (chen_jing, li_wei):
        finished_run(user, course, at=moment(START), device="d" * 32)
    assert devices.forget(moment(START) + timedelta(days=30)) == 0
    close_account(chen_jing)
    assert list(Enrolment.objects.order_by("pk").values_list("device", flat=True)) == [
        "",
        "d" * 32,
    ]
    assert devices.forget(moment(START) + timedelta(days=30, seconds=1)) == 1
    assert forget_devices.func() == 0
