"""What a course asks for, kept in versions (ARCHITECTURE.md decision 9)."""

from typing import Any

from django.db import IntegrityError, transaction

from cms.reading import reading_seconds
from courses.models import CoursePage, CourseRequirements, LessonPage


def current(course: CoursePage) -> list[dict[str, Any]]:
    """The rules of the published lessons, in order, as `CourseRequirements.rules` holds them."""
    return [_rule(lesson) for lesson in course.lessons().select_related("recording")]


def _rule(lesson: LessonPage) -> dict[str, Any]:
    recording = lesson.recording
    seconds = recording.duration if recording else reading_seconds(lesson.body)
    return {
        "lesson": lesson.pk,
        "title": lesson.title,
        "format": lesson.format,
        "required": lesson.required,
        "coverage_required": lesson.coverage_required,
        "seconds": seconds,
        "content_hash": recording.content_hash if recording else "",
        "quiz": bool(lesson.quiz),
        "pass_mark": lesson.pass_mark,
    }


def record(course: CoursePage) -> CourseRequirements:
    """The newest version, which is a new one if the rules have changed since. Safe to race."""
    rules = current(course)
    newest = CourseRequirements.objects.filter(course=course).order_by("-version").first()
    if newest is not None and newest.rules == rules:
        return newest
    version = newest.version + 1 if newest else 1
    try:
        with transaction.atomic():
            return CourseRequirements.objects.create(course=course, version=version, rules=rules)
    except IntegrityError:
        return record(course)
