"""What all five kinds of resource share, in one table, so that they are tagged, listed and
searched alike by one query."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Count, F, Q
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.api import APIField
from wagtail.images.api.fields import ImageRenditionField
from wagtail.models import PageManager, get_page_models
from wagtail.query import PageQuerySet

from cms import likeness, reading, structured
from cms.forms import ResourcePageForm
from cms.models.public import PublicPage
from cms.serializers import ExpertsField, TermsField

SHOWN_ON_CARDS = ("age_stages", "circumstances", "topics", "cover__renditions")
RELATED = 4


class ResourceQuerySet(PageQuerySet):
    def listed(self) -> "ResourceQuerySet":
        """What everybody may see and stands in lists by itself."""
        inside_others = [
            model
            for model in get_page_models()
            if issubclass(model, ResourcePage) and not model.stands_alone
        ]
        return self.live().public().not_exact_type(*inside_others)

    def as_cards(self) -> "ResourceQuerySet":
        """Of their own kind, with all that a card shows, in a constant number of queries."""
        return self.specific().prefetch_related(*SHOWN_ON_CARDS)

    def by_likeness(self, page: "ResourcePage") -> "ResourceQuerySet":
        """Others that share a term with the page, those that share most and say most first."""

        def shared(name: str) -> Any:
            # Of no terms at all a count would be NULL, and the sum with it.
            ids = [term.pk for term in getattr(page, name).all()] or [0]
            return Count(name, filter=Q(**{f"{name}__in": ids}), distinct=True)

        likeness = shared("topics") * 3 + shared("circumstances") * 2 + shared("age_stages")
        others = self.exclude(pk=page.pk).annotate(likeness=likeness).filter(likeness__gt=0)
        return others.order_by(F("likeness").desc(), "-popularity", "-pk")

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

    One that does not stand alone is found through its parent, as a lesson through its course.
    `minutes` is how long it takes; `popularity` is how often it was finished, written by a
    task of learners and read by lists and search.
    """

    kind: ClassVar[str] = ""
    stands_alone: ClassVar[bool] = True

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
    parents_say = models.TextField(
        _("how parents say it"),
        max_length=2000,
        blank=True,
        help_text=_(
            "One a line: what somebody would type who needs this page, in the words of home – what "
            "they see, what worries them. It is searched and never shown."
        ),
    )
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
                *(
                    FieldPanel(name, widget=CheckboxSelectMultiple)
                    for name in ("age_stages", "circumstances", "topics")
                ),
                FieldPanel("experts"),
                FieldPanel("minutes"),
                FieldPanel("parents_say"),
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
        APIField("experts", serializer=ExpertsField(source="published_experts")),
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

    def terms_from(self) -> "ResourcePage":
        """Whose terms say what the page is about: its own, or its course's."""
        return self

    def published_experts(self) -> list[Any]:
        """Who made it, as far as they have a page that can be opened."""
        return [expert for expert in self.experts.all() if expert.live]

    def related(self) -> list["ResourcePage"]:
        """Up to four others to go on with: what search finds, else what shares terms."""
        source, listed = self.terms_from(), ResourcePage.objects.listed()
        ids = likeness.find(source, RELATED) if source.live else []
        if not ids:
            ids = list(listed.by_likeness(source).values_list("pk", flat=True)[:RELATED])
        found = {page.pk: page for page in listed.filter(pk__in=ids).as_cards()}
        return [found[pk] for pk in ids if pk in found]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context(request, *args, **kwargs), "related": self.related()}

    def structured_data(self, request: HttpRequest, shared: structured.Data) -> structured.Data:
        if getattr(self, "recording", None):
            return structured.recording(self, shared, request)
        return structured.text(self, shared)
