"""Facets count what choosing one would find: each with the other facets' choices applied, its
own left out, so that several of one facet can be chosen (issue: multi-select).

Sets of documents are numbers, a bit a document, as `search.engines.catalogue` has them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache, reduce
from operator import and_, or_

from search.query import GROUPS, Query

Having = Mapping[str, Mapping[str, int]]
"""The set of the documents that have a code, by group and code."""


def signature(tags: Iterable[tuple[str, str]]) -> str:
    """(group, code) pairs as one text, in one order: " age:7-12 kind:course "."""
    return f" {' '.join(sorted(f'{group}:{code}' for group, code in tags))} "


@lru_cache(maxsize=50_000)
def codes_of(text: str) -> tuple[tuple[str, ...], ...]:
    """The codes of a signature, a tuple for each of GROUPS."""
    pairs = [part.split(":", 1) for part in text.split()]
    return tuple(tuple(code for name, code in pairs if name == group) for group in GROUPS)


@dataclass(frozen=True)
class Counts:
    total: int
    by_group: dict[str, dict[str, int]]


def passing(found: int, having: Having, query: Query) -> int:
    """Those that have what was chosen."""
    return reduce(and_, _accepted(having, query).values(), found)


def count(found: int, having: Having, query: Query) -> Counts:
    """The total and the counts of each facet; what none has is not named."""
    accepted = _accepted(having, query)
    by_group = {}
    for group in GROUPS:
        others = (documents for name, documents in accepted.items() if name != group)
        among = reduce(and_, others, found)
        counts = {code: (among & own).bit_count() for code, own in having[group].items()}
        by_group[group] = {code: number for code, number in counts.items() if number}
    return Counts(reduce(and_, accepted.values(), found).bit_count(), by_group)


def _accepted(having: Having, query: Query) -> dict[str, int]:
    """For each group that is narrowed, the documents that have one of the chosen codes."""
    return {
        group: reduce(or_, (having[group].get(code, 0) for code in query.codes(group)))
        for group in GROUPS
        if query.codes(group)
    }
