"""Wagtail's content API, read-only, for the sites of districts and partners."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, QuerySet
from django.db.models.functions import Cast
from rest_framework.filters import BaseFilterBackend
from wagtail.api.v2.filters import SearchFilter
from wagtail.api.v2.pagination import WagtailPagination
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.api.v2.utils import BadRequestError
from wagtail.api.v2.views import PagesAPIViewSet
from wagtail.images.api.v2.views import ImagesAPIViewSet
from wagtail.models import Page, ReferenceIndex

MOST_DIGITS = 9
LONGEST_SEARCH = 100


class Pagination(WagtailPagination):
    """Wagtail's own passes any offset on, and no database counts to twenty digits."""

    def paginate_queryset(self, queryset: Any, request: Any, view: Any = None) -> Any:
        if len(request.GET.get("offset", "")) > MOST_DIGITS:
            raise BadRequestError("offset is too large")
        return super().paginate_queryset(queryset, request, view)


class TitleFilter(BaseFilterBackend):
    """Titles with these words in them. Wagtail's own search finds no Chinese word inside a
    sentence and ends in an error over a quotation mark; /api/search/ is what finds."""

    def filter_queryset(self, request: Any, queryset: Any, view: Any) -> Any:
        for word in request.GET.get("search", "")[:LONGEST_SEARCH].split():
            queryset = queryset.filter(title__icontains=word)
        return queryset


def with_titles(backends: list[Any]) -> list[Any]:
    return [TitleFilter if backend is SearchFilter else backend for backend in backends]


class PagesViewSet(PagesAPIViewSet):
    pagination_class = Pagination
    filter_backends = with_titles(PagesAPIViewSet.filter_backends)


class PicturesViewSet(ImagesAPIViewSet):
    """Only what a published page shows: the rest of the library is work in progress.

    Without the library's tags, which are for those who look for pictures, and a query each.
    """

    pagination_class = Pagination
    filter_backends = with_titles(ImagesAPIViewSet.filter_backends)
    meta_fields = [name for name in ImagesAPIViewSet.meta_fields if name != "tags"]
    listing_default_fields = [
        name for name in ImagesAPIViewSet.listing_default_fields if name != "tags"
    ]

    def get_queryset(self) -> QuerySet:
        pictures = super().get_queryset().annotate(key=Cast("pk", CharField()))
        return pictures.filter(key__in=self._shown().values("to_object_id"))

    def _shown(self) -> QuerySet:
        public = Page.objects.live().public().annotate(key=Cast("pk", CharField()))
        kinds = ContentType.objects.get_for_models(Page, self.model)
        return ReferenceIndex.objects.filter(
            base_content_type=kinds[Page],
            object_id__in=public.values("key"),
            to_content_type=kinds[self.model],
        )


router = WagtailAPIRouter("wagtailapi")
router.register_endpoint("pages", PagesViewSet)
router.register_endpoint("images", PicturesViewSet)
