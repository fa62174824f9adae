from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cms.models import AgeStage, Circumstance, Topic
from learners.stories.models import MOST_TEXT, Story
from learners.stories.publishing import Chosen


def terms(model: Any, label: Any, required: bool) -> forms.ModelMultipleChoiceField:
    return forms.ModelMultipleChoiceField(
        model.objects.all(),
        label=label,
        required=required,
        widget=forms.CheckboxSelectMultiple,
    )


class PublishForm(forms.Form):
    """What the school adds. The family's own words are published as it sent them: what an editor
    would change goes back to it as a suggestion."""

    summary = forms.CharField(
        label=_("Summary"),
        max_length=200,
        help_text=_("One or two sentences for lists and search."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    age_stages = terms(AgeStage, _("Age stages"), True)
    circumstances = terms(Circumstance, _("Circumstances"), False)
    topics = terms(Topic, _("Topics"), True)

    def __init__(self, story: Story, data: Any = None) -> None:
        super().__init__(data)
        self.story = story
        self.photos = list(story.photos.all())
        for number, photo in enumerate(self.photos, start=1):
            if photo.description:
                continue
            self.fields[f"photo-{photo.pk}"] = forms.CharField(
                label=_("What photo %(n)s shows") % {"n": number},
                max_length=120,
                help_text=_("Read aloud to those who cannot see it."),
            )

    def chosen(self) -> Chosen:
        data = self.cleaned_data
        return Chosen(
            title=self.story.title,
            summary=data["summary"],
            age_stages=list(data["age_stages"]),
            circumstances=list(data["circumstances"]),
            topics=list(data["topics"]),
            descriptions={
                str(photo.pk): photo.description or data[f"photo-{photo.pk}"]
                for photo in self.photos
            },
        )


class GiveBackForm(forms.Form):
    """A comment, and what the editor would change of the words themselves."""

    words = forms.CharField(
        label=_("What should the family change?"),
        max_length=500,
        help_text=_("The family reads this on its page."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    title = forms.CharField(label=_("Title"), max_length=40, required=False)
    text = forms.CharField(
        label=_("Your suggestion for the words"),
        max_length=MOST_TEXT,
        required=False,
        help_text=_("Change what you would change. The family sees both and decides."),
        widget=forms.Textarea(attrs={"rows": 12}),
    )

    def __init__(self, story: Story, data: Any = None) -> None:
        super().__init__(data, initial={"title": story.title, "text": story.text})
        self.story = story

    def suggestion(self) -> dict[str, str]:
        """Only what differs; line ends are the browser's."""
        wanted = {name: self.cleaned_data[name].replace("\r\n", "\n") for name in ("title", "text")}
        return {
            name: words
            for name, words in wanted.items()
            if words and words != getattr(self.story, name).replace("\r\n", "\n").strip()
        }


class RefuseForm(forms.Form):
    words = forms.CharField(
        label=_("Why is it not taken?"),
        max_length=500,
        help_text=_("The family reads this on its page."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, story: Story, data: Any = None) -> None:
        super().__init__(data)

    def suggestion(self) -> dict[str, str]:
        return {}


class ShownForm(forms.Form):
    """Which part of the desk is shown."""

    page = forms.IntegerField(required=False, min_value=1)
    answered = forms.BooleanField(required=False)
