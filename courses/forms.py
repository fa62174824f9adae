from typing import Any

from django.utils.translation import gettext as _

from cms.forms import ResourcePageForm


class LessonPageForm(ResourcePageForm):
    """A lesson needs what its format plays; without tags of its own it has its course's."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self._check_format(cleaned)
        for name in ("age_stages", "circumstances", "topics", "experts"):
            if name in cleaned and not cleaned[name]:
                cleaned[name] = getattr(self.parent_page.specific, name).all()
        return cleaned

    def _check_format(self, cleaned: dict[str, Any]) -> None:
        format, recording = cleaned.get("format"), cleaned.get("recording")
        wrong = recording is None or recording.type != format
        if format in ("video", "audio") and "recording" in cleaned and wrong:
            wanted = _("Choose a video.") if format == "video" else _("Choose a sound recording.")
            self.add_error("recording", wanted)
        if format == "article" and "body" in cleaned and not cleaned["body"]:
            self.add_error("body", _("Write the article."))
