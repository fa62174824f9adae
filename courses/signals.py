"""Publishing is what changes a course's requirements; learners are told by one signal."""

from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete
from django.dispatch import Signal
from wagtail.models import Page
from wagtail.signals import page_published, page_unpublished, post_page_move

from courses import requirements
from courses.models import CoursePage, LessonPage

requirements_changed = Signal()
"""Sent with `course_id` after the rules of a course were recorded anew."""


def on_lesson_changed(sender: Any, instance: Page, **kwargs: Any) -> None:
    course = instance if isinstance(instance, CoursePage) else _course_of(instance)
    if course is not None:
        _record(course)


def on_page_unpublished(sender: Any, instance: Page, **kwargs: Any) -> None:
    """A course's own rules stay as they are; unpublished last when it is being deleted."""
    if isinstance(instance, LessonPage):
        on_lesson_changed(sender, instance)


def on_lesson_deleted(sender: Any, instance: LessonPage, **kwargs: Any) -> None:
    """Afterwards: the whole course may be going, and must not leave rules behind."""
    if course := _course_of(instance):
        transaction.on_commit(lambda: _record_if_there(course.pk))


def _record_if_there(course_id: int) -> None:
    if course := CoursePage.objects.filter(pk=course_id).first():
        _record(course)


def on_page_moved(sender: Any, instance: Page, **kwargs: Any) -> None:
    page = instance.specific
    for parent in (kwargs["parent_page_before"], kwargs["parent_page_after"]):
        if isinstance(page, LessonPage) and isinstance(parent.specific, CoursePage):
            _record(parent.specific)


def _course_of(page: Page) -> CoursePage | None:
    return CoursePage.objects.parent_of(page).first() if isinstance(page, LessonPage) else None


def _record(course: CoursePage) -> None:
    requirements.record(course)
    CoursePage.objects.filter(pk=course.pk).update(minutes=course.length_in_minutes())
    requirements_changed.send(CoursePage, course_id=course.pk)


def connect() -> None:
    page_published.connect(on_lesson_changed)
    page_unpublished.connect(on_page_unpublished)
    post_page_move.connect(on_page_moved)
    post_delete.connect(on_lesson_deleted, sender=LessonPage)
