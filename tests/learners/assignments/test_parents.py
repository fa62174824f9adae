"""What a parent sees of an assignment: first, once, with the nearest day."""

import json
from datetime import UTC, date, datetime

import pytest

from learners.assignments import assigning
from learners.study.models import Enrolment
from tests.learners.assignments.conftest import finish, wish


def give(teacher, course, third, **fields):
    return assigning.assign(teacher, wish(course, school=third.school, classes=[third], **fields))


def tasks(client, user):
    client.force_login(user)
    found = client.get("/learn/").context["tasks"]
    return [
        (task.card.course.title, task.assigned.given_by, task.assigned.days_left) for task in found
    ]


def test_assigned_course_is_first_and_once_with_the_nearest_day(
    client, teacher, mother, course, lessons, third
):
    give(teacher, course, third, due_on=date(2026, 12, 24), note="慢慢学")
    give(teacher, course, third, due_on=date(2026, 11, 27), note="周末一起看")
    assert tasks(client, mother) == [(course.title, "三年级2班", 3)]
    page = client.get("/learn/").content.decode()
    assert "还有 3 天" in page and "周末一起看" in page and "慢慢学" not in page


def test_finished_withdrawn_and_foreign_ones_are_not_asked(
    client, teacher, mother, stranger, course, lessons, third
):
    given = give(teacher, course, third)
    assert tasks(client, stranger) == []
    assert len(tasks(client, mother)) == 1
    finish(mother, course)
    assert tasks(client, mother) == []
    assigning.withdraw(given)
    assert tasks(client, mother) == []


def test_late_course_is_still_asked(client, teacher, mother, course, lessons, third, now):
    give(teacher, course, third)
    now.advance(days=10)
    assert tasks(client, mother) == [(course.title, "三年级2班", -4)]
    assert "已过 4 天，现在学也来得及" in client.get("/learn/").content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_learn_page_costs_the_same_for_one_assignment_and_three(
    client, teacher, mother, course, lessons, third, number, django_assert_num_queries
):
    for _ in range(number):
        give(teacher, course, third)
    client.force_login(mother)
    with django_assert_num_queries(19):
        client.get("/learn/")


def test_course_page_says_who_asks(client, teacher, mother, course, lessons, third):
    give(teacher, course, third)
    client.force_login(mother)
    badge = {"by": "三年级2班", "due": "2026-11-30", "days": 6}
    assert client.get(f"/learn/state/{course.pk}/").json()["course"]["assigned"] == badge
    home = course.get_parent().get_parent()
    assert client.get(f"/learn/state/{home.pk}/").json()["continue"]["assigned"] == badge


def enrol(client, user, course):
    client.force_login(user)
    body = json.dumps({"course": course.pk})
    return client.post("/learn/enrol/", body, content_type="application/json").json()["course"]


def test_anew_opens_another_run_and_keeps_the_old_one(
    client, teacher, mother, course, lessons, third, now
):
    now.set(datetime(2026, 6, 1, 4, tzinfo=UTC))
    finish(mother, course)
    now.set(datetime(2026, 11, 24, 4, tzinfo=UTC))
    give(teacher, course, third, anew=True)
    assert tasks(client, mother) == [(course.title, "三年级2班", 6)]
    before = client.get(f"/learn/state/{course.pk}/").json()["course"]
    assert (before["enrolled"], before["completed"], before["done"]) == (False, None, 0)
    assert enrol(client, mother, course)["run"] == 2
    assert enrol(client, mother, course)["run"] == 2
    finish(mother, course)
    assert enrol(client, mother, course)["run"] == 2
    assert tasks(client, mother) == []
    assert Enrolment.objects.exclude(completed_at=None).count() == 2


def test_earlier_completion_counts_without_asking_anew(
    client, teacher, mother, course, lessons, third, now
):
    now.set(datetime(2026, 6, 1, 4, tzinfo=UTC))
    finish(mother, course)
    now.set(datetime(2026, 11, 24, 4, tzinfo=UTC))
    give(teacher, course, third)
    assert tasks(client, mother) == []
    assert enrol(client, mother, course)["run"] == 1
