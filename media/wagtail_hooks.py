from typing import Any

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.documents import get_document_model
from wagtail.documents.views import documents as documents_views
from wagtail.documents.views import multiple as several_documents
from wagtail.images import get_image_model
from wagtail.images.views import images
from wagtail.images.views import multiple as several_images
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet
from wagtailmedia.edit_handlers import MediaChooserPanel

from media import admin_views, caption_views, upload_views
from media.forms import CaptionForm
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
    edit_handler = ObjectList(
        [
            MediaChooserPanel("recording"),
            FieldPanel("language"),
            FieldPanel("label"),
            FieldPanel("file", help_text=_("WebVTT or SRT.")),
        ],
        base_form_class=CaptionForm,
    )


register_snippet(CaptionTrackViewSet)


hooks.register("before_bulk_action", admin_views.keep_used_files)
hooks.register("after_delete_snippet", admin_views.delete_caption_files)


def deletions() -> list[URLPattern]:
    """In the place of Wagtail's own."""
    pictures, documents = get_image_model(), get_document_model()
    doors: tuple[tuple[str, Any, Any], ...] = (
        ("images/<int:image_id>/delete/", images.DeleteView, pictures),
        ("images/multiple/<int:image_id>/delete/", several_images.DeleteView, pictures),
        ("documents/delete/<int:document_id>/", documents_views.DeleteView, documents),
        ("documents/multiple/<int:doc_id>/delete/", several_documents.DeleteView, documents),
    )
    return [
        path(address, admin_views.delete_file, {"view": view.as_view(), "model": model})
        for address, view, model in doors
    ]


def uses() -> list[URLPattern]:
    """In the place of Wagtail's own, which know no drafts."""
    return [
        path("images/usage/<int:image_id>/", admin_views.PictureUsage.as_view()),
        path("documents/usage/<int:document_id>/", admin_views.DocumentUsage.as_view()),
    ]


# Before Wagtail's own, some of which are replaced.
@hooks.register("register_admin_urls", order=-1)
def recording_urls() -> list[URLPattern]:
    return [
        path("recordings/upload/", upload_views.upload, name="upload_recordings"),
        path("recordings/upload/<uuid:pk>/", upload_views.upload_part, name="upload_part"),
        path("recordings/upload/<uuid:pk>/finish/", upload_views.finish, name="finish_upload"),
        path("media/edit/<int:media_id>/", admin_views.edit),
        path("media/delete/<int:media_id>/", admin_views.delete),
        *deletions(),
        *uses(),
        path("recordings/states/", admin_views.states, name="conversion_states"),
        path(
            "recordings/<int:pk>/captions/<str:language>/",
            caption_views.edit_captions,
            name="edit_captions",
        ),
        path("recordings/<int:pk>/convert/", admin_views.convert, name="convert_recording"),
        path("recordings/<int:pk>/poster/", admin_views.choose_poster, name="choose_poster"),
    ]
