from django import forms
from django.utils.translation import gettext_lazy as _

from learners.study.certificates import names, numbers


class HolderForm(forms.Form):
    name = forms.CharField(
        label=_("Your name"),
        max_length=60,
        help_text=_("As in your identity card."),
        error_messages={"required": _("Please write your name.")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )

    def clean_name(self) -> str:
        try:
            return names.clean(self.cleaned_data["name"])
        except names.BadName:
            raise forms.ValidationError(
                _("Please write a name of at most 30 characters, without invisible signs.")
            ) from None


class NumberForm(forms.Form):
    number = forms.CharField(
        label=_("Number of the certificate"),
        max_length=60,
        help_text=_("16 letters and digits below the QR code, for example 2026-7K3M-…"),
        error_messages={"required": _("Please enter the number.")},
        widget=forms.TextInput(attrs={"autocapitalize": "characters", "spellcheck": "false"}),
    )

    def clean_number(self) -> str:
        """Canonical, as `numbers.parse` gives it."""
        try:
            return numbers.parse(self.cleaned_data["number"])
        except numbers.BadNumber:
            raise forms.ValidationError(
                _("This is not the number of a certificate. Please compare it sign by sign.")
            ) from None


class RevokeForm(forms.Form):
    reason = forms.CharField(
        label=_("Why it is revoked"),
        max_length=300,
        help_text=_("Kept with the certificate; the public check shows only that it is revoked."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
