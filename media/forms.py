from typing import Any

from django.core.files.uploadedfile import UploadedFile
from wagtailmedia.forms import BaseMediaForm

from media import library
from media.models import Recording
from media.probing import Unplayable


class RecordingForm(BaseMediaForm):
    """Adds or replaces a recording: what its file is, is found out, not asked."""

    instance: Recording

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        file = cleaned.get("file")
        if isinstance(file, UploadedFile):
            try:
                self.take(file, library.inspect(file))
            except Unplayable as refusal:
                self.add_error("file", str(refusal))
        return cleaned

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
