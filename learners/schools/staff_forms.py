"""The doors for what schools type: children, classes, lists, answers, appointments."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from learners.schools.forms import MonthField, PhoneField, TidyField
from learners.schools.grades import grade_name, grades_of
from learners.schools.membership import Facts
from learners.schools.models import Child, SchoolClass
from learners.schools.models.children import Relation
from learners.schools.roster.cells import parse_student_number
from learners.schools.roster.classes import parse_class
from learners.schools.roster.matching import NEW_CHILD, SAME_CHILD
from learners.schools.roster.opening import MOST_BYTES, REFUSED


class ChildForm(forms.Form):
    """A child by hand: what the roster's columns hold, with up to four guardians."""

    GUARDIANS = 4
    name = TidyField(label=_("Name"), max_length=30)
    student_number = TidyField(label=_("Student number"), required=False, max_length=40)
    birth_month = MonthField(label=_("Birth month"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(1, self.GUARDIANS + 1):
            self.fields[f"phone{number}"] = PhoneField(label=_("Phone"), required=False)
            self.fields[f"relation{number}"] = forms.ChoiceField(
                label=_("Relation"), choices=Relation.choices, required=False
            )
            self.fields[f"guardian{number}"] = TidyField(
                label=_("Name of the guardian"), required=False, max_length=30
            )

    def clean_name(self) -> str:
        return "".join(self.cleaned_data["name"].split())

    def clean_student_number(self) -> str:
        typed = self.cleaned_data["student_number"]
        try:
            return parse_student_number(typed) if typed else ""
        except ValueError:
            raise forms.ValidationError(_("This is not a student number.")) from None

    def guardians(self) -> Iterable[list[forms.BoundField]]:
        for number in range(1, self.GUARDIANS + 1):
            yield [self[f"{part}{number}"] for part in ("relation", "phone", "guardian")]

    @classmethod
    def initial_of(cls, child: Child) -> dict[str, str]:
        told = {
            "name": child.name,
            "student_number": child.student_number,
            "birth_month": child.birth_month,
        }
        for number, contact in enumerate(child.contacts.order_by("pk")[: cls.GUARDIANS], 1):
            told[f"phone{number}"] = contact.phone.removeprefix("+86")
            told[f"relation{number}"] = contact.relation
            told[f"guardian{number}"] = contact.name
        return told

    def facts(self) -> Facts:
        told = self.cleaned_data
        return Facts(told["name"], told["student_number"], told["birth_month"], self.contacts())

    def contacts(self) -> list[tuple[str, str, str]]:
        told = self.cleaned_data
        return [
            (told[f"phone{n}"], told[f"relation{n}"] or Relation.OTHER, told[f"guardian{n}"])
            for n in range(1, self.GUARDIANS + 1)
            if told.get(f"phone{n}")
        ]


class ClassForm(forms.Form):
    """A class by hand; its name becomes the one name of the class."""

    grade = forms.TypedChoiceField(label=_("Grade"), coerce=int, empty_value=None, required=False)
    name = TidyField(label=_("Name of the class"), help_text=_("For example: 2班"), max_length=30)

    def __init__(self, kind: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind, grades = kind, grades_of(kind)
        if grades:
            self.fields["grade"] = forms.TypedChoiceField(
                label=_("Grade"), coerce=int, choices=grades, required=kind != "other",
                empty_value=None,
            )  # fmt: skip
        else:
            del self.fields["grade"]

    def parsed(self) -> tuple[int | None, str]:
        grade = self.cleaned_data.get("grade")
        return parse_class(self.cleaned_data["name"], grade_name(grade), self.kind)


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("Roster (.xlsx, .xls or .csv)"),
        max_length=200,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.csv"}),
        error_messages={"empty": _("The file is empty.")},
    )

    def clean_file(self) -> Any:
        if self.cleaned_data["file"].size > MOST_BYTES:
            raise forms.ValidationError(REFUSED["too_big"])
        return self.cleaned_data["file"]


class ListForm(UploadForm):
    """Schools, classes and teachers."""

    field_order = ["file", "only_check"]
    only_check = forms.BooleanField(label=_("Only check, change nothing"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].label = _("List (.xlsx, .xls or .csv)")


class AnswersForm(forms.Form):
    """One choice for every question about namesakes."""

    def __init__(self, questions: list[dict[str, Any]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = questions
        for number, question in enumerate(questions):
            self.fields[f"q{number}"] = forms.ChoiceField(
                label=_("Row {row}: {name}, {class_name}").format(
                    row=question["row"], name=question["name"], class_name=question["class"]
                ),
                choices=list(_choices(question)),
                widget=forms.RadioSelect,
                required=False,
            )

    def answers(self) -> dict[str, str]:
        told = self.cleaned_data
        return {
            question["key"]: told[f"q{number}"]
            for number, question in enumerate(self.questions)
            if told[f"q{number}"]
        }


def _choices(question: dict[str, Any]) -> Iterable[tuple[str, str]]:
    for candidate in question["candidates"]:
        hint = " · ".join(_known(candidate)) or gettext("nothing else on file")
        yield str(candidate["id"]), gettext("The child on file: {hint}").format(hint=hint)
    if question["same_as"]:
        same = gettext("The same child as in row {row}").format(row=question["same_as"])
        yield SAME_CHILD, same
    yield NEW_CHILD, gettext("Another child with the same name")


def _known(candidate: dict[str, Any]) -> Iterable[str]:
    if candidate.get("earlier"):
        yield gettext("still in {place}").format(place=candidate["earlier"])
    if candidate["number"]:
        yield gettext("student number …{end}").format(end=candidate["number"])
    if candidate["birth"]:
        yield gettext("born {month}").format(month=candidate["birth"])
    if candidate["phones"]:
        yield gettext("phone …{end}").format(end=", …".join(candidate["phones"]))


class MissingForm(forms.Form):
    """Which of the missing children leave the roster; nobody by default."""

    children = forms.TypedMultipleChoiceField(coerce=int, widget=forms.CheckboxSelectMultiple)

    def __init__(self, missing: list[dict[str, Any]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["children"] = forms.TypedMultipleChoiceField(
            label=_("No longer at this school"),
            coerce=int,
            choices=[(gone["id"], f"{gone['name']} · {gone['class']}") for gone in missing],
            widget=forms.CheckboxSelectMultiple,
            error_messages={"required": _("Please tick who has left.")},
        )


class RosterChildField(forms.ModelChoiceField):
    def label_from_instance(self, child: Any) -> str:
        return child.name


class MoveForm(forms.Form):
    """Into another class of the same school and year, within the person's ground."""

    school_class = forms.ModelChoiceField(SchoolClass.objects.none(), to_field_name="public_id")

    def __init__(self, classes: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["school_class"] = forms.ModelChoiceField(
            classes, label=_("New class"), to_field_name="public_id"
        )


class AcceptForm(forms.Form):
    child = forms.ModelChoiceField(
        Child.objects.none(), label=_("Which child is it?"), to_field_name="public_id"
    )

    def __init__(self, children: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = RosterChildField(children, label=_("Which child is it?"), to_field_name="public_id")
        self.fields["child"] = field


class SearchForm(forms.Form):
    q = TidyField(required=False, max_length=40)
    page = forms.IntegerField(required=False, min_value=1)
    over = forms.BooleanField(required=False)

    def ended(self) -> bool:
        """Appointments that are over, instead of those in force."""
        return bool(self.is_valid() and self.cleaned_data["over"])

    def words(self) -> str:
        return self.cleaned_data["q"] if self.is_valid() else ""

    def number(self) -> int:
        return (self.is_valid() and self.cleaned_data["page"]) or 1
