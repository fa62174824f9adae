from typing import Any

from wagtail.admin.forms import WagtailAdminPageForm


class ResourcePageForm(WagtailAdminPageForm):
    """Fills in what the page itself can tell: how many minutes it takes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "minutes" in self.fields:
            self.fields["minutes"].required = False

    def clean_minutes(self) -> int:
        return self.cleaned_data.get("minutes") or 0

    def save(self, commit: bool = True) -> Any:
        if not self.instance.minutes:
            self.instance.minutes = self.instance.length_in_minutes()
        return super().save(commit)
