"""Pictures, recordings (video and audio) and their captions."""

from datetime import datetime, timedelta
from uuid import uuid4

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition
from wagtail.images.models import Image as WagtailImage
from wagtailmedia.models import AbstractMedia

from media import naming
from media.captions import validate_webvtt
from media.chapters import Chapter
from media.chapters import parse as chapters_of


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

    `duration` is in seconds, `size` in bytes; `content_hash` is the SHA-256 of the file in hex:
    coverage of a lesson belongs to it, so that a replaced file is learned anew.
    """

    file = models.FileField(_("file"), upload_to=naming.recording_name)
    thumbnail = models.FileField(_("poster"), upload_to=naming.poster_name, blank=True)
    content_hash = models.CharField(max_length=64, editable=False, db_index=True)
    size = models.BigIntegerField(default=0, editable=False)
    encoding = models.ForeignKey(
        "media.Encoding", models.SET_NULL, null=True, editable=False, related_name="recordings"
    )

    chapters = models.TextField(
        _("chapters"), blank=True, help_text=_("One a line: 00:00 Title, in order.")
    )
    credits = models.CharField(_("credits"), max_length=200, blank=True)
    licence = models.CharField(_("licence"), max_length=120, blank=True)
    consent_note = models.TextField(
        _("consent of the people shown"),
        blank=True,
        help_text=_("Who agreed to being shown, and where that is kept. Never public."),
    )

    admin_form_fields = (
        *("title", "file", "collection", "thumbnail", "tags"),
        *("chapters", "credits", "licence", "consent_note"),
    )

    class Meta(AbstractMedia.Meta):
        verbose_name = _("recording")
        verbose_name_plural = _("recordings")

    @property
    def is_upright(self) -> bool:
        return (self.height or 0) > (self.width or 0)

    @property
    def is_playable(self) -> bool:
        """Not what few phones can play, as long as it is not converted."""
        unconverted = str(self.file.name).endswith(f".{naming.UNCONVERTED}")
        return self.encoding_id is not None or not unconverted

    @property
    def chapter_list(self) -> list[Chapter]:
        return chapters_of(self.chapters, float(self.duration))

    @property
    def url(self) -> str:
        """One file that plays everywhere; until the renditions are ready the original."""
        return self.encoding.whole_url if self.encoding else self.file.url

    @property
    def caption_files(self) -> list[str]:
        """They go with it; wagtailmedia sees to its own file and its poster alone."""
        return list(self.captions.values_list("file", flat=True))

    def clean(self) -> None:
        # A refused file has its error already; its missing extension is not another.
        if self.file:
            super().clean()


class EncodingQuerySet(models.QuerySet["Encoding"]):
    def claimable(self, now: datetime) -> "EncodingQuerySet":
        """Waiting, or left in the middle by a worker that is gone."""
        return self.filter(
            models.Q(state=Encoding.State.WAITING)
            | models.Q(state=Encoding.State.RUNNING, alive_at__lt=now - Encoding.SILENCE)
        )

    def open(self) -> "EncodingQuerySet":
        """Not at their end yet."""
        return self.filter(state__in=[Encoding.State.WAITING, Encoding.State.RUNNING])

    def interrupted(self, now: datetime) -> "EncodingQuerySet":
        """Left by a worker that is gone, or so long in the queue that it may have been lost."""
        lost = models.Q(state=Encoding.State.WAITING, alive_at__lt=now - Encoding.LOST)
        left = models.Q(state=Encoding.State.RUNNING, alive_at__lt=now - Encoding.SILENCE)
        return self.filter(lost | left)

    def unused(self) -> "EncodingQuerySet":
        """Made for recordings that are gone, or that play a newer one."""
        same = Recording.objects.filter(content_hash=models.OuterRef("content_hash"))
        gone = models.Q(state=Encoding.State.FAILED) & ~models.Exists(same)
        return self.filter(gone | models.Q(state=Encoding.State.READY, recordings=None))


class Encoding(models.Model):
    """The renditions of one file made by one recipe, shared by all recordings of that file.

    Each run of the worker writes into a folder of its own, named by `run`; recordings point here
    only when everything in it is complete. `progress` is a percentage; `alive_at` moves while a
    worker is at it; `files` are the names in the folder.
    """

    SILENCE = timedelta(minutes=3)
    LOST = timedelta(hours=2)
    MOST_ATTEMPTS = 3

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting for its turn")
        RUNNING = "running", _("Being converted")
        READY = "ready", _("Ready")
        FAILED = "failed", _("Failed")

    content_hash = models.CharField(max_length=64)
    recipe = models.CharField(max_length=12)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    progress = models.PositiveSmallIntegerField(default=0)
    message = models.TextField(blank=True)
    run = models.CharField(max_length=32, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    alive_at = models.DateTimeField(default=timezone.now)
    files = models.JSONField(default=list)

    objects = EncodingQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("conversion")
        verbose_name_plural = _("conversions")
        constraints = [
            models.UniqueConstraint(
                fields=["content_hash", "recipe"], name="media_one_encoding_a_file"
            )
        ]

    def __str__(self) -> str:
        return f"{self.content_hash[:12]} {self.state}"

    def address(self, name: str) -> str:
        """Where the rendition of that name is; empty when there is none."""
        inside = f"renditions/{self.run}/{name}"
        return default_storage.url(inside) if name in self.files else ""

    @property
    def whole_url(self) -> str:
        return self.address("whole.mp4") or self.address("whole.m4a")

    @property
    def main_url(self) -> str:
        return self.address("main.m3u8") or self.address("audio.m3u8")

    @property
    def low_url(self) -> str:
        return self.address("240.m3u8")

    @property
    def audio_url(self) -> str:
        return self.address("audio.m3u8")

    @property
    def frames(self) -> list[str]:
        return [name for name in self.files if name.startswith("frame-")]


class Upload(models.Model):
    """A large file on its way, of `size` bytes; what has arrived of it is on disk (`uploads`)."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="uploads")
    name = models.CharField(max_length=200)
    size = models.BigIntegerField()
    touched_at = models.DateTimeField(default=timezone.now)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("upload")
        verbose_name_plural = _("uploads")

    def __str__(self) -> str:
        return self.name


class CaptionTrack(models.Model):
    """One WebVTT file of a recording in one language."""

    recording = models.ForeignKey(Recording, on_delete=models.CASCADE, related_name="captions")
    language = models.CharField(_("language"), max_length=12, default="zh-Hans")
    label = models.CharField(_("label"), max_length=40, default="中文")
    file = models.FileField(_("file"), upload_to=naming.caption_name, validators=[validate_webvtt])
    transcript = models.TextField(editable=False, blank=True)

    # They go with their recording; else each would count as a use that keeps it.
    wagtail_reference_index_ignore = True

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
