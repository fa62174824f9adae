"""What a phone loads for a page: HTML, styles and scripts, compressed, against the budget."""

import gzip
import re
from pathlib import PurePosixPath

from django.conf import settings
from django.test import Client, override_settings

from courses.models import CoursePage
from learners.accounts.models import User

LINKED = re.compile(
    r'<link[^>]+rel="(?:stylesheet|modulepreload)"[^>]*>|<script[^>]+src="[^"]+"[^>]*>'
)
IMPORTED = re.compile(r"""(?:import|from)\s*\(?\s*["'](\.{1,2}/[^"']+|/static/[^"']+)["']""")


@override_settings(PAGE_CACHE_ENTRIES=0, ALLOWED_HOSTS=["testserver"])
def weigh() -> dict[str, list[int]]:
    """Address → compressed bytes of HTML, styles, scripts."""
    course = CoursePage.objects.live().order_by("path").first()
    user = User.objects.filter(enrolments__isnull=False).first() or User.objects.first()
    if course is None or user is None:
        raise RuntimeError("Nothing to weigh: load_demo first.")
    nobody, someone = Client(), Client()
    someone.force_login(user)
    lesson = course.lessons().first()
    public = ["/", "/courses/", "/videos/", course.get_url(), lesson.get_url(), "/account/sign-in/"]
    weights = {address: weigh_one(nobody, address) for address in public}
    return {**weights, "/learn/": weigh_one(someone, "/learn/")}


def weigh_one(client: Client, address: str) -> list[int]:
    response = client.get(address)
    if response.status_code != 200:
        raise RuntimeError(f"{address}: {response.status_code}")
    files = linked(response.content.decode())
    styles = sum(compressed(f) for f in files if f.endswith(".css"))
    scripts = sum(compressed(f) for f in files if f.endswith(".js"))
    return [len(gzip.compress(response.content, 6)), styles, scripts]


def linked(html: str) -> set[str]:
    """Addresses of styles and scripts in the page, and of what those import, and so on."""
    waiting = [re.search(r'(?:href|src)="([^"]+)"', tag)[1] for tag in LINKED.findall(html)]  # type: ignore[index]
    found: set[str] = set()
    while waiting:
        address = waiting.pop()
        if address in found or not address.startswith("/static/"):
            continue
        found.add(address)
        imported = IMPORTED.findall(content(address).decode())
        waiting += [joined(address, name) for name in imported]
    return found


def joined(address: str, name: str) -> str:
    parts: list[str] = [] if name.startswith("/") else address.split("/")[:-1]
    for part in PurePosixPath(name).parts:
        if part == "..":
            parts.pop()
        elif part not in (".", "/"):
            parts.append(part)
    return "/" + "/".join(part for part in parts if part)


def content(address: str) -> bytes:
    return (settings.STATIC_ROOT / address.removeprefix("/static/")).read_bytes()


def compressed(address: str) -> int:
    return len(gzip.compress(content(address), 6))
