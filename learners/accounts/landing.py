"""Where a person goes after signing in: where they came from, else their own first page."""

from typing import Any

from allauth.account.utils import get_next_redirect_url
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode


def may_enter_admin(user: Any) -> bool:
    return user.is_authenticated and user.has_perm("wagtailadmin.access_admin")


def home_of(user: Any) -> str:
    """The Wagtail admin for those who may enter it, else the parent's learning page."""
    return reverse("wagtailadmin_home" if may_enter_admin(user) else "study:learn")


def asked_for(request: HttpRequest) -> str:
    """The `next` of this request, or nothing when it would leave the site."""
    return get_next_redirect_url(request) or ""


def with_next(name: str, next_url: str) -> str:
    query = f"?{urlencode({'next': next_url})}" if next_url else ""
    return f"{reverse(name)}{query}"
