"""The floors: what a Django view costs that does nothing else. Behind no middleware at all."""

import json
from functools import lru_cache
from typing import Any

from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.test import override_settings
from django.urls import include, path

CREATE = """
CREATE TABLE IF NOT EXISTS bench_bare (
    learner bigint, lesson bigint, position double precision, PRIMARY KEY (learner, lesson)
)
"""
UPSERT = """
INSERT INTO bench_bare (learner, lesson, position) VALUES (%s, %s, %s)
ON CONFLICT (learner, lesson) DO UPDATE SET position = excluded.position
"""


@lru_cache(maxsize=8)
def body(size: int) -> bytes:
    return b"x" * size


def static(request: HttpRequest, size: int) -> HttpResponse:
    return HttpResponse(body(size))


def upsert(request: HttpRequest, learner: int) -> HttpResponse:
    report = json.loads(request.body)
    with connection.cursor() as cursor:
        cursor.execute(UPSERT, [learner, report["lesson"], report["position"]])
    return JsonResponse({"ok": True})


urlpatterns = [
    path("bare/static/<int:size>/", static),
    path("bare/upsert/<int:learner>/", upsert),
    path("full/static/<int:size>/", static),
    path("", include("config.urls")),
]


def application_beside(school: Any) -> Any:
    """One server for both: /bare/ goes to a handler without middleware, the rest to the school."""
    with override_settings(MIDDLEWARE=[]):
        bare = WSGIHandler()

    def application(environ: dict[str, Any], start_response: Any) -> Any:
        handler = bare if environ["PATH_INFO"].startswith("/bare/") else school
        return handler(environ, start_response)

    return application
