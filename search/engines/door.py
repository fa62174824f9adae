"""What every engine does, and which one answers."""

from dataclasses import dataclass, field
from typing import Protocol

from search.concepts import Concept
from search.facets import Counts
from search.query import Query


@dataclass(frozen=True)
class Hits:
    """The pages of one page of results, best first, with the figures for all of them."""

    ids: list[int]
    counts: Counts
    page: int
    pages: int


@dataclass
class Entry:
    """A document as engines take it: its text segmented, weighed by field."""

    page_id: int
    title: str
    tags: str
    summary: str
    lessons: str
    body: str
    facets: dict[str, list[str]] = field(default_factory=dict)
    popularity: int = 0
    published_at: str | None = None


class Engine(Protocol):
    name: str

    def search(self, query: Query, concepts: tuple[Concept, ...]) -> Hits: ...

    def put(self, entries: list[Entry]) -> None: ...

    def remove(self, page_ids: list[int]) -> None: ...

    def indexed(self) -> set[int]: ...
