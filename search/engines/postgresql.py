"""PostgreSQL's text search over words segmented by us, in the configuration `simple`.

`head` holds title, tags, summary and lesson titles with the weights A to D; the body stands
beside it because there are only four. PostgreSQL's ranking knows neither that a word tells more
when few texts have it nor that it tells less in a long text. Both are added here as BM25 has
them.
"""

from typing import Any

from django.db import connection

from search.engines.door import Entry, Row, Way
from search.ranking import AGREEING

ORDINARY = 200
"""Different words of a body that is neither short nor long: the demonstration's have 207."""
# A tag has weight B, and ts_rank gives the first place of a word 1 / 1.64493 of its weight.
TAG = 8 * 0.38 / 1.64493
"""What a tag is worth before its rarity."""
STRENGTH = """
(ts_rank('{0.19,0.38,0.63,1.0}', head, q) * 8 + ts_rank('{1,1,1,1}', body, q) * 1.5)
* 2.2 / (1 + 1.2 * (0.4 + 0.6 * length(body) / ORDINARY))
""".replace("ORDINARY", f"{ORDINARY:.1f}")
# The ways come as arrays, so that the statement is the same for every query and planned once.
# Only page and strength leave the texts, which are wide: rarity is counted from those rows.
HITS = """
WITH way AS MATERIALIZED (
    SELECT number, bit, factor, to_tsquery('simple', words) AS q
    FROM unnest(%s::int[], %s::bigint[], %s::float8[], %s::text[])
        AS given (number, bit, factor, words)
),
asked AS MATERIALIZED (
    SELECT number, bit, factor, page_id, STRENGTH AS strength
    FROM way JOIN search_text ON head @@ q OR body @@ q
),
rare AS (
    SELECT number, ln(1 + (SELECT count(*) FROM search_text)::float8 / count(*)) AS rarity
    FROM asked GROUP BY number
),
said AS (
    SELECT bit, page_id, factor * rarity * strength AS score FROM asked JOIN rare USING (number)
    BESIDES
),
best AS (
    SELECT bit, page_id, max(score) + AGREEING * (sum(score) - max(score)) AS score
    FROM said GROUP BY bit, page_id
),
hit AS (
    SELECT page_id, sum(score) AS score, sum(bit)::bigint AS matched FROM best GROUP BY page_id
)
SELECT hit.page_id, hit.score, hit.matched, d.signature, d.popularity,
    COALESCE(extract(epoch FROM d.published_at), 0)::float8
FROM hit JOIN search_document d ON d.page_id = hit.page_id
""".replace("STRENGTH", STRENGTH).replace("AGREEING", str(AGREEING))
BESIDES = """
    UNION ALL
    SELECT bit, page_id, factor * rarity * STRENGTH
    FROM (
        SELECT bit, factor, q, page_id,
            ln(1 + (SELECT count(*) FROM search_text)::float8 / count(*) OVER (PARTITION BY number))
            AS rarity
        FROM (
            SELECT number, bit, factor, to_tsquery('simple', words) AS q
            FROM unnest(%s::int[], %s::bigint[], %s::float8[], %s::text[])
                AS given (number, bit, factor, words)
        ) besides JOIN search_text ON head @@ q OR body @@ q
    ) known JOIN search_text USING (page_id)
    WHERE page_id IN (SELECT page_id FROM asked)
""".replace("STRENGTH", STRENGTH)


def rows(asked: list[Way], beside: list[Way]) -> list[Row]:
    """The texts that hold one of `asked`, scored by both. One statement."""
    statement = HITS.replace("BESIDES", BESIDES if beside else "")
    values = [*_arrays(asked), *(_arrays(beside) if beside else [])]
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()


def _arrays(ways: list[Way]) -> list[list[Any]]:
    return [
        list(range(len(ways))),
        [way.bit for way in ways],
        [way.factor for way in ways],
        [" <-> ".join(map(quoted, way.terms)) for way in ways],
    ]


TITLED = "SELECT page_id FROM search_text WHERE head @@ to_tsquery('simple', %s) LIMIT %s"


def titled(words: list[str], most: int) -> list[int]:
    """Texts in whose titles a word begins with each of these; from the index, in no order."""
    beginnings = " & ".join(f"{quoted(word)}:*A" for word in words)
    with connection.cursor() as cursor:
        cursor.execute(TITLED, [beginnings, most])
        return [row[0] for row in cursor.fetchall()]


def quoted(term: str) -> str:
    return "'" + term.replace("\\", "").replace("'", "''") + "'"


def put(entries: list[Entry]) -> None:
    rows = [(e.page_id, e.title, e.tags, e.summary, e.lessons, e.body) for e in entries]
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
