"""SQLite's FTS5. Words are quoted, so nothing that is typed is read as its query language."""

from collections.abc import Sequence
from typing import Any

from django.db import connection

from search.engines.door import Entry

COLUMNS = ("title", "tags", "summary", "lessons", "body")
WEIGHTS = (8.0, 5.0, 3.0, 1.5, 1.0)
"""Of the columns, in their order."""


CLAUSE = """
SELECT %s AS bit, rowid AS page_id, -%s * bm25(search_text, WEIGHTS) AS score
FROM search_text WHERE search_text MATCH %s
""".replace("WEIGHTS", ", ".join(map(str, WEIGHTS)))


def clause(bit: int, factor: float, terms: Sequence[str]) -> tuple[str, list[Any]]:
    """Rows (bit, page_id, score) of the texts that hold these terms one after the other."""
    return CLAUSE, [bit, factor, " + ".join(map(quoted, terms))]


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
