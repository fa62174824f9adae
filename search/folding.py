"""Forms that mean the same read the same: traditional and simplified characters, full and half
width, capitals (issue: traditional characters and full-width forms fold)."""

import re
import unicodedata
from functools import lru_cache

from opencc import OpenCC

SPACES = re.compile(r"\s+")


@lru_cache(maxsize=1)
def _to_simplified() -> OpenCC:
    return OpenCC("t2s")


def fold(text: str) -> str:
    """Simplified, half width, small letters, one space at most; control characters are gone."""
    plain = unicodedata.normalize("NFKC", text)
    plain = "".join(map(visible, plain))
    plain = _to_simplified().convert(plain).lower()
    return SPACES.sub(" ", plain).strip()


def visible(character: str) -> str:
    """NUL, right-to-left marks and lone surrogates have no meaning to search for."""
    category = unicodedata.category(character)
    if category[0] != "C":
        return character
    return " " if category == "Cc" else ""


@lru_cache(maxsize=20_000)
def _fold_one(character: str) -> str:
    return fold(character) or " "


def fold_aligned(text: str) -> tuple[str, list[int]]:
    """The folded text and for each of its characters the place in the original it came from."""
    parts: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        folded = _fold_one(character)
        parts.append(folded)
        places += [place] * len(folded)
    return "".join(parts), places
