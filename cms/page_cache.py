"""Public pages held whole in the process: the bytes are found before anything else runs.

docs/decisions/0030-page-cache.md. An entry belongs to a generation, a token in the shared
cache that every process reads at most once a second; purging is writing a new token, so the
worker can do it too. A page is rendered from its key alone (no cookie, no header, no unknown
parameter reaches the view), so nothing personal can be stored.
"""

import gzip
import logging
import re
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import blake2b
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import DisallowedHost, MiddlewareNotUsed
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase, ResponseHeaders
from django.urls import Resolver404, resolve
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import parse_http_date_safe

logger = logging.getLogger(__name__)

Key = tuple[str, str, str, str]
GetResponse = Callable[[HttpRequest], HttpResponseBase]

CACHED_VIEWS = {"wagtail_serve", "sitemap", "robots", "feed"}
"""Names of the addresses that may be held; any other is never looked at."""
PARAMETERS = {"age", "circumstance", "topic", "page", "p"}
"""All that a held page may depend on; from=groupmessage, utm_source and junk share its entry."""
KEPT_HEADERS = {"HTTP_HOST", "HTTP_X_FORWARDED_PROTO", "HTTP_X_FORWARDED_HOST"}
LONGEST_ENTRY = 2 * 1024 * 1024
ENTRY_SECONDS = 600.0
"""Lists ordered by popularity change without publishing; they are at most this old."""
CHECK_SECONDS = 1.0


class Generation:
    """The token that every held page was rendered under. Unreadable: the last one read stays."""

    key = "pages-generation"

    def __init__(self) -> None:
        self.token = ""
        self.checked = float("-inf")

    def current(self) -> str:
        now = time.monotonic()
        if now - self.checked >= CHECK_SECONDS:
            self.checked = now
            try:
                self.token = self.read()
            except Exception:
                logger.exception("The generation of the held pages cannot be read")
        return self.token

    def read(self) -> str:
        token = cache.get(self.key)
        if token is None:
            # Never set, or evicted: whatever was held under it is forgotten.
            cache.add(self.key, secrets.token_hex(8), timeout=None)
            token = cache.get(self.key) or secrets.token_hex(8)
        return str(token)

    def bump(self) -> None:
        cache.set(self.key, secrets.token_hex(8), timeout=None)
        self.checked = float("-inf")


generation = Generation()


@dataclass(slots=True)
class Entry:
    generation: str
    until: float
    etag: str
    plain: bytes
    zipped: bytes
    headers: dict[str, tuple[str, str]] = field(default_factory=dict)

    @property
    def size(self) -> int:
        return len(self.plain) + len(self.zipped) + 2048


class Pages:
    """Entries, least recently used first, bounded in number and in bytes."""

    def __init__(self, most_entries: int, most_bytes: int) -> None:
        self.most_entries = most_entries
        self.most_bytes = most_bytes
        self.entries: OrderedDict[Key, Entry] = OrderedDict()
        self.bytes = 0
        self.lock = threading.Lock()

    def get(self, key: Key, token: str) -> Entry | None:
        entry = self.entries.get(key)
        if entry is None or entry.generation != token or entry.until < time.monotonic():
            return None
        with self.lock:
            if key in self.entries:
                self.entries.move_to_end(key)
        return entry

    def put(self, key: Key, entry: Entry) -> None:
        with self.lock:
            old = self.entries.pop(key, None)
            self.bytes += entry.size - (old.size if old else 0)
            self.entries[key] = entry
            while len(self.entries) > self.most_entries or self.bytes > self.most_bytes:
                _, oldest = self.entries.popitem(last=False)
                self.bytes -= oldest.size


class HeldResponse(HttpResponse):
    """Made from ready parts: HttpResponse would convert every header again."""

    def __init__(self, body: bytes, headers: dict[str, tuple[str, str]]) -> None:
        self.headers = ResponseHeaders.__new__(ResponseHeaders)
        self.headers._store = headers.copy()
        self._charset = None
        self._resource_closers: list[Any] = []
        self._handler_class = None
        self.cookies = SimpleCookie()
        self.closed = False
        self._reason_phrase = "OK"
        self._container = [body]


class PageCacheMiddleware:
    """The first middleware. Settings: PAGE_CACHE_ENTRIES (0 turns it off), PAGE_CACHE_BYTES."""

    def __init__(self, get_response: GetResponse) -> None:
        if not settings.PAGE_CACHE_ENTRIES:
            raise MiddlewareNotUsed
        self.get_response = get_response
        self.pages = Pages(settings.PAGE_CACHE_ENTRIES, settings.PAGE_CACHE_BYTES)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        key = key_of(request)
        if key is None:
            return self.get_response(request)
        # Taken before rendering: a page rendered before a purge is never held after it.
        token = generation.current()
        entry = self.pages.get(key, token)
        if entry is not None:
            return answer(entry, request)
        if not is_cached_view(request):
            return self.get_response(request)
        return self.render(request, key, token)

    def render(self, request: HttpRequest, key: Key, token: str) -> HttpResponseBase:
        response = self.get_response(without_extras(request, key))
        if is_holdable(response):
            entry = entry_of(response, token)
            self.pages.put(key, entry)
            return answer(entry, request)
        if response.status_code >= 500 or not has_extras(request, key):
            return response
        # Not for everyone (a page with a password, a redirect by parameter): ask as asked.
        return self.get_response(request)


def key_of(request: HttpRequest) -> Key | None:
    """None: not a request that a held page may answer. Wagtail's previews are dummy requests."""
    meta = request.META
    if (
        request.method not in ("GET", "HEAD")
        or "HTTP_AUTHORIZATION" in meta
        or not isinstance(request, WSGIRequest)
        or hasattr(request, "is_dummy")
    ):
        return None
    try:
        host = request.get_host()
    except DisallowedHost:
        return None
    query = meta.get("QUERY_STRING", "")
    return (request.scheme or "", host, request.path_info, known(query) if query else "")


def known(query: str) -> str:
    """The parameters that a page may depend on, in one order; repeated ones keep theirs."""
    try:
        pairs = parse_qsl(query, keep_blank_values=True, max_num_fields=50)
    except ValueError:
        return ""
    kept = [(name, value) for name, value in pairs if name in PARAMETERS]
    return urlencode(sorted(kept, key=lambda pair: pair[0]))


def is_cached_view(request: HttpRequest) -> bool:
    try:
        return resolve(request.path_info).url_name in CACHED_VIEWS
    except Resolver404:
        return False


def without_extras(request: HttpRequest, key: Key) -> WSGIRequest:
    """The same address, asked by nobody: what the answer depends on is exactly the key."""
    environ = {
        name: value
        for name, value in request.META.items()
        if not name.startswith("HTTP_") or name in KEPT_HEADERS
    }
    # META holds the path decoded; a server hands it over as bytes in Latin-1 (PEP 3333).
    for name in ("PATH_INFO", "SCRIPT_NAME"):
        environ[name] = environ.get(name, "").encode().decode("iso-8859-1")
    return WSGIRequest({**environ, "REQUEST_METHOD": "GET", "QUERY_STRING": key[3]})


def has_extras(request: HttpRequest, key: Key) -> bool:
    meta = request.META
    return bool(meta.get("HTTP_COOKIE")) or meta.get("QUERY_STRING", "") != key[3]


def is_holdable(response: HttpResponseBase) -> bool:
    control = {part.strip().lower() for part in response.get("Cache-Control", "").split(",")}
    varies = {part.strip().lower() for part in response.get("Vary", "").split(",")} - {""}
    return (
        response.status_code == 200
        and isinstance(response, HttpResponse)
        and "public" in control
        and not control & {"private", "no-store", "no-cache"}
        and not response.cookies
        and varies <= {"accept-encoding"}
        and "Content-Encoding" not in response
        and len(response.content) <= LONGEST_ENTRY
    )


def entry_of(response: Any, token: str) -> Entry:
    plain = response.content
    patch_vary_headers(response, ["Accept-Encoding"])
    # Weak: the same for the plain and the compressed form of one page.
    response.headers.setdefault("ETag", f'W/"{blake2b(plain, digest_size=12).hexdigest()}"')
    return Entry(
        generation=token,
        until=time.monotonic() + ENTRY_SECONDS,
        etag=response["ETag"],
        plain=plain,
        zipped=gzip.compress(plain, compresslevel=6, mtime=0),
        headers=dict(response.headers._store),
    )


def answer(entry: Entry, request: HttpRequest) -> HttpResponseBase:
    meta = request.META
    headers, body = entry.headers, entry.plain
    if (accepted := meta.get("HTTP_ACCEPT_ENCODING")) and accepts_gzip(accepted):
        body = entry.zipped
        headers = {**headers, "content-encoding": ("Content-Encoding", "gzip")}
    length = ("Content-Length", str(len(body)))
    if request.method == "HEAD":
        body = b""
    response = HeldResponse(body, {**headers, "content-length": length})
    if "HTTP_IF_NONE_MATCH" in meta or "HTTP_IF_MODIFIED_SINCE" in meta:
        return conditional(entry, request, response)
    return response


def conditional(entry: Entry, request: HttpRequest, response: HeldResponse) -> HttpResponseBase:
    modified = parse_http_date_safe(response.get("Last-Modified", ""))
    found = get_conditional_response(request, entry.etag, modified, response)
    return found or response


@lru_cache(maxsize=256)
def accepts_gzip(header: str) -> bool:
    return any(
        re.fullmatch(r"(gzip|\*)(;q=(?!0(\.0*)?$).*)?", part.replace(" ", "").lower())
        for part in header.split(",")
    )
