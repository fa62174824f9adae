"""The doors of the follow-up page."""

from django import forms

from learners.assignments import following

XLSX = "xlsx"


class FollowForm(forms.Form):
    state = forms.ChoiceField(choices=[(s, s) for s in following.STATES], required=False)
    format = forms.ChoiceField(choices=[(XLSX, XLSX)], required=False)

    def chosen(self) -> str:
        return self._told("state")

    def wants_xlsx(self) -> bool:
        return self._told("format") == XLSX

    def _told(self, name: str) -> str:
        """Whatever is not a choice is nothing."""
        self.is_valid()
        return str(self.cleaned_data.get(name) or "")


class RemindForm(forms.Form):
    """Whom: the tab the teacher looked at. `messages` is the cost that was shown."""

    state = forms.ChoiceField(choices=[(s, s) for s in following.STATES if s != following.DONE])
    messages = forms.IntegerField(min_value=0)
