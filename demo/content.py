"""The demonstration's texts as files: YAML in demo/content, media and covers beside it."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).resolve().parent
CONTENT, MEDIA, COVERS = HERE / "content", HERE / "media", HERE / "covers"


@dataclass(frozen=True, slots=True)
class Entry:
    """One page to be: `kind` is the folder it was found in, `data` what the file says."""

    kind: str
    data: dict[str, Any]

    @property
    def slug(self) -> str:
        return self.data["slug"]


def read(name: str) -> Any:
    return yaml.safe_load((CONTENT / name).read_text(encoding="utf-8"))


def entries(kind: str) -> list[Entry]:
    """All files of one kind (courses, videos, stories, articles), oldest first."""
    found = [Entry(kind, read(f"{kind}/{path.name}")) for path in (CONTENT / kind).glob("*.yaml")]
    return sorted(found, key=lambda entry: (str(entry.data["published"]), entry.slug))
