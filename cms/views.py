"""Public pages carry nothing personal, so that every cache may keep them (ARCHITECTURE 1)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_cache_control
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from wagtail import views as wagtail_views

from cms import share_card as card
from cms.models import ResourcePage

SECONDS = 60


@require_safe
def serve(request: HttpRequest, path: str) -> HttpResponse:
    """Wagtail's page, kept by caches when everybody may see it and by nobody otherwise."""
    response = wagtail_views.serve(request, path)
    page = getattr(response, "context_data", {}).get("page")
    if page is not None and not page.get_view_restrictions().exists():
        patch_cache_control(response, public=True, max_age=SECONDS)
    else:
        patch_cache_control(response, private=True, no_store=True)
    return response


@require_safe
@cache_control(public=True, max_age=3600)
def robots(request: HttpRequest) -> HttpResponse:
    return render(request, "cms/robots.txt", content_type="text/plain")


@require_safe
@cache_control(public=True, max_age=3600)
def share_card(request: HttpRequest, page_id: int) -> HttpResponse:
    page = get_object_or_404(ResourcePage.objects.live().public(), pk=page_id)
    return HttpResponse(card.png(page.specific), content_type="image/png")
