"""What has been put on the shelves so far, by the names that the YAML files use."""

from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.core.files import File
from django.core.files.images import ImageFile
from wagtail.models import Page

from cms.models import AgeStage, Circumstance, Topic
from demo.content import COVERS, MEDIA
from media.library import add_captions, add_recording
from media.models import Picture, Recording

SUFFIXES = {".mp4", ".m4a"}


@dataclass
class Shelf:
    pages: dict[str, Page] = field(default_factory=dict)
    experts: dict[str, Page] = field(default_factory=dict)

    def cover(self, stem: str, title: str) -> Picture | None:
        """The cover drawn under that name, put into the library once."""
        path = COVERS / f"{stem}.webp"
        found = Picture.objects.filter(title=f"封面 {stem}").first()
        if found or not path.exists():
            return found
        with path.open("rb") as file:
            picture = Picture(title=f"封面 {stem}", description=f"插画：{title}"[:255])
            picture.file = ImageFile(file, name=path.name)
            picture.save()
        return picture

    def recording(self, stem: str, title: str) -> Recording:
        """The recording of that name with its poster and captions, put into the library once."""
        tag = f"{title}（{stem}）"
        found = Recording.objects.filter(title=tag).first()
        if found:
            return found
        path = next(path for path in MEDIA.glob(f"{stem}.m*") if path.suffix in SUFFIXES)
        with ExitStack() as files:
            opened = [
                files.enter_context(name.open("rb"))
                for name in (path, path.with_suffix(".webp"), path.with_suffix(".vtt"))
            ]
            film, poster, captions = (File(file, name=Path(file.name).name) for file in opened)
            recording = add_recording(title=tag, file=film, poster=poster)
            add_captions(recording, captions)
        return recording


def tags(data: dict[str, Any]) -> dict[str, Iterable[Any]]:
    """The taxonomy's terms by code; an unknown code raises."""
    return {
        "age_stages": _terms(AgeStage, data.get("age_stages", [])),
        "circumstances": _terms(Circumstance, data.get("circumstances", [])),
        "topics": _terms(Topic, data.get("topics", [])),
    }


def _terms(model: Any, codes: list[str]) -> list[Any]:
    return [model.objects.get(code=str(code)) for code in codes]
