"""Pictures, recordings (video and audio) and their captions."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition
from wagtail.images.models import Image as WagtailImage
from wagtailmedia.models import AbstractMedia

from media import naming
from media.captions import validate_webvtt


class Picture(AbstractImage):
    credit = models.CharField(_("credit"), max_length=120, blank=True)

    admin_form_fields = (*WagtailImage.admin_form_fields, "credit")

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")

    def get_upload_to(self, filename: str) -> str:
        return naming.random_name("pictures", filename)


class PictureRendition(AbstractRendition):
    image = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="media_one_rendition"
            )
        ]


class Recording(AbstractMedia):
    """A video or a sound recording; its length and size are probed, never typed.

    `duration` is in seconds; `content_hash` is the SHA-256 of the file in hex: coverage of a
    lesson belongs to it, so that a replaced file is learned anew.
    """

    file = models.FileField(_("file"), upload_to=naming.recording_name)
    thumbnail = models.FileField(_("poster"), upload_to=naming.poster_name, blank=True)
    content_hash = models.CharField(max_length=64, editable=False, db_index=True)

    admin_form_fields = ("title", "file", "collection", "thumbnail", "tags")

    class Meta(AbstractMedia.Meta):
        verbose_name = _("recording")
        verbose_name_plural = _("recordings")

    def clean(self) -> None:
        # A refused file has its error already; its missing extension is not another.
        if self.file:
            super().clean()


class CaptionTrack(models.Model):
    """One WebVTT file of a recording in one language."""

    recording = models.ForeignKey(Recording, on_delete=models.CASCADE, related_name="captions")
    language = models.CharField(_("language"), max_length=12, default="zh-Hans")
    label = models.CharField(_("label"), max_length=40, default="中文")
    file = models.FileField(_("file"), upload_to=naming.caption_name, validators=[validate_webvtt])

    class Meta:
        verbose_name = _("caption track")
        verbose_name_plural = _("caption tracks")
        constraints = [
            models.UniqueConstraint(
                fields=["recording", "language"], name="media_one_track_a_language"
            )
        ]

    def __str__(self) -> str:
        return f"{self.recording} · {self.label}"
