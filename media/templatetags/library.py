from collections.abc import Iterable
from itertools import islice
from typing import Any

from django import template
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from wagtail.models import Page

from media import conversions, usage
from media.caption_views import LANGUAGES
from media.models import CaptionTrack, Recording

register = template.Library()


@register.inclusion_tag("media/desk.html", takes_context=True)
def recording_desk(context: dict[str, Any], recording: Recording) -> dict[str, Any]:
    """What of a recording is not in its form: player, conversion, posters, captions."""
    made = recording.encoding
    written = {track.language for track in recording.captions.all()}
    frames = [(name, made.address(name)) for name in made.frames] if made else []
    return {
        "request": context["request"],
        "recording": recording,
        "conversion": conversions.of([recording])[recording.pk],
        "frames": frames,
        "languages": [(code, label, code in written) for code, label in LANGUAGES.items()],
    }


@register.simple_tag(takes_context=True)
def drafts_with(context: dict[str, Any], file: Any) -> list[tuple[Any, bool]]:
    """Revisions that name it, the newest of each page, and whether this person may open that."""
    found = list(islice(usage.drafts_with(file), usage.MOST_SHOWN))
    pages = Page.objects.in_bulk([int(revision.object_id) for revision in found])
    user = context["request"].user
    return [
        (revision, pages[int(revision.object_id)].permissions_for_user(user).can_edit())
        for revision in found
    ]


@register.simple_tag
def conversions_of(recordings: Any) -> dict[int, conversions.Conversion]:
    return conversions.of(recordings)


@register.simple_tag
def vendor(name: str) -> str:
    """The address of a library from npm; empty when it was not set up (make frontend)."""
    path = f"vendor/{name}"
    if not any(
        (folder / path).is_file() for folder in (settings.STATIC_ROOT, settings.FRONTEND_DIR)
    ):
        return ""
    try:
        return staticfiles_storage.url(path)
    except ValueError:  # collected before it was made
        return ""


@register.filter
def first_transcript(tracks: Iterable[CaptionTrack]) -> str:
    """What is said, in the first language that has it."""
    return next((track.transcript for track in tracks if track.transcript), "")


@register.filter
def item(mapping: dict[Any, Any], key: Any) -> Any:
    return mapping.get(key)
