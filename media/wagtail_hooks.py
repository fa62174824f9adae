from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet
from wagtailmedia.edit_handlers import MediaChooserPanel

from media.models import CaptionTrack


class CaptionTrackViewSet(SnippetViewSet):
    """Captions stand in the menu right under the recordings they belong to."""

    model = CaptionTrack
    icon = "openquote"
    menu_label: Any = _("Captions")
    menu_order = 301
    add_to_admin_menu = True
    list_display = ("recording", "language", "label")
    list_filter = ("language",)
    search_fields = ("recording__title",)
    panels = (
        MediaChooserPanel("recording"),
        FieldPanel("language"),
        FieldPanel("label"),
        FieldPanel("file"),
    )


register_snippet(CaptionTrackViewSet)
