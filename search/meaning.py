"""From what was typed to what is looked for: folded, read as pinyin where it is, mistyped words
put right, cut into concepts."""

from dataclasses import dataclass

from search import concepts as cutting
from search import lexicon, spelling, wording
from search.concepts import Concept
from search.folding import fold
from search.query import MOST_CHARACTERS
from search.terms import Vocabulary


@dataclass(frozen=True)
class Meaning:
    """`instead` is the text with mistyped words put right; empty when none was."""

    concepts: tuple[Concept, ...]
    instead: str = ""


def read(text: str, vocabulary: Vocabulary, exact: bool = False) -> Meaning:
    """`exact`: nothing is put right."""
    plain = wording.plain(fold(text)[:MOST_CHARACTERS])
    if not plain:
        return Meaning(())
    words = lexicon.read(vocabulary)
    corrected = plain if exact else spelling.correct(plain, words)
    found = cutting.concepts(corrected, vocabulary, words) or (cutting.NOTHING,)
    return Meaning(found, corrected if corrected != plain else "")
