from typing import Any

from django.conf import settings
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.api import APIField
from wagtail.fields import RichTextField
from wagtail.images.api.fields import ImageRenditionField

from cms.forms import ExpertForm
from cms.models.public import PublicPage
from cms.models.resource import ResourcePage

MOST_RESOURCES = 24


class ExpertIndexPage(PublicPage):
    subpage_types = ["cms.ExpertPage"]
    parent_page_types = ["cms.HomePage"]
    max_count = 1

    class Meta:
        verbose_name = _("expert index")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        found = ExpertPage.objects.child_of(self).live().public().select_related("portrait")
        context["experts"] = found.prefetch_related("portrait__renditions")
        return context


class ExpertPage(PublicPage):
    base_form_class = ExpertForm

    portrait = models.ForeignKey(
        "media.Picture",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("portrait"),
    )
    headline = models.CharField(_("headline"), max_length=120, blank=True)
    biography = RichTextField(_("biography"), blank=True, features=["bold", "ul", "link"])
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="expert_pages",
        verbose_name=_("account"),
    )

    content_panels = [
        *PublicPage.content_panels,
        FieldPanel("headline"),
        FieldPanel("portrait"),
        FieldPanel("biography"),
        FieldPanel("user"),
    ]
    api_fields = [
        APIField("headline"),
        APIField("portrait", serializer=ImageRenditionField("fill-192x192|format-webp")),
        APIField("biography"),
    ]
    subpage_types: list[str] = []
    parent_page_types = ["cms.ExpertIndexPage"]

    class Meta:
        verbose_name = _("expert")
        verbose_name_plural = _("experts")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        made = ResourcePage.objects.listed().filter(experts=self).newest()
        context["resources"] = made.as_cards()[:MOST_RESOURCES]
        return context
