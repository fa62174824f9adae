"""SQLite's FTS5. Words are quoted, so nothing that is typed is read as its query language."""

from collections.abc import Sequence
from typing import Any

from django.db import connection

from search.engines.door import Entry
from search.ranking import FIELD_WEIGHTS
from search.terms import is_tag

COLUMNS = ("title", "tags", "summary", "lessons", "body")
# Added up after each is saturated: one word in a title is worth more than many in a body.
SECONDS = "COALESCE((julianday(d.published_at) - 2440587.5) * 86400, 0)"
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


def clause(bit: int, factor: float, terms: Sequence[str]) -> tuple[str, list[Any]]:
    """Rows (bit, page_id, score) of the texts that hold these terms one after the other."""
    phrase = " + ".join(map(quoted, terms))
    if len(terms) == 1 and is_tag(terms[0]):
        return TAG_CLAUSE, [bit, factor, phrase, phrase]
    return CLAUSE, [bit, factor, phrase]


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
