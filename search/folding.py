"""Forms that mean the same read the same: traditional and simplified characters, full and half
width, capitals (issue: traditional characters and full-width forms fold)."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import lru_cache

from opencc import OpenCC

SPACES = re.compile(r"\s+")


@lru_cache(maxsize=1)
def _to_simplified() -> OpenCC:
    return OpenCC("t2s")


def fold(text: str) -> str:
    """Simplified, half width, small letters, one space at most; control characters are gone."""
    plain = unicodedata.normalize("NFKC", text).translate(_VISIBLE)
    plain = _to_simplified().convert(plain).lower()
    return SPACES.sub(" ", plain).strip()


def visible(character: str) -> str:
    """NUL, right-to-left marks and lone surrogates have no meaning to search for."""
    category = unicodedata.category(character)
    if category[0] != "C":
        return character
    return " " if category == "Cc" else ""


class _Each(dict[int, str]):
    """A table for str.translate that asks once for each character it meets."""

    def __init__(self, of: Callable[[str], str]) -> None:
        super().__init__()
        self.of = of

    def __missing__(self, code: int) -> str:
        self[code] = self.of(chr(code))
        return self[code]


_VISIBLE = _Each(visible)
_FOLDED = _Each(lambda character: fold(character) or " ")


def fold_aligned(text: str) -> tuple[str, Sequence[int]]:
    """The folded text and for each of its characters the place in the original it came from."""
    whole = text.translate(_FOLDED)
    if len(whole) == len(text):  # none folds to nothing, so each to one
        return whole, range(len(text))
    parts = [character.translate(_FOLDED) for character in text]
    places = [place for place, folded in enumerate(parts) for _character in folded]
    return "".join(parts), places
