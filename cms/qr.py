"""QR codes as boxes, for whoever draws them."""

from collections.abc import Iterator

import segno

QUIET = 2
"""Modules of white around the code; paper around it adds the rest."""


def size(address: str) -> int:
    """Modules along one side, the quiet zone included."""
    return len(_code(address).matrix) + 2 * QUIET


def runs(address: str) -> Iterator[tuple[int, int, int]]:
    """Column, row and length, in modules, of each row's stretches of dark modules."""
    for row, modules in enumerate(_code(address).matrix, QUIET):
        yield from ((column + QUIET, row, length) for column, length in stretches(bytes(modules)))


def stretches(modules: bytes) -> list[tuple[int, int]]:
    """Where the dark modules of one row begin, and how many follow each other."""
    found: list[tuple[int, int]] = []
    for place, dark in enumerate(modules):
        if dark and found and sum(found[-1]) == place:
            found[-1] = (found[-1][0], found[-1][1] + 1)
        elif dark:
            found.append((place, 1))
    return found


def _code(address: str) -> segno.QRCode:
    return segno.make(address, error="m", micro=False)
