"""The family gives its story to the editors, with the consent of who is shown, or takes it back."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from learners.accounts.models import User
from learners.stories import states
from learners.stories.models import Step, Story, sent_since
from learners.stories.states import Move

CONSENT_VERSION = "2026-11-24"
"""Of the words on templates/stories/send.html; a change of substance raises it."""
MOST_A_DAY = 3


class EnoughForToday(Exception):
    """So many stories were sent by this person today."""


class NotWhole(Exception):
    """Something that a reader needs is missing."""


def moved(story: Story, move: Move, **facts: Any) -> Story:
    """The row as it is now, held, in its new state, with the step written down; the caller saves.

    Raises NotThatWay.
    """
    now = Story.objects.select_for_update().get(pk=story.pk)
    now.state = states.after(now.state, move)
    Step.objects.create(story=now, move=move, **facts)
    return now


@transaction.atomic
def send(story: Story) -> None:
    """Raises NotThatWay, NotWhole and EnoughForToday."""
    User.objects.select_for_update().get(pk=story.author_id)
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    if sent_since(story.author, midnight) >= MOST_A_DAY:
        raise EnoughForToday
    now = moved(story, Move.SEND, consent=CONSENT_VERSION)
    if not now.is_whole:
        raise NotWhole
    now.sent_at = now.changed_at = timezone.now()
    now.seen, now.answer, now.suggestion = True, "", {}
    now.save()


@transaction.atomic
def take_back(story: Story) -> None:
    """Raises NotThatWay: an editor was faster."""
    moved(story, Move.TAKE_BACK).save(update_fields=["state"])


@transaction.atomic
def answer(
    story: Story,
    editor: Any,
    move: Move,
    words: str,
    suggestion: dict[str, str] | None = None,
) -> None:
    """Gives it back with a comment, or refuses it for a reason. Raises NotThatWay."""
    now = moved(story, move, editor=editor, words=words)
    now.answer, now.seen, now.answered_at = words, False, timezone.now()
    now.suggestion = suggestion or {}
    now.save(update_fields=["state", "answer", "suggestion", "seen", "answered_at"])
