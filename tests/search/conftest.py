"""A small shelf of resources for search, and a way to put more on it.

Under `make test-services` the contract tests run against the cluster as well.
"""

import os

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.utils import timezone

from cms.models import (
    AgeStage,
    ArticleIndexPage,
    ArticlePage,
    Circumstance,
    StoryIndexPage,
    StoryPage,
    Topic,
)
from courses.models import LessonPage
from media.models import Recording
from search import door, indexing
from search.engines import choice
from search.query import Query

CLUSTER = os.environ.get("ELASTICSEARCH_URL", "")
collect_ignore = [] if CLUSTER else ["test_cluster.py"]


@pytest.fixture(params=["embedded", *(["elasticsearch"] if CLUSTER else [])])
def engine(request, settings, monkeypatch, worker_id):
    """The engine that answers: the same tests hold for both."""
    if request.param == "elasticsearch":
        use_cluster(settings, monkeypatch, CLUSTER, worker_id)
    yield request.param
    if request.param == "elasticsearch":
        clear_cluster()


def use_cluster(settings, monkeypatch, address, worker_id):
    """Waits for it however busy the machine is: what is too slow has a test of its own."""
    from search.engines import elastic

    monkeypatch.setattr(elastic, "SLOW_SECONDS", 60)
    settings.ELASTICSEARCH_URL, settings.SEARCH_INDEX = address, f"school-test-{worker_id}"
    choice.rest.end()
    clear_cluster()


def clear_cluster():
    from search.engines import elastic

    for name in elastic.client(30).indices.get(index=f"{elastic.alias()}-*"):
        elastic.client(30).indices.delete(index=name)


@pytest.fixture
def taxonomy(db):
    """A few terms of the real taxonomy, with its names and everyday words."""
    stages = [("expecting", "新婚期及孕期", None, None), ("0-3", "0—3岁", 0, 3)]
    stages += [("7-12", "7—12岁", 7, 12), ("13-15", "13—15岁", 13, 15)]
    for position, (code, name, least, most) in enumerate(stages):
        AgeStage.objects.update_or_create(
            code=code,
            defaults={"name": name, "min_age": least, "max_age": most, "position": position},
        )
    words = {"grandparents": ("隔代教养", ["爷爷奶奶带", "祖辈"])}
    words["disability"] = ("残疾儿童", ["孤独症", "自闭症"])
    for code, (name, also) in words.items():
        Circumstance.objects.update_or_create(code=code, defaults={"name": name, "also": also})
    for code, name in (("screen-time", "手机与网络"), ("sleep", "睡眠管理")):
        Topic.objects.update_or_create(code=code, defaults={"name": name})


@pytest.fixture
def shelf(home, taxonomy):
    """Puts published articles (or stories) on the shelf; not yet indexed."""

    def put(title, body="", kind="article", live=True, **fields):
        index, model = {
            "article": (ArticleIndexPage, ArticlePage),
            "story": (StoryIndexPage, StoryPage),
        }[kind]
        terms = {
            "age_stages": AgeStage.objects.filter(code__in=fields.pop("age", [])),
            "circumstances": Circumstance.objects.filter(code__in=fields.pop("circumstance", [])),
            "topics": Topic.objects.filter(code__in=fields.pop("topic", [])),
        }
        parent = index.objects.get()
        number = parent.get_children_count() + 1
        page = model(title=title, slug=f"{kind}-{number}", live=False, **fields)
        page.body = [("paragraph", f"<p>{body}</p>")] if body else []
        parent.add_child(instance=page)
        for name, found in terms.items():
            setattr(page, name, found)
        page.minutes = fields.get("minutes", 4)
        revision = page.save_revision()
        if live:
            page.first_published_at = timezone.now()
            revision.publish()
        return model.objects.get(pk=page.pk)

    return put


@pytest.fixture
def lesson(course):
    """A lesson with a recording, in a course."""
    file = ContentFile(b"not played in these tests", name="lesson.mp4")
    recording = Recording.objects.create(title="课", type="video", duration=60, file=file)
    return course.add_child(
        instance=LessonPage(title="怎么浇水", slug="watering", format="video", recording=recording)
    )


@pytest.fixture
def noise(shelf):
    """What must not be found by anything else than its own words."""
    shelf("晒太阳的小板凳", "院子里放一张板凳，晚饭后坐一坐。", kind="story")


@pytest.fixture
def find(engine, noise):
    """Titles found by a text and filters, after everything noted is carried out."""

    def titles(text="", order="relevance", **chosen):
        indexing.carry_out()
        query = Query(text, {name: tuple(codes) for name, codes in chosen.items()}, order)
        return [result.document.title for result in door.find(query).results]

    return titles


@pytest.fixture
def rebuilt(db):
    def rebuild():
        call_command("rebuild_search", verbosity=0)

    return rebuild
