"""A course and its lessons go live together (docs/decisions/0084): a page of theirs is published
by itself only where nothing is left behind — on a course that is live and not on its way."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.guard import Elsewhere
from courses.models import CoursePage, CourseRelease, LessonPage


def course_of(page: Page) -> CoursePage | None:
    """Of a course or a lesson that is in the tree."""
    if not page.path:
        return None
    if isinstance(page, LessonPage):
        page = page.get_parent().specific
    return page if isinstance(page, CoursePage) else None


def rule(page: Page) -> Elsewhere | None:
    course = course_of(page)
    if course is None or not (words := _reason(page, course)):
        return None
    return Elsewhere(words, reverse("course_desk", args=[course.pk]))


def _reason(page: Any, course: CoursePage) -> str:
    if not _is_live(course) and (page.kind == "lesson" or course.all_lessons().exists()):
        return _(
            "Nothing is published yet: the course goes live together with its lessons, from this "
            "desk. What you wrote is kept."
        )
    if CourseRelease.objects.on_the_way().filter(course=course).exists():
        return _(
            "Nothing is published: the course is on its way as it was handed in. Decide about it "
            "here, or publish it anew as a whole. What you wrote is kept."
        )
    return ""


def _is_live(course: CoursePage) -> bool:
    """Asked of the row: a page that is just being added says of itself that it is live."""
    return CoursePage.objects.live().filter(pk=course.pk).exists()
