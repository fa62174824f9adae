"""What the taxonomy and the editors say at this moment: read at query time, never at import."""

import re
from dataclasses import dataclass, field

from cms.models import AgeStage, Circumstance, Topic
from search.ages import Stage
from search.folding import fold
from search.models import Synonym

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
    """The taxonomy in its order and the groups of synonyms, folded."""

    named: tuple[Named, ...] = ()
    stages: tuple[Stage, ...] = ()
    groups: tuple[tuple[str, ...], ...] = ()
    by_word: dict[str, list[Named]] = field(default_factory=dict)
    same: dict[str, list[str]] = field(default_factory=dict)

    def of_group(self, group: str) -> list[Named]:
        return [term for term in self.named if term.group == group]

    def phrases(self) -> set[str]:
        return self.by_word.keys() | self.same.keys()


def read() -> Vocabulary:
    """Four queries, whatever the size."""
    ages = list(AgeStage.objects.all())
    named = [Named("age", stage.code, stage.name, ()) for stage in ages]
    named += [
        Named("circumstance", c.code, c.name, (*name_words(c.name), *map(fold, c.also)))
        for c in Circumstance.objects.all()
    ]
    named += [
        Named("topic", t.code, t.name, tuple(name_words(t.name))) for t in Topic.objects.all()
    ]
    groups = tuple(tuple(map(fold, synonym.group())) for synonym in Synonym.objects.all())
    return vocabulary(named, [Stage(s.code, s.min_age, s.max_age) for s in ages], groups)


def vocabulary(
    named: list[Named], stages: list[Stage], groups: tuple[tuple[str, ...], ...]
) -> Vocabulary:
    by_word: dict[str, list[Named]] = {}
    for term in named:
        for word in term.words:
            by_word.setdefault(word, []).append(term)
    same: dict[str, list[str]] = {}
    for group in groups:
        for word in group:
            others = same.setdefault(word, [])
            others += [other for other in group if other != word and other not in others]
    return Vocabulary(tuple(named), tuple(stages), groups, by_word, same)
