"""What a parent means: the query cut into concepts, each with the ways a text may say it.

A concept is found when one of its alternatives is. Words that every parent says of every
child weigh nothing; an age or a single character ranks, but is not asked for.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from search import ages, segmenting
from search.segmenting import CHINESE
from search.terms import Vocabulary, tag_token

MOST_CONCEPTS = 8
LONGEST_PHRASE = 12
MOST_SAME = 10
EXACT, INNER, SAME, TAG, GUESSED = 1.0, 0.45, 0.6, 0.8, 0.7
HEAVY, PLAIN, WEAK = 1.5, 1.0, 0.3

# Said about everything, so it tells nothing.
EMPTY = frozenset(segmenting.word_list("empty_words.txt"))
"""Said about everything, so it tells nothing."""
FAINT = frozenset(segmenting.word_list("faint_words.txt"))
"""It ranks, but a text about it alone is not an answer."""


@dataclass(frozen=True)
class Alternative:
    """Terms that must stand in a text one after the other, and how good an answer that is."""

    terms: tuple[str, ...]
    factor: float


@dataclass(frozen=True)
class Concept:
    surface: str
    alternatives: tuple[Alternative, ...]
    weight: float
    required: bool = True


NOTHING = Concept("", (Alternative(("tagnothing",), EXACT),), PLAIN)
"""What only signs ask for: no text has it."""


def phrase_concept(phrase: str, vocabulary: Vocabulary) -> Concept:
    """Something with a name: what it is called, its tag, and the other words for it."""
    same = vocabulary.same.get(phrase, [])
    found = {sequence(phrase): EXACT}
    for named in (term for name in [phrase, *same] for term in vocabulary.by_word.get(name, [])):
        found.setdefault((named.token,), TAG)
    for other in same[:MOST_SAME]:
        found.setdefault(sequence(other), SAME)
    for inner in inner_words(phrase):
        found.setdefault((inner,), INNER)
    return Concept(phrase, alternatives(found), HEAVY)


def sequence(phrase: str) -> tuple[str, ...]:
    """The index terms of a phrase in their order; of one word, the word alone."""
    words = segmenting.words(phrase)
    return tuple(words) if len(words) == 1 else tuple(segmenting.terms(phrase))


def inner_words(phrase: str) -> list[str]:
    """The words a phrase is made of, without those that tell nothing or little."""
    words = segmenting.words(phrase)
    parts = [part for word in words for part in segmenting.inner_words(word)]
    parts += words if len(words) > 1 else []
    return [part for part in parts if len(part) > 1 and part not in EMPTY | FAINT]


def word_concept(word: str) -> Concept:
    found: dict[tuple[str, ...], float] = {(word,): EXACT}
    for inner in inner_words(word):
        found.setdefault((inner,), INNER)
    faint = word in FAINT or (len(word) == 1 and bool(CHINESE.match(word)))
    return Concept(word, alternatives(found), WEAK if faint else PLAIN, required=not faint)


def age_concept(surface: str, codes: tuple[str, ...]) -> Concept:
    found: dict[tuple[str, ...], float] = {(tag_token("age", c),): EXACT for c in codes}
    return Concept(surface, alternatives(found), PLAIN, required=False)


def alternatives(found: dict[tuple[str, ...], float]) -> tuple[Alternative, ...]:
    return tuple(Alternative(terms, factor) for terms, factor in found.items() if terms)


def concepts(folded: str, vocabulary: Vocabulary) -> tuple[Concept, ...]:
    """The concepts of a folded query in the order they were said, the first eight."""
    said = ages.find(folded, list(vocabulary.stages))
    found = [(word.start, age_concept(folded[word.start : word.end], word.codes)) for word in said]
    position = 0
    for word in said:
        found += _between(folded, position, word.start, vocabulary)
        position = word.end
    found += _between(folded, position, len(folded), vocabulary)
    ordered = [concept for _place, concept in sorted(found, key=lambda pair: pair[0])]
    return required_somewhere(distinct(ordered))


def _between(
    folded: str, start: int, end: int, vocabulary: Vocabulary
) -> Iterator[tuple[int, Concept]]:
    """Named phrases, the longest first at every place, and the words between them."""
    known = vocabulary.phrases()
    loose = start
    place = start
    while place < end:
        phrase = longest_phrase(folded[place : min(end, place + LONGEST_PHRASE)], known)
        if not phrase:
            place += 1
            continue
        yield from _words(folded, loose, place)
        yield place, phrase_concept(phrase, vocabulary)
        place = loose = place + len(phrase)
    yield from _words(folded, loose, end)


def longest_phrase(text: str, known: set[str]) -> str:
    for length in range(len(text), 1, -1):
        if text[:length] in known:
            return text[:length]
    return ""


def _words(folded: str, start: int, end: int) -> Iterator[tuple[int, Concept]]:
    place = start
    for word in segmenting.words(folded[start:end]):
        place = folded.find(word, place)
        yield place, word_concept(word)


def distinct(found: list[Concept]) -> list[Concept]:
    return list({concept.surface: concept for concept in found}.values())


def required_somewhere(found: list[Concept]) -> tuple[Concept, ...]:
    """Empty words go, unless nothing else was said; what is left must ask for something."""
    telling = [concept for concept in found if concept.surface not in EMPTY] or found
    telling = telling[:MOST_CONCEPTS]
    if not any(concept.required for concept in telling):
        telling = [replace(concept, required=True) for concept in telling]
    return tuple(telling)
