"""A course that is being learned, and a clock that tests move by hand."""

import json

import pytest
from django.core.files.base import ContentFile

from courses import requirements
from courses.models import LessonPage
from learners.study import clock, enrolment
from learners.study.clock import moment
from learners.study.models import Enrolment, Progress
from media.models import Recording

START = 1_800_000_000.0


class Clock:
    def __init__(self):
        self.now = START

    def __call__(self):
        return self.now

    def advance(self, seconds):
        self.now += seconds


@pytest.fixture
def time(monkeypatch):
    moved = Clock()
    monkeypatch.setattr(clock, "now", moved)
    return moved


def recording_of(seconds, content_hash="a" * 64):
    file = ContentFile(b"not played in these tests", name="lesson.mp4")
    return Recording.objects.create(
        title="约定屏幕时间", type="video", duration=seconds, content_hash=content_hash, file=file
    )


def video_lesson(course, slug, seconds=100, content_hash="a" * 64, **fields):
    return course.add_child(
        instance=LessonPage(
            title=f"第 {slug} 课",
            slug=slug,
            format="video",
            recording=recording_of(seconds, content_hash),
            **fields,
        )
    )


@pytest.fixture
def lesson(course):
    """A video of 100 seconds, of which 90 are required."""
    return video_lesson(course, "one")


@pytest.fixture
def learn(client, time, course):
    """Enrols a person and opens a lesson: returns what the page's state says of the lesson."""

    def opened(user, lesson):
        enrolment.enrol(user, course)
        client.force_login(user)
        state = client.get(f"/learn/state/{lesson.pk}/").json()
        client.logout()
        return state["lesson"]

    return opened


@pytest.fixture
def report(client):
    """Sends a progress report as the player does; returns the response."""

    def sent(token, lesson, *played, **more):
        data = {"token": token, "lesson": lesson.pk, "played": list(played), **more}
        return client.post("/learn/progress/", json.dumps(data), content_type="application/json")

    return sent


QUIZ = [
    (
        "single",
        {
            "text": "先做什么？",
            "options": [
                {"text": "一起写规则", "correct": True},
                {"text": "直接没收", "correct": False},
            ],
            "explanation": "孩子参与写下的规则，更愿意遵守。",
        },
    ),
    (
        "true_false",
        {"text": "规则写好就不能改。", "answer": False, "explanation": "可以商量着改。"},
    ),
]


@pytest.fixture
def quizzed(course):
    """A video of 100 seconds with a quiz of two questions."""
    return video_lesson(course, "quizzed", content_hash="d" * 64, quiz=QUIZ)


def post(client, address, **data):
    return client.post(address, json.dumps(data), content_type="application/json")


def right_answers(lesson):
    single, statement = LessonPage.objects.get(pk=lesson.pk).quiz
    right = next(o for o in single.value["options"].bound_blocks if o.value["correct"])
    return {single.id: [right.id], statement.id: ["false"]}


FINISHED = moment(START - 24 * 3600)


def finished_run(user, course, at=FINISHED, lessons=None, **fields):
    """The person's current run of the course, completed with these lessons, or with all."""
    run = enrolment.enrol(user, course)
    for lesson in course.lessons() if lessons is None else lessons:
        Progress.objects.create(
            enrolment=run,
            lesson=lesson,
            covered_seconds=90,
            position_at=at,
            first_report_at=at,
            last_report_at=at,
            completed_at=at,
        )
    Enrolment.objects.filter(pk=run.pk).update(
        started_at=at, completed_at=at, requirements=requirements.record(course), **fields
    )
    return Enrolment.objects.get(pk=run.pk)
