"""The search page and its JSON. Never kept by a cache: what a family looks for is its own."""

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from search import door, terms
from search.forms import SearchForm
from search.page import chips, next_steps, order_links, page_links
from search.query import GROUPS


def _find(request: HttpRequest) -> door.Found:
    vocabulary = terms.read()
    return door.find(SearchForm(request.GET, vocabulary).query(), vocabulary)


@require_safe
@cache_control(private=True, no_store=True)
def search(request: HttpRequest) -> HttpResponse:
    found = _find(request)
    filters = chips(found)
    context: dict[str, Any] = {
        "found": found,
        "query": found.query,
        "filters": {**filters, "rare": [filters[group] for group in GROUPS[1:]]},
        "reset": replace(found.query, chosen={}).url() if found.query.is_narrowed() else "",
        "steps": next_steps(found) if not found.results else [],
        "orders": order_links(found.query),
        "page_links": page_links(found),
        "kept": [(group, code) for group, codes in found.query.chosen.items() for code in codes],
    }
    return render(request, "search/search.html", context)


@require_safe
@cache_control(private=True, no_store=True)
def search_json(request: HttpRequest) -> JsonResponse:
    found = _find(request)
    return JsonResponse(
        {
            "total": found.hits.counts.total,
            "page": found.hits.page,
            "pages": found.hits.pages,
            "did_you_mean": found.meaning.instead or None,
            "results": [
                {
                    "id": result.id,
                    "kind": result.kind,
                    "title": result.document.title,
                    "url": result.document.url,
                    "summary": result.document.summary,
                    "minutes": result.document.minutes,
                }
                for result in found.results
            ],
            "facets": {
                group: [{k: chip[k] for k in ("code", "name", "count")} for chip in group_chips]
                for group, group_chips in chips(found).items()
            },
        }
    )
