"""Tags are offered to everybody who has files: whoever has only their own would tell others by them
what these are about. So they are written by those who keep a whole library in order."""

from typing import Any

from wagtail.documents.forms import BaseDocumentForm


class TagsOfKeepers:
    fields: dict[str, Any]
    permission_policy: Any

    def __init__(self, *args: Any, user: Any = None, **kwargs: Any) -> None:
        # Mixed in before Wagtail's forms, whose __init__ takes the user; object's does not.
        super().__init__(*args, user=user, **kwargs)  # type: ignore[call-arg]
        if user is not None and not self.permission_policy._check_perm(user, ["change"]):
            self.fields.pop("tags", None)


class DocumentForm(TagsOfKeepers, BaseDocumentForm):
    """As Wagtail's own."""
