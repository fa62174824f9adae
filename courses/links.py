"""Trying the links of a course, from our own server: short, and only to public addresses."""

import http.client
import re
import socket
import ssl
from collections.abc import Callable, Iterable
from datetime import timedelta
from threading import Timer
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.utils import timezone
from wagtail.rich_text import RichText

from courses.models import CheckedLink
from courses.public_address import is_public, target

HREF = re.compile(r"""<a\b[^>]*\bhref=["'](https?://[^"']+)["']""", re.IGNORECASE)
SECONDS = 5
ALTOGETHER_SECONDS = 10
MOST_HOPS = 3
MOST_LINKS = 50
FRESH = timedelta(days=1)
State = CheckedLink.State
Allowed = Callable[[str], bool]


def links_in(body: Any) -> list[str]:
    """Addresses outside the school, each once, in the order of the text."""
    found = (
        address.replace("&amp;", "&")
        for block in body
        if isinstance(block.value, RichText)
        for address in HREF.findall(block.value.source)
    )
    return [address for address in dict.fromkeys(found) if len(address) <= 1000]


def states_of(urls: Iterable[str]) -> dict[str, str]:
    return dict(CheckedLink.objects.filter(url__in=set(urls)).values_list("url", "state"))


def check(urls: Iterable[str], allowed: Allowed = is_public) -> int:
    """Tries those that were not tried today; how many."""
    recently = CheckedLink.objects.filter(checked_at__gt=timezone.now() - FRESH, state=State.FINE)
    known = set(recently.filter(url__in=set(urls)).values_list("url", flat=True))
    wanted = [url for url in dict.fromkeys(urls) if url not in known][:MOST_LINKS]
    for url in wanted:
        CheckedLink.objects.update_or_create(
            url=url, defaults={"state": state_of(url, allowed), "checked_at": timezone.now()}
        )
    return len(wanted)


def state_of(url: str, allowed: Allowed = is_public) -> str:
    """Follows a few redirects, each checked anew; a page for signed-in people counts as there."""
    for _hop in range(MOST_HOPS + 1):
        try:
            status, onward = _ask(url, allowed)
        except PermissionError:
            return State.REFUSED
        except (OSError, http.client.HTTPException):
            return State.SILENT
        if not onward:
            return State.BROKEN if status in (404, 410) else _by_status(status)
        url = urljoin(url, onward)
    return State.BROKEN


def _by_status(status: int) -> str:
    return State.SILENT if status >= 500 else State.FINE


def _ask(url: str, allowed: Allowed) -> tuple[int, str]:
    """Status, and where it sends us. Raises PermissionError for what may not be asked."""
    wanted = target(url)
    if wanted is None:
        raise PermissionError(url)
    scheme, host, port = wanted
    connection = http.client.HTTPConnection(host, port, timeout=SECONDS)
    connection.sock = opened = _connect(scheme, host, port, allowed)
    # The time-out of a socket is between two bytes: whoever drips is cut off, too.
    cut = Timer(ALTOGETHER_SECONDS, opened.shutdown, [socket.SHUT_RDWR])
    cut.start()
    try:
        parts = urlsplit(url)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request("GET", path, headers={"User-Agent": "link check"})
        answer = connection.getresponse()  # its body is not read
        return answer.status, answer.headers.get("Location", "") if answer.status < 400 else ""
    finally:
        cut.cancel()
        connection.close()


def _connect(scheme: str, host: str, port: int, allowed: Allowed) -> socket.socket:
    """To the very address that was checked: a name may lead elsewhere the next moment."""
    address = str(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][4][0])
    if not allowed(address):
        raise PermissionError(address)
    plain = socket.create_connection((address, port), timeout=SECONDS)
    if scheme == "http":
        return plain
    try:
        return ssl.create_default_context().wrap_socket(plain, server_hostname=host)
    except OSError:
        plain.close()
        raise
