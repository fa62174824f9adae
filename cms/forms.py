from typing import Any

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
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


class ExpertForm(WagtailAdminPageForm):
    """An expert's account is one of staff: parents are nobody's list to choose from."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        account = self.fields.get("user")
        if account is not None:
            parents = {"password__startswith": UNUSABLE_PASSWORD_PREFIX}
            account.queryset = account.queryset.exclude(**parents).order_by("name")
