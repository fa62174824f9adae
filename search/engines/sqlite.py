"""SQLite's FTS5. Words are quoted, so nothing that is typed is read as its query language."""

from typing import Any

from django.db import connection

from search.engines.door import Entry, Row, Way
from search.ranking import AGREEING, FIELD_WEIGHTS
from search.terms import is_tag

COLUMNS = ("title", "tags", "summary", "lessons", "body")
# Added up after each is saturated: one word in a title is worth more than many in a body.
CLAUSE = """
SELECT %s AS bit, rowid AS page_id, -%s * (
    TITLE * bm25(search_text, 1, 0, 0, 0, 0) + TAGS * bm25(search_text, 0, 1, 0, 0, 0)
    + SUMMARY * bm25(search_text, 0, 0, 1, 0, 0) + bm25(search_text, 0, 0, 0, LESSONS, BODY)
) AS score
FROM search_text WHERE search_text MATCH %s
"""
# A tag stands once or not at all, so its rarity is its whole score: bm25 says the same, slowly.
TAG_CLAUSE = """
SELECT %s AS bit, rowid AS page_id, TAGS * (
    SELECT %s * LN(1 + 1.0 * (SELECT COUNT(*) FROM search_document) / COUNT(*))
    FROM search_text WHERE search_text MATCH %s
) AS score
FROM search_text WHERE search_text MATCH %s
"""
for name in COLUMNS:
    CLAUSE = CLAUSE.replace(name.upper(), str(FIELD_WEIGHTS[name]))
    TAG_CLAUSE = TAG_CLAUSE.replace(name.upper(), str(FIELD_WEIGHTS[name]))

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
SELECT hit.page_id, hit.score, hit.matched, d.signature, d.popularity,
    COALESCE((julianday(d.published_at) - 2440587.5) * 86400, 0)
FROM hit JOIN search_document d ON d.page_id = hit.page_id
""".replace("AGREEING", str(AGREEING))
BESIDE = " UNION ALL SELECT * FROM (CLAUSE) beside WHERE +page_id IN (SELECT page_id FROM asked)"
TAG = FIELD_WEIGHTS["tags"]
"""What a tag is worth before its rarity."""


def rows(asked: list[Way], beside: list[Way]) -> list[Row]:
    """The texts that hold one of `asked`, scored by both. One statement."""
    clauses, values = _clauses(asked)
    others, other_values = _clauses(beside)
    besides = "".join(BESIDE.replace("CLAUSE", sql) for sql in others)
    statement = HITS.replace("ASKED", " UNION ALL ".join(clauses)).replace("BESIDES", besides)
    with connection.cursor() as cursor:
        cursor.execute(statement, [*values, *other_values])
        return cursor.fetchall()


def _clauses(ways: list[Way]) -> tuple[list[str], list[Any]]:
    questions = [clause(way) for way in ways]
    return [sql for sql, _ in questions], [value for _, values in questions for value in values]


def clause(way: Way) -> tuple[str, list[Any]]:
    """Rows (bit, page_id, score) of the texts that hold these terms one after the other."""
    phrase = " + ".join(map(quoted, way.terms))
    if len(way.terms) == 1 and is_tag(way.terms[0]):
        return TAG_CLAUSE, [way.bit, way.factor, phrase, phrase]
    return CLAUSE, [way.bit, way.factor, phrase]


TITLED = "SELECT rowid FROM search_text WHERE search_text MATCH %s LIMIT %s"


def titled(words: list[str], most: int) -> list[int]:
    """Texts in whose titles a word begins with each of these; from the index, in no order."""
    beginnings = " AND ".join(f"title : {quoted(word)} *" for word in words)
    with connection.cursor() as cursor:
        cursor.execute(TITLED, [beginnings, most])
        return [row[0] for row in cursor.fetchall()]


def quoted(term: str) -> str:
    return '"' + term.replace('"', '""') + '"'


def put(entries: list[Entry]) -> None:
    rows = [(entry.page_id, *(getattr(entry, name) for name in COLUMNS)) for entry in entries]
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO search_text (rowid, title, tags, summary, lessons, body) "
            "VALUES (%s, %s, %s, %s, %s, %s)",
            rows,
        )


def remove(page_ids: list[int]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany("DELETE FROM search_text WHERE rowid = %s", [(i,) for i in page_ids])


def indexed() -> set[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT rowid FROM search_text")
        return {row[0] for row in cursor.fetchall()}
