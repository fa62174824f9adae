from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.models import Collection
from wagtailmedia import get_permission_policy
from wagtailmedia.forms import BaseMediaForm

from media import chapters, library, renditions, storing, uploads
from media.models import CaptionTrack, Recording
from media.pictures import WholePictureField
from media.probing import NotNow, Unplayable
from media.tags import TagsOfKeepers

CHAPTER_WORDS = {
    "form": gettext_lazy("expected a time and a title, such as 01:30 Title"),
    "order": gettext_lazy("it begins before the chapter above it"),
    "first": gettext_lazy("the first chapter begins at 00:00"),
    "end": gettext_lazy("it begins after the end of the recording"),
    "long": gettext_lazy("the title is too long"),
}


class RecordingForm(TagsOfKeepers, BaseMediaForm):
    """Adds or replaces a recording: what its file is, is found out, not asked."""

    instance: Recording

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.poster_before = self.instance.thumbnail.name or ""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        file = cleaned.get("file")
        if isinstance(file, UploadedFile):
            try:
                if self.instance.uploaded_by_user:
                    uploads.check_quota(self.instance.uploaded_by_user, file.size or 0)
                self.take(file, library.inspect(file))
            except (Unplayable, uploads.TooMuch) as refusal:
                self.add_error("file", str(refusal))
        self.check_chapters(cleaned.get("chapters", ""))
        return cleaned

    def clean_thumbnail(self) -> Any:
        poster = self.cleaned_data["thumbnail"]
        return WholePictureField().clean(poster) if isinstance(poster, UploadedFile) else poster

    def check_chapters(self, text: str) -> None:
        """Against the length of the file that is kept, which the new one has set by now."""
        try:
            chapters.parse(text, float(self.instance.duration or 0))
        except chapters.Unreadable as wrong:
            words = _("Line %(number)s: %(reason)s.")
            facts = {"number": wrong.line, "reason": CHAPTER_WORDS[wrong.kind]}
            self.add_error("chapters", words % facts)

    def full_clean(self) -> None:
        """New files are stored last: when that fails, the recording keeps what it has."""
        self.names: list[str] = []
        super().full_clean()
        if self.is_bound and not self.errors:
            try:
                self.names = library.stored(self.instance)
            except NotNow as refusal:
                self.add_error("file", str(refusal))

    def save(self, commit: bool = True) -> Any:
        with storing.gone_unless_written(self.names), transaction.atomic():
            recording = super().save(commit=commit)
            if commit and "file" in self.changed_data:
                renditions.ask_if_worthwhile(recording)
            if self.poster_before not in ("", recording.thumbnail.name):
                storing.delete_on_commit([self.poster_before])
        return recording

    def take(self, file: UploadedFile, inspected: library.Inspected) -> None:
        library.describe(self.instance, inspected)
        file.name = library.stored_name(file.name or "", inspected)
        if inspected.frame and not self.has_poster_of_choice():
            self.cleaned_data["thumbnail"] = inspected.poster()

    def has_poster_of_choice(self) -> bool:
        """Chosen by a person, now or earlier; a frame of the replaced video goes with it."""
        if isinstance(self.cleaned_data.get("thumbnail"), UploadedFile):
            return True
        kept = self.cleaned_data.get("thumbnail")
        return bool(kept) and not str(kept).endswith("-frame.jpg")


class CaptionForm(WagtailAdminModelForm):
    """WebVTT or SRT: what is kept is WebVTT, with its text to read beside it."""

    instance: CaptionTrack

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.file_before = self.instance.file.name or ""

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if not isinstance(file, UploadedFile):
            return file
        return library.as_webvtt(file)

    def save(self, commit: bool = True) -> Any:
        if "file" in self.changed_data:
            self.instance.transcript = library.text_of(self.instance.file)
        track = super().save(commit)
        if self.file_before not in ("", track.file.name):
            storing.delete_on_commit([self.file_before])
        return track


class CaptionTextForm(forms.Form):
    """Text, or a file that replaces it; `vtt` is the WebVTT that is to be kept."""

    text = forms.CharField(
        label=gettext_lazy("Text"),
        widget=forms.Textarea(attrs={"rows": 20}),
        strip=False,
        required=False,
    )
    file = forms.FileField(label=gettext_lazy("File"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        text = ContentFile(cleaned.get("text", "").encode(), name="captions.vtt")
        chosen = cleaned.get("file") or text
        try:
            cleaned["vtt"] = library.checked_captions(chosen)
        except ValidationError as wrong:
            self.add_error("file" if cleaned.get("file") else "text", wrong)
        return cleaned


class PosterForm(forms.Form):
    """One of the frames that the conversion took."""

    frame = forms.ChoiceField()

    def __init__(self, *args: Any, recording: Recording, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        made = recording.encoding
        frames = made.frames if made else []
        self.fields["frame"] = forms.ChoiceField(choices=[(name, name) for name in frames])


class IdsForm(forms.Form):
    """Which recordings a page wants to hear of: "1,2,3"."""

    ids = forms.RegexField(r"^\d{1,9}(,\d{1,9}){0,99}$")

    def clean_ids(self) -> list[int]:
        return [int(part) for part in self.cleaned_data["ids"].split(",")]


class FinishForm(forms.Form):
    """What an upload that is whole is to be called, and where it belongs."""

    title = forms.CharField(max_length=255)
    collection = forms.ModelChoiceField(Collection.objects.none(), required=False)

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.allowed = get_permission_policy().collections_user_has_permission_for(user, "add")
        self.fields["collection"] = forms.ModelChoiceField(self.allowed, required=False)

    def clean_collection(self) -> Collection:
        chosen: Collection = self.cleaned_data["collection"] or self.allowed[0]
        return chosen
