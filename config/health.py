"""For the machines around the school: alive, and able to serve."""

from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@never_cache
@require_safe
def alive(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok", content_type="text/plain")


@never_cache
@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """Asks the database and the cache; their failure is a 500 on purpose."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    cache.get("ready")
    return HttpResponse("ready", content_type="text/plain")
