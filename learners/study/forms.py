from django import forms


class PageNumberForm(forms.Form):
    page = forms.IntegerField(required=False, min_value=1, max_value=10**6)

    def number(self) -> int:
        """The page asked for; whatever is not a number is the first."""
        return (self.is_valid() and self.cleaned_data["page"]) or 1
