"""How fast search answers over generated resources: `python -m bench.search [number ...]`.

Documents are made in a transaction that is never committed, on the database that DATABASE_URL
names; what is measured is the whole request through Django, without a network.
"""

import os
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

NUMBERS = (20_000, 100_000)
ROUNDS = 5
BATCH = 1000
AGES = ("expecting", "0-3", "4-6", "7-12", "13-15", "16-18")
QUERIES = (
    *("孩子玩手机不写作业", "爷爷奶奶带娃", "自闭症训练", "不睡觉", "青春期顶嘴"),
    *("校园欺凌", "留守儿童", "8岁写作业磨蹭", "幼小衔接", "发脾气"),
)
TYPED = ("手", "手机", "shui", "qcq", "孩子", "作业", "青春")


COMMON = [
    "每天",
    "一起",
    "时候",
    "慢慢",
    "先说",
    "听完",
    "以后",
    "自己",
    "家里",
    "学校",
    "老师",
    "晚上",
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


def p95(ask: Callable[[str], Any], texts: tuple[str, ...]) -> float:
    """Milliseconds."""
    for text in texts:
        ask(text)
    taken = []
    for _round in range(ROUNDS):
        for text in texts:
            began = time.perf_counter()
            ask(text)
            taken.append((time.perf_counter() - began) * 1000)
    return statistics.quantiles(taken, n=20)[-1]


def measure(number: int) -> None:
    from django.db import connection, transaction
    from django.test import Client

    client = Client(HTTP_HOST="localhost")

    def search(text: str) -> None:
        assert client.get("/api/search/", {"q": text}).status_code == 200  # noqa: S101

    def narrowed(text: str) -> None:
        asked = {"q": text, "age": "7-12", "topic": ["topic1", "topic2"]}
        assert client.get("/api/search/", asked).status_code == 200  # noqa: S101

    def suggest(text: str) -> None:
        assert client.get("/api/search/suggest/", {"q": text}).status_code == 200  # noqa: S101

    with transaction.atomic():
        seconds = fill(number)
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE search_text; ANALYZE search_document")
        figures = {
            "search": p95(search, QUERIES),
            "narrowed": p95(narrowed, QUERIES),
            "everything": p95(search, ("",)),
            "suggestions": p95(suggest, TYPED),
        }
        transaction.set_rollback(True)
    shown = "   ".join(f"{name} {value:.0f}" for name, value in figures.items())
    print(
        f"{connection.vendor:11} {number:7} resources, indexed in {seconds:.0f} s; p95 ms: {shown}",
        flush=True,
    )


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    os.environ.setdefault("LOG_LEVEL", "ERROR")
    import django

    django.setup()
    from django.conf import settings
    from django.test.utils import get_runner, setup_test_environment

    setup_test_environment()
    runner = get_runner(settings)(verbosity=0, interactive=False)
    databases = runner.setup_databases()
    try:
        for number in [int(argument) for argument in sys.argv[1:]] or NUMBERS:
            measure(number)
    finally:
        runner.teardown_databases(databases)


if __name__ == "__main__":
    main()
