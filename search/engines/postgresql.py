"""PostgreSQL's text search over words segmented by us, in the configuration `simple`.

`head` holds title, tags, summary and what parents say with the weights A to D; the body, with
the titles of lessons, stands beside it because there are only four. PostgreSQL's ranking knows
neither that a word tells more when few texts have it nor that it tells less in a long text. Both
are added here as BM25 has them.
"""

from operator import itemgetter
from typing import Any

from django.db import connection

from search.engines.door import Entry, Wanted, Way, Worth

ORDINARY = 200
"""Different words of a body that is neither short nor long: the demonstration's have 207."""
# A tag has weight B, and ts_rank gives the first place of a word 1 / 1.64493 of its weight.
TAG = 8 * 0.38 / 1.64493
"""What a tag is worth before its rarity."""
STRENGTH = """
(ts_rank('{0.19,0.38,0.63,1.0}', head, q) * 8 + ts_rank('{1,1,1,1}', body, q) * 1.5)
* 2.2 / (1 + 1.2 * (0.4 + 0.6 * length(body) / ORDINARY))
""".replace("ORDINARY", f"{ORDINARY:.1f}")
# The ways come as arrays, so that a statement is the same for every query and planned once.
WAYS = """
WITH way AS MATERIALIZED (
    SELECT number, to_tsquery('simple', words) AS q
    FROM unnest(%s::int[], %s::text[]) AS given (number, words)
)
"""
HOLDERS = """
SELECT number, array_agg(page_id) FROM way JOIN search_text ON head @@ q OR body @@ q
GROUP BY number
"""
IN_TITLE = """
SELECT number, array_agg(page_id) FROM way JOIN search_text ON title @@ q GROUP BY number
"""
WORTHS = """
SELECT number, page_id, STRENGTH
FROM unnest(%s::int[], %s::bigint[]) AS pair (number, page_id)
JOIN way USING (number) JOIN search_text USING (page_id)
""".replace("STRENGTH", STRENGTH)


def holders(ways: list[Way], in_title: bool = False) -> list[list[int]]:
    """The pages that hold each of these ways, anywhere or in their titles. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(WAYS + (IN_TITLE if in_title else HOLDERS), _arrays(ways))
        found = dict(cursor.fetchall())
    return [found.get(number, []) for number in range(len(ways))]


def worths(wanted: list[Wanted]) -> list[Worth]:
    """One statement."""
    pairs = [(number, page) for number, one in enumerate(wanted) for page in one.pages]
    pairs.sort(key=itemgetter(1))
    worth = [one.way.factor * one.rarity for one in wanted]
    with connection.cursor() as cursor:
        # As text: psycopg looks at thousands of numbers one by one.
        listed = [f"{{{','.join(map(str, column))}}}" for column in zip(*pairs, strict=True)]
        cursor.execute(WAYS + WORTHS, [*_arrays([one.way for one in wanted]), *listed])
        return [(number, page, worth[number] * s) for number, page, s in cursor.fetchall()]


def _arrays(ways: list[Way]) -> list[list[Any]]:
    return [list(range(len(ways))), [" <-> ".join(map(quoted, way.terms)) for way in ways]]


TITLED = "SELECT page_id FROM search_text WHERE title @@ to_tsquery('simple', %s) LIMIT %s"


def titled(words: list[str], most: int) -> list[int]:
    """Texts in whose titles a word begins with each of these; from the index, in no order."""
    beginnings = " & ".join(f"{quoted(word)}:*" for word in words)
    with connection.cursor() as cursor:
        cursor.execute(TITLED, [beginnings, most])
        return [row[0] for row in cursor.fetchall()]


def quoted(term: str) -> str:
    return "'" + term.replace("\\", "").replace("'", "''") + "'"


def put(entries: list[Entry]) -> None:
    rows = [
        (e.page_id, e.title, e.tags, e.summary, e.said, f"{e.body} {e.lessons}") for e in entries
    ]
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO search_text (page_id, head, body) VALUES (%s, "
            "setweight(to_tsvector('simple', %s), 'A') || setweight(to_tsvector('simple', %s), 'B')"
            " || setweight(to_tsvector('simple', %s), 'C')"
            " || setweight(to_tsvector('simple', %s), 'D'), to_tsvector('simple', %s))",
            rows,
        )


def remove(page_ids: list[int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM search_text WHERE page_id = ANY(%s)", [page_ids])


def indexed() -> set[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT page_id FROM search_text")
        return {row[0] for row in cursor.fetchall()}
