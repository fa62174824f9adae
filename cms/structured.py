"""What search engines and chats read of a page: schema.org as JSON-LD, and what a link shows."""

import json
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe
from wagtail.models import Page

Data = dict[str, Any]
ESCAPED = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026"}
SCHOOL = {"@type": "Organization", "name": "家长学校"}
SHARED_PICTURE = "fill-800x450|format-webp"


def json_ld(data: Data) -> SafeString:
    """JSON that cannot end the script element it stands in."""
    text = json.dumps({"@context": "https://schema.org", **data}, ensure_ascii=False)
    return mark_safe(text.translate(ESCAPED))


def duration(seconds: float) -> str:
    """ISO 8601: 95 seconds are PT1M35S."""
    minutes, rest = divmod(round(seconds), 60)
    return f"PT{minutes}M{rest}S"


def share(page: Page, request: HttpRequest) -> Data:
    """What a shared link shows: title, description, url, image, type."""
    cover = getattr(page, "cover", None)
    return {
        "title": page.seo_title or page.title,
        "description": page.search_description or getattr(page, "summary", ""),
        "url": page.get_full_url(request) or "",
        "image": request.build_absolute_uri(cover.get_rendition(SHARED_PICTURE).url)
        if cover
        else "",
        "type": "article" if getattr(page, "kind", "") in ("story", "article") else "website",
    }


def breadcrumbs(page: Page, request: HttpRequest) -> list[dict[str, str]]:
    """From the home page down to the parent; the page's own heading names the page itself."""
    above = page.get_ancestors().filter(depth__gt=1).live().order_by("depth")
    return [{"title": found.title, "url": found.get_url(request) or ""} for found in above]


def resource(page: Any, shared: Data) -> Data:
    """The properties that every kind has."""
    return {
        "name": page.title,
        "description": shared["description"],
        "url": shared["url"],
        "inLanguage": "zh-Hans",
        "isAccessibleForFree": True,
        "publisher": SCHOOL,
        "datePublished": _moment(page.first_published_at),
        "dateModified": _moment(page.last_published_at),
        **({"image": shared["image"]} if shared["image"] else {}),
    }


def text(page: Any, shared: Data) -> Data:
    author = getattr(page, "told_by", "") or SCHOOL["name"]
    return {
        "@type": "Article",
        "headline": page.title,
        "author": {"@type": "Person" if getattr(page, "told_by", "") else "Organization"}
        | {"name": author},
        **resource(page, shared),
    }


def recording(page: Any, shared: Data, request: HttpRequest) -> Data:
    """A video or a sound recording that is shown on its own page."""
    found = page.recording
    poster = request.build_absolute_uri(found.thumbnail.url) if found.thumbnail else ""
    return {
        **resource(page, shared),
        "@type": "VideoObject" if found.type == "video" else "AudioObject",
        "uploadDate": _moment(page.first_published_at),
        "duration": duration(found.duration),
        "contentUrl": request.build_absolute_uri(found.url),
        "thumbnailUrl": poster or shared["image"],
    }


def _moment(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
