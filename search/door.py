"""The one door: a query in, a page of results with facets out, whichever engine answers."""

from dataclasses import dataclass

from search import meaning, results, terms
from search.engines import choice
from search.engines.door import Hits
from search.meaning import Meaning
from search.query import Query
from search.results import Result
from search.terms import Vocabulary


@dataclass(frozen=True)
class Found:
    query: Query
    vocabulary: Vocabulary
    meaning: Meaning
    hits: Hits
    results: list[Result]


def find(query: Query, vocabulary: Vocabulary | None = None) -> Found:
    """Results in the order asked for, of published pages that everybody may see."""
    known = vocabulary or terms.read()
    meant = meaning.read(query.text, known, query.exact)
    hits = choice.search(query, meant.concepts)
    return Found(query, known, meant, hits, results.load(hits.ids, meant.concepts))
