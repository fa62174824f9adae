"""The doors for rearranging classes: a whole year, several classes, the children of one."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from learners.schools.forms import TidyField
from learners.schools.models import Child, SchoolClass
from learners.schools.roster.classes import parse_class
from learners.schools.year.plan import LEAVE, MOVE, STAY, Wish

WHAT = [
    (MOVE, _("goes on as")),
    (LEAVE, _("graduates: leaves the school")),
    (STAY, _("stays for now")),
]
LONGEST = 40


class ManyChildrenField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, child: Any) -> str:
        return child.name


class RollForm(forms.Form):
    """What becomes of each class of the year before: proposed, and to be corrected."""

    together = forms.BooleanField(
        label=_("Classes with the same new name are put together"), required=False
    )

    def __init__(
        self, classes: list[SchoolClass], wishes: list[Wish], kind: str, *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.classes, self.wishes_proposed, self.kind = classes, wishes, kind
        for own, wish in zip(classes, wishes, strict=True):
            self.fields[f"what{own.pk}"] = forms.ChoiceField(
                label=_("What becomes of {name}").format(name=own.name),
                choices=WHAT,
                initial=wish.what,
            )
            self.fields[f"name{own.pk}"] = TidyField(
                label=_("New name of {name}").format(name=own.name),
                initial=wish.name,
                required=False,
                max_length=LONGEST,
            )
            self.fields[f"teachers{own.pk}"] = forms.BooleanField(
                label=_("Class teachers go along"), initial=wish.teachers, required=False
            )

    def rows(self) -> Iterable[tuple[SchoolClass, list[forms.BoundField]]]:
        for own in self.classes:
            yield own, [self[f"{part}{own.pk}"] for part in ("what", "name", "teachers")]

    def wishes(self) -> list[Wish]:
        return [
            self._wish(own, wish)
            for own, wish in zip(self.classes, self.wishes_proposed, strict=True)
        ]

    def _wish(self, own: SchoolClass, proposed: Wish) -> Wish:
        told = self.cleaned_data
        what, name = told[f"what{own.pk}"], told[f"name{own.pk}"]
        if what != MOVE:
            return Wish(own.pk, what)
        grade, name = _named(name, proposed.grade, self.kind)
        return Wish(own.pk, MOVE, name, grade, teachers=told[f"teachers{own.pk}"])


def _named(typed: str, grade: int | None, kind: str) -> tuple[int | None, str]:
    """The one name that a class has, with the grade that it tells, else the one proposed."""
    if not typed:
        return grade, ""
    told, name = parse_class(typed, kind=kind)
    return (grade if told is None else told), name


class MergeForm(forms.Form):
    classes = forms.ModelMultipleChoiceField(SchoolClass.objects.none())
    name = TidyField(
        label=_("Name of the class they become"),
        help_text=_("One of these classes, or a new name."),
        max_length=LONGEST,
    )
    teachers = forms.BooleanField(label=_("Class teachers go along"), required=False, initial=True)

    def __init__(self, classes: Any, kind: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        self.fields["classes"] = forms.ModelMultipleChoiceField(
            classes,
            label=_("Which classes are put together?"),
            to_field_name="public_id",
            widget=forms.CheckboxSelectMultiple,
        )

    def clean_classes(self) -> list[SchoolClass]:
        chosen = list(self.cleaned_data["classes"])
        if len(chosen) < 2:
            raise forms.ValidationError(_("Please tick at least two classes."))
        return chosen

    def wishes(self) -> list[Wish]:
        told = self.cleaned_data
        grade, name = _named(told["name"], told["classes"][0].grade, self.kind)
        return [
            Wish(own.pk, MOVE, name, grade, teachers=told["teachers"]) for own in told["classes"]
        ]


class SplitForm(forms.Form):
    children = forms.ModelMultipleChoiceField(Child.objects.none())
    name = TidyField(
        label=_("Class they go to"),
        help_text=_("A new name, for example 三年级5班, or another class of the school."),
        max_length=LONGEST,
    )
    teachers = forms.BooleanField(
        label=_("The class teacher also teaches that class"), required=False
    )

    def __init__(self, own: SchoolClass, children: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.own = own
        self.fields["children"] = ManyChildrenField(
            children,
            label=_("Who goes?"),
            to_field_name="public_id",
            widget=forms.CheckboxSelectMultiple,
            error_messages={"required": _("Please tick who goes.")},
        )

    def clean_name(self) -> str:
        _grade, name = parse_class(self.cleaned_data["name"], kind=self.own.school.kind)
        if name == self.own.name:
            raise forms.ValidationError(_("They are in this class already."))
        return name

    def wish(self) -> Wish:
        told = self.cleaned_data
        grade, name = _named(told["name"], self.own.grade, self.own.school.kind)
        going = frozenset(child.pk for child in told["children"])
        return Wish(self.own.pk, MOVE, name, grade, told["teachers"], going)


class ReceiveForm(forms.Form):
    """The name beside the code: who only found the slip does not get the child."""

    name = TidyField(label=_("Name of the child"), max_length=60)
    code = TidyField(label=_("Transfer code"), max_length=30)
    school_class = forms.ModelChoiceField(SchoolClass.objects.none())

    def __init__(self, classes: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["school_class"] = forms.ModelChoiceField(
            classes, label=_("New class"), to_field_name="public_id"
        )

    def clean_name(self) -> str:
        return "".join(self.cleaned_data["name"].split())


class SchoolCodeForm(forms.Form):
    school = TidyField(label=_("Code of the new school"), max_length=30, required=False)

    def code(self) -> str:
        return self.cleaned_data["school"].upper() if self.is_valid() else ""
