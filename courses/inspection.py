"""What `checks` looks at, gathered from the drafts; its findings in words, with the way there."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import StreamValue

from cms import reading
from courses import checks, links
from courses.models import CoursePage, LessonPage
from media import conversions
from media.models import Recording

WORDS: dict[str, Promise] = {
    "no_lessons": _("The course has no lessons yet."),
    "no_age_stage": _("No age stage is chosen: parents could not find the course."),
    "no_topic": _("No topic is chosen."),
    "no_summary": _("The summary is missing: it is what parents read in lists."),
    "no_cover": _("The cover picture is missing."),
    "no_recording": _("The recording is missing."),
    "no_text": _("The article is empty."),
    "no_captions": _("The recording has no captions."),
    "conversion_failed": _("The recording could not be converted."),
    "conversion_going": _("The recording is still being converted."),
    "long_recording": _("%(n)s minutes are long: parents like up to %(most)s. Could it be two?"),
    "long_text": _("%(n)s characters are long: parents like up to %(most)s."),
    "wrong_minutes": _("The minutes do not fit the recording or the text."),
    "no_explanation": _("%(n)s questions have no explanation for those who got them wrong."),
    "no_alt_text": _("%(n)s pictures have no words for people who cannot see them."),
    "long_sentences": _("%(n)s characters a sentence are hard to read: up to %(most)s is good."),
    "link_broken": _("A link leads nowhere: %(url)s"),
    "link_refused": _("A link does not lead to a public address: %(url)s"),
    "link_silent": _("A link does not answer: %(url)s"),
    "link_untried": _("A link was not tried yet: %(url)s"),
}

BOXES = ("age_stages", "topics")
"""Several boxes to tick have a legend instead of a label."""


@dataclass(frozen=True, slots=True)
class Told:
    """`url` leads to the field or page where it is put right; `title` is the page's."""

    code: str
    blocks: bool
    title: str
    words: str
    url: str


def inspect(course: CoursePage, lessons: list[LessonPage]) -> list[Told]:
    """`course` and `lessons` are drafts. Constant queries, however many lessons."""
    recordings = [lesson.recording for lesson in lessons if lesson.recording]
    converted = conversions.of(recordings)
    tried = links.states_of(url for page in (course, *lessons) for url in links.links_in(page.body))
    facts = _course(course, tuple(_lesson(one, converted, tried) for one in lessons), tried)
    pages = {page.pk: page for page in (course, *lessons)}
    return [_told(finding, pages[finding.page]) for finding in checks.check(facts)]


def _course(
    course: CoursePage, lessons: tuple[checks.Lesson, ...], tried: dict[str, str]
) -> checks.Course:
    return checks.Course(
        id=course.pk,
        summary=course.summary,
        age_stages=course.age_stages.count(),
        topics=course.topics.count(),
        has_cover=course.cover_id is not None,
        text=text_of(course.body),
        pictures_without_words=pictures_without_words(course.body),
        links=_links(course.body, tried),
        lessons=lessons,
    )


def _lesson(
    lesson: LessonPage, converted: dict[int, conversions.Conversion], tried: dict[str, str]
) -> checks.Lesson:
    recording = lesson.recording if lesson.format != "article" else None
    fits = recording is not None and recording.type == lesson.format
    explained = [bool(question.value["explanation"]) for question in lesson.quiz]
    return checks.Lesson(
        id=lesson.pk,
        format=lesson.format,
        summary=lesson.summary,
        seconds=float(recording.duration)
        if recording
        else float(reading.reading_seconds(lesson.body)),
        minutes=lesson.minutes,
        has_recording=fits,
        conversion=_conversion(recording, converted),
        captions=len(recording.captions.all()) if recording else 0,
        text=text_of(lesson.body),
        pictures_without_words=pictures_without_words(lesson.body),
        questions=len(explained),
        questions_unexplained=explained.count(False),
        links=_links(lesson.body, tried),
    )


def _conversion(recording: Recording | None, converted: dict[int, conversions.Conversion]) -> str:
    if recording is None:
        return "none"
    told = converted[recording.pk]
    return "going" if told.is_going_on else told.state or "none"


def _links(body: StreamValue, tried: dict[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple((url, tried.get(url, "")) for url in links.links_in(body))


def text_of(body: StreamValue) -> str:
    return "\n".join(reading.texts(body))


def pictures_without_words(body: Iterable[Any]) -> int:
    return sum(not image.decorative and not image.contextual_alt_text for image in _pictures(body))


def _pictures(body: Iterable[Any]) -> Iterator[Any]:
    for block in body:
        if block.block_type == "image" and block.value["image"]:
            yield block.value["image"]


def _told(finding: checks.Finding, page: Any) -> Told:
    return Told(
        code=finding.code,
        blocks=finding.blocks,
        title=page.title,
        words=str(WORDS[finding.code]) % finding.facts,
        url=_place(finding, page),
    )


def _place(finding: checks.Finding, page: Any) -> str:
    """Captions and conversions are beside the recording, lessons on the desk."""
    if finding.place == "lessons":
        return reverse("wagtailadmin_pages:add_subpage", args=[page.pk])
    if finding.place == "captions":
        return reverse("edit_captions", args=[page.recording_id, "zh-Hans"])
    if finding.place == "conversion":
        return reverse("wagtailmedia:edit", args=[page.recording_id])
    blocks = finding.place in ("body", "quiz")
    anchor = f"{finding.place}-root" if blocks else f"id_{finding.place}-label"
    if finding.place in BOXES:
        anchor = f"id_{finding.place}"
    if block := _block(finding, page):
        anchor = f"block-{block}-section"
    return reverse("wagtailadmin_pages:edit", args=[page.pk]) + f"#{anchor}"


def _block(finding: checks.Finding, page: Any) -> str:
    """The id of the first block that is meant; nothing where the whole text is."""
    meant: dict[str, Callable[[Any], bool]] = {
        "no_alt_text": lambda block: pictures_without_words([block]) > 0,
        "no_explanation": lambda block: not block.value["explanation"],
        "link": lambda block: finding.facts["url"] in links.links_in([block]),
    }
    found = meant.get("link" if finding.code.startswith("link_") else finding.code)
    blocks = getattr(page, finding.place) if found else []
    return next((str(block.id) for block in blocks if found and found(block)), "")
