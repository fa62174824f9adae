"""The door of the city's rules for reminders."""

from datetime import time
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from learners.assignments.models import ReminderRules
from learners.assignments.quiet import EVENING, MORNING


class RulesForm(forms.ModelForm):
    """Quiet hours may be longer than from 21:00 to 8:00, never shorter."""

    price = forms.DecimalField(
        label=_("Price of one message, in yuan"),
        help_text=_("As your contract says, for example 0.05. Empty: pages show messages alone."),
        required=False,
        min_value=0,
        max_value=100,
        decimal_places=3,
    )
    monthly = forms.IntegerField(
        label=_("Most messages a month"),
        help_text=_("For the whole city. Empty: no limit. A long text costs several messages."),
        required=False,
        min_value=0,
        max_value=10**9,
    )
    morning = forms.TimeField(
        label=_("Messages go out from"),
        help_text=_("8:00 or later."),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        validators=[MinValueValidator(MORNING, _("Nobody is reminded before 8:00."))],
    )
    evening = forms.TimeField(
        label=_("Messages go out until"),
        help_text=_("21:00 or earlier."),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        validators=[MaxValueValidator(EVENING, _("Nobody is reminded after 21:00."))],
    )

    class Meta:
        model = ReminderRules
        fields = ["enabled", "price", "monthly", "morning", "evening"]

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        morning, evening = told.get("morning"), told.get("evening")
        if isinstance(morning, time) and isinstance(evening, time) and morning >= evening:
            self.add_error("evening", _("The evening must begin after the morning."))
        return told
