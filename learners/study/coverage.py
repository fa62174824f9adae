"""A lesson is complete when distinct seconds actually played cover enough of it.

PRODUCT.md rule 1 and ARCHITECTURE.md decision 2. Coverage is a set of whole media seconds,
held as the bits of an integer: merging is `|`, so it is commutative, associative and
idempotent. In the database and in JSON it is ranges with exclusive ends.
"""

import math
from collections.abc import Iterable, Iterator

Range = tuple[int, int]
TOLERANCE = 2
"""Seconds by which a player's idea of the length may exceed the probed one."""


class OutOfRange(ValueError):
    """An interval that cannot have been played."""


def whole(seconds: float) -> int:
    """The nearest whole second, halves upwards: as the player in the browser rounds."""
    return math.floor(seconds + 0.5)


def bits(start: int, end: int) -> int:
    return ((1 << (end - start)) - 1) << start


def from_ranges(ranges: Iterable[Range]) -> int:
    covered = 0
    for start, end in ranges:
        covered |= bits(start, end)
    return covered


def to_ranges(covered: int) -> list[Range]:
    return list(_ranges(covered))


def _ranges(covered: int) -> Iterator[Range]:
    start = 0
    while covered:
        gap = (covered & -covered).bit_length() - 1
        covered >>= gap
        start += gap
        run = (~covered & (covered + 1)).bit_length() - 1
        covered >>= run
        yield start, start + run
        start += run


def from_text(text: str) -> int:
    if not text:
        return 0
    parts = (part.split("-") for part in text.split(","))
    return from_ranges((int(start), int(end)) for start, end in parts)


def to_text(covered: int) -> str:
    return ",".join(f"{start}-{end}" for start, end in _ranges(covered))


def from_played(played: Iterable[tuple[float, float]], length: int) -> int:
    """The whole seconds of played intervals, in media seconds of a lesson `length` seconds long.

    Ends snap to the nearest second, so that adjoining intervals neither lose nor gain one.
    Raises OutOfRange for an interval that is reversed, negative or beyond the end.
    """
    covered = 0
    for start, end in played:
        if not 0 <= start <= end <= length + TOLERANCE:
            raise OutOfRange(f"[{start}, {end}]")
        first, last = min(whole(start), length), min(whole(end), length)
        covered |= bits(first, last)
    return covered


def seconds(covered: int) -> int:
    return covered.bit_count()


def first(covered: int, count: int) -> int:
    """The earliest `count` seconds of `covered`."""
    kept = 0
    for start, end in _ranges(covered):
        if count <= 0:
            break
        taken = min(end - start, count)
        kept |= bits(start, start + taken)
        count -= taken
    return kept


def required_seconds(length: int, per_cent: int) -> int:
    return -(-length * per_cent // 100)
