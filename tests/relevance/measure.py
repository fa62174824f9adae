"""How well search answers the judged queries: `make relevance`.

Over the school's own database with the demonstration in it, first the embedded engine, then a
cluster when ELASTICSEARCH_URL names one or Maven can fetch one. With --each, a line a query.
"""

import math
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import yaml

HERE = Path(__file__).parent
SETS = {
    "judged": HERE / "judgements.yaml",
    "held out": HERE / "held_out.yaml",
    "fresh": HERE / "fresh.yaml",
    "later": HERE / "later.yaml",
    "blind": HERE / "blind.yaml",
    "unseen": HERE / "unseen.yaml",
}
"""The queries that weights and words were set on, and others that they were not."""
RELEVANT = 2
"""From this grade on, a resource must be among the first five."""

PATIENT = 60
"""Seconds that a cluster may take here: else the database would answer for it, unseen."""


@dataclass(frozen=True)
class Judged:
    text: str
    kind: str
    grades: dict[str, int]
    chosen: dict[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Figures:
    ndcg: float
    recall: float
    zero: float
    queries: int


def judged(name: str = "judged") -> list[Judged]:
    """One entry a query; a group of queries shares its grades."""
    return [
        Judged(
            str(text),
            entry["kind"],
            entry["relevant"],
            {
                name: tuple(map(str, entry[name]))
                for name in ("age", "circumstance")
                if name in entry
            },
        )
        for entry in yaml.safe_load(SETS[name].read_text())
        for text in entry["queries"]
    ]


def ndcg(found: list[str], grades: dict[str, int], depth: int = 10) -> float:
    """Normalised discounted cumulative gain with the gain 2^grade - 1."""

    def gain(values: list[int]) -> float:
        return sum((2**value - 1) / math.log2(place + 2) for place, value in enumerate(values))

    ideal = gain(sorted(grades.values(), reverse=True)[:depth])
    return gain([grades.get(slug, 0) for slug in found[:depth]]) / ideal if ideal else 1.0


def recall(found: list[str], grades: dict[str, int], depth: int = 5) -> float:
    """The share of the relevant ones among the first five, of as many as fit there."""
    relevant = {slug for slug, grade in grades.items() if grade >= RELEVANT}
    if not relevant:
        return 1.0
    return len(relevant & set(found[:depth])) / min(depth, len(relevant))


def measure(
    ask: Callable[[Judged], list[str]], each: bool = False, name: str = "judged"
) -> Figures:
    answered = [(one, ask(one)) for one in judged(name)]
    known = [(one, found) for one, found in answered if one.grades]
    rows = [(one, ndcg(found, one.grades), recall(found, one.grades)) for one, found in known]
    if each:
        for (one, gained, recalled), (_same, found) in sorted(
            zip(rows, known, strict=True), key=lambda pair: pair[0][1]
        ):
            print(f"  {gained:.2f} {recalled:.2f} {one.kind:12} {one.text}  →  {found[:5]}")
    count = len(known)
    return Figures(
        ndcg=sum(row[1] for row in rows) / count,
        recall=sum(row[2] for row in rows) / count,
        zero=sum(not found for _one, found in known) / count,
        queries=len(answered),
    )


def ask(one: Judged) -> list[str]:
    from search import door
    from search.query import Query

    found = door.find(Query(one.text, one.chosen))
    return [result.document.url.rstrip("/").rsplit("/", 1)[-1] for result in found.results]


def show(engine: str, each: bool = False) -> None:
    for name in SETS:
        figures = measure(ask, each, name)
        print(
            f"{engine:15} {name:9} nDCG@10 {figures.ndcg:.3f}   recall@5 {figures.recall:.3f}   "
            f"zero results {figures.zero:.1%}   ({figures.queries} queries)",
            flush=True,
        )


@contextmanager
def cluster(address: str) -> Iterator[str]:
    """The address of a cluster: the one that is set, else a node of our own; empty for none."""
    from tests.services import elasticsearch

    maven = elasticsearch.SERVICE.installed()
    if address or maven is None or not shutil.which("java"):
        yield address
        return
    with (
        tempfile.TemporaryDirectory(prefix="school-") as folder,
        elasticsearch.running(maven, Path(folder)) as variables,
    ):
        yield variables["ELASTICSEARCH_URL"]


def main() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from django.conf import settings

    from search import indexing
    from search.engines import elastic

    elastic.SLOW_SECONDS = PATIENT
    each = "--each" in sys.argv
    address, settings.ELASTICSEARCH_URL = settings.ELASTICSEARCH_URL, ""
    show("embedded", each)
    if "--embedded" in sys.argv:
        return
    with cluster(address) as found:
        if not found:
            print("elasticsearch   not measured: neither ELASTICSEARCH_URL nor Maven is here")
            return
        settings.ELASTICSEARCH_URL, settings.SEARCH_INDEX = found, "relevance"
        indexing.refill(lambda done, total: None)
        show("elasticsearch", each)


if __name__ == "__main__":
    main()
