"""What a whole sentence is about, when none of its words says it: 哥哥老抢妹妹积木.

Each group of words that finds others is a theme. A sentence is about the theme whose words it
shares most with, word by word and character by character; what few themes have counts most.
"""

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from search import segmenting, wording
from search.segmenting import CHINESE

LEAST = 3.0
"""How much a sentence must share with a theme, in logarithms of rarity."""
COMMON = 2 / 3
"""The share of its characters that the theme must know, one whole word among them: of 量子色动力学
themes know single characters, and it is about none."""
CHARACTER = 0.8
MARK = "."
"""Tells a character in a word from a word of one character."""


@dataclass(frozen=True)
class Theme:
    finds: tuple[str, ...]
    parts: dict[str, float]
    """Words and characters said about it → how telling each is."""


@lru_cache(maxsize=20_000)
def parts(phrase: str) -> frozenset[str]:
    """The telling words of a text, their characters and their pairs of characters."""
    found = set()
    for word in segmenting.words(phrase):
        if not CHINESE.fullmatch(word) or wording.is_empty(word):
            continue
        found.add(word)
        found |= {word[place : place + 2] for place in range(len(word) - 1)}
        found |= {character + MARK for character in word}
    return frozenset(found)


def themes(groups: Iterable[tuple[list[str], list[str]]]) -> list[Theme]:
    counted = [
        (tuple(finds), Counter(part for word in [*words, *finds] for part in parts(word)))
        for words, finds in groups
        if finds
    ]
    having = Counter(part for _finds, count in counted for part in count)
    return [
        Theme(
            finds,
            {
                part: math.log(1 + len(counted) / having[part]) * number / (number + 0.6)
                for part, number in count.items()
            },
        )
        for finds, count in counted
    ]


def about(text: str, known: list[Theme]) -> Theme | None:
    """The theme of a folded text."""
    said = parts(text)
    scores = [sum(theme.parts.get(part, 0.0) * worth(part) for part in said) for theme in known]
    best = max(scores, default=0.0)
    if best < LEAST:
        return None
    theme = known[scores.index(best)]
    return theme if knows(theme, text, said) else None


def knows(theme: Theme, text: str, said: frozenset[str]) -> bool:
    characters = [part for part in said if part.endswith(MARK)]
    shared = sum(part in theme.parts for part in characters)
    words = (word for word in segmenting.words(text) if word in said)
    return shared >= COMMON * len(characters) and any(word in theme.parts for word in words)


def worth(part: str) -> float:
    """A character says a little less than a word."""
    return CHARACTER if part.endswith(MARK) else 1.0
