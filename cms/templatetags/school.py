"""What the templates need beyond Django's own words: kinds, lengths of time, the current tab."""

from typing import Any

from django import template
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

register = template.Library()

KINDS = {
    "course": _("Course"),
    "lesson": _("Lesson"),
    "video": _("Short video"),
    "story": _("Family story"),
    "article": _("Article"),
}
TABS = {"courses": "courses", "search": "search", "learn": "learn", "account": "learn"}


@register.filter
def kind_name(resource: Any) -> str:
    """The everyday name of a resource's kind."""
    return str(KINDS.get(resource.kind, ""))


@register.filter
def minutes(count: int | None) -> str:
    """A length in whole minutes, in words; nothing for none."""
    if not count:
        return ""
    return ngettext("%(count)s minute", "%(count)s minutes", count) % {"count": count}


@register.filter
def duration(seconds: float | None) -> str:
    """A recording's length, in words, to the second."""
    whole = round(seconds or 0)
    parts = {"minutes": whole // 60, "seconds": whole % 60}
    if not parts["seconds"]:
        return minutes(parts["minutes"])
    if not parts["minutes"]:
        return gettext("%(seconds)s s") % parts
    return gettext("%(minutes)s min %(seconds)s s") % parts


@register.filter
def clock(seconds: float | None) -> str:
    """A place in a recording as a player shows it: 02:16, or 1:02:16 from an hour on."""
    minute, second = divmod(round(seconds or 0), 60)
    hour, minute = divmod(minute, 60)
    return f"{hour}:{minute:02}:{second:02}" if hour else f"{minute:02}:{second:02}"


@register.simple_tag(takes_context=True)
def current_tab(context: template.Context) -> str:
    """Which of home, courses, search, learn the address belongs to; empty for none."""
    request = context.get("request")
    if request is None:
        return ""
    first = request.path.strip("/").split("/")[0]
    return TABS.get(first, "") if first else "home"


@register.inclusion_tag("components/icon.html")
def icon(name: str) -> dict[str, str]:
    return {"name": name}


@register.filter
def modules(names: str) -> list[str]:
    """The static files of the script modules named, with spaces between."""
    return [f"js/{name}.js" for name in names.split()]


@register.filter
def chosen(filters: dict[str, list[dict[str, Any]]]) -> list[dict[str, Any]]:
    """The active circumstances and topics, so that they show while the rest is folded away."""
    rare = [*filters.get("circumstances", []), *filters.get("topics", [])]
    return [term for term in rare if term["active"]]
