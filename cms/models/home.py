from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from cms.models.public import PublicPage


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


class HomePage(PublicPage):
    sections: Any = StreamField([("shelf", CuratedBlock())], blank=True, verbose_name=_("shelves"))

    content_panels = [*PublicPage.content_panels, FieldPanel("sections")]
    parent_page_types = ["wagtailcore.Page"]
    max_count = 1

    class Meta:
        verbose_name = _("home page")
