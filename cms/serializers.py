"""How the content API tells what is not a plain value."""

from typing import Any

from rest_framework.fields import Field


class TermsField(Field):
    """Terms of the taxonomy as [{"code", "name"}]."""

    def to_representation(self, value: Any) -> list[dict[str, str]]:
        return [{"code": term.code, "name": term.name} for term in value.all()]


class ExpertsField(Field):
    """Pages of experts, as Wagtail tells of related pages."""

    def to_representation(self, value: Any) -> list[dict[str, Any]]:
        return [
            {
                "id": expert.pk,
                "meta": {"type": expert._meta.label, "detail_url": self._address(expert)},
                "title": expert.title,
            }
            for expert in value
        ]

    def _address(self, expert: Any) -> str:
        path = self.context["router"].get_object_detail_urlpath(type(expert), expert.pk)
        return str(self.context["request"].build_absolute_uri(path))


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
