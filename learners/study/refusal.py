"""Errors in JSON have one shape: {"error": {"code", "message", "fields"}}."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views import csrf


class Refusal(Exception):
    """Ends a JSON request with an error the reader understands."""

    def __init__(
        self,
        status: int,
        code: str,
        message: str,
        fields: dict[str, str] | None = None,
    ) -> None:
        super().__init__(code)
        self.status, self.code, self.message, self.fields = status, code, message, fields or {}

    def response(self) -> HttpResponse:
        error = {"code": self.code, "message": str(self.message), "fields": self.fields}
        return JsonResponse({"error": error}, status=self.status)


def signed_out() -> Refusal:
    return Refusal(HTTPStatus.UNAUTHORIZED, "signed-out", _("Please sign in again."))


def not_found() -> Refusal:
    return Refusal(HTTPStatus.NOT_FOUND, "not-found", _("This lesson is not available now."))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A script hears it in the agreed shape, a person on the page that says what to do."""
    if request.content_type != "application/json":
        return csrf.csrf_failure(request, reason)
    say = _("Please reload the page and try again.")
    return Refusal(HTTPStatus.FORBIDDEN, "csrf", say).response()


def json_view(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Answers a Refusal in the agreed shape; nothing personal is ever stored by a cache."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            response = view(request, *args, **kwargs)
        except Refusal as refusal:
            response = refusal.response()
        except Http404:
            response = not_found().response()
        response["Cache-Control"] = "private, no-store"
        return response

    return answer
