from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.fields import StreamField

from cms.models.public import PublicPage
from cms.models.resource import ResourcePage
from cms.models.taxonomy import AgeStage

NEWEST = {"videos": 8, "courses": 6, "stories": 4, "articles": 4}
"""How many of the newest of each index, by its slug, the home page shows."""


class CuratedBlock(blocks.StructBlock):
    """A shelf that an editor filled by hand."""

    title = blocks.CharBlock(label=_("Title"))
    note = blocks.CharBlock(required=False, label=_("Note"))
    resources = blocks.ListBlock(
        blocks.PageChooserBlock(page_type="cms.ResourcePage"), label=_("Resources"), max_num=12
    )

    class Meta:
        icon = "list-ul"
        label = _("Shelf")


class CampaignBlock(CuratedBlock):
    """A shelf for a season, which comes and goes by itself; both days are included."""

    starts = blocks.DateBlock(label=_("First day"))
    ends = blocks.DateBlock(label=_("Last day"))

    class Meta:
        icon = "calendar"
        label = _("Campaign")

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        days = (cleaned["starts"], cleaned["ends"])  # a draft may lack one
        if None not in days and days[1] < days[0]:
            message = _("The last day is before the first.")
            raise StructBlockValidationError(block_errors={"ends": ValidationError(message)})
        return cleaned


class HomePage(PublicPage):
    sections: Any = StreamField(
        [("shelf", CuratedBlock()), ("campaign", CampaignBlock())],
        blank=True,
        verbose_name=_("shelves"),
    )

    content_panels = [*PublicPage.content_panels, FieldPanel("sections")]
    parent_page_types = ["wagtailcore.Page"]
    max_count = 1

    class Meta:
        verbose_name = _("home page")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        newest = self._newest()
        context.update(
            age_stages=AgeStage.objects.all(),
            sections=self._shelves(),
            short_videos=newest["videos"],
            courses=newest["courses"],
            stories=newest["stories"],
            articles=newest["articles"],
        )
        return context

    def _shelves(self) -> list[dict[str, Any]]:
        """The editor's shelves with what is public of them; an empty shelf is not shown."""
        today = timezone.localdate()
        values = [block.value for block in self.sections if _is_on(block, today)]
        chosen = [page.pk for value in values for page in value["resources"] if page]
        listed = ResourcePage.objects.listed().filter(pk__in=chosen).as_cards()
        public = {resource.pk: resource for resource in listed}
        shelves = [
            {
                "title": value["title"],
                "ends": value.get("ends"),
                "note": value["note"],
                "resources": [
                    public[page.pk] for page in value["resources"] if page and page.pk in public
                ],
            }
            for value in values
        ]
        return [shelf for shelf in shelves if shelf["resources"]]

    def _newest(self) -> dict[str, list[Any]]:
        found: dict[str, list[Any]] = {slug: [] for slug in NEWEST}
        for index in self.get_children().live().public().filter(slug__in=NEWEST).specific():
            found[index.slug] = list(index.listed().newest()[: NEWEST[index.slug]])
        return found


def _is_on(block: Any, today: date) -> bool:
    value = block.value
    if block.block_type != "campaign":
        return True
    starts, ends = value["starts"], value["ends"]
    return bool(starts and ends and starts <= today <= ends)
