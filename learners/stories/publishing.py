"""An editor makes a story public: a page under the pen name that nothing ties to an account."""

import re
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.html import escape

from cms.models import StoryIndexPage, StoryPage
from learners.stories import copies, states
from learners.stories.models import Photo, Story
from learners.stories.sending import moved
from learners.stories.states import Move, NotThatWay

Block = tuple[str, Any]


@dataclass(frozen=True, slots=True)
class Chosen:
    """By the editor; `descriptions` say what a photo shows, by its id."""

    title: str
    summary: str
    age_stages: list[Any]
    circumstances: list[Any]
    topics: list[Any]
    descriptions: dict[str, str]


def publish(story: Story, editor: Any, chosen: Chosen) -> StoryPage:
    """Raises NotThatWay when the family was faster, and Unplayable."""
    if not states.may(story.state, Move.PUBLISH):
        raise NotThatWay("publishing what is not waiting")
    try:
        copies.make(story, editor, chosen.title, chosen.descriptions)
        return make_public(story, editor, chosen)
    except BaseException:
        copies.remove_unless_published(story)
        raise


@transaction.atomic
def make_public(story: Story, editor: Any, chosen: Chosen) -> StoryPage:
    now = moved(story, Move.PUBLISH, editor=editor)
    page = page_of(now, editor, chosen)
    page.save_revision(user=editor).publish(user=editor)
    now.page, now.answer = page, ""
    now.seen, now.answered_at = False, timezone.now()
    now.save(update_fields=["state", "page", "answer", "seen", "answered_at"])
    return page


def page_of(story: Story, editor: Any, chosen: Chosen) -> StoryPage:
    photos = list(story.photos.select_related("picture"))
    page = StoryPage(
        title=chosen.title,
        summary=chosen.summary,
        search_description=chosen.summary,
        told_by=story.pen_name,
        cover=photos[0].picture if photos else None,
        body=body_of(story, photos),
        live=False,
        owner=editor,
    )
    for name in ("age_stages", "circumstances", "topics"):
        setattr(page, name, getattr(chosen, name))
    page.minutes = page.length_in_minutes()
    return StoryIndexPage.objects.get().add_child(instance=page)


def body_of(story: Story, photos: list[Photo]) -> list[Block]:
    """Words and photos in turn; an upright first photo stands there whole, for covers are wide."""
    shown = photos if photos and photos[0].height > photos[0].width else photos[1:]
    words: list[Block] = [("paragraph", paragraph) for paragraph in paragraphs(story.text)]
    blocks = in_turn(words, [("image", image_of(photo)) for photo in shown])
    film = story.film_or_none
    if film:
        blocks.append(("video", {"recording": film.recording, "caption": ""}))
    return blocks


def image_of(photo: Photo) -> dict[str, Any]:
    picture: Any = photo.picture
    picture.contextual_alt_text, picture.decorative = picture.description, False
    return {"image": picture, "caption": ""}


def paragraphs(text: str) -> list[str]:
    """Rich text of what was typed; nothing in it is markup."""
    parts = [part.strip() for part in re.split(r"\n\s*\n", text.replace("\r\n", "\n"))]
    return [f"<p>{escape(part).replace(chr(10), '<br/>')}</p>" for part in parts if part]


def in_turn(words: list[Block], pictures: list[Block]) -> list[Block]:
    """Pictures spread evenly, each after some words."""
    blocks: list[Block] = []
    due = 0
    for number, paragraph in enumerate(words, start=1):
        blocks.append(paragraph)
        after = len(pictures) * number // len(words)
        blocks += pictures[due:after]
        due = after
    return blocks
