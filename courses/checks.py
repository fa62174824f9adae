"""What is looked at before a course is handed in (PRODUCT.md, the expert's journey).

What parents could not use blocks: a lesson without its recording, captions, age stage or words for
a picture, a link that leads nowhere. The rest is advice: long lessons, long sentences, no summary.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

LONGEST_LESSON_S = 20 * 60
LONGEST_TEXT = 3000
LONGEST_SENTENCE = 40
"""Characters of a sentence on average; grandparents read along to about here."""
SENTENCE_ENDS = re.compile(r"[。！？!?；;\n]+")


@dataclass(frozen=True, slots=True)
class Lesson:
    """`seconds` it takes; `conversion` is ready, going, failed or none (not needed or no video).

    `links` are (address, state) with state fine, broken, silent, refused or empty when untried.
    """

    id: int
    format: str
    summary: str = ""
    seconds: float = 0
    minutes: int = 0
    has_recording: bool = False
    conversion: str = "none"
    captions: int = 0
    text: str = ""
    pictures_without_words: int = 0
    questions: int = 0
    questions_unexplained: int = 0
    links: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Course:
    id: int
    summary: str = ""
    age_stages: int = 0
    topics: int = 0
    has_cover: bool = False
    text: str = ""
    pictures_without_words: int = 0
    links: tuple[tuple[str, str], ...] = ()
    lessons: tuple[Lesson, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """`page` is where it is put right, at `place`; `facts` go into the words."""

    code: str
    page: int
    place: str
    blocks: bool = False
    facts: dict[str, str | int] = field(default_factory=dict)


def check(course: Course) -> list[Finding]:
    """What blocks first, else in the order of the pages."""
    found = [*_course(course), *(f for lesson in course.lessons for f in _lesson(lesson))]
    return sorted(found, key=lambda finding: not finding.blocks)


def sentence_length(text: str) -> int:
    """Characters of a sentence on average, rounded down; 0 for no text."""
    sentences = ["".join(part.split()) for part in SENTENCE_ENDS.split(text)]
    lengths = [len(sentence) for sentence in sentences if sentence]
    return sum(lengths) // len(lengths) if lengths else 0


def _course(course: Course) -> Iterator[Finding]:
    if not course.lessons:
        yield Finding("no_lessons", course.id, "lessons", blocks=True)
    if not course.age_stages:
        yield Finding("no_age_stage", course.id, "age_stages", blocks=True)
    if not course.topics:
        yield Finding("no_topic", course.id, "topics")
    if not course.summary:
        yield Finding("no_summary", course.id, "summary")
    if not course.has_cover:
        yield Finding("no_cover", course.id, "cover")
    yield from _words(course.id, course.text, course.pictures_without_words, course.links)


def _lesson(lesson: Lesson) -> Iterator[Finding]:
    if lesson.format == "article":
        yield from _article(lesson)
    elif not lesson.has_recording:
        yield Finding("no_recording", lesson.id, "recording", blocks=True)
    else:
        yield from _recording(lesson)
    if lesson.seconds and lesson.minutes != max(1, int(lesson.seconds / 60 + 0.5)):
        yield Finding("wrong_minutes", lesson.id, "minutes")
    if lesson.questions_unexplained:
        facts: dict[str, str | int] = {"n": lesson.questions_unexplained}
        yield Finding("no_explanation", lesson.id, "quiz", facts=facts)
    yield from _words(lesson.id, lesson.text, lesson.pictures_without_words, lesson.links)


def _article(lesson: Lesson) -> Iterator[Finding]:
    length = len("".join(lesson.text.split()))
    if not length:
        yield Finding("no_text", lesson.id, "body", blocks=True)
    if length > LONGEST_TEXT:
        yield Finding("long_text", lesson.id, "body", facts={"n": length, "most": LONGEST_TEXT})


def _recording(lesson: Lesson) -> Iterator[Finding]:
    if not lesson.captions:
        yield Finding("no_captions", lesson.id, "captions", blocks=True)
    if lesson.conversion == "failed":
        yield Finding("conversion_failed", lesson.id, "conversion", blocks=True)
    if lesson.conversion == "going":
        yield Finding("conversion_going", lesson.id, "conversion")
    if lesson.seconds > LONGEST_LESSON_S:
        facts: dict[str, str | int] = {
            "n": int(lesson.seconds // 60),
            "most": LONGEST_LESSON_S // 60,
        }
        yield Finding("long_recording", lesson.id, "recording", facts=facts)


def _words(
    page: int, text: str, pictures: int, links: tuple[tuple[str, str], ...]
) -> Iterator[Finding]:
    if pictures:
        yield Finding("no_alt_text", page, "body", blocks=True, facts={"n": pictures})
    if (length := sentence_length(text)) > LONGEST_SENTENCE:
        facts: dict[str, str | int] = {"n": length, "most": LONGEST_SENTENCE}
        yield Finding("long_sentences", page, "body", facts=facts)
    for address, state in links:
        if state != "fine":
            leads_nowhere = state in ("broken", "refused")
            code = f"link_{state or 'untried'}"
            yield Finding(code, page, "body", blocks=leads_nowhere, facts={"url": address})
