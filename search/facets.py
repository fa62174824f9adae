"""Facets count what choosing one would find: each with the other facets' choices applied, its
own left out, so that several of one facet can be chosen (issue: multi-select)."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from search.query import GROUPS, Query

Codes = dict[str, frozenset[str]]


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


def passing(signatures: Iterable[str], query: Query) -> set[str]:
    """Those that have what was chosen."""
    wanted = _wanted(query)
    return {text for text in signatures if not _failed(codes_of(text), wanted)}


def count(signatures: Mapping[str, int], query: Query) -> Counts:
    """From how many documents have each signature: the total and the counts of each facet."""
    wanted = _wanted(query)
    if not wanted:
        return _count_all(signatures)
    total = 0
    sets: list[Counter[tuple[str, ...]]] = [Counter() for _group in GROUPS]
    for text, number in signatures.items():
        codes = codes_of(text)
        failed = _failed(codes, wanted)
        if not failed:
            total += number
            for place, own in enumerate(codes):
                sets[place][own] += number
        elif len(failed) == 1:
            sets[failed[0]][codes[failed[0]]] += number
    return Counts(total, {g: _by_code(sets[place]) for place, g in enumerate(GROUPS)})


def _count_all(signatures: Mapping[str, int]) -> Counts:
    """Nothing is chosen: every choice counts whatever has it."""
    counts = Counter(chain.from_iterable(map(str.split, signatures)))
    for text, number in signatures.items():
        if number > 1:
            counts.update(dict.fromkeys(text.split(), number - 1))
    by_group: dict[str, dict[str, int]] = {group: {} for group in GROUPS}
    for pair, number in counts.items():
        group, code = pair.split(":", 1)
        by_group[group][code] = number
    return Counts(sum(signatures.values()), by_group)


def _wanted(query: Query) -> list[tuple[int, frozenset[str]]]:
    """The places in GROUPS that are narrowed, each with what is accepted there."""
    chosen = ((place, query.codes(group)) for place, group in enumerate(GROUPS))
    return [(place, frozenset(codes)) for place, codes in chosen if codes]


def _failed(
    codes: tuple[tuple[str, ...], ...], wanted: list[tuple[int, frozenset[str]]]
) -> list[int]:
    return [place for place, accepted in wanted if accepted.isdisjoint(codes[place])]


def _by_code(sets: Counter[tuple[str, ...]]) -> dict[str, int]:
    counts: Counter[str] = Counter()
    for codes, number in sets.items():
        for code in codes:
            counts[code] += number
    return dict(counts)
