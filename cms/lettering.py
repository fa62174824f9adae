"""Chinese lettering for pictures and paper, with a font that comes as a Python package.

docs/decisions/0070-fonts-for-paper.md. Sizes and widths are in whatever unit the caller draws
in: a line of size 10 is as wide as ten Chinese characters of 10 units each.
"""

import re
from functools import lru_cache
from pathlib import Path

from PIL import ImageFont
from pylopdf_fonts_zh_cn import sans_path, serif_path

FONTS: dict[str, Path] = {"sans": sans_path(), "serif": serif_path()}
MEASURED_AT = 100
PIECES = re.compile(r"[A-Za-z0-9_.,:/%+-]+|\s+|.", re.DOTALL)
NEVER_FIRST = set("，。、：；！？）》〉】”’…·,.:;!?)")
NEVER_LAST = set("（《〈【“‘(")


@lru_cache(maxsize=64)
def font(name: str, size: int) -> ImageFont.FreeTypeFont:
    """`sans` or `serif`, for Pillow, `size` in pixels."""
    return ImageFont.truetype(FONTS[name], size)


def width(text: str, name: str, size: float) -> float:
    return font(name, MEASURED_AT).getlength(text) * size / MEASURED_AT


def fitted(text: str, name: str, size: float, room: float) -> float:
    """The size, smaller where the text would be wider than `room`."""
    return min(size, size * room / max(width(text, name, size), 1e-6))


def lines(text: str, name: str, size: float, room: float, most: int) -> list[str]:
    """The text broken into at most `most` lines; what does not fit ends in an ellipsis.

    No line begins with a mark that closes or ends with one that opens.
    """
    found = [""]
    for piece in PIECES.findall(" ".join(text.split())):
        line = found[-1]
        if not line or piece in NEVER_FIRST or width(line + piece, name, size) <= room:
            found[-1] += piece
        elif line[-1] in NEVER_LAST:
            found[-1], carried = line[:-1], line[-1]
            found.append(carried + piece)
        else:
            found.append(piece.lstrip())
    kept = [line.strip() for line in found[:most]]
    if len(found) > most:
        kept[-1] = shortened(kept[-1], name, size, room)
    return kept


def balanced(text: str, name: str, size: float, room: float, most: int) -> list[str]:
    """The same number of lines, about equally long: no last line of a single character."""
    widest = lines(text, name, size, room, most)
    for share in range(50, 100, 2):
        narrower = lines(text, name, size, room * share / 100, most)
        if len(narrower) == len(widest) and not narrower[-1].endswith("…"):
            return narrower
    return widest


def shortened(line: str, name: str, size: float, room: float) -> str:
    while line and width(line + "…", name, size) > room:
        line = line[:-1]
    return line + "…"
