"""The character NUL, which no text of ours holds and PostgreSQL refuses to compare with."""

from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.db import DataError
from django.http import HttpRequest, HttpResponse
from django.views.defaults import bad_request


class NulMiddleware:
    """In an address or a cookie it is refused before anything asks the database.

    Forms refuse it themselves, but not where a choice is looked up: that is caught on its way.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if has_nul(request):
            raise BadRequest("NUL in the address or a cookie")
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, DataError) and "NUL" in str(error):
            return bad_request(request, error)
        return None


# What people search for may be anything: search itself reads it as a space.
ASKED_FREELY = ("/search/", "/api/search/")


def has_nul(request: HttpRequest) -> bool:
    """Cookies write it in octal; a header cannot hold the character itself."""
    meta, path = request.META, request.path_info
    return (
        "\0" in path
        or ("%00" in meta.get("QUERY_STRING", "") and not path.startswith(ASKED_FREELY))
        or "\\000" in meta.get("HTTP_COOKIE", "")
    )
