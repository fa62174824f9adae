"""What a family sends from its phone: not more than fits, not more often than anybody needs."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from learners.stories import films
from learners.stories.files import Refused

MOST_BYTES = films.MOST_BYTES + 10 * 1024 * 1024
View = Callable[..., HttpResponseBase]


def in_bounds(view: View) -> View:
    """Refuses by the announced length, before a byte of the body is read. Outermost."""

    @csrf_exempt
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not length.isdigit() or int(length) > MOST_BYTES:
            words = _("This is too much at once. Please choose fewer photos or a shorter video.")
            return refusal(words, 413)
        response: HttpResponseBase = csrf_protect(view)(request, *args, **kwargs)
        return response

    return guarded


def spend(request: HttpRequest) -> None:
    """Raises Refused: phones do not send that many files by themselves."""
    if not ratelimit.consume(request, action="story_upload", key=str(request.user.pk)):
        raise Refused(_("You have sent many files just now. Please go on in an hour."))


def wants_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "").startswith("application/json")


def refusal(words: str, status: int) -> HttpResponse:
    code = "too_much" if status == 413 else "refused"
    told = {"error": {"code": code, "message": words, "fields": {}}}
    return JsonResponse(told, status=status)
