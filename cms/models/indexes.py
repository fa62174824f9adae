"""An index lists one kind of resource, filtered by the taxonomy, page by page."""

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from cms.filters import Filters
from cms.models.public import PublicPage
from cms.models.resource import SHOWN_ON_CARDS


class IndexPage(PublicPage):
    resource_model: ClassVar[Any] = None

    introduction = models.TextField(_("introduction"), blank=True)

    content_panels = [*PublicPage.content_panels, FieldPanel("introduction")]
    parent_page_types = ["cms.HomePage"]
    max_count = 1

    class Meta:
        abstract = True

    def listed(self) -> Any:
        """What everybody may see of this index, with all that a card shows."""
        found = self.resource_model.objects.child_of(self).listed()
        return found.prefetch_related(*SHOWN_ON_CARDS)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        filters = Filters.read(self.get_url(request) or "", request.GET)
        found = filters.page(filters.apply(self.listed().newest()), request.GET)
        context.update(
            resources=found,
            filters=filters.chips(),
            filtered=bool(filters.chosen),
            page_links=filters.links(found),
        )
        return context
