"""All documents at a glance, for counting and ordering: kept in each process until one changes.

Documents have places, the most finished first. A set of them is one number with a bit for each
place, the first place's the highest: to narrow and to count is one operation of the processor
for many documents, whatever is asked (docs/decisions/0103).
"""

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import compress

from search import vocabulary
from search.models import Document
from search.query import GROUPS

ORDER = ("-popularity", "-published_at", "-pk")
PRESENT = ord("1")
TO_NUMBERS = bytes.maketrans(b"01", b"\0\1")

MOST_REMEMBERED, EACH = 1_000_000, 20
"""Places where words stand, of eight bytes each; what a word takes without any."""
Stand = tuple[bool, tuple[str, ...]]
"""Whether in titles alone, and the terms that stand there one after the other."""


@dataclass(frozen=True)
class Catalogue:
    """`pages`, `popularity` and `published` (seconds since 1970) by place, `places` by page,
    `newest` the places in that order; `having` the set that has a code, by group and code.
    `stands` are the places where words stand that were asked for already. Shared by all
    searches of a process."""

    pages: Sequence[int]
    places: dict[int, int]
    popularity: Sequence[int]
    published: Sequence[float]
    newest: Sequence[int]
    having: dict[str, dict[str, int]]
    stands: dict[Stand, list[int]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.pages)

    def all(self) -> int:
        return (1 << len(self)) - 1

    def places_of(self, pages: Iterable[int]) -> list[int]:
        """Without those whose document came later than this catalogue."""
        return list(map(self.places.__getitem__, filter(self.places.__contains__, pages)))

    def remember(self, stands: dict[Stand, list[int]]) -> None:
        if sum(len(places) + EACH for places in list(self.stands.values())) > MOST_REMEMBERED:
            self.stands.clear()
        self.stands.update(stands)

    def holding(self, places: Iterable[int]) -> int:
        """The set of these places."""
        found = bytearray(b"0") * len(self)
        for place in places:
            found[place] = PRESENT
        return int(found, 2) if found else 0

    def listed(self, found: int) -> Iterable[int]:
        """The places in a set, in order."""
        return compress(range(len(self)), self._flags(found))

    def listed_by_newness(self, found: int) -> Iterable[int]:
        flags = self._flags(found)
        return (place for place in self.newest if flags[place])

    def _flags(self, found: int) -> bytes:
        return f"{found:0{len(self)}b}".encode().translate(TO_NUMBERS)


def read() -> Catalogue:
    return _read(vocabulary.version())


@lru_cache(maxsize=2)
def _read(version: str) -> Catalogue:
    rows = list(
        Document.objects.order_by(*ORDER).values_list(
            "pk", "popularity", "published_at", "signature"
        )
    )
    published = array("d", (day.timestamp() if day else 0.0 for _pk, _liked, day, _tags in rows))
    pages = array("q", (row[0] for row in rows))
    return Catalogue(
        pages=pages,
        places={page: place for place, page in enumerate(pages)},
        popularity=array("q", (row[1] for row in rows)),
        published=published,
        newest=array("l", sorted(range(len(rows)), key=lambda n: (-published[n], -pages[n]))),
        having=_having([row[3] for row in rows]),
    )


def _having(signatures: list[str]) -> dict[str, dict[str, int]]:
    found: dict[str, bytearray] = {}
    for place, signature in enumerate(signatures):
        for pair in signature.split():
            if pair not in found:
                found[pair] = bytearray(b"0") * len(signatures)
            found[pair][place] = PRESENT
    having: dict[str, dict[str, int]] = {group: {} for group in GROUPS}
    for pair, places in found.items():
        group, code = pair.split(":", 1)
        having[group][code] = int(places, 2)
    return having
