"""The doors for what people type about children, classes and staff."""

import unicodedata
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from learners.accounts.phone import parse_phone
from learners.schools.codes import parse_code
from learners.schools.models import Child, Guardianship
from learners.schools.models.children import Relation
from learners.schools.roster.cells import parse_birth_month

MOST_YEARS = 20


class TidyField(forms.CharField):
    """Text without full-width digits and letters, outer and double spaces."""

    def to_python(self, value: str | None) -> str:
        plain = unicodedata.normalize("NFKC", super().to_python(value) or "")
        return " ".join(plain.split())


class DigitsField(TidyField):
    default_validators = [RegexValidator(r"^[0-9]{4}\Z", _("Please enter four digits."))]


class PhoneField(TidyField):
    """As E.164."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"})
        super().__init__(max_length=40, widget=widget, **kwargs)

    def clean(self, value: str | None) -> str:
        typed = super().clean(value)
        try:
            return parse_phone(typed) if typed else ""
        except ValueError:
            raise forms.ValidationError(
                _("This is not a mobile number. Please enter 11 digits, for example 138 0013 8000.")
            ) from None


class MonthField(TidyField):
    """2019-03, from a month picker or typed as 2019.3 or 2019年3月."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"type": "month", "autocomplete": "off"})
        super().__init__(max_length=20, required=False, widget=widget, **kwargs)

    def clean(self, value: str | None) -> str:
        typed = super().clean(value)
        try:
            month = parse_birth_month(typed) if typed else ""
        except ValueError:
            raise forms.ValidationError(
                _("Please enter year and month, for example 2019-03.")
            ) from None
        if month > f"{timezone.localdate():%Y-%m}":
            raise forms.ValidationError(_("This month has not come yet."))
        return month


def relation_field() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("I am the child's"),
        choices=Relation.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Please say who you are to the child.")},
    )


def consent_field() -> forms.BooleanField:
    return forms.BooleanField(
        error_messages={"required": _("Please tick the box first: we need your consent.")}
    )


class CodeForm(forms.Form):
    code = TidyField(
        label=_("Class code"),
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )

    def clean_code(self) -> str:
        code = parse_code(self.cleaned_data["code"])
        if not code:
            raise forms.ValidationError(_("A class code has eight letters and digits."))
        return code


class OwnChildField(forms.ModelChoiceField):
    def label_from_instance(self, child: Any) -> str:
        return child.nickname


class JoiningForm(forms.Form):
    """What every claim says, whatever it rests on."""

    relation = relation_field()
    own = OwnChildField(
        Child.objects.none(),
        label=_("Is this a child you have already added?"),
        required=False,
        empty_label=_("No"),
        to_field_name="public_id",
    )
    consent = consent_field()

    def __init__(self, own: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["own"]
        if own.exists() and isinstance(field, OwnChildField):
            field.queryset = own
        else:
            del self.fields["own"]


class ClaimForm(JoiningForm):
    """A child whose phone on file is the person's own."""

    child = forms.UUIDField(widget=forms.HiddenInput)


class NameForm(JoiningForm):
    name = TidyField(label=_("Name of your child"), max_length=60)
    digits = DigitsField(
        label=_("Last four digits of a phone that the school has on file"),
        help_text=_("For example the other parent's."),
        max_length=10,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    field_order = ["name", "digits", "relation", "own", "consent"]

    def clean_name(self) -> str:
        return "".join(self.cleaned_data["name"].split())


class AskForm(forms.Form):
    child_name = TidyField(label=_("Name of your child"), max_length=60)
    guardian_name = TidyField(
        label=_("Your name"),
        help_text=_("Only the class teacher sees it, to know who is asking."),
        max_length=60,
    )
    relation = relation_field()
    consent = consent_field()


class EnterForm(forms.Form):
    """Into a class where guardians count."""

    consent = consent_field()


class OwnChildForm(forms.Form):
    nickname = TidyField(
        label=_("What do you call the child?"),
        help_text=_("A pet name is enough."),
        max_length=20,
    )
    birth_month = MonthField(label=_("Birth month"))
    due_date = forms.DateField(
        label=_("Or, before birth, the due date"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    relation = relation_field()
    consent = consent_field()

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if not (told.get("birth_month") or told.get("due_date") or self.errors):
            raise forms.ValidationError(
                _("Please enter the birth month or the due date: it chooses what suits the age.")
            )
        return told


class GuardianshipForm(forms.ModelForm):
    relation = relation_field()
    nickname = TidyField(label=_("What do you call the child?"), max_length=20, required=False)

    class Meta:
        model = Guardianship
        fields = ["relation"]
