"""How fast search answers over generated resources; `bench.run` shows it.

Articles are made in a database that is thrown away, and indexed by rebuild_search; what is
measured is the whole request through Django, without a network.
"""

import io
import os
import random
import statistics
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

ROUNDS = 15
BATCH = 1000
START = datetime(2024, 1, 1, tzinfo=UTC)
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


def said(rng: random.Random, lines: list[list[str]]) -> list[str]:
    """A text is about one thing and touches another; the rest is what every text says."""
    own, other = rng.sample(lines, 2)
    return [*rng.sample(own, min(len(own), 8)), *rng.sample(other, 2)]


def written(rng: random.Random, lines: list[list[str]], number: int) -> dict[str, Any]:
    """The fields of one article with the words of the domain."""
    words = said(rng, lines)
    source = [*words, *COMMON * 2]
    paragraphs = ["".join(rng.sample(source, 12)) for _ in range(18)]
    return {
        "title": "".join(rng.sample(words, 3)),
        "slug": f"generated-{number}",
        "summary": "".join(rng.sample(source, 14)),
        "parents_say": "\n".join("".join(rng.sample(words, 3)) for _ in range(16)),
        "minutes": rng.randint(1, 40),
        "popularity": rng.randint(0, 5000),
        "first_published_at": START + timedelta(hours=rng.randint(0, 20_000)),
        "body": [("paragraph", f"<p>{'。'.join(paragraphs)}</p>")],
    }


def fill(number: int) -> float:
    """So many published articles, tagged at random; seconds that rebuild_search takes for them."""
    from django.core.management import call_command

    from cms.models import ArticleIndexPage, ArticlePage

    lines, rng = themes(), random.Random(5)
    index = ArticleIndexPage.objects.get()
    before = index.get_children().count()
    for first in range(0, number, BATCH):
        pages = []
        for place in range(first, min(first + BATCH, number)):
            page = ArticlePage(**written(rng, lines, place))
            below(index, page, before + place + 1)
            pages.append(page)
        insert(pages)
        tag(rng, pages, "age_stages", 1, 2)
        tag(rng, pages, "topics", 1, 2)
        tag(rng, pages, "circumstances", 0, 1)
    index.numchild = before + number
    index.save(update_fields=["numchild"])
    began = time.perf_counter()
    call_command("rebuild_search", stdout=io.StringIO())
    return time.perf_counter() - began


def below(index: Any, page: Any, place: int) -> None:
    """Where treebeard would put it, without a statement for each."""
    page.depth = index.depth + 1
    page.path = page._get_path(index.path, page.depth, place)
    page.url_path = f"{index.url_path}{page.slug}/"
    page.draft_title, page.live, page.locale = page.title, True, index.locale
    page.set_url_path(index)


def insert(pages: list[Any]) -> None:
    """bulk_create, which refuses models in several tables: one table after the other."""
    from django.db.models.sql import InsertQuery
    from wagtail.models import Page

    kinds = [*reversed(type(pages[0])._meta.get_parent_list()), type(pages[0])]
    last = Page.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    for number, page in enumerate(pages, start=last + 1):
        page.pk = page.id = number
        for kind in kinds[1:]:
            setattr(page, kind._meta.pk.attname, number)
    for kind in kinds:
        query = InsertQuery(kind)
        query.insert_values(kind._meta.local_concrete_fields, pages, raw=False)
        query.get_compiler("default").execute_sql()


def tag(rng: random.Random, pages: list[Any], name: str, least: int, most: int) -> None:
    """Between so many and so many terms of a kind for each of the pages."""
    field = type(pages[0])._meta.get_field(name)
    terms = list(field.related_model.objects.all())
    through = field.remote_field.through
    column = next(f.name for f in through._meta.fields if f.related_model is field.related_model)
    through.objects.bulk_create(
        through(**{"resourcepage_id": page.pk, column: term})
        for page in pages
        for term in rng.sample(terms, rng.randint(least, most))
    )


def settle() -> None:
    """As the database would by itself within minutes."""
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


def backend() -> Path | None:
    """Where Linux says how long PostgreSQL's process for our connection has computed."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (pid,) = cursor.fetchone()
    path = Path(f"/proc/{pid}/schedstat")
    return path if path.exists() else None


def computing(database: Path | None) -> float:
    """Milliseconds that this process, and the database's for it, have computed."""
    theirs = int(database.read_text().split()[0]) / 1e6 if database else 0.0
    return time.process_time() * 1000 + theirs


def p95(ask: Callable[[str], Any], texts: tuple[str, ...]) -> tuple[float, float]:
    """Milliseconds by the clock, and of computing alone: how busy the machine was shows."""
    for text in texts:
        ask(text)
    database = backend()
    taken, computed = [], []
    for _round in range(ROUNDS):
        for text in texts:
            began, before = time.perf_counter(), computing(database)
            ask(text)
            taken.append((time.perf_counter() - began) * 1000)
            computed.append(computing(database) - before)
    return statistics.quantiles(taken, n=20)[-1], statistics.quantiles(computed, n=20)[-1]


def asking(address: str, forget: bool = False, **narrowed: Any) -> Callable[[str], None]:
    """With `forget`, as if nobody had asked for these words since a document changed."""
    from django.test import Client

    from search.engines import catalogue

    client = Client(HTTP_HOST="localhost")

    def ask(text: str) -> None:
        if forget:
            catalogue.read().stands.clear()
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
    from django.core.management import call_command

    address, settings.ELASTICSEARCH_URL = settings.ELASTICSEARCH_URL, ""
    figures: dict[str, Any] = {"segmenter": segmenter()}
    call_command("prepare_school")
    figures["index"] = fill(number)
    settle()
    narrowed = {"age": "7-12", "topic": ["homework", "screen-time"]}
    figures["search"] = p95(asking("/api/search/"), QUERIES)
    figures["new words"] = p95(asking("/api/search/", forget=True), QUERIES)
    figures["narrowed"] = p95(asking("/api/search/", **narrowed), QUERIES)
    figures["everything"] = p95(asking("/api/search/"), ("",))
    figures["suggestions"] = p95(asking("/api/search/suggest/"), TYPED)
    figures["load"] = os.getloadavg()[0]
    if address:
        settings.ELASTICSEARCH_URL, settings.SEARCH_INDEX = address, "bench"
        figures |= clustered()
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

    # On a busy machine, too, it is the cluster that is measured, not who answers for it.
    elastic._page, elastic.SLOW_SECONDS = noted, 60
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
