"""How a word sounds, as people type it: `shuimian`, `qcq`. Tones are not typed."""

from functools import lru_cache
from importlib import import_module

# What southern ears do not tell apart; neither ng and n, n and l (below).
_ALIKE = (("zh", "z"), ("ch", "c"), ("sh", "s"))


@lru_cache(maxsize=50_000)
def syllables(word: str) -> tuple[str, ...]:
    """One syllable a character; what is not Chinese stays as it is."""
    pypinyin = import_module("pypinyin")  # half a second that only those who search should pay
    return tuple(syllable.replace("ü", "v") for syllable in pypinyin.lazy_pinyin(word))


def full(word: str) -> str:
    return "".join(syllables(word))


def initials(word: str) -> str:
    return "".join(syllable[0] for syllable in syllables(word) if syllable)


def loose(word: str) -> str:
    """The sound with the differences left out that many do not hear; spaces between syllables."""
    return " ".join(map(_loose, syllables(word)))


@lru_cache(maxsize=5_000)
def _loose(syllable: str) -> str:
    for distinct, alike in _ALIKE:
        if syllable.startswith(distinct):
            syllable = alike + syllable[2:]
    if syllable.startswith("n"):
        syllable = "l" + syllable[1:]
    return syllable.removesuffix("g") if syllable.endswith("ng") else syllable
