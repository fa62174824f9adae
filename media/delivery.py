"""Files of the library: from disk whole, in parts, or through nginx, which is told for each answer
(MEDIA_ACCEL_PREFIX) or asks (`may_send`); from a bucket by an address signed for a while."""

import contextlib
import logging
import re
import threading
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import BinaryIO
from urllib.parse import quote

from botocore.exceptions import BotoCoreError, ClientError
from django.conf import settings
from django.core.files.storage import storages
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, parse_http_date_safe
from django.views.decorators.http import require_safe

from media import ranges
from media.kinds import CONTENT_TYPES, FOLDERS, suffix_of
from media.storage import FOREVER, LibraryStorage, with_addresses

logger = logging.getLogger(__name__)
CHUNK = 64 * 1024
AT_ONCE = 512 * 1024
"""So much is handed to the server in one go: it waits for a slow reader, no thread of ours does. A
segment of the tallest rung fits."""
STREAMS = threading.BoundedSemaphore(settings.WEB_STREAMS) if settings.WEB_STREAMS else None
"""Each longer answer holds a thread until its reader has it; the others stay free for pages."""


@require_safe
def deliver(request: HttpRequest, path: str) -> HttpResponseBase:
    if isinstance(bucket := storages["default"], LibraryStorage):
        return deliver_from_bucket(bucket, path, request.method or "GET")
    file = find(path)
    headers = headers_of(file)
    if settings.MEDIA_ACCEL_PREFIX:
        inside = settings.MEDIA_ACCEL_PREFIX.rstrip("/") + "/" + quote(path)
        return HttpResponse(headers={**described(file), "X-Accel-Redirect": inside})
    unchanged = get_conditional_response(
        request, headers["ETag"], int(file.stat().st_mtime), HttpResponse(headers=headers)
    )
    if unchanged is not None and unchanged.status_code != 200:
        return unchanged
    size = file.stat().st_size
    try:
        part = asked_part(request, headers, size)
    except ranges.Unsatisfiable:
        return HttpResponse(status=416, headers={**headers, "Content-Range": f"bytes */{size}"})
    return send(request, file, headers, part)


@require_safe
def may_send(request: HttpRequest, path: str) -> HttpResponse:
    """nginx asks whether it may send a file of its disk itself, and keeps the word for seconds
    (deploy/nginx.conf): it never depends on who asks. What is refused here `deliver` answers."""
    on_disk = not isinstance(storages["default"], LibraryStorage)
    with contextlib.suppress(Http404):
        if on_disk and suffix_of(path) in CONTENT_TYPES:
            return HttpResponse(status=204, headers=described(find(path)))
    return HttpResponse(status=403)


def deliver_from_bucket(bucket: LibraryStorage, path: str, method: str = "GET") -> HttpResponseBase:
    """Captions and playlists are small and read by scripts: we hand them on ourselves."""
    folder, *rest = path.split("/")
    if folder not in FOLDERS or not rest or {"", ".", ".."} & set(rest) or "\0" in path:
        raise Http404
    suffix = suffix_of(path)
    if suffix not in (".m3u8", ".vtt"):
        return HttpResponse(
            status=302,
            headers={
                "Location": bucket.signed_url(path, method),
                "Cache-Control": "private, no-store",
            },
        )
    try:
        text = text_in_bucket(bucket, path)
    except (BotoCoreError, ClientError):
        logger.exception("the bucket does not give %s", path)
        return later()
    headers = {"Content-Type": CONTENT_TYPES[suffix], "Cache-Control": FOREVER}
    if suffix == ".m3u8":
        beside = path.rpartition("/")[0]
        text = with_addresses(text, cache(lambda name: bucket.signed_url(f"{beside}/{name}")))
        headers["Cache-Control"] = (
            f"private, max-age={min(60, settings.MEDIA_S3_SIGNED_SECONDS // 2)}"
        )
    return HttpResponse(text, headers=headers)


def text_in_bucket(bucket: LibraryStorage, path: str) -> str:
    try:
        with bucket.open(path) as file:
            return str(file.read().decode())
    except FileNotFoundError as error:
        raise Http404 from error


def find(path: str) -> Path:
    """The regular file under MEDIA_ROOT, links followed, or 404."""
    root = Path(settings.MEDIA_ROOT).resolve()
    try:
        file = (root / path).resolve(strict=True)
        inside = file.relative_to(root)
    except (OSError, ValueError) as error:
        raise Http404 from error
    folder = path.partition("/")[0]
    if folder not in FOLDERS or inside.parts[:1] != (folder,) or not file.is_file():
        raise Http404
    return file


def described(file: Path) -> dict[str, str]:
    """What is said of a file, whoever sends it. An unknown kind must not run in our origin."""
    forever = re.match(r"[0-9a-f]{32}", file.name) or file.parent.parent.name == "renditions"
    age = "max-age=31536000, immutable" if forever else "max-age=3600"
    described = {"Cache-Control": f"public, {age}"}
    if content_type := CONTENT_TYPES.get(file.suffix.lower()):
        return {**described, "Content-Type": content_type}
    return {
        **described,
        "Content-Type": "application/octet-stream",
        "Content-Disposition": "attachment",
        "Content-Security-Policy": "sandbox",
    }


def headers_of(file: Path) -> dict[str, str]:
    stat = file.stat()
    return {
        **described(file),
        "Accept-Ranges": "bytes",
        "ETag": f'"{stat.st_mtime_ns:x}-{stat.st_size:x}"',
        "Last-Modified": http_date(stat.st_mtime),
    }


def asked_part(request: HttpRequest, headers: dict[str, str], size: int) -> ranges.Slice | None:
    asked = request.headers.get("Range")
    if asked is None or request.method == "HEAD" or not same(request, headers):
        return None
    return ranges.parse(asked, size)


def same(request: HttpRequest, headers: dict[str, str]) -> bool:
    """If-Range: a part is of use only to who holds the rest of this very file."""
    expected = request.headers.get("If-Range")
    if expected is None or expected == headers["ETag"]:
        return True
    modified = parse_http_date_safe(expected)
    return modified is not None and modified == parse_http_date_safe(headers["Last-Modified"])


def send(
    request: HttpRequest, file: Path, headers: dict[str, str], part: ranges.Slice | None
) -> HttpResponseBase:
    size = file.stat().st_size
    first, length = (part.first, part.length) if part else (0, size)
    headers = {**headers, "Content-Length": str(length)}
    if part:
        headers["Content-Range"] = f"bytes {part.first}-{part.last}/{size}"
    if request.method == "HEAD":
        return HttpResponse(headers=headers)
    status = 206 if part else 200
    if length <= AT_ONCE:
        return HttpResponse(read(file, first, length), status=status, headers=headers)
    opened = file.open("rb")  # a file that is gone by now takes no thread
    if STREAMS and not STREAMS.acquire(blocking=False):
        opened.close()
        return later()
    body = Chunks(opened, first, length, STREAMS)
    return StreamingHttpResponse(body, status=status, headers=headers)


def later() -> HttpResponse:
    """Players ask again."""
    return HttpResponse(status=503, headers={"Retry-After": "5", "Cache-Control": "no-store"})


def read(file: Path, first: int, length: int) -> bytes:
    with file.open("rb") as opened:
        opened.seek(first)
        return opened.read(length)


class Chunks:
    """`length` bytes from `first` on, in pieces; Django closes it even if nobody reads."""

    def __init__(
        self, file: BinaryIO, first: int, length: int, taken: threading.Semaphore | None
    ) -> None:
        self.file = file
        self.first = first
        self.length = length
        self.taken = taken

    def __iter__(self) -> Iterator[bytes]:
        self.file.seek(self.first)
        left = self.length
        while left and (piece := self.file.read(min(CHUNK, left))):
            left -= len(piece)
            yield piece

    def close(self) -> None:
        self.file.close()
        taken, self.taken = self.taken, None
        if taken:
            taken.release()
