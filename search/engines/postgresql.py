"""PostgreSQL's text search over words segmented by us, in the configuration `simple`.

`head` holds title, tags, summary and lesson titles with the weights A to D; the body stands
beside it because there are only four. PostgreSQL's ranking knows neither that a word tells more
when few texts have it nor that it tells less in a long text. Both are added here as BM25 has
them, so that the number of texts is counted along the way.
"""

from collections.abc import Sequence
from typing import Any

from django.db import connection

from search.engines.door import Entry

ORDINARY = 200
"""Different words of a body that is neither short nor long: the demonstration's have 207."""
SECONDS = "COALESCE(extract(epoch FROM d.published_at), 0)::float8"
CLAUSE = """
SELECT %s::bigint AS bit, page_id, (
    %s::float8 * ln(1 + (SELECT count(*) FROM search_text)::float8 / count(*) OVER ())
    * (ts_rank('{0.19,0.38,0.63,1.0}', head, q) * 8 + ts_rank('{1,1,1,1}', body, q) * 1.5)
    * 2.2 / (1 + 1.2 * (0.4 + 0.6 * length(body) / ORDINARY))
)::float8 AS score
FROM search_text, to_tsquery('simple', %s) q WHERE head @@ q OR body @@ q
""".replace("ORDINARY", f"{ORDINARY:.1f}")


def clause(bit: int, factor: float, terms: Sequence[str]) -> tuple[str, list[Any]]:
    """Rows (bit, page_id, score) of the texts that hold these terms one after the other."""
    return CLAUSE, [bit, factor, " <-> ".join(map(quoted, terms))]


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
