"""The door of the pages of figures."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from courses.models import CoursePage
from learners.assignments.models import Assignment, ClassFigure, FigureFile
from learners.schools.grades import NAMES
from learners.schools.models import District, School
from learners.schools.models.places import SchoolKind

XLSX = "xlsx"


def narrowed(figures: QuerySet[ClassFigure], kind: str, grade: int | None) -> QuerySet[ClassFigure]:
    found = figures.filter(kind=kind) if kind else figures
    return found.filter(grade=grade) if grade is not None else found


class FiguresForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("Kind of school"), required=False, choices=[("", _("All")), *SchoolKind.choices]
    )
    grade = forms.TypedChoiceField(
        label=_("Grade"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", _("All")), *NAMES.items()],
    )
    page = forms.IntegerField(required=False, min_value=1, max_value=10**6)
    format = forms.ChoiceField(required=False, choices=[(XLSX, XLSX)])

    def told(self, name: str) -> Any:
        """Whatever is not a choice is nothing."""
        self.is_valid()
        return self.cleaned_data.get(name)

    def narrowed(self, figures: QuerySet[ClassFigure]) -> QuerySet[ClassFigure]:
        return narrowed(figures, self.told("kind") or "", self.told("grade"))

    @property
    def query(self) -> str:
        """The filters as an address has them."""
        chosen = {name: self.told(name) for name in ("kind", "grade")}
        return urlencode({name: value for name, value in chosen.items() if value not in {None, ""}})


class FileForm(forms.Form):
    """A workbook of a page of figures; what the person may see is asked again when it is made."""

    assignment = forms.ModelChoiceField(
        Assignment.objects.none(), to_field_name="public_id", required=False
    )
    course = forms.ModelChoiceField(CoursePage.objects.all(), required=False)
    district = forms.ModelChoiceField(District.objects.all(), to_field_name="code", required=False)
    school = forms.ModelChoiceField(School.objects.all(), to_field_name="public_id", required=False)
    kind = forms.ChoiceField(required=False, choices=[("", ""), *SchoolKind.choices])
    grade = forms.TypedChoiceField(
        required=False, coerce=int, empty_value=None, choices=[("", ""), *NAMES.items()]
    )
    rows = forms.ChoiceField(choices=FigureFile.Rows.choices)

    def __init__(self, seen: QuerySet[Assignment], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["assignment"].queryset = (  # type: ignore[attr-defined]
            seen.select_related("course", "school", "district")
        )

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        if bool(told.get("assignment")) == bool(told.get("course")):
            raise forms.ValidationError("one of both")
        return told

    def file(self, user: Any) -> FigureFile:
        return FigureFile(asked_by=user, **self.cleaned_data)

    def hidden(self) -> list[tuple[str, Any]]:
        """Names and values of what the page knows already."""
        return [(name, value) for name, value in self.initial.items() if value not in {None, ""}]
