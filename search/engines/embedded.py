"""The engine on the project's own database: FTS5 on SQLite, tsvector on PostgreSQL.

Both vendors answer one question, which texts have one of these words and how strongly; what
is made of the answers is the same Python (docs/decisions/0050, 0055).
"""

import math
import time
from collections import Counter
from dataclasses import replace
from functools import lru_cache, reduce
from heapq import nlargest
from operator import or_
from typing import Any

from django.db import connection
from django.db.models import Count, Q, QuerySet

from search import facets, ranking, vocabulary
from search.concepts import Concept
from search.engines import postgresql, sqlite
from search.engines.door import Entry, Hits, Row, Way, page_of
from search.models import Document
from search.query import PAGE_SIZE, Query
from search.terms import is_tag, tag_token

name = "embedded"


def vendor() -> Any:
    return postgresql if connection.vendor == "postgresql" else sqlite


def search(query: Query, concepts: tuple[Concept, ...]) -> Hits:
    return _search_text(query, concepts) if concepts else _browse(query)


def put(entries: list[Entry]) -> None:
    vendor().remove([entry.page_id for entry in entries])
    vendor().put(entries)


def remove(page_ids: list[int]) -> None:
    vendor().remove(page_ids)


def indexed() -> set[int]:
    return vendor().indexed()


def titled(words: list[str], most: int) -> list[int]:
    """So many at most of the texts in whose titles words begin with each of these."""
    found: list[int] = vendor().titled(words, most)
    return found


# -- without words: everything, narrowed ------------------------------------------------
ORDERS = {
    "relevance": ["-popularity", "-published_at", "-pk"],
    "newest": ["-published_at", "-pk"],
    "finished": ["-popularity", "-published_at", "-pk"],
}


def _browse(query: Query) -> Hits:
    if query.without:
        counts = facets.count(_signatures(query.without), query)
    else:
        counts = _counts_of(vocabulary.version(), tuple(query.chosen.items()))
    page, pages = page_of(counts.total, query.page)
    found = _narrowed(query).order_by(*ORDERS[query.order]).values_list("pk", flat=True)
    return Hits(list(found[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]), counts, page, pages)


def _signatures(without: frozenset[int]) -> dict[str, int]:
    kept = Document.objects.exclude(pk__in=without).order_by()
    return dict(kept.values_list("signature").annotate(Count("pk")))


@lru_cache(maxsize=4)
def _all_signatures(version: str) -> dict[str, int]:
    return _signatures(frozenset())


@lru_cache(maxsize=500)
def _counts_of(version: str, chosen: tuple[tuple[str, tuple[str, ...]], ...]) -> facets.Counts:
    """What everything counts, narrowed so; until the next document changes."""
    return facets.count(_all_signatures(version), Query(chosen=dict(chosen)))


def has_any(group: str, code: str) -> bool:
    """Whether something that everybody may see is tagged so."""
    counts = _counts_of(vocabulary.version(), ())
    return bool(counts.by_group[group].get(code))


def _narrowed(query: Query) -> QuerySet[Document]:
    documents = Document.objects.exclude(pk__in=query.without)
    for group in facets.GROUPS:
        if codes := query.codes(group):
            has = (Q(signature__contains=f" {group}:{code} ") for code in codes)
            documents = documents.filter(reduce(or_, has))
    return documents


# -- with words --------------------------------------------------------------------------
def _search_text(query: Query, concepts: tuple[Concept, ...]) -> Hits:
    rows = _rows(concepts)
    if not rows and not all(concept.required for concept in concepts):
        # Nothing says what was asked for: what was said besides is all there is to go by.
        concepts = tuple(replace(concept, required=True) for concept in concepts)
        rows = _rows(concepts)
    known = reduce(or_, (row[2] for row in rows), 0)
    masks = {row[2] for row in rows}
    fine = {m: ranking.coverage(m, concepts) for m in masks if ranking.enough(m, known, concepts)}
    rows = [row for row in rows if row[2] in fine and row[0] not in query.without]
    signatures = Counter(row[3] for row in rows)
    counts = facets.count(signatures, query)
    if query.is_narrowed():
        passing = facets.passing(signatures, query)
        rows = [row for row in rows if row[3] in passing]
    page, pages = page_of(counts.total, query.page)
    keys = KEYS[query.order](rows, fine)
    shown = nlargest(page * PAGE_SIZE, keys)[(page - 1) * PAGE_SIZE :]
    return Hits([key[-1] for key in shown], counts, page, pages)


def _by_relevance(rows: list[Row], fine: dict[int, float]) -> list[tuple[float, ...]]:
    return list(zip(_scores(rows, fine), (r[5] for r in rows), (r[0] for r in rows), strict=True))


def _by_newness(rows: list[Row], fine: dict[int, float]) -> list[tuple[float, ...]]:
    return [(row[5], row[0]) for row in rows]


def _by_popularity(rows: list[Row], fine: dict[int, float]) -> list[tuple[float, ...]]:
    scores = _scores(rows, fine)
    return [(row[4], score, row[0]) for row, score in zip(rows, scores, strict=True)]


def _scores(rows: list[Row], fine: dict[int, float]) -> list[float]:
    now = time.time()
    return [
        ranking.score(text_score, fine[matched], ranking.prior(popularity, published, now))
        for _page, text_score, matched, _signature, popularity, published in rows
    ]


KEYS: dict[str, Any] = {
    "relevance": _by_relevance,
    "newest": _by_newness,
    "finished": _by_popularity,
}


def _rows(concepts: tuple[Concept, ...]) -> list[Row]:
    """Every text that holds something of what is required, scored by all that was said."""
    numbered = list(enumerate(concepts))
    tagged = [(place, c) for place, c in numbered if not c.required and _is_tagged(c)]
    beside = [(place, c) for place, c in numbered if not c.required and not _is_tagged(c)]
    asked = [(place, c) for place, c in numbered if c.required]
    rows: list[Row] = vendor().rows(_ways(asked), _ways(beside))
    return _with_tags(rows, _ways(tagged)) if tagged and rows else rows


def _ways(concepts: list[tuple[int, Concept]]) -> list[Way]:
    """Each way of saying one of these concepts, which stand at these places."""
    return [
        Way(1 << place, one.factor * concept.weight, one.terms)
        for place, concept in concepts
        for one in concept.alternatives
    ]


# -- tags that only rank ------------------------------------------------------------------
def _is_tagged(concept: Concept) -> bool:
    return all(is_tag(term) for one in concept.alternatives for term in one.terms)


def _with_tags(rows: list[Row], ways: list[Way]) -> list[Row]:
    """What a tag adds is in each row's signature: no text is asked for it. A tag stands once
    or not at all, so its rarity is its whole score."""
    everything = _counts_of(vocabulary.version(), ())
    texts = {
        tag_token(group, code): number
        for group, codes in everything.by_group.items()
        for code, number in codes.items()
    }
    worth = {
        way: way.factor * vendor().TAG * math.log(1 + everything.total / texts[way.terms[0]])
        for way in ways
        if texts.get(way.terms[0])
    }
    more = {signature: _tags_of(signature, worth) for signature in {row[3] for row in rows}}
    return [
        (page, score + more[tags][0], matched | more[tags][1], tags, popularity, published)
        for page, score, matched, tags, popularity, published in rows
    ]


def _tags_of(signature: str, worth: dict[Way, float]) -> tuple[float, int]:
    """The score and the bits of those tags that a signature has."""
    own = _tokens(signature)
    by_bit: dict[int, list[float]] = {}
    for way, score in worth.items():
        if way.terms[0] in own:
            by_bit.setdefault(way.bit, []).append(score)
    best = (max(s) + ranking.AGREEING * (sum(s) - max(s)) for s in by_bit.values())
    return sum(best), sum(by_bit)


@lru_cache(maxsize=50_000)
def _tokens(signature: str) -> frozenset[str]:
    pairs = (part.split(":", 1) for part in signature.split())
    return frozenset(tag_token(group, code) for group, code in pairs)
