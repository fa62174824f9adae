"""The words that can be meant, by sound and by look: those of what is published, and the
taxonomy's. Kept in each process until the words change."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from search import pinyin, segmenting, wording
from search.models import Word
from search.segmenting import CHINESE
from search.terms import Vocabulary
from search.vocabulary import version as vocabulary_version
from search.wording import is_telling, undoubled

SHORTEST_LOOK = 3
"""Two characters with one of them wrong could be anything; they are only compared by sound."""

MOST_SHARING = 3
"""A character that more known words have than this tells too little of what was meant."""


@dataclass
class Lexicon:
    """`counts`: word → how many documents have it (taxonomy words at least one).

    `in_texts` are those that published texts have, for suggestions, also sorted two ways;
    `named` those that the taxonomy, the synonyms or the domain's dictionary know.
    """

    counts: dict[str, int] = field(default_factory=dict)
    by_pinyin: dict[str, list[str]] = field(default_factory=dict)
    by_initials: dict[str, list[str]] = field(default_factory=dict)
    by_sound: dict[str, list[str]] = field(default_factory=dict)
    by_look: dict[str, list[str]] = field(default_factory=dict)
    latin: list[str] = field(default_factory=list)
    in_texts: frozenset[str] = frozenset()
    named: frozenset[str] = frozenset()
    published: list[str] = field(default_factory=list)
    published_by_pinyin: list[str] = field(default_factory=list)
    by_pair: dict[str, list[str]] = field(default_factory=dict)
    by_character: dict[str, list[str]] = field(default_factory=dict)

    def like(self, word: str) -> list[str]:
        """Known words that an unknown one looks like: what it doubles, what holds it, known
        words in it, and those that share a character with it that few have."""
        doubled = [form for form in undoubled(word) if form in self.counts]
        if doubled:
            return doubled
        pairs = [word[place : place + 2] for place in range(len(word) - 1)]
        if len(word) == 2:
            found = [w for w in self.by_pair.get(word, ()) if w in self.counts]
        else:
            found = [pair for pair in pairs if pair in self.counts and is_telling(pair)]
        if not found:
            for character in word:
                sharing = self.by_character.get(character, ())
                found += sharing if len(sharing) <= MOST_SHARING else ()
        return sorted(set(found), key=lambda w: (-self.counts[w], len(w), w))

    def best(self, words: Iterable[str]) -> str:
        """The one that most documents have, the shortest of equals; empty for none."""
        ranked = sorted(words, key=lambda word: (-self.counts.get(word, 0), len(word), word))
        return ranked[0] if ranked else ""


def read(vocabulary: Vocabulary) -> Lexicon:
    return _read(vocabulary_version(), vocabulary.phrases, vocabulary.names)


@lru_cache(maxsize=2)
def _read(version: str, phrases: frozenset[str], names: frozenset[str]) -> Lexicon:
    counts = dict(Word.objects.values_list("text", "count"))
    in_texts = frozenset(counts)
    for phrase in (
        *sorted(phrases),
        *segmenting.domain_words(),
        *segmenting.word_list("small_words.txt"),
        *sorted(wording.FAINT),
    ):
        counts.setdefault(phrase, 1)
    return build(counts, in_texts, names | frozenset(segmenting.domain_words()))


def build(
    counts: dict[str, int],
    in_texts: frozenset[str] = frozenset(),
    named: frozenset[str] = frozenset(),
) -> Lexicon:
    lexicon = Lexicon(
        counts,
        named=named,
        latin=[word for word in counts if not CHINESE.fullmatch(word)],
        in_texts=in_texts,
        published=sorted(in_texts),
        published_by_pinyin=sorted(in_texts, key=pinyin.full),
    )
    for word in counts.keys() - set(lexicon.latin):
        lexicon.by_pinyin.setdefault(pinyin.full(word), []).append(word)
        for pair in {word[place : place + 2] for place in range(len(word) - 1)}:
            lexicon.by_pair.setdefault(pair, []).append(word)
        for character in set(word) if len(word) > 1 else ():
            lexicon.by_character.setdefault(character, []).append(word)
        if not (word in in_texts or word in named):
            continue
        lexicon.by_initials.setdefault(pinyin.initials(word), []).append(word)
        lexicon.by_sound.setdefault(pinyin.loose(word), []).append(word)
        for look in looks(word) if is_one(word) else ():
            lexicon.by_look.setdefault(look, []).append(word)
    return lexicon


def is_one(word: str) -> bool:
    """防溺水 is one word; of 不想活, said of three, another letter makes another sentence."""
    return len(word) >= SHORTEST_LOOK and len(segmenting.words(word)) == 1


def looks(word: str) -> list[str]:
    """The word with each of its characters left open."""
    return [f"{word[:place]}*{word[place + 1 :]}" for place in range(len(word))]
