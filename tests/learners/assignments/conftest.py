"""A class with three children, a course of two lessons, and people who learn it."""

from datetime import UTC, date, datetime, timedelta

import pytest

from courses.models import LessonPage
from learners.assignments import assigning
from learners.study import clock, completion, enrolment
from learners.study.models import Enrolment, Progress, TimeCredit
from tests.conftest import person
from tests.learners.schools.conftest import (
    MOTHER_PHONE,
    appoint,
    community,
    district,
    foreign_class,
    head,
    make_child,
    make_guardian,
    other_class,
    other_district,
    own_var,
    school,
    teacher,
    third,
    xiaoman,
)

TODAY = date(2026, 11, 24)
NOON = datetime(2026, 11, 24, 4, tzinfo=UTC)
DUE = date(2026, 11, 30)


class Clock:
    def __init__(self):
        self.at = NOON

    def __call__(self):
        return self.at.timestamp()

    def set(self, at):
        self.at = at

    def advance(self, **parts):
        self.at += timedelta(**parts)


@pytest.fixture(autouse=True)
def now(monkeypatch):
    """Noon UTC+8 of a Tuesday, for learning and for assigning; tests move it by hand."""
    moved = Clock()
    monkeypatch.setattr(clock, "now", moved)
    monkeypatch.setattr("django.utils.timezone.now", lambda: moved.at)
    return moved


@pytest.fixture
def lessons(course):
    """Two articles that are required."""
    return [add_lesson(course, "one"), add_lesson(course, "two")]


def add_lesson(course, slug):
    body = [("paragraph", "<p>" + "字" * 600 + "</p>")]
    lesson = LessonPage(title=f"第 {slug} 课", slug=slug, format="article", body=body)
    course.refresh_from_db()
    return course.add_child(instance=lesson)


def wish(course, scope="classes", **fields):
    return assigning.Wish(
        **{"course": course, "scope": scope, "year": 2026, "due_on": DUE, **fields}
    )


@pytest.fixture
def assignment(teacher, course, lessons, third):
    return assigning.assign(teacher, wish(course, school=third.school, classes=[third]))


def start(user, course):
    """What a first report does."""
    run = enrolment.enrol(user, course)
    completion.mark_started(run.pk, clock.now())
    return run


def complete(user, lesson):
    """What the report does that covers the rest of a lesson."""
    course = lesson.get_parent().specific
    run = start(user, course)
    Progress.objects.update_or_create(
        enrolment=run,
        lesson=lesson,
        defaults={
            "covered_seconds": 10**6,
            "position_at": timezone_now(),
            "first_report_at": timezone_now(),
            "last_report_at": timezone_now(),
        },
    )
    return completion.complete_if_earned(run.pk, lesson.pk, clock.now())


def timezone_now():
    return datetime.fromtimestamp(clock.now(), UTC)


def finish(user, course):
    for lesson in course.lessons():
        complete(user, lesson)


@pytest.fixture
def mother(xiaoman):
    """陈静, joined."""
    user = person("陈静", MOTHER_PHONE)
    make_guardian(user, xiaoman)
    return user


@pytest.fixture
def stranger(foreign_class):
    """A parent of a class in another district: data that could leak."""
    user = person("李伟", "+8613800138003")
    make_guardian(user, make_child(foreign_class, "李小远"), "father")
    return user


@pytest.fixture
def other_teacher(other_class):
    user = person("刘老师")
    appoint(user, "teacher", other_class)
    return user


@pytest.fixture
def district_head(district):
    user = person("区县管理员")
    appoint(user, "district", district)
    return user


@pytest.fixture
def other_district_head(other_district):
    user = person("邻区管理员")
    appoint(user, "district", other_district)
    return user


@pytest.fixture
def city_head(db):
    user = person("市管理员")
    appoint(user, "city")
    return user


def runs_of(user):
    return Enrolment.objects.of(user).count(), TimeCredit.objects.filter(user=user).count()
