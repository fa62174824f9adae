"""Which bytes a Range header asks for: RFC 9110, 14.1.2 and 14.2."""

import re
from dataclasses import dataclass

OPEN_ENDED_AT_MOST = 512 * 1024
"""A player that asks for "the rest" gets a part and asks again (15.3.7), so that a viewer whose
buffer is full holds neither a worker nor much memory. A range with an end is answered to the
byte: Apple's player insists on it."""


@dataclass(frozen=True, slots=True)
class Slice:
    first: int
    last: int
    """Inclusive, as in the header."""

    @property
    def length(self) -> int:
        return self.last - self.first + 1


class Unsatisfiable(ValueError):
    """Well formed, but no byte of the file is asked for."""


def parse(header: str, size: int) -> Slice | None:
    """None: send the whole file; so does whoever cannot read the header, or asks for several."""
    found = re.fullmatch(r"bytes=\s*(\d{0,18})-(\d{0,18})\s*", header, re.ASCII | re.IGNORECASE)
    if found is None or found[0].strip().endswith("=-"):
        return None
    first, last = found[1], found[2]
    if not first:
        return suffix(int(last), size)
    begin, end = int(first), int(last) if last else int(first) + OPEN_ENDED_AT_MOST - 1
    if end < begin:
        return None
    if begin >= size:
        raise Unsatisfiable
    return Slice(begin, min(end, size - 1))


def suffix(length: int, size: int) -> Slice:
    if not length or not size:
        raise Unsatisfiable
    return Slice(max(0, size - length), size - 1)
