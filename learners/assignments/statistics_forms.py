"""The door of the pages of figures."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from learners.assignments.models import ClassFigure
from learners.schools.grades import NAMES
from learners.schools.models.places import SchoolKind

XLSX = "xlsx"


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
        kind, grade = self.told("kind"), self.told("grade")
        found = figures.filter(kind=kind) if kind else figures
        return found.filter(grade=grade) if grade is not None else found

    @property
    def is_narrowed(self) -> bool:
        return bool(self.told("kind")) or self.told("grade") is not None

    @property
    def query(self) -> str:
        """The filters as an address has them."""
        chosen = {name: self.told(name) for name in ("kind", "grade")}
        return urlencode({name: value for name, value in chosen.items() if value not in {None, ""}})
