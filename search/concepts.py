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
EXACT, INNER, SAME, TAG, AGED = 1.0, 0.3, 0.45, 1.0, 0.5
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
    faint = phrase in FAINT
    return Concept(phrase, alternatives(found), WEAK if faint else HEAVY, required=not faint)


def sequence(phrase: str) -> tuple[str, ...]:
    """The index terms of a phrase in their order; of one word, the word alone."""
    words = segmenting.words(phrase)
    return tuple(words) if len(words) == 1 else tuple(segmenting.terms(phrase))


def inner_words(phrase: str) -> list[str]:
    """The words a phrase is made of, without those that tell nothing or little."""
    words = segmenting.words(phrase)
    parts = [part for word in words for part in segmenting.inner_words(word)]
    parts += words if len(words) > 1 else []
    return [part for part in parts if len(part) > 1 and is_telling(part)]


def is_empty(word: str) -> bool:
    return word in EMPTY or word in segmenting.dictionary_words(segmenting.FUNCTION)


def is_faint(word: str) -> bool:
    single = len(word) == 1 and bool(CHINESE.match(word))
    return single or word in FAINT or word in segmenting.dictionary_words(segmenting.PLACING)


def is_telling(word: str) -> bool:
    return not is_empty(word) and not is_faint(word)


def word_concept(word: str) -> Concept:
    found: dict[tuple[str, ...], float] = {(word,): EXACT}
    for inner in inner_words(word):
        found.setdefault((inner,), INNER)
    faint = is_faint(word)
    return Concept(word, alternatives(found), WEAK if faint else PLAIN, required=not faint)


def age_concept(surface: str, codes: tuple[str, ...]) -> Concept:
    """A number of years: it ranks, but what it is about must be asked for besides."""
    found: dict[tuple[str, ...], float] = {(tag_token("age", c),): EXACT for c in codes}
    return Concept(surface, alternatives(found), PLAIN, required=False)


def with_ages(concept: Concept, codes: tuple[str, ...]) -> Concept:
    """A name of an age such as 新生儿: a subject, found in what is for that age as well."""
    tags = tuple(Alternative((tag_token("age", code),), AGED) for code in codes)
    return replace(concept, alternatives=(*concept.alternatives, *tags))


def says_nothing(concept: Concept) -> bool:
    """An empty word, unless it is the name of something (which weighs HEAVY)."""
    known = concept.weight == HEAVY
    return concept.surface in EMPTY or (not known and is_empty(concept.surface))


def alternatives(found: dict[tuple[str, ...], float]) -> tuple[Alternative, ...]:
    return tuple(Alternative(terms, factor) for terms, factor in found.items() if terms)


def concepts(folded: str, vocabulary: Vocabulary) -> tuple[Concept, ...]:
    """The concepts of a folded query in the order they were said, the first eight."""
    found: list[Concept] = []
    position = 0
    known = vocabulary.phrases
    for word in ages.find(folded, list(vocabulary.stages)):
        if is_inside_phrase(folded, word.start, word.end, known):
            continue
        found += _between(folded[position : word.start], vocabulary)
        surface = folded[word.start : word.end]
        if word.is_name:
            found.append(with_ages(concept_of(surface, vocabulary), word.codes))
        else:
            found.append(age_concept(surface, word.codes))
        position = word.end
    return required_somewhere(distinct([*found, *_between(folded[position:], vocabulary)]))


def _between(text: str, vocabulary: Vocabulary) -> Iterator[Concept]:
    """Named phrases, the longest first at every place, and the words between them."""
    known = vocabulary.phrases
    loose = place = 0
    while place < len(text):
        phrase = longest_phrase(text[place : place + LONGEST_PHRASE], known)
        if not phrase:
            place += 1
            continue
        yield from _words(text[loose:place], vocabulary)
        yield phrase_concept(phrase, vocabulary)
        place = loose = place + len(phrase)
    yield from _words(text[loose:], vocabulary)


def is_inside_phrase(folded: str, start: int, end: int, known: frozenset[str]) -> bool:
    """高中 in 考不上高中 is no age."""
    for first in range(max(0, end - LONGEST_PHRASE), start + 1):
        phrase = longest_phrase(folded[first : first + LONGEST_PHRASE], known)
        if len(phrase) > end - start and first + len(phrase) >= end:
            return True
    return False


def longest_phrase(text: str, known: frozenset[str]) -> str:
    for length in range(len(text), 1, -1):
        if text[:length] in known:
            return text[:length]
    return ""


def _words(text: str, vocabulary: Vocabulary) -> Iterator[Concept]:
    return (concept_of(word, vocabulary) for word in segmenting.words(text))


def concept_of(word: str, vocabulary: Vocabulary) -> Concept:
    known = word in vocabulary.same or word in vocabulary.by_word
    return phrase_concept(word, vocabulary) if known else word_concept(word)


def distinct(found: list[Concept]) -> list[Concept]:
    return list({concept.surface: concept for concept in found}.values())


def required_somewhere(found: list[Concept]) -> tuple[Concept, ...]:
    """Empty words go, unless nothing else was said; what is left must ask for something."""
    telling = [concept for concept in found if not says_nothing(concept)] or found
    telling = telling[:MOST_CONCEPTS]
    if not any(concept.required for concept in telling):
        telling = [replace(concept, required=True) for concept in telling]
    return tuple(telling)
