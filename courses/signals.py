"""Publishing is what changes a course's requirements; learners are told by one signal."""

from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete
from django.dispatch import Signal
from wagtail.models import Page, WorkflowState
from wagtail.signals import (
    page_published,
    page_unpublished,
    post_page_move,
    workflow_cancelled,
    workflow_rejected,
)

from courses import release, requirements
from courses.models import CoursePage, CourseRelease, LessonPage

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
    if isinstance(page, LessonPage) and page.live and not kwargs["parent_page_after"].live:
        page.unpublish()  # it would stand in the open beside a course that nobody can read


def _course_of(page: Page) -> CoursePage | None:
    return CoursePage.objects.parent_of(page).first() if isinstance(page, LessonPage) else None


def _record(course: CoursePage) -> None:
    """Not of a course that is down: it asks for nothing, and nobody is to finish it by that."""
    if not _is_live(course):
        return
    requirements.record(course)
    CoursePage.objects.filter(pk=course.pk).update(minutes=course.length_in_minutes())
    requirements_changed.send(CoursePage, course_id=course.pk)


def _is_live(course: CoursePage) -> bool:
    return CoursePage.objects.live().filter(pk=course.pk).exists()


def on_course_published(sender: Any, instance: Page, **kwargs: Any) -> None:
    if isinstance(instance, CoursePage):
        release.put_in_order(instance)


def on_course_unpublished(sender: Any, instance: Page, **kwargs: Any) -> None:
    """Lessons of a course that nobody can open would stand in the open.

    A course that is being deleted says the same while its row is still live; they go with it.
    """
    if isinstance(instance, CoursePage) and not _is_live(instance):
        release.take_down(instance)


def on_rejected(sender: Any, instance: WorkflowState, user: Any, **kwargs: Any) -> None:
    _decide(instance, CourseRelease.State.RETURNED, user)


def on_cancelled(sender: Any, instance: WorkflowState, user: Any, **kwargs: Any) -> None:
    _decide(instance, CourseRelease.State.WITHDRAWN, user)


def _decide(workflow: WorkflowState, state: str, user: Any) -> None:
    for made in CourseRelease.objects.in_review().filter(course_id=workflow.object_id):
        task = workflow.current_task_state
        made.decide(state, user, task.comment if task else "")


def connect() -> None:
    workflow_rejected.connect(on_rejected)
    workflow_cancelled.connect(on_cancelled)
    # Both before the course's rules are recorded.
    page_published.connect(on_course_published)
    page_unpublished.connect(on_course_unpublished)
    page_published.connect(on_lesson_changed)
    page_unpublished.connect(on_page_unpublished)
    post_page_move.connect(on_page_moved)
    post_delete.connect(on_lesson_deleted, sender=LessonPage)
