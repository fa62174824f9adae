from datetime import date, timedelta
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from cms.models import AgeStage
from courses.models import CoursePage, LessonPage
from learners.study.figures.of_courses import Filters

LONGEST_DAYS = 366
SHOWN_DAYS = 30
OWN, ASKED = "own", "asked"


class StatisticsForm(forms.Form):
    first = forms.DateField(label=_("From"), widget=forms.DateInput({"type": "date"}))
    last = forms.DateField(label=_("To"), widget=forms.DateInput({"type": "date"}))
    kind = forms.ChoiceField(
        label=_("Courses with"),
        required=False,
        choices=[("", _("all kinds of lessons")), *LessonPage.Format.choices],
    )
    age = forms.ModelChoiceField(
        AgeStage.objects.all(),
        label=_("Age stage"),
        required=False,
        to_field_name="code",
        empty_label=_("all ages"),
    )
    why = forms.ChoiceField(
        label=_("Why they enrolled"),
        required=False,
        choices=[
            ("", _("for any reason")),
            (OWN, _("of their own accord")),
            (ASKED, _("because it was assigned")),
        ],
    )
    course = forms.ModelChoiceField(
        CoursePage.objects.all(), required=False, widget=forms.HiddenInput
    )
    page = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)
    format = forms.ChoiceField(
        required=False, choices=[("", ""), ("xlsx", "xlsx")], widget=forms.HiddenInput
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last and last < first:
            self.add_error("last", _("The last day lies before the first. Please swap them."))
        elif first and last and (last - first).days >= LONGEST_DAYS:
            self.add_error("first", _("Please choose at most one year."))
        return cleaned

    def filters(self) -> Filters:
        chosen = self.cleaned_data
        age, course = chosen["age"], chosen["course"]
        return Filters(
            first=chosen["first"],
            last=chosen["last"],
            kind=chosen["kind"],
            age=age.code if age else "",
            course=course.pk if course else None,
            voluntary=chosen["why"] == OWN if chosen["why"] else None,
        )


def with_defaults(asked: QueryDict, today: date) -> dict[str, str]:
    """What was asked for, with the last thirty days where no day was."""
    days = {"first": today - timedelta(SHOWN_DAYS - 1), "last": today}
    given = {name: value for name, value in asked.items() if value}
    return {**{name: day.isoformat() for name, day in days.items()}, **given}  # type: ignore[dict-item]
