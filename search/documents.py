"""A page as a document: what is shown among results and what is searched, read from the database.

Quiz answers are in no document (ARCHITECTURE decision 1).
"""

import hashlib
import json
import logging
import re
from collections.abc import Iterable
from typing import Any

from django.utils.html import strip_tags
from wagtail.models import Page

from cms.models import ResourcePage
from courses.models import CoursePage, LessonPage
from media.models import CaptionTrack
from search import facets, segmenting
from search.engines.door import Entry
from search.models import Document
from search.query import GROUPS, length_code
from search.terms import tag_token

logger = logging.getLogger(__name__)

MOST_CHARACTERS = 60_000
"""Of a body: the rest of a very long text is not searched."""
SHOWN = ("kind", "title", "summary", "url", "told_by", "course", "minutes", "lesson_count")
FIELDS = (*SHOWN, "cover_id", "tags", "lessons", "body", "signature", "published_at")
KIND_WORDS = {"story": "家风 故事", "course": "课程"}
"""Kinds that people ask for by name; 视频 and 文章 are asked about, not for."""
RECORDED = ("lessonpage__recording", "shortvideopage__recording")
"""Which recording speaks on a page, by its kind."""
TIMING = re.compile(r"^(WEBVTT.*|NOTE.*|\d+|.*-->.*)$", re.MULTILINE)


def visible(page_ids: Iterable[int]) -> set[int]:
    """Which of these pages are published resources that everybody may see."""
    pages = ResourcePage.objects.live().public().filter(pk__in=list(page_ids))
    return set(pages.values_list("pk", flat=True))


def build(page_ids: Iterable[int], captions: dict[int, str]) -> list[Document]:
    """Unsaved documents of the visible ones among these pages, in a constant number of queries.

    `captions` come from `captions_of`, which reads files: nobody else should wait for those.
    """
    ids = list(page_ids)
    pages = list(
        ResourcePage.objects.live()
        .public()
        .filter(pk__in=ids)
        .prefetch_related("age_stages", "circumstances", "topics")
        .specific()
    )
    lessons = lessons_of([page for page in pages if isinstance(page, CoursePage)])
    tags = tags_of(ids)
    courses = courses_of(pages)
    return [
        document(
            page,
            tags=tags.get(page.pk, []),
            lessons=lessons.get(page.pk, []),
            captions=captions.get(page.pk, ""),
            course=courses.get(page.path[: -Page.steplen], ""),
        )
        for page in pages
    ]


def document(
    page: Any, tags: list[list[str]], lessons: list[str], captions: str, course: str
) -> Document:
    found = Document(
        page_id=page.pk,
        kind=page.kind,
        title=page.title,
        summary=page.summary,
        url=page.get_url() or "",
        told_by=getattr(page, "told_by", ""),
        course=course,
        minutes=page.minutes,
        lesson_count=len(lessons),
        cover_id=page.cover_id,
        tags=tags,
        lessons="\n".join([*lessons, captions]).strip(),
        body=body_text(page)[:MOST_CHARACTERS],
        said=page.parents_say,
        popularity=page.popularity,
        published_at=page.first_published_at,
    )
    pairs = [(group, code) for group, code, _name in tags]
    pairs += [("kind", page.kind), ("minutes", length_code(page.minutes))]
    found.signature = facets.signature(pairs)
    found.fingerprint = fingerprint(found)
    return found


def fingerprint(found: Document) -> str:
    """Changes when anything that is searched or shown does; popularity is not among it."""
    parts = [getattr(found, name) for name in FIELDS]
    if found.said:  # those without are as they were before it could be said
        parts.append(found.said)
    text = json.dumps(parts, ensure_ascii=False, default=str)
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def body_text(page: Any) -> str:
    body = page.body
    texts = body.stream_block.get_searchable_content(body)
    return "\n".join(strip_tags(str(text)) for text in texts)


def tags_of(page_ids: list[int]) -> dict[int, list[list[str]]]:
    """[group, code, name] of each page, three queries."""
    found: dict[int, list[list[str]]] = {}
    for group, field in zip(GROUPS, ("age_stages", "circumstances", "topics"), strict=False):
        through = getattr(ResourcePage, field).through
        term = ResourcePage._meta.get_field(field).related_model
        column = next(f.name for f in through._meta.fields if f.related_model is term)
        rows = (
            through.objects.filter(resourcepage__in=page_ids)
            .order_by(f"{column}__position", f"{column}__code")
            .values_list("resourcepage", f"{column}__code", f"{column}__name")
        )
        for page_id, code, name in rows:
            found.setdefault(page_id, []).append([group, code, name])
    return found


def lessons_of(courses: list[CoursePage]) -> dict[int, list[str]]:
    """The titles of the published lessons, in order; one query."""
    by_path = {course.path: course.pk for course in courses}
    found: dict[int, list[str]] = {}
    parents = LessonPage.objects.live().public().filter(depth__in={c.depth + 1 for c in courses})
    for path, title in parents.order_by("path").values_list("path", "title"):
        course = by_path.get(path[: -Page.steplen])
        if course:
            found.setdefault(course, []).append(title)
    return found


def courses_of(pages: list[Any]) -> dict[str, str]:
    """The titles of the courses above these lessons, by path; one query."""
    above = {page.path[: -Page.steplen] for page in pages if isinstance(page, LessonPage)}
    return dict(CoursePage.objects.filter(path__in=above).values_list("path", "title"))


def captions_of(page_ids: Iterable[int]) -> dict[int, str]:
    """What is said in each page's recording; a file that cannot be read says nothing.

    Read outside every transaction: the storage may be far away.
    """
    by_recording: dict[int, list[int]] = {}
    speaking = ResourcePage.objects.live().filter(pk__in=list(page_ids))
    for page_id, *recordings in speaking.values_list("pk", *RECORDED):
        for recording in filter(None, recordings):
            by_recording.setdefault(recording, []).append(page_id)
    found: dict[int, str] = {}
    for track in CaptionTrack.objects.filter(recording__in=by_recording):
        for page_id in by_recording[track.recording_id]:
            found[page_id] = (found.get(page_id, "") + "\n" + spoken(track)).strip()
    return found


def spoken(track: CaptionTrack) -> str:
    try:
        with track.file.open("rb") as file:
            text = file.read().decode("utf-8-sig", errors="replace")
    except OSError:
        logger.exception("Captions %s cannot be read: searched without them", track.pk)
        return ""
    return strip_tags(TIMING.sub("", text.replace("\r\n", "\n")))


def entry(found: Document) -> Entry:
    """Segmented for the engines."""
    # Not their names: a query finds those in the taxonomy, as they are today, and a name
    # standing in a third of all texts would weigh nothing where it stands in a title.
    tokens = [tag_token(group, code) for group, code, _name in found.tags]
    codes: dict[str, list[str]] = {
        group: list(own)
        for group, own in zip(GROUPS, facets.codes_of(found.signature), strict=True)
    }
    return Entry(
        page_id=found.page_id,
        title=segmented(f"{found.title} {found.told_by}"),
        tags=" ".join([*tokens, segmented(f"{KIND_WORDS.get(found.kind, '')} {found.course}")]),
        summary=segmented(found.summary),
        lessons=segmented(found.lessons),
        body=segmented(found.body),
        said=segmented(found.said),
        facets=codes,
        version=found.version,
        popularity=found.popularity,
        published_at=found.published_at.isoformat() if found.published_at else None,
    )


def segmented(text: str) -> str:
    return " ".join(segmenting.terms(text))
