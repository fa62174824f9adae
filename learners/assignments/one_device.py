"""One device on which many families finished within a week: a question, and never a verdict.

Issue of schools, 5. Guardians of one child, and children of one guardian, are one family however
many they are; a family that shares a phone is one, and fewer than five are nobody's business.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

WITHIN, FEWEST = timedelta(days=7), 5


@dataclass(frozen=True, slots=True)
class Finish:
    """`units` are the children of the guardian in the school; in a class that counts guardians
    the guardian's own place."""

    device: str
    guardian: int
    course: int
    at: datetime
    units: frozenset[int]


def weeks(finishes: Iterable[Finish]) -> list[list[Finish]]:
    """For each device with enough families its fullest seven days, the latest first."""
    by_device: dict[str, list[Finish]] = {}
    for finish in sorted(finishes, key=lambda one: one.at):
        by_device.setdefault(finish.device, []).append(finish)
    found = [_fullest(own) for own in by_device.values()]
    return sorted(filter(None, found), key=lambda week: week[-1].at, reverse=True)


def _fullest(ordered: Sequence[Finish]) -> list[Finish]:
    """Nobody when no seven days have enough families; of weeks as full as each other the last."""
    family, inside = families(ordered), Counter[int]()
    first, most, fullest = 0, FEWEST, slice(0)
    for last, finish in enumerate(ordered):
        inside[family[finish.guardian]] += 1
        while finish.at - ordered[first].at >= WITHIN:
            inside[family[ordered[first].guardian]] -= 1
            first += 1
        if (now := len(+inside)) >= most:
            most, fullest = now, slice(first, last + 1)
    return list(ordered[fullest])


def families(finishes: Iterable[Finish]) -> dict[int, int]:
    """A number for each guardian: who have a child in common, directly or by others, share it."""
    parent: dict[tuple[str, int], tuple[str, int]] = {}

    def top(one: tuple[str, int]) -> tuple[str, int]:
        while (above := parent.setdefault(one, one)) != one:
            parent[one], one = parent[above], above
        return one

    pairs = [(finish.guardian, unit) for finish in finishes for unit in finish.units]
    for guardian, unit in pairs:
        parent[top(("guardian", guardian))] = top(("unit", unit))
    return {guardian: top(("guardian", guardian))[1] for guardian, _unit in pairs}
