from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cms.models import AgeStage, Circumstance, Topic
from learners.stories.models import Story
from learners.stories.publishing import Chosen


def terms(model: Any, label: Any, required: bool) -> forms.ModelMultipleChoiceField:
    return forms.ModelMultipleChoiceField(
        model.objects.all(),
        label=label,
        required=required,
        widget=forms.CheckboxSelectMultiple,
    )


class PublishForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=60)
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
        super().__init__(data, initial={"title": story.title})
        self.photos = list(story.photos.all())
        for number, photo in enumerate(self.photos, start=1):
            self.fields[f"photo-{photo.pk}"] = forms.CharField(
                label=_("What photo %(n)s shows") % {"n": number},
                max_length=120,
                initial=photo.description,
                help_text=_("Read aloud to those who cannot see it."),
            )

    def chosen(self) -> Chosen:
        data = self.cleaned_data
        return Chosen(
            title=data["title"],
            summary=data["summary"],
            age_stages=list(data["age_stages"]),
            circumstances=list(data["circumstances"]),
            topics=list(data["topics"]),
            descriptions={str(photo.pk): data[f"photo-{photo.pk}"] for photo in self.photos},
        )


class GiveBackForm(forms.Form):
    words = forms.CharField(
        label=_("What should the family change?"),
        max_length=500,
        help_text=_("The family reads this on its page."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class RefuseForm(forms.Form):
    words = forms.CharField(
        label=_("Why is it not taken?"),
        max_length=500,
        help_text=_("The family reads this on its page."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ShownForm(forms.Form):
    """Which part of the desk is shown."""

    page = forms.IntegerField(required=False, min_value=1)
    answered = forms.BooleanField(required=False)
