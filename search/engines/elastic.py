"""The engine for a cluster: Elasticsearch 8 through elasticsearch-dsl.

The text comes segmented, so every field is split at white space only. What is searched stands
behind an alias; a rebuild fills another index beside it and turns the alias over.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import lru_cache, partial
from typing import Any, ClassVar

from django.conf import settings
from elastic_transport import ConnectionTimeout
from elasticsearch import ApiError, Elasticsearch, NotFoundError, TransportError
from elasticsearch.helpers import bulk
from elasticsearch_dsl import Date, Document, FacetedSearch, Integer, Keyword, Q, TermsFacet, Text
from elasticsearch_dsl.query import Query as Clause

from search.concepts import Alternative, Concept
from search.engines.door import Entry, Hits, Unavailable, page_of
from search.facets import Counts
from search.models import Change, new_version
from search.models import Document as Kept
from search.query import GROUPS, PAGE_SIZE, Query
from search.ranking import FIELD_WEIGHTS, FRESH, FRESH_DAYS, POPULAR, enough

SLOW_SECONDS = 0.8
"""No question waits longer for the cluster, and a search asks four at most; writing may take
WRITE_SECONDS."""
WRITE_SECONDS = 30
WINDOW = 200_000
COVERED = 2.8
"""What speaking of a concept at all adds, so that two concepts beat one said often."""
AGREEING = 0.56
"""As search.ranking.AGREEING, for the cluster's scores: set on the same judged queries."""
EVERYWHERE = "tageverywhere"
"""Said of every document: the cluster counts how rare a word is among those that have the field
at all, and while few have it nothing in it would be rare."""
WEIGHED = [f"{name}^{weight}" for name, weight in {**FIELD_WEIGHTS, "tags": 4.2}.items()]


class Resource(Document):
    title = Text(analyzer="whitespace")
    tags = Text(analyzer="whitespace")
    summary = Text(analyzer="whitespace")
    lessons = Text(analyzer="whitespace")
    body = Text(analyzer="whitespace")
    said = Text(analyzer="whitespace")
    age = Keyword(multi=True)
    circumstance = Keyword(multi=True)
    topic = Keyword(multi=True)
    kind = Keyword()
    minutes = Keyword()
    popularity = Integer()
    published_at = Date()
    page_id = Integer()

    class Index:
        name = "resources-*"
        settings: ClassVar[dict[str, Any]] = {
            "number_of_shards": 1,
            "number_of_replicas": 0,
            "max_result_window": WINDOW,
            "index.auto_expand_replicas": "0-1",
        }


def alias() -> str:
    return settings.SEARCH_INDEX


@lru_cache(maxsize=4)
def _connect(url: str) -> Elasticsearch:
    return Elasticsearch(url, request_timeout=SLOW_SECONDS, max_retries=0, retry_on_timeout=False)


def client(seconds: float | None = None) -> Elasticsearch:
    limit = seconds or SLOW_SECONDS
    return _connect(settings.ELASTICSEARCH_URL).options(request_timeout=limit, max_retries=0)


def guarded(action: Callable[[], Any]) -> Any:
    """Whatever goes wrong between us and the cluster is one thing: it is not available."""
    try:
        return action()
    except ConnectionTimeout as error:
        raise Unavailable("too slow") from error
    except (ApiError, TransportError) as error:
        raise Unavailable(type(error).__name__) from error


# -- searching -----------------------------------------------------------------------------
class ResourceSearch(FacetedSearch):
    """Each facet is counted with the other facets' choices; the choices filter afterwards."""

    doc_types: ClassVar[list[Any]] = [Resource]
    facets: ClassVar[dict[str, Any]] = {g: TermsFacet(field=g, size=500) for g in GROUPS}

    def __init__(self, query: Query, wanted: Clause, order: list[Any], said: list[Clause]) -> None:
        self.index = alias()
        self.using = client()
        self.wanted = wanted
        self.said = said
        chosen = {group: list(query.codes(group)) for group in GROUPS if query.codes(group)}
        super().__init__(query.text, filters=chosen, sort=order)

    def query(self, search: Any, query: Any) -> Any:
        if self.said:
            filters = {str(place): clause for place, clause in enumerate(self.said)}
            search.aggs.bucket("anywhere", "global").bucket("said", "filters", filters=filters)
        return search.query(self.wanted).source(False).extra(track_total_hits=True)

    def highlight(self, search: Any) -> Any:
        """Snippets come from the original text, not from segmented words."""
        return search


ORDERS: dict[str, list[Any]] = {
    "relevance": ["_score", "-published_at", "-page_id"],
    "newest": ["-published_at", "-page_id"],
    "finished": ["-popularity", "_score", "-page_id"],
}
BROWSE = ["-popularity", "-published_at", "-page_id"]


def search(query: Query, concepts: tuple[Concept, ...]) -> Hits:
    return guarded(lambda: _search(query, concepts))


def _search(query: Query, concepts: tuple[Concept, ...]) -> Hits:
    """As search.engines.embedded: what stands in no text at all is not asked for."""
    hits, known = _ask(query, concepts, enough(concepts))
    if len(concepts) < 2 or all(place in known for place, _concept in required(concepts)):
        return hits
    if not any(place in known for place, _concept in required(concepts)):
        concepts = tuple(replace(concept, required=True) for concept in concepts)
    return _ask(query, concepts, enough(concepts, known))[0]


def _ask(
    query: Query, concepts: tuple[Concept, ...], sets: list[tuple[int, ...]]
) -> tuple[Hits, frozenset[int]]:
    """The hits, and the places of the concepts that stand in any text; of one alone, none."""
    order = ORDERS[query.order] if concepts or query.order != "relevance" else BROWSE
    clauses = [said(concept) for concept in concepts] if len(concepts) > 1 else []
    clause = wanted(query, concepts, sets)
    page = min(query.page, WINDOW // PAGE_SIZE)
    answer = _page(ResourceSearch(query, clause, order, clauses), page)
    total = answer.hits.total.value
    shown, pages = page_of(total, page)
    if shown != page:
        # Anew: a slice of one that was sliced is a slice of nothing.
        answer = _page(ResourceSearch(query, clause, order, clauses), shown)
    counts = {g: {code: n for code, n, _on in getattr(answer.facets, g)} for g in GROUPS}
    hits = Hits([int(hit.meta.id) for hit in answer], Counts(total, counts), shown, pages)
    buckets = answer.aggregations.anywhere.said.buckets.to_dict() if clauses else {}
    return hits, frozenset(int(name) for name, found in buckets.items() if found["doc_count"])


def _page(search: ResourceSearch, page: int) -> Any:
    return search[(page - 1) * PAGE_SIZE : page * PAGE_SIZE].execute()


def wanted(query: Query, concepts: tuple[Concept, ...], sets: list[tuple[int, ...]]) -> Clause:
    hidden = [*query.without, *gone()]
    excluded = [Q("ids", values=[str(page_id) for page_id in hidden])] if hidden else []
    if not concepts:
        return Q("bool", must=[Q("match_all")], must_not=excluded)
    clauses = [said(concept) for concept in concepts]
    asked = [Q("bool", filter=[clauses[place] for place in places]) for places in sets]
    scored = [
        Q("bool", should=[clause, Q("constant_score", filter=clause, boost=COVERED * c.weight)])
        for clause, c in zip(clauses, concepts, strict=True)
    ]
    one_of = Q("bool", should=asked, minimum_should_match=1)
    return with_priors(Q("bool", should=scored, filter=[one_of], must_not=excluded))


def gone() -> list[int]:
    """What may no longer be seen, while the cluster still has to hear of it."""
    noted = Change.objects.exclude(pk__in=Kept.objects.values("pk"))
    return list(noted.values_list("pk", flat=True)[:1000])


def said(concept: Concept) -> Clause:
    """The best of a concept's alternatives, and a little for each other one that agrees."""
    ways = [way(one, one.factor * concept.weight) for one in concept.alternatives]
    return Q("dis_max", queries=ways, tie_breaker=AGREEING)


def way(one: Alternative, boost: float) -> Clause:
    text = " ".join(one.terms)
    kind = "most_fields" if len(one.terms) == 1 else "phrase"
    return Q("multi_match", query=text, fields=WEIGHED, type=kind, tie_breaker=1.0, boost=boost)


def with_priors(clause: Clause) -> Clause:
    """search.ranking.prior, as the cluster says it."""
    functions = [
        {"weight": 1},
        {
            "field_value_factor": {"field": "popularity", "modifier": "log1p", "missing": 0},
            "weight": POPULAR,
        },
        {
            "exp": {"published_at": {"origin": "now", "scale": f"{FRESH_DAYS}d", "decay": 0.37}},
            "weight": FRESH,
        },
    ]
    return Q(
        "function_score",
        query=clause,
        functions=functions,
        score_mode="sum",
        boost_mode="multiply",
    )


def required(concepts: tuple[Concept, ...]) -> list[tuple[int, Concept]]:
    return [(place, concept) for place, concept in enumerate(concepts) if concept.required]


# -- writing -------------------------------------------------------------------------------
def put(entries: list[Entry]) -> None:
    _write(_source(entry) for entry in entries)


def remove(page_ids: list[int], version: int) -> None:
    """What the cluster has of these pages up to this version."""
    _write({"_op_type": "delete", "_id": str(pk), "version": version} for pk in page_ids)


def _source(entry: Entry) -> dict[str, Any]:
    texts = {name: getattr(entry, name) for name in FIELD_WEIGHTS}
    return {
        "_op_type": "index",
        "_id": str(entry.page_id),
        "version": entry.version,
        "_source": {
            **texts,
            "said": f"{EVERYWHERE} {entry.said}",
            **entry.facets,
            "popularity": entry.popularity,
            "published_at": entry.published_at,
            "page_id": entry.page_id,
        },
    }


def _write(actions: Iterable[dict[str, Any]]) -> None:
    """Into the index that serves and the one that is being filled, if there is one."""
    listed = list(actions)
    for index in guarded(_targets):
        guarded(partial(_bulk, index, listed))


def _bulk(index: str, actions: list[dict[str, Any]], refresh: bool = True) -> None:
    """An older version than the cluster has, or deleting what it has not, is no failure."""
    versioned = ({**action, "version_type": "external"} for action in actions)
    settled: Any = bulk(
        client(WRITE_SECONDS), versioned, index=index, refresh=refresh, raise_on_error=False
    )
    failed = settled[1]
    bad = [item for item in failed if next(iter(item.values()))["status"] not in (404, 409)]
    if bad:
        raise Unavailable(f"{len(bad)} documents were refused")


def _targets() -> list[str]:
    """The indexes behind the alias and beside it; one is made when there is none.

    One that was made before a field was thought of gets it now: the cluster would guess how its
    words part from the first document that has it.
    """
    found = _indexes()
    fields = _mapping()["properties"]
    for index, mapping in found.items():
        have = mapping.get("properties", {})
        if new := {field: said for field, said in fields.items() if field not in have}:
            client(WRITE_SECONDS).indices.put_mapping(index=index, properties=new)
    return sorted(found) or [_serve(_create())]


def _indexes() -> dict[str, dict[str, Any]]:
    """Ours by name, with their mappings: not those of a school whose alias begins as ours."""
    found = client(WRITE_SECONDS).indices.get(index=f"{alias()}-*")
    own = {name for name in found if name.removeprefix(f"{alias()}-").isdigit()}
    return {name: found[name]["mappings"] for name in own}


def _mapping() -> dict[str, Any]:
    """No other fields than these. What an index was made for stays noted in it: a field that
    came later is missing in the documents from before."""
    fields = Resource._doc_type.mapping.to_dict()["properties"]
    return {"dynamic": "strict", "properties": fields, "_meta": {"made_for": fields}}


def _create() -> str:
    index = f"{alias()}-{new_version()}"
    body = Resource._index.to_dict()
    client(WRITE_SECONDS).indices.create(
        index=index, mappings=_mapping(), settings=body["settings"]
    )
    return index


def made_for_others() -> list[str]:
    """The index that serves, if it was made for other fields than today's."""

    def read() -> list[str]:
        try:
            serving = client(WRITE_SECONDS).indices.get(index=alias())
        except NotFoundError:
            return []
        noted = _mapping()["_meta"]
        return [name for name in serving if serving[name]["mappings"].get("_meta") != noted]

    return guarded(read)


def _serve(index: str) -> str:
    """Turns the alias over to this index in one step."""
    actions: list[dict[str, Any]] = [
        {"remove": {"index": f"{alias()}-*", "alias": alias(), "must_exist": False}},
        {"add": {"index": index, "alias": alias()}},
    ]
    client(WRITE_SECONDS).indices.update_aliases(actions=actions)
    return index


def rebuild(batches: Iterator[list[Entry]]) -> None:
    """A new index filled beside the one that serves, then turned over to."""
    guarded(lambda: _rebuild(batches))


def _rebuild(batches: Iterator[list[Entry]]) -> None:
    old = _indexes()
    index = _create()
    for entries in batches:
        _bulk(index, [_source(entry) for entry in entries], refresh=False)
    client(WRITE_SECONDS).indices.refresh(index=index)
    _serve(index)
    for name in old:
        client(WRITE_SECONDS).indices.delete(index=name, ignore_unavailable=True)


def indexed() -> set[int]:
    return set(versions())


def versions() -> dict[int, int]:
    """Page → version of every document that the alias serves."""

    def read() -> dict[int, int]:
        search = Resource.search(using=client(WRITE_SECONDS), index=alias()).source(False)
        try:
            found = search.extra(version=True).params(scroll="1m", size=1000)
            return {int(hit.meta.id): hit.meta.version for hit in found.scan()}
        except NotFoundError:
            return {}

    return guarded(read)
