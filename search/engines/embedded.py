"""The engine on the project's own database: FTS5 on SQLite, tsvector on PostgreSQL.

Both vendors answer two questions: which texts hold these words, and how strongly some of them
do. What is made of the answers is the same Python (docs/decisions/0050, 0055, 0103).
"""

import math
import time
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import reduce
from heapq import nlargest
from itertools import chain, islice
from operator import and_, or_
from typing import Any

from django.db import connection

from search import facets, ranking
from search.concepts import Concept
from search.engines import catalogue, postgresql, sqlite
from search.engines.catalogue import Catalogue
from search.engines.door import Entry, Hits, Wanted, Way, page_of
from search.query import PAGE_SIZE, Query
from search.terms import tag_token

MOST_RANKED = 450
"""Of more hits than that, those are ranked that promise most; the others follow them, the most
finished first. Thirty-seven pages: nobody has turned that many."""
IN_TITLE = ranking.FIELD_WEIGHTS["title"]


def vendor() -> Any:
    return postgresql if connection.vendor == "postgresql" else sqlite


def put(entries: list[Entry]) -> None:
    vendor().remove([entry.page_id for entry in entries])
    vendor().put(entries)


def remove(page_ids: list[int]) -> None:
    vendor().remove(page_ids)


def indexed() -> set[int]:
    return vendor().indexed()


def titled(words: list[str], most: int) -> list[int]:
    """So many at most of the texts in whose titles words begin with each of these."""
    found: list[int] = vendor().titled(words, most)
    return found


def having() -> facets.Having:
    """What everybody may see, by what it is tagged with."""
    return catalogue.read().having


def search(query: Query, concepts: tuple[Concept, ...]) -> Hits:
    known = catalogue.read()
    said = look_up(concepts, known)
    found = said.hits & ~known.holding(known.places_of(query.without))
    counts = facets.count(found, known.having, query)
    page, pages = page_of(counts.total, query.page)
    places = ordered(facets.passing(found, known.having, query), said, query.order)
    shown = islice(places, (page - 1) * PAGE_SIZE, page * PAGE_SIZE)
    return Hits([known.pages[place] for place in shown], counts, page, pages)


# -- which documents ----------------------------------------------------------------------
@dataclass(frozen=True)
class Said:
    """The concepts, each way of saying them, the places where each way stands, and the hits."""

    concepts: tuple[Concept, ...]
    ways: list[Way]
    stands: list[list[int]]
    hits: int
    known: Catalogue


def look_up(concepts: tuple[Concept, ...], known: Catalogue) -> Said:
    ways = ways_of(concepts)
    stands = _stands(ways, known)
    hits = _hits(concepts, ways, stands, known)
    if not hits and not all(concept.required for concept in concepts):
        # Nothing says what was asked for: what was said besides is all there is to go by.
        concepts = tuple(replace(concept, required=True) for concept in concepts)
        hits = _hits(concepts, ways, stands, known)
    return Said(concepts, ways, stands, hits, known)


def ways_of(concepts: tuple[Concept, ...]) -> list[Way]:
    """Each way of saying one of these concepts; a concept's bit is its place among them."""
    return [
        Way(1 << place, one.factor * concept.weight, one.terms)
        for place, concept in enumerate(concepts)
        for one in concept.alternatives
    ]


def _stands(ways: list[Way], known: Catalogue) -> list[list[int]]:
    """The places of the documents that hold each way: of tags, which the catalogue knows, and
    of words, which the texts are asked for."""
    tagged = {
        tag_token(group, code): documents
        for group, codes in known.having.items()
        for code, documents in codes.items()
    }
    words = iter(_asked([way for way in ways if not way.is_tag()], known))
    return [
        list(known.listed(tagged.get(way.terms[0], 0))) if way.is_tag() else next(words)
        for way in ways
    ]


def _asked(ways: list[Way], known: Catalogue, in_title: bool = False) -> list[list[int]]:
    """The places of the texts that hold each of these words; those asked for before are known."""
    keys = [(in_title, way.terms) for way in ways]
    held = {key: places for key in keys if (places := known.stands.get(key)) is not None}
    new = {key: way for key, way in zip(keys, ways, strict=True) if key not in held}
    if new:
        pages = vendor().holders(list(new.values()), in_title)
        found = dict(zip(new, map(known.places_of, pages), strict=True))
        known.remember(found)
        held |= found
    return [held[key] for key in keys]


def _hits(
    concepts: tuple[Concept, ...], ways: list[Way], stands: list[list[int]], known: Catalogue
) -> int:
    """The documents that speak of enough of what is required; without words, all of them."""
    if not concepts:
        return known.all()
    about = {
        place: known.holding(
            chain.from_iterable(s for w, s in zip(ways, stands, strict=True) if w.bit == 1 << place)
        )
        for place, concept in enumerate(concepts)
        if concept.required
    }
    said = {place: documents for place, documents in about.items() if documents}
    together = (
        reduce(and_, (said[place] for place in places)) for places in ranking.enough(concepts, said)
    )
    return reduce(or_, together, 0)


# -- in which order -----------------------------------------------------------------------
def ordered(found: int, said: Said, order: str) -> Iterable[int]:
    known = said.known
    if order == "newest":
        return known.listed_by_newness(found)
    if order == "finished" or not said.concepts:
        return known.listed(found)
    best = promising(found, said)
    return chain(ranked(best, said), known.listed(found & ~known.holding(best)))


def promising(found: int, said: Said) -> list[int]:
    """The places that may be worth most, by what they hold and whether a title holds it."""
    known = said.known
    if found.bit_count() <= MOST_RANKED:
        return list(known.listed(found))
    promise = [0.0] * len(known)
    asked = [
        (way, places, way.factor * rarity(places, known))
        for way, places in zip(said.ways, said.stands, strict=True)
        if places and said.concepts[way.bit.bit_length() - 1].required
    ]
    for _way, places, worth in asked:
        for place in places:
            promise[place] += worth
    words = [(way, worth) for way, _places, worth in asked if not way.is_tag()]
    titles = _asked([way for way, _worth in words], known, in_title=True)
    for (_way, worth), places in zip(words, titles, strict=True):
        for place in places:
            promise[place] += worth * IN_TITLE
    return nlargest(MOST_RANKED, known.listed(found), key=promise.__getitem__)


def rarity(places: list[int], known: Catalogue) -> float:
    return math.log(1 + len(known) / len(places))


def ranked(places: list[int], said: Said) -> list[int]:
    """These places, what answers best first."""
    known, now = said.known, time.time()
    scores = []
    for place, worth in zip(places, _worths(places, said), strict=True):
        text_score = sum(max(w) + ranking.AGREEING * (sum(w) - max(w)) for w in worth.values())
        covered = ranking.coverage(sum(worth), said.concepts)
        prior = ranking.prior(known.popularity[place], known.published[place], now)
        score = ranking.score(text_score, covered, prior)
        scores.append((score, known.published[place], known.pages[place], place))
    return [place for *_score, place in sorted(scores, reverse=True)]


def _worths(places: list[int], said: Said) -> list[dict[int, list[float]]]:
    """For each place, by the bit of a concept, what each way that it holds is worth there."""
    found: dict[int, dict[int, list[float]]] = {place: {} for place in places}
    wanted = []
    for way, stands in zip(said.ways, said.stands, strict=True):
        own = [place for place in stands if place in found]
        if not own:
            continue
        if way.is_tag():
            worth = way.factor * vendor().TAG * rarity(stands, said.known)
            for place in own:
                found[place].setdefault(way.bit, []).append(worth)
        else:
            pages = [said.known.pages[place] for place in own]
            wanted.append(Wanted(way, rarity(stands, said.known), pages))
    for number, page, worth in vendor().worths(wanted) if wanted else ():
        bits = found[said.known.places[page]]
        bits.setdefault(wanted[number].way.bit, []).append(worth)
    return list(found.values())
