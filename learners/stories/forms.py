from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from learners.stories import wording
from learners.stories.models import MOST_TEXT, Photo, Story


class WriteForm(forms.ModelForm):
    """Saved half-written, too: only sending asks for everything."""

    class Meta:
        model = Story
        fields = ["title", "pen_name", "text"]
        labels = {
            "title": _("What is your story called?"),
            "pen_name": _("Under which name shall it appear?"),
            "text": _("Your story"),
        }
        help_texts = {
            "title": _("At most 40 characters, for example “Grandma's account book”."),
            "pen_name": _("A pen name, for example “Xiaoyu's mum”. Readers see only this one."),
            "text": _("As you would tell it. An empty line begins a new paragraph."),
        }
        widgets = {
            "title": forms.TextInput(attrs={"autocomplete": "off"}),
            "pen_name": forms.TextInput(attrs={"autocomplete": "off"}),
            "text": forms.Textarea(attrs={"rows": 14, "maxlength": MOST_TEXT}),
        }

    def clean(self) -> dict[str, Any]:
        words: dict[str, Any] = super().clean() or {}
        if not self.errors and not any(words.values()):
            raise forms.ValidationError(_("Nothing is written yet. One sentence is a beginning."))
        return words


class SeveralFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class SeveralFilesField(forms.FileField):
    """A list of files."""

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        one = super().clean
        return [one(file, initial) for file in (data or [None])]


class PhotosForm(forms.Form):
    photos = SeveralFilesField(
        label=_("Choose photos"),
        # Empty files are told apart later, in words of their own.
        allow_empty_file=True,
        # iPhones hand over a JPEG when HEIC is not asked for.
        widget=SeveralFiles(attrs={"accept": "image/jpeg,image/png,image/webp", "multiple": True}),
        error_messages={"required": _("Please choose a photo.")},
    )


class FilmForm(forms.Form):
    film = forms.FileField(
        label=_("Choose a video"),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": "video/mp4,video/quicktime,video/webm"}),
        error_messages={"required": _("Please choose a video.")},
    )


class DescriptionForm(forms.ModelForm):
    class Meta:
        model = Photo
        fields = ["description"]
        labels = {"description": _("What does the photo show?")}
        help_texts = {"description": _("For readers who cannot see it. Without names, please.")}


class SendForm(forms.Form):
    """Each consent is given apart, by the one who can give it."""

    people = forms.BooleanField(
        label=_("Every adult who is shown or told about has agreed that it becomes public.")
    )
    children = forms.BooleanField(
        label=_(
            "For every child I am the guardian, or the guardian has agreed; a child of eight or "
            "older has been asked, too."
        )
    )
    public = forms.BooleanField(
        label=_(
            "I know that everybody can read it, also people I know, and that I can withdraw it "
            "at any time."
        )
    )
    findings = forms.BooleanField(label=_("I have looked at these places. They may stay."))

    def __init__(self, story: Story, data: Any = None) -> None:
        super().__init__(data, label_suffix="")
        self.found = found_in(story)
        if not self.found:
            del self.fields["findings"]
        for field in self.fields.values():
            field.error_messages["required"] = _("Please tick this, or leave it as a draft.")


class WithdrawForm(forms.Form):
    sure = forms.BooleanField(
        label=_("Yes, delete it from the school."),
        error_messages={"required": _("Please tick this if you are sure.")},
    )


def found_in(story: Story) -> list[wording.Finding]:
    described = "\n".join(photo.description for photo in story.photos.all())
    return wording.findings(f"{story.title}\n{story.pen_name}\n{story.text}\n{described}")
