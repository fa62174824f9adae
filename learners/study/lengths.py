"""How long a lesson is and how much of it must be covered.

A recording counts media seconds. An article counts reading seconds at 300 Chinese characters
a minute; since a claim earns twice the clock, half that time suffices (PRODUCT.md rule 1).
"""

from dataclasses import dataclass

from cms.reading import reading_seconds
from courses.models import LessonPage
from learners.study.coverage import required_seconds, whole


@dataclass(frozen=True, slots=True)
class Measure:
    """`length` and `required` in whole seconds; `media_key` as in the learning token."""

    length: int
    required: int
    media_key: str


def measure(lesson: LessonPage) -> Measure:
    if lesson.format == LessonPage.Format.ARTICLE:
        length = max(1, reading_seconds(lesson.body))
        return Measure(length, length, "")
    if lesson.recording is None:
        return Measure(0, 0, "")
    length = max(1, whole(lesson.recording.duration))
    required = required_seconds(length, lesson.coverage_required)
    return Measure(length, required, lesson.recording.content_hash[:12])
