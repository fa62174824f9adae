"""What an expert does with a course as a whole: order its lessons, fill in its minutes."""

from typing import Any

from wagtail.models import Page
from wagtail.permissions import policy_registry

from courses.models import CoursePage, LessonPage
from courses.models.course import CourseQuerySet


def courses_of(user: Any) -> CourseQuerySet:
    """Those that this person may change: an expert's own, an editor's all; last changed first."""
    pages = policy_registry.get_by_type(Page).instances_user_has_permission_for(user, "change")
    found: CourseQuerySet = CoursePage.objects.filter(pk__in=pages.values("pk"))
    return found.order_by("-latest_revision_created_at", "-pk")


def may_change(course: CoursePage, user: Any) -> bool:
    """Not while others review it."""
    lock = course.get_lock()
    return not (lock and lock.for_user(user))


def order(course: CoursePage, lessons: list[int], user: Any) -> None:
    """In the draft: parents see it when the course is published next."""
    draft = course.get_latest_revision_as_object()
    known = [lesson.pk for lesson in course.draft_lessons_of(draft)]
    wanted = [pk for pk in lessons if pk in known]
    draft.lesson_order = wanted + [pk for pk in known if pk not in wanted]
    draft.save_revision(user=user, log_action=True)


def moved(order: list[int], lesson: int, by: int) -> list[int]:
    """One place up (-1) or down (1); at the end it stays."""
    at = order.index(lesson)
    to = min(max(at + by, 0), len(order) - 1)
    rest = [pk for pk in order if pk != lesson]
    return [*rest[:to], lesson, *rest[to:]]


def fill_in_minutes(course: CoursePage, user: Any) -> int:
    """Into the drafts of lessons whose recording or text takes another time; how many."""
    wrong = [
        lesson.pk
        for lesson in course.draft_lessons()
        if lesson.minutes != lesson.length_in_minutes()
    ]
    for lesson in LessonPage.objects.filter(pk__in=wrong):
        draft = lesson.get_latest_revision_as_object()
        draft.minutes = draft.length_in_minutes()
        draft.save_revision(user=user)
    return len(wrong)
