"""How fast search answers over generated resources; `bench.run` shows it.

Documents are made in a transaction that is never committed; what is measured is the whole
request through Django, without a network.
"""

import random
import statistics
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

ROUNDS = 5
BATCH = 1000
AGES = ("expecting", "0-3", "4-6", "7-12", "13-15", "16-18")
QUERIES = (
    *("孩子玩手机不写作业", "爷爷奶奶带娃", "自闭症训练", "不睡觉", "青春期顶嘴"),
    *("校园欺凌", "留守儿童", "8岁写作业磨蹭", "幼小衔接", "发脾气"),
)
TYPED = ("手", "手机", "shui", "qcq", "孩子", "作业", "青春")
COMMON = [
    *("每天", "一起", "时候", "慢慢", "先说", "听完"),
    *("以后", "自己", "家里", "学校", "老师", "晚上"),
]


def themes() -> list[list[str]]:
    """The lines of the domain dictionary: what is said together."""
    from search import segmenting

    lines = (segmenting.HERE / "words.txt").read_text().splitlines()
    return [line.split() for line in lines if not line.startswith("#")]


def generated(number: int) -> Iterator[list[Any]]:
    """Documents with the words of the domain, tagged at random."""
    from search import facets
    from search.models import Document
    from search.query import KINDS, length_code

    lines, rng = themes(), random.Random(5)
    topics = [f"topic{place}" for place in range(18)]
    circumstances = [f"circumstance{place}" for place in range(12)]
    start = datetime(2024, 1, 1, tzinfo=UTC)

    def one(page_id: int) -> Any:
        minutes = rng.randint(1, 40)
        # A text is about one thing and touches another; the rest is what every text says.
        own, other = rng.sample(lines, 2)
        said = [*rng.sample(own, min(len(own), 8)), *rng.sample(other, 2)]
        source = [*said, *COMMON * 2]
        pairs = [("age", age) for age in rng.sample(AGES, rng.randint(1, 2))]
        pairs += [("topic", topic) for topic in rng.sample(topics, rng.randint(1, 2))]
        pairs += [("circumstance", c) for c in rng.sample(circumstances, rng.randint(0, 1))]
        kind = rng.choice(KINDS)
        signature = facets.signature([*pairs, ("kind", kind), ("minutes", length_code(minutes))])
        return Document(
            page_id=page_id,
            kind=kind,
            title="".join(rng.sample(said, 3)),
            summary="".join(rng.sample(source, 14)),
            url=f"/articles/{page_id}/",
            minutes=minutes,
            tags=[[group, code, code] for group, code in pairs],
            body="。".join("".join(rng.sample(source, 12)) for _ in range(18)),
            signature=signature,
            popularity=rng.randint(0, 5000),
            published_at=start + timedelta(hours=rng.randint(0, 20_000)),
            fingerprint=str(page_id),
        )

    for first in range(0, number, BATCH):
        yield [one(10_000_000 + place) for place in range(first, min(first + BATCH, number))]


def fill(number: int) -> float:
    """Seconds to index them all, as rebuild_search does after reading the pages."""
    from search import indexing

    began = time.perf_counter()
    for batch in generated(number):
        indexing.write([], batch)
    return time.perf_counter() - began


def p95(ask: Callable[[str], Any], texts: tuple[str, ...]) -> tuple[float, float]:
    """Milliseconds by the clock, and of this process's own computing: a busy machine shows."""
    for text in texts:
        ask(text)
    taken, computed = [], []
    for _round in range(ROUNDS):
        for text in texts:
            began, computing = time.perf_counter(), time.process_time()
            ask(text)
            taken.append((time.perf_counter() - began) * 1000)
            computed.append((time.process_time() - computing) * 1000)
    return statistics.quantiles(taken, n=20)[-1], statistics.quantiles(computed, n=20)[-1]


def asking(address: str, **narrowed: Any) -> Callable[[str], None]:
    from django.test import Client

    client = Client(HTTP_HOST="localhost")

    def ask(text: str) -> None:
        assert client.get(address, {"q": text, **narrowed}).status_code == 200  # noqa: S101

    return ask


def segmenter() -> float:
    """Seconds to load jieba with the domain's words, once a process."""
    from search import segmenting

    began = time.perf_counter()
    segmenting.terms("手机")
    segmenting.dictionary_words(segmenting.FUNCTION)
    segmenting.dictionary_words(segmenting.PLACING)
    return time.perf_counter() - began


def measure(number: int) -> dict[str, Any]:
    """Figures over so many resources, on the database and, if one is named, on the cluster."""
    from django.conf import settings
    from django.db import connection, transaction

    address, settings.ELASTICSEARCH_URL = settings.ELASTICSEARCH_URL, ""
    figures: dict[str, Any] = {"segmenter": segmenter()}
    with transaction.atomic():
        figures["index"] = fill(number)
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE search_text; ANALYZE search_document")
        narrowed = {"age": "7-12", "topic": ["topic1", "topic2"]}
        figures["search"] = p95(asking("/api/search/"), QUERIES)
        figures["narrowed"] = p95(asking("/api/search/", **narrowed), QUERIES)
        figures["everything"] = p95(asking("/api/search/"), ("",))
        figures["suggestions"] = p95(asking("/api/search/suggest/"), TYPED)
        if address:
            settings.ELASTICSEARCH_URL, settings.SEARCH_INDEX = address, "bench"
            figures |= clustered()
        transaction.set_rollback(True)
    return figures


def clustered() -> dict[str, Any]:
    """Ours beside the engine's own `took`, each query at the same moment; p95 of both."""
    from search import door, indexing
    from search.engines import choice, elastic
    from search.query import Query

    began = time.perf_counter()
    indexing.refill(lambda done, total: None)
    filled = time.perf_counter() - began
    tooks: list[int] = []
    page = elastic._page

    def noted(search: Any, number: int) -> Any:
        answer = page(search, number)
        tooks.append(answer.took)
        return answer

    elastic._page = noted
    rows = []
    try:
        for text in QUERIES * (ROUNDS + 1):
            tooks.clear()
            began = time.perf_counter()
            door.find(Query(text))
            rows.append(((time.perf_counter() - began) * 1000, sum(tooks)))
    finally:
        elastic._page = page
    rows = rows[len(QUERIES) :]
    ours, took = (statistics.quantiles(column, n=20)[-1] for column in zip(*rows, strict=True))
    over = statistics.quantiles([mine - 1.5 * its for mine, its in rows], n=20)[-1]
    answered = choice.rest.is_over()
    return {"cluster": (ours, took, over), "refill": filled, "answered": answered}


def in_test_database(number: int) -> dict[str, Any]:
    """On an own database beside the one that is named: generated documents stay nowhere."""
    from django.conf import settings
    from django.test.utils import get_runner, setup_test_environment, teardown_test_environment

    setup_test_environment()
    runner = get_runner(settings)(verbosity=0, interactive=False)
    databases = runner.setup_databases()
    try:
        return measure(number)
    finally:
        runner.teardown_databases(databases)
        teardown_test_environment()
