"""Many lessons as their drafts are, in a number of queries that does not grow with them."""

from collections.abc import Iterable
from typing import Any

from django.db.models import prefetch_related_objects

from courses.models.lesson import LessonPage

OF_THE_PAGE = (
    *("pk", "content_type_id", "path", "depth", "numchild", "url_path", "live", "expired"),
    *("has_unpublished_changes", "owner_id", "latest_revision_id", "live_revision_id"),
    *("first_published_at", "last_published_at", "locked", "locked_by_id", "locked_at"),
)
"""What a page has whatever its draft says."""


def drafts_of(lessons: Iterable[LessonPage]) -> list[LessonPage]:
    """For reading only. A draft may name a recording that is gone meanwhile: then it has none."""
    drafts = [_draft_of(lesson) for lesson in lessons]
    prefetch_related_objects(drafts, "recording__captions", "recording__encoding")
    return drafts


def _draft_of(lesson: LessonPage) -> LessonPage:
    if not lesson.has_unpublished_changes or lesson.latest_revision is None:
        return lesson
    content: dict[str, Any] = lesson.latest_revision.content
    draft: LessonPage = LessonPage.from_serializable_data(content, check_fks=False)
    for name in OF_THE_PAGE:
        setattr(draft, name, getattr(lesson, name))
    return draft
