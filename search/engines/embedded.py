"""The engine on the project's own database: FTS5 on SQLite, tsvector on PostgreSQL.

Both vendors answer one question, which texts have one of these words and how strongly; what
is made of the answers is the same SQL and the same Python (docs/decisions/0050).
"""

import time
from collections import Counter
from dataclasses import replace
from functools import lru_cache, reduce
from operator import or_
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Count, Q, QuerySet

from search import facets, ranking, vocabulary
from search.concepts import Concept
from search.engines import postgresql, sqlite
from search.engines.door import Entry, Hits, page_of
from search.models import Document
from search.query import PAGE_SIZE, Query

name = "embedded"


def vendor() -> Any:
    return postgresql if connection.vendor == "postgresql" else sqlite


class Match(NamedTuple):
    """`published` is in seconds since 1970; a tuple, as there may be ten thousands of them."""

    page_id: int
    signature: str
    score: float
    popularity: int
    published: float


def search(query: Query, concepts: tuple[Concept, ...]) -> Hits:
    return _search_text(query, concepts) if concepts else _browse(query)


def put(entries: list[Entry]) -> None:
    vendor().remove([entry.page_id for entry in entries])
    vendor().put(entries)


def remove(page_ids: list[int]) -> None:
    vendor().remove(page_ids)


def indexed() -> set[int]:
    return vendor().indexed()


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
    matches = _matches(rows, known, concepts, query)
    counts = facets.count(Counter(match.signature for match in matches), query)
    if any(query.codes(group) for group in facets.GROUPS):
        passing = {s for s in {m.signature for m in matches} if facets.passes(s, query)}
        matches = [match for match in matches if match.signature in passing]
    matches.sort(key=KEYS[query.order])
    page, pages = page_of(counts.total, query.page)
    shown = matches[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    return Hits([match.page_id for match in shown], counts, page, pages)


KEYS: dict[str, Any] = {
    "relevance": lambda m: (-m.score, -m.published, -m.page_id),
    "newest": lambda m: (-m.published, -m.page_id),
    "finished": lambda m: (-m.popularity, -m.score, -m.page_id),
}


def _matches(
    rows: list[tuple[Any, ...]], known: int, concepts: tuple[Concept, ...], query: Query
) -> list[Match]:
    """The texts that say enough of what was asked, scored."""
    now = time.time()
    masks = {row[2] for row in rows}
    fine = {m: ranking.coverage(m, concepts) for m in masks if ranking.enough(m, known, concepts)}
    return [
        Match(
            page_id,
            signature,
            ranking.score(text_score, fine[matched], ranking.prior(popularity, published, now)),
            popularity,
            published,
        )
        for page_id, text_score, matched, signature, popularity, published in rows
        if matched in fine and page_id not in query.without
    ]


# MATERIALIZED: otherwise SQLite may compute bm25 where the text is no longer at hand.
HITS = """
WITH said AS MATERIALIZED (CLAUSES),
best AS (
    SELECT bit, page_id, MAX(score) + AGREEING * (SUM(score) - MAX(score)) AS score
    FROM said GROUP BY bit, page_id
),
hit AS (
    SELECT page_id, SUM(score) AS score, CAST(SUM(bit) AS INTEGER) AS matched
    FROM best GROUP BY page_id
)
SELECT hit.page_id, hit.score, hit.matched, d.signature, d.popularity, SECONDS
FROM hit JOIN search_document d ON d.page_id = hit.page_id
WHERE hit.matched & %s <> 0
""".replace("AGREEING", str(ranking.AGREEING))


def _rows(concepts: tuple[Concept, ...]) -> list[tuple[Any, ...]]:
    """Page, score, bits of its concepts, signature, popularity, seconds. One statement."""
    clauses: list[str] = []
    parameters: list[Any] = []
    for place, concept in enumerate(concepts):
        for one in concept.alternatives:
            sql, values = vendor().clause(1 << place, one.factor * concept.weight, one.terms)
            clauses.append(sql)
            parameters += values
    required = sum(1 << place for place, concept in enumerate(concepts) if concept.required)
    statement = HITS.replace("CLAUSES", " UNION ALL ".join(clauses))
    statement = statement.replace("SECONDS", vendor().SECONDS)
    with connection.cursor() as cursor:
        cursor.execute(statement, [*parameters, required])
        return cursor.fetchall()
