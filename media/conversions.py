"""What an expert is told about the conversion of a recording."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from media.models import Encoding, Recording


@dataclass(frozen=True, slots=True)
class Conversion:
    """`state` is empty for a recording that plays as it was uploaded; `progress` a percentage."""

    state: str
    progress: int
    words: str
    message: str

    @property
    def is_going_on(self) -> bool:
        return self.state in (Encoding.State.WAITING, Encoding.State.RUNNING)

    def as_json(self) -> dict[str, Any]:
        return {
            "state": self.state,
            "progress": self.progress,
            "words": self.words,
            "message": self.message,
            "going_on": self.is_going_on,
        }


def of(recordings: Iterable[Recording]) -> dict[int, Conversion]:
    """By the recording's id, in one query: the newest conversion of each file."""
    wanted = {recording.pk: recording.content_hash for recording in recordings}
    found = Encoding.objects.filter(content_hash__in=set(wanted.values())).order_by("pk")
    newest = {encoding.content_hash: encoding for encoding in found}
    return {pk: told(newest.get(content_hash)) for pk, content_hash in wanted.items()}


def told(encoding: Encoding | None) -> Conversion:
    if encoding is None:
        return Conversion("", 0, _("Plays as uploaded: it is small enough"), "")
    words = encoding.get_state_display()
    if encoding.state == Encoding.State.RUNNING:
        words = f"{words} ({encoding.progress} %)"
    return Conversion(encoding.state, encoding.progress, words, encoding.message)
