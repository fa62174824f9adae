"""Two versions of a course compared page by page: the course, then its lessons."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from wagtail.models import Revision

from courses.models import CoursePage, CourseRelease

Version = dict[int, Any]
"""Pages by id, the course first, its lessons in order."""


@dataclass(frozen=True, slots=True)
class Difference:
    """`kind` is new, gone, changed or same; `fields` as Wagtail compares them."""

    title: str
    kind: str
    fields: list[Any]


def public(course: CoursePage) -> Version:
    """What parents see now."""
    pages = [CoursePage.objects.get(pk=course.pk), *course.lessons()] if course.live else []
    return {page.pk: page for page in pages}


def draft(course: CoursePage) -> Version:
    lessons = {lesson.pk: lesson for lesson in course.all_lessons()}
    ordered = [lessons[lesson.pk] for lesson in course.draft_lessons()]
    return {page.pk: page.get_latest_revision_as_object() for page in (course, *ordered)}


def released(made: CourseRelease) -> Version:
    """As it was handed in. Revisions that were purged meanwhile are left out."""
    found = Revision.objects.in_bulk(list(made.revisions.values()))
    return {page: found[revision].as_object() for page, revision in made.pages if revision in found}


def compare(request: HttpRequest, before: Version, after: Version) -> list[Difference]:
    gone = [Difference(page.title, "gone", []) for pk, page in before.items() if pk not in after]
    return [_difference(request, before.get(pk), page) for pk, page in after.items()] + gone


def _difference(request: HttpRequest, before: Any, after: Any) -> Difference:
    if before is None:
        return Difference(after.title, "new", [])
    panel = after.get_edit_handler().get_bound_panel(instance=after, request=request, form=None)
    fields = [each(before, after) for each in panel.get_comparison()]
    changed = [field for field in fields if field.has_changed()]
    return Difference(after.title, "changed" if changed else "same", changed)


def order_changed(before: Version, after: Version) -> bool:
    """Of the lessons that both have."""
    both = [pk for pk in after if pk in before]
    return both != [pk for pk in before if pk in after]
