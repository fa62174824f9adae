"""The doors for what is assigned, changed and looked for."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from courses.models import CoursePage
from learners.assignments import due
from learners.assignments.assigning import Wish
from learners.assignments.models import Assignment, Scope
from learners.assignments.places import Place, grades_of_kinds
from learners.schools.grades import NAMES
from learners.schools.models import SchoolClass
from learners.schools.models.places import SchoolKind
from learners.schools.school_year import school_year

OWN = "own"
CHIP_NAMES = {"week": _("One week"), "fortnight": _("Two weeks"), "month": _("End of the month")}
PROBLEMS = {
    "past": _("This day is over. Please choose today or a later day."),
    "far": _("This is too far away. Please choose a day of this or the next school year."),
    "other-year": _("This day is in another school year than the classes."),
}


class ListForm(forms.Form):
    """What lists are asked for: words and a page."""

    q = forms.CharField(required=False, max_length=60)
    page = forms.IntegerField(required=False, min_value=1, max_value=10**6)

    def words(self) -> str:
        return self.cleaned_data["q"].strip() if self.is_valid() else ""

    def number(self) -> int:
        return (self.is_valid() and self.cleaned_data["page"]) or 1


class ClassParameterForm(forms.Form):
    """`?class=`: the class whose page the person came from."""

    of = forms.UUIDField(required=False)

    def public_id(self) -> Any:
        return self.cleaned_data["of"] if self.is_valid() else None


class DueFields(forms.Form):
    """When it is due: a chip or an own day, and a note to parents."""

    day = forms.ChoiceField(label=_("Due"), widget=forms.RadioSelect)
    own_day = forms.DateField(
        label=_("Another day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    note = forms.CharField(
        label=_("A line to the parents"),
        required=False,
        max_length=200,
        strip=True,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Optional. Parents read it above the course."),
    )

    def __init__(self, today: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.days = due.chips(today)
        self.fields["day"].choices = [  # type: ignore[attr-defined]
            *((name, _chip(CHIP_NAMES[name], day)) for name, day in self.days.items()),
            (OWN, gettext("Another day")),
        ]
        self.fields["own_day"].widget.attrs["min"] = today.isoformat()

    def check_day(self, told: dict[str, Any], year: int | None) -> date | None:
        """The day chosen; None with an error beside the field."""
        chip = told.get("day")
        if chip is None:
            return None
        day = told.get("own_day") if chip == OWN else self.days[chip]
        if day is None:
            if "own_day" not in self.errors:
                self.add_error("own_day", _("Please choose a day."))
            return None
        problem = due.problem(day, self.today, year)
        if problem:
            self.add_error("own_day" if chip == OWN else "day", PROBLEMS[problem])
            return None
        return day


def _chip(name: Any, day: date) -> str:
    return f"{name} · {date_format(day, 'MONTH_DAY_FORMAT')}"


class ClassChoice(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: SchoolClass) -> str:
        return f"{obj.name} · {obj.school.name}" if self.with_school else obj.name

    with_school = False


class GiveForm(DueFields):
    """A course to classes of a place; valid, it gives wishes: one a school."""

    scope = forms.ChoiceField(label=_("To whom"), widget=forms.RadioSelect, required=False)
    classes = ClassChoice(
        SchoolClass.objects.none(),
        to_field_name="public_id",
        label=_("Classes"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    grade = forms.TypedChoiceField(label=_("Grade"), coerce=int, required=False, empty_value=None)
    kinds = forms.MultipleChoiceField(
        label=_("Kinds of school"),
        choices=SchoolKind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen means all."),
    )
    grades = forms.TypedMultipleChoiceField(
        label=_("Grades"),
        choices=list(NAMES.items()),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen means all."),
    )
    anew = forms.BooleanField(
        label=_("Ask everybody to learn it anew this school year"),
        required=False,
        help_text=_("Otherwise whoever finished it earlier counts as finished."),
    )
    confirmed = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, place: Place, course: CoursePage, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.place, self.course = place, course
        self._offer()

    def _offer(self) -> None:
        """Only what the place has; everything else is no field at all."""
        place, fields = self.place, self.fields
        names = dict(Scope.choices)
        fields["scope"].choices = [  # type: ignore[attr-defined]
            (scope, names[scope]) for scope in place.scopes
        ]
        fields["classes"].queryset = place.classes  # type: ignore[attr-defined]
        fields["classes"].with_school = place.school is None  # type: ignore[attr-defined]
        fields["grade"].choices = list(place.grades)  # type: ignore[attr-defined]
        unneeded = ["classes"] if place.is_broad else ["kinds", "grades"]
        if Scope.GRADE not in place.scopes:
            unneeded.append("grade")
        if len(place.scopes) == 1:
            unneeded.append("scope")
        for name in unneeded:
            del fields[name]

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        if not self.course.live:
            raise forms.ValidationError(_("This course is not published. Please choose another."))
        told["scope"] = told.get("scope") or self.place.scopes[0]
        self._check_target(told)
        of_classes = {own.year for own in told.get("classes") or ()}
        needs = of_classes.pop() if told["scope"] == Scope.CLASSES and of_classes else None
        told["due_on"] = self.check_day(told, needs)
        return told

    def _check_target(self, told: dict[str, Any]) -> None:
        scope = told["scope"]
        if scope == Scope.CLASSES and "classes" not in self.errors and not told.get("classes"):
            self.add_error("classes", _("Please choose at least one class."))
        if scope == Scope.GRADE and told.get("grade") is None:
            self.add_error("grade", _("Please choose a grade."))
        if told.get("grades") and not set(told["grades"]) <= grades_of_kinds(told["kinds"]):
            self.add_error("grades", _("The kinds of school you chose do not have all of these."))

    def wishes(self) -> list[Wish]:
        """One; of a teacher with classes in several schools, one a school."""
        told = self.cleaned_data
        scope = told["scope"]
        if scope != Scope.CLASSES:
            return [self._wish(school=self.place.school if not self.place.is_broad else None)]
        schools = {own.school_id: own.school for own in told["classes"]}
        return [
            self._wish(
                school=school,
                classes=[own for own in told["classes"] if own.school_id == school.pk],
            )
            for school in schools.values()
        ]

    def _wish(self, **target: Any) -> Wish:
        told = self.cleaned_data
        return Wish(
            course=self.course,
            scope=told["scope"],
            year=school_year(told["due_on"]),
            due_on=told["due_on"],
            note=told["note"],
            anew=told["anew"],
            grade=told.get("grade") if told["scope"] == Scope.GRADE else None,
            district=self.place.district,
            kinds=told.get("kinds") or (),
            grades=told.get("grades") or (),
            **target,
        )

    def repeated(self) -> Iterable[tuple[str, str]]:
        """What was sent, as pairs for the hidden fields of the page that asks to confirm."""
        for name in self.fields:
            if name == "confirmed":
                continue
            sent = self.data.getlist(name)  # type: ignore[attr-defined]
            yield from ((name, value) for value in sent)


class ChangeForm(DueFields):
    """Another day, another note; the school year stays."""

    def __init__(self, assignment: Assignment, today: date, *args: Any, **kwargs: Any) -> None:
        self.assignment = assignment
        initial = {"day": OWN, "own_day": assignment.due_on, "note": assignment.note}
        super().__init__(today, *args, initial=initial, **kwargs)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        unchanged = told.get("day") == OWN and told.get("own_day") == self.assignment.due_on
        told["due_on"] = (
            self.assignment.due_on if unchanged else self.check_day(told, self.assignment.year)
        )
        return told
