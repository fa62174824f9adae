"""Puts the demonstration's pages into the tree: what is there already is left alone."""

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

from django.utils import timezone
from wagtail.models import Page

from cms.models import (
    ArticleIndexPage,
    ArticlePage,
    ExpertIndexPage,
    ExpertPage,
    HomePage,
    ResourcePage,
    ShortVideoIndexPage,
    ShortVideoPage,
    StoryIndexPage,
    StoryPage,
)
from courses.models import CourseIndexPage, CoursePage, LessonPage
from demo import bodies, content
from demo.shelf import Shelf, tags

Say = Callable[[str], None]

KINDS: list[tuple[str, type[Page], type[ResourcePage]]] = [
    ("videos", ShortVideoIndexPage, ShortVideoPage),
    ("stories", StoryIndexPage, StoryPage),
    ("articles", ArticleIndexPage, ArticlePage),
    ("courses", CourseIndexPage, CoursePage),
]


def load(say: Say) -> None:
    """Two rounds: first every page, then what may link from one to another."""
    shelf = Shelf()
    _load_experts(shelf)
    new: list[tuple[Any, dict[str, Any]]] = []
    for kind, index, model in KINDS:
        found = content.entries(kind)
        for number, entry in enumerate(found, start=1):
            say(f"{kind} {number}/{len(found)} {entry.data['title']}")
            new += _place(shelf, index.objects.get(), model, entry.data)
    for page, data in new:
        _publish(shelf, page, data)
    _curate(shelf)


def _load_experts(shelf: Shelf) -> None:
    index = ExpertIndexPage.objects.get()
    for data in content.read("experts.yaml"):
        found = ExpertPage.objects.child_of(index).filter(slug=data["slug"]).first()
        shelf.experts[data["slug"]] = found or index.add_child(
            instance=ExpertPage(
                title=data["name"],
                slug=data["slug"],
                headline=data["headline"],
                biography=bodies.paragraphs(data["biography"]),
            )
        )


def _place(
    shelf: Shelf, parent: Page, model: type[ResourcePage], data: dict[str, Any]
) -> list[tuple[Any, dict[str, Any]]]:
    """The page and its lessons, unpublished, with what was made new now."""
    page: Any = model.objects.child_of(parent).filter(slug=data["slug"]).first()
    made = page is None
    if made:
        page = parent.add_child(instance=_draft(shelf, model, data))
    shelf.pages[data["slug"]] = page
    new = [(page, data)] if made else []
    for lesson in data.get("lessons", []):
        inherited = {key: data[key] for key in INHERITED if key in data}
        new += _place(shelf, page, LessonPage, {**inherited, **lesson})
    return new


INHERITED = ("age_stages", "circumstances", "topics", "experts", "cover", "published")


def _draft(shelf: Shelf, model: type[ResourcePage], data: dict[str, Any]) -> ResourcePage:
    page: Any = model(
        title=data["title"],
        slug=data["slug"],
        summary=data["summary"],
        parents_say="\n".join(data.get("parents_say", [])),
        search_description=data["summary"],
        cover=shelf.cover(data.get("cover", data["slug"]), data["title"]),
        first_published_at=_moment(data["published"]),
        live=False,
    )
    if "recording" in data:
        page.recording = shelf.recording(data["recording"], data["title"])
    if model is StoryPage:
        page.told_by = data.get("told_by", "")
    if model is LessonPage:
        page.format, page.required = data["format"], data.get("required", True)
    return page


def _moment(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(8)))


def _publish(shelf: Shelf, page: Any, data: dict[str, Any]) -> None:
    page.body = bodies.body(data.get("body", []), shelf)
    if "quiz" in data:
        page.quiz = bodies.quiz(data["quiz"])
    for name, terms in tags(data).items():
        setattr(page, name, terms)
    page.experts = [shelf.experts[slug] for slug in data.get("experts", [])]
    page.minutes = page.length_in_minutes()
    page.save_revision().publish()


def _curate(shelf: Shelf) -> None:
    home, data = HomePage.objects.get(), content.read("home.yaml")
    if home.sections:
        return
    home.sections = [_section(shelf, section) for section in data["sections"]]
    home.save_revision().publish()


def _section(shelf: Shelf, data: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """An editor's shelf; with dates it is a campaign."""
    resources = [shelf.pages[slug] for slug in data["resources"]]
    value = {"note": "", **data, "resources": resources}
    return "campaign" if "ends" in data else "shelf", value
