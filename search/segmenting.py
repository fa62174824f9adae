"""Chinese text cut into words, the same way for documents and for queries.

jieba in search mode, with the domain's own words beside its dictionary and without guessing
unknown ones (HMM): a guess differs with the words around it, so a query would miss it. The
dictionary is loaded once a process, at the first text: about one second.
"""

import gc
import logging
import re
import threading
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import Any

from search.folding import fold

HERE = Path(__file__).parent
TOKEN = re.compile(r"[^\W_]+")
CHINESE = re.compile(r"[\u3400-\u9fff]+")
LONGEST_TOKEN = 40

_lock = threading.Lock()


@lru_cache(maxsize=1)
def _tokenizer() -> Any:
    jieba = import_module("jieba")  # half a second that only those who search should pay
    jieba.setLogLevel(logging.WARNING)
    tokenizer = jieba.Tokenizer()
    tokenizer.initialize()
    for word in domain_words():
        tokenizer.add_word(word)
    # Here for good: looking through it for garbage took a request 0.1 to 0.2 s now and then.
    gc.freeze()
    return tokenizer


def tokenizer() -> Any:
    with _lock:
        return _tokenizer()


@lru_cache(maxsize=8)
def word_list(name: str) -> tuple[str, ...]:
    """The words of one of the files beside this one, without its comments."""
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    return tuple(word for line in lines if not line.startswith("#") for word in line.split())


FUNCTION = re.compile(r"^(\S+) \d+ (?:df?|p|c|u\w?|r\w?|y|e|o)$", re.MULTILINE)
"""Adverbs, prepositions, conjunctions, particles, pronouns, cries: as jieba's dictionary says."""
PLACING = re.compile(r"^(\S+) \d+ (?:mq?|q|f|t|s)$", re.MULTILINE)
"""Numbers, measures, directions, times and places."""


@lru_cache(maxsize=2)
def dictionary_words(sort: re.Pattern[str]) -> frozenset[str]:
    """The words of a sort in jieba's dictionary, but for those the domain made its own."""
    text = Path(import_module("jieba").__file__ or "").with_name("dict.txt").read_text("utf-8")
    return frozenset(sort.findall(text)) - frozenset(domain_words())


def domain_words() -> tuple[str, ...]:
    """What parents and experts say and jieba's dictionary does not know."""
    return word_list("words.txt")


def terms(text: str) -> list[str]:
    """The index terms of a text: its words and the shorter words inside them."""
    return _tokens(tokenizer().cut_for_search(fold(text), HMM=False))


def cut(folded: str) -> list[str]:
    """The folded text in words and signs: joined again it is the same."""
    return list(tokenizer().cut(folded, HMM=False))


def words(folded: str) -> list[str]:
    """The words of a folded text side by side, none inside another."""
    return _tokens(tokenizer().cut(folded, HMM=False))


def frequency(word: str) -> int:
    """How often a word stands in what jieba's dictionary was counted in."""
    return int(tokenizer().FREQ.get(word) or 0)


@lru_cache(maxsize=10_000)
def inner_words(word: str) -> tuple[str, ...]:
    """The shorter words inside a word, two characters at least."""
    found = _tokens(tokenizer().cut_for_search(word, HMM=False))
    return tuple(part for part in found if part != word and len(part) > 1)


def _tokens(parts: object) -> list[str]:
    return [
        token[:LONGEST_TOKEN]
        for part in parts  # type: ignore[attr-defined]
        for token in TOKEN.findall(part)
    ]
