"""Photos and films of stories for those who may see them: never held by a cache, never under an
address that works for somebody else; from a bucket by an address that is good for minutes."""

from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.core.files.storage import storages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from media import delivery, ranges
from media.storage import LibraryStorage

MINUTES = 10
NOT_KEPT = {"Cache-Control": "private, no-store"}


def private(request: HttpRequest, name: str) -> HttpResponseBase:
    """Who may see it was asked before."""
    if isinstance(storages["default"], LibraryStorage):
        signer: Any = storages["signer"]
        address = signer.url(name, expire=MINUTES * 60)
        return HttpResponse(status=302, headers={"Location": address, **NOT_KEPT})
    if settings.MEDIA_ACCEL_PREFIX:
        inside = settings.MEDIA_ACCEL_PREFIX.rstrip("/") + "/" + quote(name)
        headers = {**delivery.described(Path(name)), **NOT_KEPT}
        return HttpResponse(headers={**headers, "X-Accel-Redirect": inside})
    return from_disk(request, Path(settings.MEDIA_ROOT) / name)


def from_disk(request: HttpRequest, file: Path) -> HttpResponseBase:
    if not file.is_file():
        raise Http404
    headers = {**delivery.headers_of(file), **NOT_KEPT}
    size = file.stat().st_size
    try:
        part = delivery.asked_part(request, headers, size)
    except ranges.Unsatisfiable:
        return HttpResponse(status=416, headers={**headers, "Content-Range": f"bytes */{size}"})
    return delivery.send(request, file, headers, part)
