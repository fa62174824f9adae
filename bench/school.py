"""Content and learners to measure with. Runs inside Django, on a database of its own."""

import time
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.core.files.base import ContentFile
from django.utils import timezone

from courses.models import CourseIndexPage, CoursePage, LessonPage
from learners.accounts.models import User
from learners.study import tokens
from learners.study.lengths import measure
from learners.study.models import Enrolment, TimeCredit
from media.models import Recording

SECONDS = 4 * 3600
BODY = [
    ("heading", "先听孩子说完"),
    ("paragraph", "<p>" + "先听孩子说完，再说自己的想法。" * 40 + "</p>"),
]


def add_recording() -> Recording:
    """Four hours long as far as anybody knows; nobody plays it."""
    return Recording.objects.create(
        title="bench",
        type="video",
        duration=SECONDS,
        content_hash=uuid4().hex * 2,
        file=ContentFile(b"", "bench.mp4"),
    )


def add_course(lessons: int) -> CoursePage:
    index = CourseIndexPage.objects.get()
    slug = f"bench-{uuid4().hex[:8]}"
    course = index.add_child(instance=CoursePage(title="量一量", slug=slug, body=BODY))
    recording = add_recording()
    for number in range(lessons):
        lesson = LessonPage(
            title=f"第 {number + 1} 课", slug=f"lesson-{number}", recording=recording, body=BODY
        )
        course.add_child(instance=lesson)
    return course


def add_learners(course: CoursePage, count: int) -> list[Enrolment]:
    people = User.objects.bulk_create(
        User(name=f"量 {number}", phone_hash=uuid4().hex * 2) for number in range(count)
    )
    earlier = timezone.now() - timezone.timedelta(hours=6)
    TimeCredit.objects.bulk_create(
        TimeCredit(user=person, credited_until=earlier) for person in people
    )
    # Begun before: a first start counts the class's figures anew, which a heartbeat does not.
    return Enrolment.objects.bulk_create(
        Enrolment(user=person, course=course, started_at=earlier) for person in people
    )


def token(enrolment: Enrolment, lesson: LessonPage) -> str:
    measured = measure(lesson)
    return tokens.issue(
        tokens.Token(
            user=enrolment.user_id,
            epoch=enrolment.user.session_epoch,
            enrolment=enrolment.pk,
            lesson=lesson.pk,
            opened_at=int(time.time()) - 6 * 3600,
            length=measured.length,
            required=measured.required,
            media_key=measured.media_key,
        )
    )


def write_tokens(file: Path, count: int) -> Any:
    """One line a learner: person, lesson, learning token."""
    course = add_course(lessons=1)
    lesson = course.lessons().get()
    lines = [f"{e.user_id} {lesson.pk} {token(e, lesson)}" for e in add_learners(course, count)]
    file.write_text("\n".join(lines) + "\n")
