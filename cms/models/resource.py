"""What all five kinds of resource share, in one table, so that they are tagged, listed and
searched alike by one query."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.api import APIField
from wagtail.images.api.fields import ImageRenditionField
from wagtail.models import PageManager
from wagtail.query import PageQuerySet

from cms import reading
from cms.forms import ResourcePageForm
from cms.models.public import PublicPage
from cms.serializers import TermsField


class ResourceQuerySet(PageQuerySet):
    def for_age_stage(self, code: str) -> "ResourceQuerySet":
        return self.filter(age_stages__code=code)

    def for_circumstance(self, code: str) -> "ResourceQuerySet":
        return self.filter(circumstances__code=code)

    def about(self, code: str) -> "ResourceQuerySet":
        return self.filter(topics__code=code)

    def newest(self) -> "ResourceQuerySet":
        return self.order_by("-first_published_at", "-pk")


ResourceManager = PageManager.from_queryset(ResourceQuerySet)


class ResourcePage(PublicPage):
    """A course, lesson, short video, story or article.

    `minutes` is how long it takes; `popularity` is how often it was finished, written by a
    task of learners and read by lists and search.
    """

    kind: ClassVar[str] = ""

    summary = models.TextField(_("summary"), max_length=200, blank=True)
    cover = models.ForeignKey(
        "media.Picture",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("cover"),
    )
    age_stages = ParentalManyToManyField(
        "cms.AgeStage", blank=True, related_name="resources", verbose_name=_("age stages")
    )
    circumstances = ParentalManyToManyField(
        "cms.Circumstance", blank=True, related_name="resources", verbose_name=_("circumstances")
    )
    topics = ParentalManyToManyField(
        "cms.Topic", blank=True, related_name="resources", verbose_name=_("topics")
    )
    experts = ParentalManyToManyField(
        "cms.ExpertPage", blank=True, related_name="resources", verbose_name=_("experts")
    )
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=0)
    body: Any
    popularity = models.PositiveIntegerField(default=0, editable=False, db_index=True)

    objects = ResourceManager()

    is_creatable = False

    content_panels = [
        *PublicPage.content_panels,
        FieldPanel("summary"),
        FieldPanel("cover"),
    ]
    tag_panels: ClassVar[list[Any]] = [
        MultiFieldPanel(
            [
                FieldPanel(name)
                for name in ("age_stages", "circumstances", "topics", "experts", "minutes")
            ],
            heading=_("For whom and about what"),
        )
    ]
    api_fields = [
        APIField("summary"),
        APIField("cover", serializer=ImageRenditionField("fill-640x360|format-webp")),
        APIField("age_stages", serializer=TermsField()),
        APIField("circumstances", serializer=TermsField()),
        APIField("topics", serializer=TermsField()),
        APIField("experts"),
        APIField("minutes"),
        APIField("popularity"),
    ]
    base_form_class = ResourcePageForm

    class Meta:
        verbose_name = _("resource")
        verbose_name_plural = _("resources")

    def length_in_minutes(self) -> int:
        """How long it takes to watch, to hear or to read."""
        recording = getattr(self, "recording", None)
        return reading.minutes(
            recording.duration if recording else reading.reading_seconds(self.body)
        )
