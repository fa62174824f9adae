"""SQLite's FTS5. Words are quoted, so nothing that is typed is read as its query language."""

import json
from typing import Any

from django.db import connection

from search.engines.door import Entry, Wanted, Way, Worth
from search.ranking import FIELD_WEIGHTS

COLUMNS = ("title", "tags", "summary", "lessons", "body", "said")
TAG = FIELD_WEIGHTS["tags"]
"""What a tag is worth before its rarity: bm25 would say the same, slowly."""
HOLDERS = "SELECT %s, json_group_array(rowid) FROM search_text WHERE search_text MATCH %s"
# Added up after each is saturated: one word in a title is worth more than many in a body.
WORTHS = """
SELECT %s, rowid, -%s * (
    TITLE * bm25(search_text, 1, 0, 0, 0, 0, 0) + TAGS * bm25(search_text, 0, 1, 0, 0, 0, 0)
    + SUMMARY * bm25(search_text, 0, 0, 1, 0, 0, 0) + SAID * bm25(search_text, 0, 0, 0, 0, 0, 1)
    + bm25(search_text, 0, 0, 0, LESSONS, BODY, 0)
)
FROM search_text WHERE search_text MATCH %s AND +rowid IN (SELECT value FROM json_each(%s))
"""
for name in COLUMNS:
    WORTHS = WORTHS.replace(name.upper(), str(FIELD_WEIGHTS[name]))


def holders(ways: list[Way], in_title: bool = False) -> list[list[int]]:
    """The pages that hold each of these ways, anywhere or in their titles. One statement."""
    where = "title : " if in_title else ""
    values = [v for number, way in enumerate(ways) for v in (number, where + phrase(way))]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join([HOLDERS] * len(ways)), values)
        found = {number: json.loads(pages) for number, pages in cursor.fetchall()}
    return [found[number] for number in range(len(ways))]


def worths(wanted: list[Wanted]) -> list[Worth]:
    """One statement."""
    values: list[Any] = []
    for number, (way, _rarity, pages) in enumerate(wanted):
        values += [number, way.factor, phrase(way), json.dumps(pages)]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join([WORTHS] * len(wanted)), values)
        return cursor.fetchall()


def phrase(way: Way) -> str:
    """These terms one after the other."""
    return " + ".join(map(quoted, way.terms))


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
            "INSERT INTO search_text (rowid, title, tags, summary, lessons, body, said) "
            "VALUES (%s, %s, %s, %s, %s, %s, %s)",
            rows,
        )


def remove(page_ids: list[int]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany("DELETE FROM search_text WHERE rowid = %s", [(i,) for i in page_ids])


def indexed() -> set[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT rowid FROM search_text")
        return {row[0] for row in cursor.fetchall()}
