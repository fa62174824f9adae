"""An index lists one kind of resource, filtered by the taxonomy, page by page."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from cms.models.public import PublicPage


class IndexPage(PublicPage):
    resource_model: ClassVar[Any] = None

    introduction = models.TextField(_("introduction"), blank=True)

    content_panels = [*PublicPage.content_panels, FieldPanel("introduction")]
    parent_page_types = ["cms.HomePage"]
    max_count = 1

    class Meta:
        abstract = True
