"""The doors of Wagtail's admin through which a page is published by itself: none opens for a page
that `guard` sends elsewhere. What was written stays, as a draft."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from rest_framework.response import Response
from wagtail.admin import messages
from wagtail.admin.api.actions.publish import PublishPageAPIAction
from wagtail.models import Page

from cms.guard import Elsewhere, published_elsewhere

ADDING = "wagtailadmin_pages:add"


def from_the_editor(request: HttpRequest, page: Page) -> HttpResponse | None:
    if not (other := published_elsewhere(page)):
        return None
    match = request.resolver_match
    if match and match.view_name == ADDING:
        # Wagtail writes a new page down as public before it asks.
        Page.objects.filter(pk=page.pk).update(live=False)
    return _sent(request, other)


def in_bulk(
    request: HttpRequest, action_type: str, objects: list[Any], action: Any
) -> HttpResponse | None:
    if action_type != "publish":
        return None
    deep = action.cleaned_form.cleaned_data["include_descendants"]
    found = (published_elsewhere(page) for page in _published(objects, deep))
    other = next((one for one in found if one), None)
    return _sent(request, other) if other else None


def _published(pages: Iterable[Page], deep: bool) -> Iterator[Page]:
    """As Wagtail's action goes through them."""
    for page in pages:
        yield page
        if deep:
            yield from page.get_descendants().not_live().defer_streamfields().specific().iterator()


def _sent(request: HttpRequest, other: Elsewhere) -> HttpResponse:
    button = messages.button(other.url, _("Go there"))
    messages.warning(request, other.words, buttons=[button])
    return redirect(other.url)


class GuardedPublish(PublishPageAPIAction):
    def execute(self, instance: Page, data: Any) -> Response:
        other = published_elsewhere(instance)
        if other is None:
            return super().execute(instance, data)
        return Response({"message": other.words}, status=409)
