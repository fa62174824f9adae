"""What is new, as RSS: everything, or one kind."""

import re
from datetime import datetime
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.translation import gettext as _
from wagtail.models import Site

from cms.models import IndexPage, ResourcePage

NEWEST = 30
SECONDS = 600
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def without_controls(text: str) -> str:
    """Word processors paste line breaks that XML forbids: one would end every feed in an error."""
    return CONTROLS.sub(" ", text)


class ResourceFeed(Feed):
    """`kind` is the slug of an index page (courses, videos, …); without one, all kinds."""

    feed_type = Rss201rev2Feed
    description = ""

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().__call__(request, *args, **kwargs)
        patch_cache_control(response, public=True, max_age=SECONDS)
        return response

    def get_object(self, request: HttpRequest, kind: str = "") -> tuple[Any, Any]:
        home = Site.find_for_request(request).root_page
        if not kind:
            return home, ResourcePage.objects.all()
        index = home.get_children().live().public().filter(slug=kind).specific().first()
        if not isinstance(index, IndexPage):
            raise Http404
        return index, index.resource_model.objects.child_of(index)

    def title(self, found: tuple[Any, Any]) -> str:
        return f"{found[0].title} · {_('Parent school')}"

    def link(self, found: tuple[Any, Any]) -> str:
        return found[0].get_url()

    def items(self, found: tuple[Any, Any]) -> Any:
        return found[1].listed().newest()[:NEWEST]

    def item_title(self, item: ResourcePage) -> str:
        return without_controls(item.title)

    def item_description(self, item: ResourcePage) -> str:
        return without_controls(item.summary)

    def item_link(self, item: ResourcePage) -> str:
        return item.get_url()

    def item_pubdate(self, item: ResourcePage) -> datetime | None:
        return item.first_published_at

    def item_updateddate(self, item: ResourcePage) -> datetime | None:
        return item.last_published_at
