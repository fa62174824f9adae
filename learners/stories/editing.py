"""What the family writes, while the story is theirs to change."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from learners.accounts.models import User
from learners.stories.models import Film, Story
from learners.stories.states import NotThatWay, State
from media.storing import delete_on_commit

MOST_OPEN = 10


class TooManyDrafts(Exception):
    """Somebody keeps as many unsent stories as one person may."""


def locked(story: Story) -> Story:
    """The row as it is now, held until the transaction ends. Raises NotThatWay."""
    now = Story.objects.select_for_update().get(pk=story.pk)
    if not now.is_editable:
        raise NotThatWay(f"changing what is {now.state}")
    return now


@transaction.atomic
def write(user: Any, pk: UUID, **words: str) -> Story:
    """Saves the words; a story that is not there yet begins. A form sent twice makes one story.

    Raises NotThatWay and TooManyDrafts; another's story raises DoesNotExist.
    """
    if not Story.objects.filter(pk=pk).exists():
        return begin(user, pk, words)
    story = locked(Story.objects.of(user).get(pk=pk))
    for name, value in words.items():
        setattr(story, name, value)
    story.changed_at = timezone.now()
    story.save(update_fields=[*words, "changed_at"])
    return story


def begin(user: Any, pk: UUID, words: dict[str, str]) -> Story:
    # The person's row first: two forms sent at once are counted one after the other.
    person = User.objects.select_for_update().get(pk=user.pk)
    if Story.objects.of(person).with_the_family().count() >= MOST_OPEN:
        raise TooManyDrafts
    return Story.objects.create(pk=pk, author=person, **words)


@transaction.atomic
def take_suggestion(story: Story) -> None:
    """The editor's version becomes the family's own; it is sent anew. Raises NotThatWay."""
    now = locked(story)
    for name, words in now.suggestion.items():
        setattr(now, name, words)
    now.suggestion, now.changed_at = {}, timezone.now()
    now.save(update_fields=["title", "text", "suggestion", "changed_at"])


@transaction.atomic
def discard(story: Story) -> None:
    """A draft that nobody else has seen goes without a trace. Raises NotThatWay."""
    now = locked(story)
    if now.state != State.DRAFT or now.steps.exists():
        raise NotThatWay("discarding what was sent")
    delete_files(now)
    now.delete()


def delete_files(story: Story) -> None:
    """Rows now, files when that is certain."""
    films = Film.objects.filter(story=story)
    names = [*story.photos.values_list("file", flat=True), *films.values_list("file", flat=True)]
    delete_on_commit(names)
    story.photos.all().delete()
    films.delete()
