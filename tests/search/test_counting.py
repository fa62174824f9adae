"""Counts, orders and pages are the same whichever engine answers."""

import pytest

from cms.models import ArticlePage
from search import door, indexing
from search.query import Query


@pytest.fixture
def three(shelf, noise):
    shelf("手机约定甲", age=["7-12"], topic=["sleep"])
    shelf("手机约定乙", age=["13-15"], topic=["sleep"])
    shelf("手机约定丙", age=["13-15", "7-12"], topic=["screen-time"])
    indexing.carry_out()


def counted(found, *groups):
    """What each choice of a facet would find, without those that would find nothing."""
    by_group = found.hits.counts.by_group
    return {group: {c: n for c, n in by_group[group].items() if n} for group in groups}


@pytest.mark.parametrize("text", ["手机", "手机约定 火星"])
def test_each_facet_is_counted_with_the_others_applied(engine, three, text):
    indexing.refill(lambda done, total: None)
    found = door.find(Query(text, {"age": ("7-12",), "topic": ("sleep",)}))
    assert counted(found, "age", "topic", "kind") == {
        "age": {"7-12": 1, "13-15": 1},
        "topic": {"sleep": 1, "screen-time": 1},
        "kind": {"article": 1},
    }


def test_two_of_one_facet_add_up_in_every_count(engine, three):
    indexing.refill(lambda done, total: None)
    found = door.find(Query("手机", {"topic": ("sleep", "screen-time")}))
    assert (found.hits.counts.total, counted(found, "topic", "age")) == (
        3,
        {"topic": {"sleep": 2, "screen-time": 1}, "age": {"7-12": 2, "13-15": 2}},
    )


@pytest.mark.parametrize("text", ["手机", ""])
def test_most_finished_first(shelf, find, text):
    for title, times in (("手机一", 3), ("手机二", 20), ("手机三", 0)):
        page = shelf(title, minutes=4)
        ArticlePage.objects.filter(pk=page.pk).update(popularity=times)
    assert find(text, order="finished", kind=["article"]) == ["手机二", "手机一", "手机三"]


def test_popularity_is_followed(shelf, find):
    for title in ("手机一", "手机二"):
        shelf(title)
    find("手机")
    ArticlePage.objects.filter(title="手机一").update(popularity=9)
    assert indexing.follow_popularity() == 1
    assert find("手机", order="finished") == ["手机一", "手机二"]


def test_page_beyond_the_last_is_the_last(engine, shelf):
    for number in range(14):
        shelf(f"手机约定 {number}")
    indexing.carry_out()
    hits = door.find(Query("手机", page=10**9)).hits
    assert (hits.page, hits.pages, len(hits.ids)) == (2, 2, 2)


def test_tag_that_only_ranks_decides_between_equals(shelf, find):
    shelf("写作业的约定", age=["13-15"])
    shelf("写作业的约定", age=["7-12"])
    shelf("别的约定", age=["7-12"])
    assert find("8岁写作业", kind=["article"])[:2] == ["写作业的约定", "写作业的约定"]
    ages = [result.document.signature for result in door.find(Query("8岁写作业")).results]
    assert "age:7-12" in ages[0]


def test_mistyped_text_says_what_was_looked_for_instead(engine, three):
    found = door.find(Query("受机约定"))
    assert (found.meaning.instead, found.hits.counts.total) == ("手机约定", 3)
    assert door.find(Query("手机")).meaning.instead == ""


def test_what_looks_mistyped_may_be_meant_so(engine, three, client):
    answer = client.get("/search/", {"q": "受机约定", "age": "7-12"})
    exactly = answer.context["exactly"]
    assert exactly == "/search/?q=%E5%8F%97%E6%9C%BA%E7%BA%A6%E5%AE%9A&age=7-12&exact=1"
    found = client.get(exactly).context["found"]
    assert (found.meaning.instead, found.query.exact) == ("", True)
    assert client.get("/search/", {"q": "手机", "exact": "2"}).context["found"].query.exact is False
