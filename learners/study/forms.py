from django import forms
from django.utils.translation import gettext_lazy as _

from cms.models import AgeStage, Circumstance


class InterestsForm(forms.Form):
    age_stages = forms.ModelMultipleChoiceField(
        AgeStage.objects.all(),
        to_field_name="code",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label=_("Child's age"),
    )
    circumstances = forms.ModelMultipleChoiceField(
        Circumstance.objects.all(),
        to_field_name="code",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label=_("Special circumstances"),
    )

    def codes(self, name: str) -> list[str]:
        """The chosen codes of a valid form, in the taxonomy's order."""
        return [term.code for term in self.cleaned_data[name]]
