"""How many people played each part of a lesson, and how hard its questions were.

PRODUCT.md rule 6: groups under 5 are withheld, so that nobody can be recognised; a withheld
figure is None. Coverage comes as the ranges of `coverage.to_text`, in whole media seconds.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

SMALLEST_GROUP = 5
POINTS = 60


@dataclass(frozen=True, slots=True)
class Part:
    """The seconds from `begin` to `end` and how many people played them, on average."""

    begin: int
    end: int
    people: int | None


def withheld(people: int) -> int | None:
    return people if people >= SMALLEST_GROUP else None


def counts(coverage: Iterable[str], length: int) -> list[int]:
    """People for each second."""
    steps = [0] * (length + 1)
    for text in coverage:
        for part in text.split(","):
            begin, _dash, end = part.partition("-")
            if end:
                steps[min(int(begin), length)] += 1
                steps[min(int(end), length)] -= 1
    return list(accumulate(steps))[:length]


def curve(coverage: Iterable[str], length: int, points: int = POINTS) -> list[Part]:
    """At most `points` parts of about equal length; none for a lesson without length."""
    seconds = counts(coverage, length)
    number = min(points, length)
    edges = [length * step // number for step in range(number + 1)] if number else []
    return [
        Part(begin, end, withheld(round(sum(seconds[begin:end]) / (end - begin))))
        for begin, end in pairwise(edges)
    ]


def steepest(parts: Sequence[Part]) -> Part | None:
    """The part before which most people left; None when nobody is seen to leave."""
    drops = [
        (before.people - (after.people or 0), after)
        for before, after in pairwise(parts)
        if before.people is not None
    ]
    lost, part = max(drops, key=lambda drop: drop[0], default=(0, None))
    return part if lost > 0 else None


def share(right: int, answers: int) -> int | None:
    """Whole per cent of right answers; None for too few answers."""
    return right * 100 // answers if answers >= SMALLEST_GROUP else None
