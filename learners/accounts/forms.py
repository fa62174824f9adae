"""The doors for what people type: a phone, a code, a password, a name."""

import unicodedata
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from learners.accounts.models import User
from learners.accounts.phone import parse_phone


class PhoneForm(forms.Form):
    phone = forms.CharField(
        label=_("Mobile number"),
        max_length=40,
        error_messages={"required": _("Please enter your mobile number.")},
        widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "tel"}),
    )
    consent = forms.BooleanField(
        error_messages={"required": _("Please tick the box first: we need your consent.")},
    )

    def clean_phone(self) -> str:
        """As E.164."""
        try:
            return parse_phone(self.cleaned_data["phone"])
        except ValueError:
            raise forms.ValidationError(
                _("This is not a mobile number. Please enter 11 digits, for example 138 0013 8000.")
            ) from None


class CodeField(forms.CharField):
    """Six digits, as people type them: with spaces, with full-width digits."""

    default_validators = [RegexValidator(r"^[0-9]{6}\Z", _("The code has six digits."))]

    def to_python(self, value: str | None) -> str:
        plain = unicodedata.normalize("NFKC", super().to_python(value) or "")
        return "".join(c for c in plain if not c.isspace() and c != "-")


class CodeForm(forms.Form):
    code = CodeField(
        label=_("Six-digit code"),
        max_length=20,
        error_messages={"required": _("Please enter the code from the message.")},
        widget=forms.TextInput(
            attrs={
                "inputmode": "numeric",
                "autocomplete": "one-time-code",
                "autofocus": True,
                "class": "code",
            }
        ),
    )


class AboutMeForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ["name", "language"]
        labels = {"name": _("How may we call you?"), "language": _("Language of your own pages")}
        widgets = {"name": forms.TextInput(attrs={"autocomplete": "nickname"})}


class CloseAccountForm(forms.Form):
    """Typing something of one's own keeps a slip of the thumb from closing an account."""

    confirmation = forms.CharField(
        max_length=150, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )

    def __init__(self, user: User, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        self.expected = user.phone[-4:] or user.username
        self.fields["confirmation"].label = (
            _("To confirm, enter the last four digits of your number")
            if user.phone
            else _("To confirm, enter your username")
        )

    def clean_confirmation(self) -> str:
        typed = unicodedata.normalize("NFKC", self.cleaned_data["confirmation"])
        if typed != self.expected:
            raise forms.ValidationError(_("This does not match. Nothing was closed."))
        return typed
