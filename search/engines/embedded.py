"""The engine on the project's own database: FTS5 on SQLite, tsvector on PostgreSQL.

Both vendors answer one question, which texts have one of these words and how strongly; what
is made of the answers is the same SQL and the same Python (docs/decisions/0050).
"""

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
from search.engines.door import Entry, Hits, page_of
from search.models import Document
from search.query import PAGE_SIZE, Query

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
Row = tuple[int, float, int, str, int, float]
"""Page, score of its text, bits of its concepts, signature, popularity, seconds since 1970.
Plain tuples and loops: there may be ten thousands of them in one search."""


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
        passing = {signature for signature in signatures if facets.passes(signature, query)}
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

# What is not asked for only ranks: it is looked up in the texts that were found without it.
# MATERIALIZED: otherwise SQLite may compute bm25 where the text is no longer at hand.
HITS = """
WITH asked AS MATERIALIZED (ASKED),
said AS MATERIALIZED (SELECT bit, page_id, score FROM asked BESIDES),
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
""".replace("AGREEING", str(ranking.AGREEING))
BESIDE = " UNION ALL SELECT * FROM (CLAUSE) beside WHERE +page_id IN (SELECT page_id FROM asked)"


def _rows(concepts: tuple[Concept, ...]) -> list[Row]:
    """Every text that holds something of what is required. One statement."""
    asked, asked_values = _clauses(concepts, required=True)
    beside, beside_values = _clauses(concepts, required=False)
    besides = "".join(BESIDE.replace("CLAUSE", sql) for sql in beside)
    statement = HITS.replace("ASKED", " UNION ALL ".join(asked)).replace("BESIDES", besides)
    with connection.cursor() as cursor:
        cursor.execute(
            statement.replace("SECONDS", vendor().SECONDS), [*asked_values, *beside_values]
        )
        return cursor.fetchall()


def _clauses(concepts: tuple[Concept, ...], required: bool) -> tuple[list[str], list[Any]]:
    """One question for each way of saying one of these concepts, and what they ask for."""
    questions = [
        vendor().clause(1 << place, one.factor * concept.weight, one.terms)
        for place, concept in enumerate(concepts)
        for one in concept.alternatives
        if concept.required is required
    ]
    return [sql for sql, _ in questions], [value for _, values in questions for value in values]
