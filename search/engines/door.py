"""What engines are asked, what they answer, and what a cluster's can do besides."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from search.concepts import Concept
from search.facets import Counts
from search.query import PAGE_SIZE, Query
from search.terms import is_tag


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
    said: str
    facets: dict[str, list[str]] = field(default_factory=dict)
    version: int = 0
    popularity: int = 0
    published_at: str | None = None


class Way(NamedTuple):
    """One way of saying a concept: the concept's bit, its worth, terms one after the other."""

    bit: int
    factor: float
    terms: tuple[str, ...]

    def is_tag(self) -> bool:
        return is_tag(self.terms[0])


class Wanted(NamedTuple):
    """A way whose worth is asked for in some of the pages that hold it; how rare it is."""

    way: Way
    rarity: float
    pages: list[int]


Worth = tuple[int, int, float]
"""Which of the Wanted, page, what the way is worth there."""


class Unavailable(Exception):
    """An engine that is down, too slow or not set up; another one answers meanwhile."""


class Cluster(Protocol):
    """Answers a query, and takes documents whose `version` only grows. All raise Unavailable."""

    def search(self, query: Query, concepts: tuple[Concept, ...]) -> Hits: ...

    def put(self, entries: list[Entry]) -> None: ...

    def remove(self, page_ids: list[int], version: int) -> None: ...

    def rebuild(self, batches: Iterator[list[Entry]]) -> None: ...

    def indexed(self) -> set[int]: ...

    def versions(self) -> dict[int, int]: ...

    def made_for_others(self) -> list[str]: ...


def page_of(total: int, asked: int) -> tuple[int, int]:
    """The page that is shown (the last one when there are fewer) and how many there are."""
    pages = max(1, -(-total // PAGE_SIZE))
    return min(asked, pages), pages
