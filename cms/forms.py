from typing import Any

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm

from cms import chosen


class ResourcePageForm(WagtailAdminPageForm):
    """Fills in what the page itself can tell: how many minutes it takes; takes nothing in that
    is not on the ground of whoever saves."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "minutes" in self.fields:
            self.fields["minutes"].required = False

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.for_user is not None:
            for name in list(cleaned):
                self.refuse_foreign(name, cleaned[name])
        return cleaned

    def refuse_foreign(self, name: str, value: Any) -> None:
        """Compared with what the page has before the form is written on it."""
        field = next((one for one in self.instance._meta.fields if one.name == name), None)
        now, before = (
            chosen.in_field(field, each) for each in (value, getattr(self.instance, name, None))
        )
        if chosen.foreign(self.for_user, now, before):
            self.add_error(name, _("Something here is not in your library. Choose your own."))
            # Shown again it would tell what the foreign thing is called.
            vars(self.fields[name])["bound_data"] = lambda data, initial: initial

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
