"""How the content API tells what is not a plain value."""

from typing import Any

from rest_framework.fields import Field


class TermsField(Field):
    """Terms of the taxonomy as [{"code", "name"}]."""

    def to_representation(self, value: Any) -> list[dict[str, str]]:
        return [{"code": term.code, "name": term.name} for term in value.all()]


class RecordingField(Field):
    """A recording as {"url", "type", "duration" in seconds, "captions": [{"language", "url"}]}."""

    def to_representation(self, value: Any) -> dict[str, Any]:
        captions = [{"language": c.language, "url": c.file.url} for c in value.captions.all()]
        return {
            "url": value.url,
            "type": value.type,
            "duration": value.duration,
            "captions": captions,
        }
