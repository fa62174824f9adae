"""The doors for appointing: by mobile number, for a role and its ground, from day to day."""

from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from learners.schools.forms import PhoneField, TidyField
from learners.schools.ground import Ground
from learners.schools.models import District, School, SchoolClass
from learners.schools.models.staff import Role

SENSIBLE = [MinValueValidator(date(2020, 1, 1)), MaxValueValidator(date(2100, 1, 1))]


def _day(label: Any, **kwargs: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"})
    return forms.DateField(label=label, required=False, widget=widget, **kwargs)


class TermForm(forms.Form):
    """Who, and from which day to which."""

    name = TidyField(label=_("Name"), max_length=30)
    phone = PhoneField(label=_("Mobile number"))
    starts_on = _day(_("First day"), help_text=_("Empty: from today on."))
    ends_on = _day(_("Last day"), help_text=_("Empty: until somebody ends it."))

    def clean_starts_on(self) -> Any:
        today = timezone.localdate()
        day = self.cleaned_data["starts_on"] or today
        if day < today:
            raise forms.ValidationError(_("This day is over."))
        return day

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        first, last = told.get("starts_on"), told.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("The last day is before the first one."))
        return told


class AppointForm(TermForm):
    """Within one school."""

    field_order = ["name", "phone", "role", "school_class", "starts_on", "ends_on"]
    role = forms.ChoiceField(
        label=_("Role"),
        choices=[(Role.TEACHER, Role.TEACHER.label), (Role.SCHOOL, Role.SCHOOL.label)],
    )
    school_class = forms.ModelChoiceField(
        SchoolClass.objects.none(),
        label=_("Class"),
        required=False,
        to_field_name="public_id",
        help_text=_("For a class teacher."),
    )

    def __init__(self, classes: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["school_class"] = forms.ModelChoiceField(
            classes,
            label=_("Class"),
            required=False,
            to_field_name="public_id",
            help_text=_("For a class teacher."),
        )

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("role") == Role.TEACHER and not told.get("school_class"):
            self.add_error("school_class", _("Please choose the class."))
        return told


class AdministratorForm(TermForm):
    """The city appoints for city, districts and schools; a district for its schools."""

    role = forms.ChoiceField(label=_("Role"))
    district = forms.ModelChoiceField(
        District.objects.none(), label=_("District"), required=False, to_field_name="code",
        help_text=_("For a district administrator."),
    )  # fmt: skip
    school = TidyField(
        label=_("Code of the school"), required=False, max_length=30,
        help_text=_("For a school administrator."),
    )  # fmt: skip
    field_order = ["name", "phone", "role", "district", "school", "starts_on", "ends_on"]

    def __init__(self, ground: Ground, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ground = ground
        roles = [Role.SCHOOL, Role.DISTRICT, Role.CITY] if ground.city else [Role.SCHOOL]
        self.fields["role"] = forms.ChoiceField(
            label=_("Role"), choices=[(role.value, role.label) for role in roles]
        )
        if ground.city:
            self.fields["district"].queryset = District.objects.all()  # type: ignore[attr-defined]
        else:
            del self.fields["district"]
        self.order_fields(self.field_order)

    def clean_school(self) -> School | None:
        code = self.cleaned_data["school"].upper()
        schools = School.objects.open().filter(code=code)
        if not self.ground.city:
            schools = schools.filter(district_id__in=self.ground.districts)
        found = schools.first() if code else None
        if code and found is None:
            raise forms.ValidationError(_("You look after no school with this code."))
        return found

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        role, needed = told.get("role"), {Role.SCHOOL: "school", Role.DISTRICT: "district"}
        field = needed.get(Role(role)) if role else None
        if field and not told.get(field) and field not in self.errors:
            self.add_error(field, _("Please say for which one."))
        told["scope"] = told.get(field) if field else None
        return told


class LogForm(forms.Form):
    """Which reads: of these days, by somebody whose name contains this."""

    since = _day(_("From"), validators=SENSIBLE)
    until = _day(_("Until"), validators=SENSIBLE)
    reader = TidyField(label=_("Who read"), required=False, max_length=30)
    page = forms.IntegerField(required=False, min_value=1)
    format = forms.CharField(required=False, max_length=10)

    def told(self) -> dict[str, Any]:
        """What is valid; the rest counts as not told."""
        self.is_valid()
        return {name: self.cleaned_data.get(name) for name in self.fields}
