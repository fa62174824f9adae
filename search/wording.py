"""One thing said in many ways, brought to one form: words of the regions, words taken apart
(打了一架), doubled (磨磨唧唧) or with small words between (不怎么想去上学)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, pairwise

from search import segmenting
from search.segmenting import CHINESE

EMPTY = frozenset(segmenting.word_list("empty_words.txt"))
"""Said about everything, so it tells nothing."""
FAINT = frozenset(segmenting.word_list("faint_words.txt"))
"""It ranks, but a text about it alone is not an answer."""
REGIONAL = dict(pair.split("=") for pair in segmenting.word_list("regional_words.txt"))
"""How a region says it → how texts do."""
LENGTHS = sorted({len(word) for word in REGIONAL}, reverse=True)
APART = segmenting.word_list("parted_words.txt")
"""Verbs with their objects, which may be taken apart: 发脾气, 打架."""

SMALL = "了过着个完好起到得什么一二两三四五六七八九十几多次场顿趟通点些年月天"
BETWEEN = f"(?:[{SMALL}]{{1,4}}|[我你他她]们?的)"
"""What may stand between a verb and its object."""
NOT = frozenset(segmenting.word_list("negating_words.txt"))
"""Ways of not doing it. Not being able to (不会) and not daring to (不敢) are other matters."""
WILLING = frozenset("想肯愿爱太去要来再是得") | {"愿意", "喜欢", "好好", "怎么", "乐意"}
"""What may stand between not and what is not done."""
NEGATED = ("不", "没", "别")
PERSONS = re.compile("[我你他她它咱俺]")
"""After those, whom it is not done to, with or for; elsewhere a small word."""
SHORTEST = 3
"""Characters of a phrase without its small words: fewer would be found in any sentence."""


def is_empty(word: str) -> bool:
    return word in EMPTY or word in segmenting.dictionary_words(segmenting.FUNCTION)


def is_faint(word: str) -> bool:
    single = len(word) == 1 and bool(CHINESE.match(word))
    return single or word in FAINT or word in segmenting.dictionary_words(segmenting.PLACING)


def is_telling(word: str) -> bool:
    return not is_empty(word) and not is_faint(word)


# -- regions, and words taken apart ---------------------------------------------------------
def _edges(text: str) -> frozenset[int]:
    """Where words begin and end."""
    return frozenset(accumulate(map(len, segmenting.cut(text)), initial=0))


def _common(folded: str) -> str:
    """A region's words as texts have them, where they are words: not 夜头 in 半夜头疼, not 家婆 in
    人家婆婆. The longest first."""
    edges = _edges(folded)
    said, place = "", 0
    while place < len(folded):
        ends = (place + length for length in LENGTHS if place in edges)
        end = next((e for e in ends if e in edges and folded[place:e] in REGIONAL), 0)
        said += REGIONAL[folded[place:end]] if end else folded[place]
        place = end or place + 1
    return said


@lru_cache(maxsize=1)
def _apart() -> re.Pattern[str]:
    """One group a word, named by its number."""
    return re.compile(
        "|".join(
            f"(?P<w{number}>{word[0]}{BETWEEN}{word[1:]})" for number, word in enumerate(APART)
        )
    )


def plain(folded: str) -> str:
    """The folded text with words of the regions and words taken apart as texts have them."""
    common = _common(folded)
    edges = _edges(common)

    def joined(said: re.Match[str]) -> str:
        """The object is a word: not the hand in 动了手机."""
        return APART[int((said.lastgroup or "w0")[1:])] if said.end() in edges else said[0]

    return _apart().sub(joined, common)


def undoubled(word: str) -> list[str]:
    """磨磨唧唧 → 磨唧, 慢吞吞 → 慢吞, 看一看 → 看: what a doubled word may come from."""
    found = []
    if len(word) == 4 and word[0] == word[1] and word[2] == word[3]:
        found.append(word[0] + word[2])
    if len(word) == 4 and word[:2] == word[2:]:
        found.append(word[:2])
    if len(word) == 3 and word[1] == word[2]:
        found.append(word[:2])
    if len(word) == 3 and word[0] == word[1]:
        found.append(word[1:])
    return found


# -- small words between ------------------------------------------------------------------
@dataclass(frozen=True)
class Piece:
    """A word that is kept, and where in the text it stands."""

    text: str
    start: int
    end: int


def pieces(text: str) -> list[Piece]:
    """The telling words of a folded text; every way of not doing something is 不."""
    found: list[Piece] = []
    place = 0
    for word in segmenting.cut(text):
        start, place = place, place + len(word)
        after_not = bool(found) and found[-1].text == "不" and word in WILLING
        if word in NOT:
            found.append(Piece("不", start, place))
        elif word.startswith(("不想", "不肯", "不爱", "不愿")) and len(word) > 2:
            found += [Piece("不", start, start + 2), Piece(word[2:], start + 2, place)]
        elif not after_not and CHINESE.fullmatch(word) and not is_empty(word):
            found.append(Piece(word, start, place))
    return found


def skeletons(phrase: str) -> Iterator[str]:
    """How a phrase reads without its small words, and with its two words exchanged. Whom one
    does not do it to, with or for stays: 不说话 is not 不跟我说话."""
    said = pieces(phrase)
    for word, after in pairwise(said):
        if word.text.startswith(NEGATED) and PERSONS.search(phrase[word.end : after.start]):
            return
    kept = [piece.text for piece in said]
    if len("".join(kept)) < SHORTEST or len(kept) < 2:
        return
    yield "".join(kept)
    if len(kept) == 2 and "不" not in kept and not FAINT & set(kept):
        yield kept[1] + kept[0]
