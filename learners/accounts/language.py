"""Public pages speak Chinese to everybody; personal pages speak their owner's language."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

PERSONAL = ("/learn/", "/account/", "/school/", "/statistics/")
# Progress reports come every 15 seconds and have no words; who sends them costs two statements.
WITHOUT_WORDS = "/learn/progress/"


class PersonalLanguageMiddleware:
    """Wagtail's admin chooses its own language inside this one's.

    `request.user` stays untouched on public pages: looking would make them vary by cookie.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with translation.override(language_of(request)):
            return self.get_response(request)


def language_of(request: HttpRequest) -> str:
    path = request.path_info
    if path.startswith(PERSONAL) and path != WITHOUT_WORDS and request.user.is_authenticated:
        return request.user.language
    return settings.LANGUAGE_CODE
