"""Short videos, family-tradition stories and articles: the resources that stand alone."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.api import APIField
from wagtail.fields import StreamField
from wagtailmedia.edit_handlers import MediaChooserPanel

from cms.blocks import BodyBlocks
from cms.models.indexes import IndexPage
from cms.models.resource import ResourcePage
from cms.serializers import RecordingField


class ShortVideoPage(ResourcePage):
    kind = "video"

    recording = models.ForeignKey(
        "media.Recording",
        models.PROTECT,
        related_name="+",
        limit_choices_to={"type": "video"},
        verbose_name=_("recording"),
    )
    body: Any = StreamField(BodyBlocks(), blank=True, verbose_name=_("body"))

    content_panels = [
        *ResourcePage.content_panels,
        MediaChooserPanel("recording", media_type="video"),
        FieldPanel("body"),
        *ResourcePage.tag_panels,
    ]
    api_fields = [
        *ResourcePage.api_fields,
        APIField("recording", serializer=RecordingField()),
        APIField("body"),
    ]
    parent_page_types = ["cms.ShortVideoIndexPage"]
    subpage_types: list[str] = []

    def next_video(self) -> "ShortVideoPage | None":
        """The one published before this; after the oldest the newest, so that a feed goes on."""
        others = ShortVideoPage.objects.sibling_of(self, inclusive=False).listed().newest()
        at = self.first_published_at
        older = models.Q(first_published_at__lt=at) | models.Q(
            first_published_at=at, pk__lt=self.pk
        )
        found: ShortVideoPage | None = (at and others.filter(older).first()) or others.first()
        return found

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        return {**context, "next_video": self.next_video()}

    class Meta:
        verbose_name = _("short video")
        verbose_name_plural = _("short videos")


class StoryPage(ResourcePage):
    kind = "story"

    told_by = models.CharField(_("told by"), max_length=60, blank=True)
    body: Any = StreamField(BodyBlocks(), verbose_name=_("body"))

    content_panels = [
        *ResourcePage.content_panels,
        FieldPanel("told_by"),
        FieldPanel("body"),
        *ResourcePage.tag_panels,
    ]
    api_fields = [*ResourcePage.api_fields, APIField("told_by"), APIField("body")]
    parent_page_types = ["cms.StoryIndexPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("family-tradition story")
        verbose_name_plural = _("family-tradition stories")


class ArticlePage(ResourcePage):
    kind = "article"

    body: Any = StreamField(BodyBlocks(), verbose_name=_("body"))

    content_panels = [*ResourcePage.content_panels, FieldPanel("body"), *ResourcePage.tag_panels]
    api_fields = [*ResourcePage.api_fields, APIField("body")]
    parent_page_types = ["cms.ArticleIndexPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")


class ShortVideoIndexPage(IndexPage):
    resource_model = ShortVideoPage
    subpage_types = ["cms.ShortVideoPage"]

    class Meta:
        verbose_name = _("short video index")

    def listed(self) -> Any:
        """With the recordings, whose length a short video shows."""
        return super().listed().select_related("recording")


class StoryIndexPage(IndexPage):
    resource_model = StoryPage
    subpage_types = ["cms.StoryPage"]

    class Meta:
        verbose_name = _("story index")


class ArticleIndexPage(IndexPage):
    resource_model = ArticlePage
    subpage_types = ["cms.ArticlePage"]

    class Meta:
        verbose_name = _("article index")
