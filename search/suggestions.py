"""What to go on typing: words of what is published, terms of the taxonomy that something is
about, titles. By the characters, by pinyin or by its first letters."""

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice

from search import lexicon, pinyin, segmenting
from search.engines import embedded
from search.folding import fold
from search.lexicon import Lexicon
from search.models import Document
from search.query import Query
from search.terms import Vocabulary

MOST_WORDS, MOST_TITLES, MOST_TERMS = 4, 3, 2
LONGEST = 20
MOST_LOOKED_AT = 200


@dataclass(frozen=True)
class Suggestion:
    """`kind` is word, circumstance, topic or page."""

    text: str
    url: str
    kind: str


def suggest(typed: str, vocabulary: Vocabulary) -> list[Suggestion]:
    folded = fold(typed)[:LONGEST]
    if not folded:
        return []
    named = terms(folded, vocabulary)
    taken = {one.text for one in named}
    words = [word for word in beginning(folded, lexicon.read(vocabulary)) if word not in taken]
    found = [Suggestion(word, Query(word).url(), "word") for word in words[:MOST_WORDS]]
    return [*named, *found, *titles(folded)]


def terms(folded: str, vocabulary: Vocabulary) -> list[Suggestion]:
    """Circumstances and topics whose words begin so, as far as something is about them."""
    near = [
        term
        for term in vocabulary.named
        if any(word.startswith(folded) or folded in by_sound(word) for word in term.words)
    ]
    used = embedded.having() if near else {}
    return [
        Suggestion(term.name, Query(chosen={term.group: (term.code,)}).url(), term.group)
        for term in near
        if term.code in used[term.group]
    ][:MOST_TERMS]


def by_sound(word: str) -> set[str]:
    return {pinyin.full(word), pinyin.initials(word)}


def beginning(folded: str, words: Lexicon) -> list[str]:
    """Published words that begin so, the most used first."""
    letters = folded.replace(" ", "")
    found = set(starting(words.published, folded, str))
    if letters.isascii() and letters.isalpha() and len(letters) > 1:
        found |= set(starting(words.published_by_pinyin, letters, pinyin.full))
        found |= {w for w in words.by_initials.get(letters, ()) if w in words.in_texts}
    return sorted(found, key=lambda word: (-words.counts[word], len(word), word))


def starting(words: list[str], start: str, key: Callable[[str], str]) -> list[str]:
    """The run of a list, sorted by `key`, whose keys begin so."""
    first = bisect_left(words, start, key=key)
    last = bisect_left(words, start + "\uffff", key=key)
    return words[first:last]


def titles(folded: str) -> list[Suggestion]:
    """The most finished resources that are called so; the rows themselves carry whole texts."""
    words = segmenting.words(folded) if len(folded) > 1 else []
    near = embedded.titled(words, MOST_LOOKED_AT) if words else []
    called = (
        Document.objects.filter(pk__in=near)
        .order_by("-popularity", "-published_at")
        .values_list("title", "url")
    )
    shown = (one for one in called if folded in fold(one[0])) if near else iter(())
    return [Suggestion(title, url, "page") for title, url in islice(shown, MOST_TITLES)]
