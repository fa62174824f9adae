"""What an expert and a reviewer send from the desk of a course."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.release import Plan

MOMENT = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


class OrderForm(forms.Form):
    """The whole order, as dragging leaves it: lesson ids with commas between."""

    order = forms.RegexField(r"^\d+(,\d+)*$", max_length=2000)

    def clean_order(self) -> list[int]:
        return [int(pk) for pk in self.cleaned_data["order"].split(",")]


class MoveForm(forms.Form):
    """One lesson one place up or down: the way without dragging."""

    lesson = forms.IntegerField()
    by = forms.TypedChoiceField(choices=[("-1", ""), ("1", "")], coerce=int)


class HandInForm(forms.Form):
    """`publishes`: for those who publish without review."""

    news = forms.CharField(
        label=_("What is new, for parents who are enrolled already"),
        max_length=200,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("They read it on their own page. Leave it empty for small corrections."),
    )
    goes_live_at = forms.DateTimeField(
        label=_("Publish on"),
        required=False,
        widget=MOMENT,
        help_text=_("Empty: as soon as it is approved. The lessons go with the course."),
    )
    expires_at = forms.DateTimeField(
        label=_("Take down on"),
        required=False,
        widget=MOMENT,
        help_text=_("Empty: it stays. What parents have finished stays finished."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        begins, ends = cleaned.get("goes_live_at"), cleaned.get("expires_at")
        if ends and ends <= (begins or timezone.now()):
            self.add_error("expires_at", _("It would be taken down before it is published."))
        return cleaned

    def plan(self) -> Plan:
        return Plan(**self.cleaned_data)


class DecisionForm(forms.Form):
    """Sending back needs a reason."""

    action = forms.ChoiceField(choices=[("approve", ""), ("reject", "")])
    comment = forms.CharField(
        label=_("Comment for the expert"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("action") == "reject" and not cleaned.get("comment"):
            self.add_error("comment", _("Say what is to be changed."))
        return cleaned


class CompareForm(forms.Form):
    """Two releases, or with nothing chosen what is public (0) and the draft."""

    earlier = forms.IntegerField(required=False, min_value=0)
    later = forms.IntegerField(required=False, min_value=0)


class PreviewForm(forms.Form):
    quiz = forms.BooleanField(required=False)

    def wants_quiz(self) -> bool:
        return self.is_valid() and bool(self.cleaned_data["quiz"])


class TrialForm(forms.Form):
    """A sealed quiz and, when it is handed in, {question id: [option ids]}."""

    definition = forms.CharField()
    answers = forms.JSONField(required=False)

    def clean_answers(self) -> dict[str, list[str]] | None:
        answers: Any = self.cleaned_data["answers"]
        fits = isinstance(answers, dict) and all(
            isinstance(chosen, list) and all(isinstance(option, str) for option in chosen)
            for chosen in answers.values()
        )
        if answers is not None and not fits:
            raise forms.ValidationError("", code="malformed")
        found: dict[str, list[str]] | None = answers
        return found


class SavedForm(forms.Form):
    """Which of the editor's buttons was pressed."""

    to_desk = forms.CharField(required=False)

    def wants_desk(self) -> bool:
        return self.is_valid() and bool(self.cleaned_data["to_desk"])
