"""On which device a course was finished: a mark to ask a question by, and no fingerprint.

A random cookie that only `/learn/` sees; a run that is finished keeps its keyed hash for thirty
days (docs/decisions/0094-one-device-for-many.md). Without the cookie nothing is kept.
"""

import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from learners.accounts.protected import keyed_hash
from learners.study.models import Enrolment

COOKIE, PATH = "learning_device", "/learn/"
KEPT = timedelta(days=30)
SIGNS = 32  # of a mark, and the most that a cookie of ours has


def mark_of(request: HttpRequest) -> str:
    """Empty when the browser has no such cookie, or one that is not ours."""
    told = request.COOKIES.get(COOKIE, "")
    return keyed_hash(f"device:{told}")[:SIGNS] if len(told) == SIGNS else ""


def give(request: HttpRequest, response: HttpResponse) -> None:
    """To whoever opens a course; the next people to sign in on this device keep it."""
    if not mark_of(request):
        response.set_cookie(
            COOKIE,
            secrets.token_hex(SIGNS // 2),
            max_age=KEPT,
            path=PATH,
            httponly=True,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )


def forget(now: datetime) -> int:
    """Marks of what was finished longer ago than they are kept."""
    old = Enrolment.objects.exclude(device="").filter(completed_at__lt=now - KEPT)
    return old.update(device="")
