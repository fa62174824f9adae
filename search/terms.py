"""What the taxonomy and the editors say at this moment: read at query time, never at import."""

import re
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from cms.models import AgeStage, Circumstance, Topic
from search import wording
from search.ages import Stage
from search.folding import fold
from search.models import Synonym
from search.themes import Theme, themes
from search.words import split_words

# "作业与双减" is found by either half; "留守儿童" also by "留守".
PARTS = re.compile(r"[、与和及]")
TAILS = ("儿童", "家庭", "未成年人", "管理")

GROUPS = ("age", "circumstance", "topic")


@dataclass(frozen=True)
class Named:
    """A term of the taxonomy with the words that find it."""

    group: str
    code: str
    name: str
    words: tuple[str, ...]

    @property
    def token(self) -> str:
        return tag_token(self.group, self.code)


def tag_token(group: str, code: str) -> str:
    """The word under which a tag stands in the index, whatever it is called today."""
    return f"tag{group}{code.lower().replace('-', 'z').replace('_', 'y')}"


def is_tag(term: str) -> bool:
    return term.startswith(tuple(f"tag{group}" for group in GROUPS))


def name_words(name: str) -> list[str]:
    """A name, its parts, and its parts without the tail that many names have."""
    folded = fold(name)
    words = [folded]
    for part in PARTS.split(folded):
        words.append(part)
        words += [part.removesuffix(tail) for tail in TAILS if part.endswith(tail)]
    return [word for word in dict.fromkeys(words) if len(word) > 1]


@dataclass(frozen=True)
class Vocabulary:
    """The taxonomy in its order and the groups of synonyms, folded. Shared: not to be changed.

    `same` are the words that are as good as another, `meant` what texts say instead of it,
    `phrases` all the words that it knows.
    """

    named: tuple[Named, ...] = ()
    stages: tuple[Stage, ...] = ()
    by_word: dict[str, list[Named]] = field(default_factory=dict)
    same: dict[str, list[str]] = field(default_factory=dict)
    meant: dict[str, list[str]] = field(default_factory=dict)
    phrases: frozenset[str] = frozenset()
    groups: list[tuple[list[str], list[str]]] = field(default_factory=list)

    @cached_property
    def themes(self) -> list[Theme]:
        return themes(self.groups)

    @cached_property
    def names(self) -> frozenset[str]:
        """What something is called, and may have been meant by what was mistyped; not what is
        only said of it."""
        return frozenset(self.by_word.keys() | self.same.keys())

    @cached_property
    def skeletons(self) -> dict[str, str]:
        """The phrases without small words, and as they are → the phrases."""
        found = {phrase: phrase for phrase in self.phrases}
        for phrase in sorted(self.phrases):
            for skeleton in wording.skeletons(phrase):
                found.setdefault(skeleton, phrase)
        return found

    def of_group(self, group: str) -> list[Named]:
        return [term for term in self.named if term.group == group]


def read() -> Vocabulary:
    """Four queries, whatever the size; what they say is folded anew only when it changed."""
    ages = AgeStage.objects.values_list("code", "name", "min_age", "max_age")
    circumstances = Circumstance.objects.values_list("code", "name", "also")
    topics = Topic.objects.values_list("code", "name")
    return _vocabulary(
        tuple(ages),
        tuple((code, name, tuple(also)) for code, name, also in circumstances),
        tuple(topics),
        tuple(Synonym.objects.values_list("words", "finds")),
    )


@lru_cache(maxsize=2)
def _vocabulary(
    ages: tuple[tuple[str, str, int | None, int | None], ...],
    circumstances: tuple[tuple[str, str, tuple[str, ...]], ...],
    topics: tuple[tuple[str, str], ...],
    synonyms: tuple[tuple[str, str], ...],
) -> Vocabulary:
    named = [Named("age", code, name, ()) for code, name, _least, _most in ages]
    named += [
        Named("circumstance", code, name, (*name_words(name), *map(fold, also)))
        for code, name, also in circumstances
    ]
    named += [Named("topic", code, name, tuple(name_words(name))) for code, name in topics]
    stages = [Stage(code, least, most) for code, _name, least, most in ages]
    return vocabulary(named, stages, [(folded(words), folded(finds)) for words, finds in synonyms])


def folded(words: str) -> list[str]:
    return [fold(word) for word in split_words(words)]


def vocabulary(
    named: list[Named], stages: list[Stage], groups: list[tuple[list[str], list[str]]]
) -> Vocabulary:
    by_word: dict[str, list[Named]] = {}
    for term in named:
        for word in term.words:
            by_word.setdefault(word, []).append(term)
    same: dict[str, list[str]] = {}
    meant: dict[str, list[str]] = {}
    for words, finds in groups:
        for word in words:
            others = (meant if finds else same).setdefault(word, [])
            others += [one for one in finds or words if one != word and one not in others]
    phrases = frozenset(by_word.keys() | same.keys() | meant.keys())
    return Vocabulary(tuple(named), tuple(stages), by_word, same, meant, phrases, groups)
