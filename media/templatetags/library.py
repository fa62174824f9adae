from typing import Any

from django import template

from media import conversions
from media.models import Recording

register = template.Library()


@register.inclusion_tag("media/desk.html", takes_context=True)
def recording_desk(context: dict[str, Any], recording: Recording) -> dict[str, Any]:
    """What of a recording is not in its form: player, conversion, posters, captions."""
    made = recording.encoding
    frames = [(name, made.address(name)) for name in made.frames] if made else []
    return {
        "request": context["request"],
        "recording": recording,
        "conversion": conversions.of([recording])[recording.pk],
        "frames": frames,
        "tracks": recording.captions.all(),
        "may_edit_captions": context["request"].user.has_perm("media.change_captiontrack"),
    }


@register.simple_tag
def conversions_of(recordings: Any) -> dict[int, conversions.Conversion]:
    return conversions.of(recordings)


@register.filter
def item(mapping: dict[Any, Any], key: Any) -> Any:
    return mapping.get(key)
