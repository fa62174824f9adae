"""Pictures are read to their end before they are kept; a damaged one is told on its field."""

from typing import Any

from django.core.exceptions import ValidationError
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from media.tags import TagsOfKeepers

# What Pillow raises over pixels that are missing or cannot be: PNG's chunks are "syntax".
DAMAGE = (OSError, SyntaxError, ValueError)


class WholePictureField(WagtailImageField):
    """Wagtail's own field lets such a file through to a server error (its issue 1354)."""

    def to_python(self, data: Any) -> Any:
        try:
            return super().to_python(data)
        except DAMAGE as damage:
            raise ValidationError(
                self.error_messages["invalid_image"], code="invalid_image"
            ) from damage


class PictureForm(TagsOfKeepers, BaseImageForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if asked := self.fields.get("file"):
            file = WholePictureField(label=asked.label, widget=asked.widget)
            self.fields["file"] = file
