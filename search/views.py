"""The search page and its JSON. Never kept by a cache: what a family looks for is its own."""

from dataclasses import asdict, replace
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from search import asked, door, limits, promotions, suggestions, terms
from search.forms import ClickForm, SearchForm
from search.page import chips, counted, next_steps, order_links, page_links
from search.query import GROUPS, PAGE_SIZE


def _find(request: HttpRequest) -> door.Found:
    vocabulary = terms.read()
    return door.find(SearchForm(request.GET, vocabulary).query(), vocabulary)


@require_safe
@cache_control(private=True, no_store=True)
def search(request: HttpRequest) -> HttpResponse:
    found = _find(request)
    asked.note(found)
    filters = chips(found)
    context: dict[str, Any] = {
        "found": found,
        "query": found.query,
        "filters": {**filters, "rare": [filters[group] for group in GROUPS[1:]]},
        "reset": replace(found.query, chosen={}).url() if found.query.is_narrowed() else "",
        "exactly": replace(found.query, exact=True).url(),
        "steps": next_steps(found) if not found.results else [],
        "orders": order_links(found.query),
        "promoted": promotions.of(found),
        "first_place": (found.hits.page - 1) * PAGE_SIZE,
        "page_links": page_links(found),
        "kept": [(group, code) for group, codes in found.query.chosen.items() for code in codes],
    }
    response = render(request, "search/search.html", context)
    # What is opened from here, and whatever logs it, is not told what was searched for.
    response["Referrer-Policy"] = "strict-origin"
    return response


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
                group: [{"code": code, "name": name, "count": n} for code, name, n in choices]
                for group, choices in counted(found).items()
            },
        }
    )


@require_safe
@cache_control(private=True, no_store=True)
def suggest(request: HttpRequest) -> JsonResponse:
    vocabulary = terms.read()
    typed = SearchForm(request.GET, vocabulary).query().text
    found = suggestions.suggest(typed, vocabulary)
    return JsonResponse({"suggestions": [asdict(suggestion) for suggestion in found]})


@csrf_exempt
@require_POST
def clicked(request: HttpRequest) -> HttpResponse:
    """A beacon: counted, never answered with more than that it came."""
    form = ClickForm(request.POST)
    if form.is_valid() and limits.may_count_click(request):
        asked.note_click(form.cleaned_data["q"], form.cleaned_data["place"])
    return HttpResponse(status=204)
