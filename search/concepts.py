"""What a parent means: the query cut into concepts, each with the ways a text may say it.

A concept is found when one of its alternatives is. Words that every parent says of every
child weigh nothing; an age or a single character ranks, but is not asked for.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from search import ages, segmenting, wording
from search.lexicon import Lexicon
from search.segmenting import CHINESE
from search.terms import Vocabulary, is_tag, tag_token
from search.themes import Theme, about
from search.wording import EMPTY, FAINT, Piece, is_empty, is_faint, is_telling

MOST_CONCEPTS = 8
LONGEST_PHRASE = 12
MOST_BETWEEN = 4
MOST_SAME, MOST_BESIDE = 10, 4
MOST_LIKE = 3
MOST_BESIDE_NAME = 2
EXACT, MEANT, INNER, SAME, TAG, AGED, LIKE = 1.0, 0.7, 0.3, 0.45, 1.0, 0.5, 0.4
HEAVY, PLAIN, THEME, WEAK = 1.5, 1.0, 1.0, 0.3
LATIN = re.compile("[a-z0-9]")


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


def phrase_concept(phrase: str, vocabulary: Vocabulary, lexicon: Lexicon) -> Concept:
    """Something with a name: what it is called, its tag, and the other words for it."""
    meant = vocabulary.meant.get(phrase, [])
    same = vocabulary.same.get(phrase, [])
    found = {sequence(phrase): EXACT}
    names = [phrase, *meant, *same]
    for named in (term for name in names for term in vocabulary.by_word.get(name, [])):
        found.setdefault((named.token,), TAG)
    for other in meant[:MOST_SAME]:
        found.setdefault(sequence(other), MEANT)
    for other in tried(same, lexicon)[: MOST_BESIDE if meant else MOST_SAME]:
        found.setdefault(sequence(other), SAME)
    for inner in inner_words(phrase):
        found.setdefault((inner,), INNER)
    faint = phrase in FAINT
    return Concept(phrase, alternatives(found), WEAK if faint else HEAVY, required=not faint)


def tried(same: list[str], lexicon: Lexicon) -> list[str]:
    """The other words that are looked for: first those that titles and summaries have, then
    other single words; what is only said, in several words, comes last."""

    def rank(numbered: tuple[int, str]) -> tuple[int, int]:
        place, word = numbered
        if word in lexicon.in_texts:
            return (0, place)
        return (1 if len(sequence(word)) == 1 else 2, place)

    return [word for _place, word in sorted(enumerate(same), key=rank)]


@lru_cache(maxsize=20_000)
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


def word_concept(word: str, like: list[str]) -> Concept:
    """A word without a name, and `like`, known ones that look like it."""
    found: dict[tuple[str, ...], float] = {sequence(word): EXACT}
    for other in like:
        found.setdefault(sequence(other), LIKE)
    for inner in inner_words(word):
        found.setdefault((inner,), INNER)
    faint = is_faint(word)
    return Concept(word, alternatives(found), WEAK if faint else PLAIN, required=not faint)


def theme_concepts(theme: Theme, said: list[Concept], vocabulary: Vocabulary) -> list[Concept]:
    """What the sentence as a whole is about, as far as none of its concepts looks for it."""
    found: dict[tuple[str, ...], float] = {}
    for word in theme.finds:
        found.setdefault(sequence(word), MEANT)
        for named in vocabulary.by_word.get(word, []):
            found.setdefault((named.token,), MEANT)
    for one in (one for concept in said for one in concept.alternatives if one.factor >= MEANT):
        found.pop(one.terms, None)
    return [Concept(" ".join(theme.finds), alternatives(found), THEME)] if found else []


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


def concepts(folded: str, vocabulary: Vocabulary, lexicon: Lexicon) -> tuple[Concept, ...]:
    """The concepts of a folded query in the order they were said, the first eight."""
    found: list[Concept] = []
    position = 0
    known = vocabulary.phrases
    for word in ages.find(folded, list(vocabulary.stages)):
        if is_inside_phrase(folded, word.start, word.end, known):
            continue
        found += _between(folded[position : word.start], vocabulary, lexicon)
        surface = folded[word.start : word.end]
        if word.is_name:
            found.append(with_ages(concept_of(surface, vocabulary, lexicon), word.codes))
        else:
            found.append(age_concept(surface, word.codes))
        position = word.end
    found += _between(folded[position:], vocabulary, lexicon)
    theme = None if is_name(folded, found, vocabulary) else about(folded, vocabulary.themes)
    found += theme_concepts(theme, found, vocabulary) if theme else []
    return required_somewhere(distinct(found))


def is_name(folded: str, found: list[Concept], vocabulary: Vocabulary) -> bool:
    """Whether all that was said is what something is called: 校园欺凌 is about nothing else."""
    asked = [one.surface for one in found if one.required and not says_nothing(one)]
    return (
        len(asked) == 1
        and asked[0] in vocabulary.names
        and len(folded) <= len(asked[0]) + MOST_BESIDE_NAME
    )


def _between(text: str, vocabulary: Vocabulary, lexicon: Lexicon) -> Iterator[Concept]:
    """Named phrases, the longest first at every place, and the words between them."""
    said = wording.pieces(text)
    loose = place = 0
    while place < len(text):
        phrase, end = phrase_at(text, place, said, vocabulary)
        if not phrase:
            place += 1
            continue
        yield from _words(text[loose:place], vocabulary, lexicon)
        yield phrase_concept(phrase, vocabulary, lexicon)
        place = loose = end
    yield from _words(text[loose:], vocabulary, lexicon)


def phrase_at(text: str, place: int, said: list[Piece], vocabulary: Vocabulary) -> tuple[str, int]:
    """The phrase that takes most of the text from this place on, and where it ends."""
    phrase = longest_phrase(text[place : place + LONGEST_PHRASE], vocabulary.phrases)
    end = place + len(phrase)
    begun = [piece for piece in said if place <= piece.start < place + LONGEST_PHRASE]
    if not begun or begun[0].start != place:
        return phrase, end
    for count in range(min(len(begun), 5), 1, -1):
        stop = begun[count - 1].end
        if stop <= end:
            break
        skeleton = "".join(piece.text for piece in begun[:count])
        meant = vocabulary.skeletons.get(skeleton, "")
        between = stop - place - len(skeleton)
        if meant and between <= MOST_BETWEEN and not LATIN.search(text[place:stop]):
            return meant, stop
    return phrase, end


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


def _words(text: str, vocabulary: Vocabulary, lexicon: Lexicon) -> Iterator[Concept]:
    for word in runs(segmenting.words(text), lexicon):
        yield concept_of(word, vocabulary, lexicon)


def runs(words: list[str], lexicon: Lexicon) -> Iterator[str]:
    """Single characters side by side are one word that the dictionary does not know, if it
    looks like one that is known."""
    single: list[str] = []
    for word in [*words, ""]:
        if len(word) == 1 and CHINESE.match(word) and not is_empty(word):
            single.append(word)
            continue
        run = "".join(single)
        yield from [run] if 2 <= len(run) <= 4 and lexicon.like(run) else single
        single = []
        if word:
            yield word


def concept_of(word: str, vocabulary: Vocabulary, lexicon: Lexicon) -> Concept:
    if word in vocabulary.phrases:
        return phrase_concept(word, vocabulary, lexicon)
    if is_tag(word):  # ours, not a word: typed, it must not ask for a tag
        return replace(NOTHING, surface=word)
    if len(word) == 1 or word in lexicon.counts or not is_telling(word):
        return word_concept(word, [])
    like = lexicon.like(word)
    if like and like[0] in vocabulary.phrases and like[0] in wording.undoubled(word):
        return phrase_concept(like[0], vocabulary, lexicon)
    return word_concept(word, like[:MOST_LIKE])


def distinct(found: list[Concept]) -> list[Concept]:
    return list({concept.surface: concept for concept in found}.values())


def required_somewhere(found: list[Concept]) -> tuple[Concept, ...]:
    """Empty words go, unless nothing else was said; what is left must ask for something."""
    telling = [concept for concept in found if not says_nothing(concept)] or found
    telling = telling[:MOST_CONCEPTS]
    if not any(concept.required for concept in telling):
        telling = [replace(concept, required=True) for concept in telling]
    return tuple(telling)
