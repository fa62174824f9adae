"""What families' stories keep of a person (docs/decisions/0011-closing-an-account.md)."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from learners.stories import withdrawal
from learners.stories.models import Story


def export(user: Any) -> dict[str, Any]:
    """In a constant number of statements; photos and film are shown on the story's own page."""
    found = (
        Story.objects.of(user).select_related("film", "page").prefetch_related("photos", "steps")
    )
    return {"stories": [_story(story) for story in found.order_by("changed_at")]}


def _story(story: Story) -> dict[str, Any]:
    film = story.film_or_none
    return {
        "title": story.title,
        "pen_name": story.pen_name,
        "text": story.text,
        "suggestion": story.suggestion,
        "state": story.state,
        "changed_at": _moment(story.changed_at),
        "page": story.page.full_url if story.page else None,
        "photos": [
            {"description": photo.description, "width": photo.width, "height": photo.height}
            for photo in story.photos.all()
        ],
        "film_seconds": film.duration if film else None,
        "steps": [
            {
                "move": step.move,
                "at": _moment(step.at),
                "words": step.words,
                "consent": step.consent,
            }
            for step in story.steps.all()
        ],
    }


def _moment(value: datetime) -> str:
    return timezone.localtime(value).isoformat()


def erase(user: Any) -> None:
    """Published stories are withdrawn, and all of them deleted with what belongs to them."""
    for story in Story.objects.of(user):
        withdrawal.forget(story)
