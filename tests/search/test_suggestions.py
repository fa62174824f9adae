"""Suggestions come from what everybody may see, and from nothing else."""

import pytest

from cms.models import Topic
from search import indexing


@pytest.fixture
def suggest(client, noise):
    def texts(typed):
        indexing.carry_out()
        found = client.get("/api/search/suggest/", {"q": typed}).json()["suggestions"]
        return [(one["text"], one["kind"]) for one in found]

    return texts


@pytest.fixture
def article(shelf):
    return shelf("阳台上的小番茄", topic=["sleep"])


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("番", [("番茄", "word")]),
        ("番茄", [("番茄", "word"), ("阳台上的小番茄", "page")]),
        ("fan", [("番茄", "word")]),
        ("fq", [("番茄", "word")]),
        ("睡眠", [("睡眠管理", "topic"), ("睡眠", "word")]),
        ("手机", []),
        ("", []),
        ("\x00%_", []),
        ("字" * 10_000, []),
    ],
)
def test_typed_is_gone_on_with(article, suggest, typed, found):
    assert suggest(typed) == found


def test_unpublished_is_not_suggested(article, suggest):
    assert len(suggest("番茄")) == 2
    article.unpublish()
    assert (suggest("番茄"), suggest("睡眠")) == ([], [])


@pytest.mark.parametrize("number", [1, 100])
def test_queries_do_not_grow(shelf, client, django_assert_num_queries, number):
    for place in range(number):
        shelf(f"番茄 {place}", topic=["sleep"])
    indexing.carry_out()
    client.get("/api/search/suggest/", {"q": "番茄"})
    with django_assert_num_queries(7):
        client.get("/api/search/suggest/", {"q": "番茄"})


@pytest.mark.parametrize("number", [1, 3])
def test_queries_do_not_grow_with_terms(shelf, client, django_assert_num_queries, number):
    codes = [f"tomatoes-{place}" for place in range(number)]
    for code in codes:
        Topic.objects.create(code=code, name=f"番茄管理{code[-1]}")
    shelf("番茄", topic=codes[-1:])
    indexing.carry_out()
    client.get("/api/search/suggest/", {"q": "番茄"})
    with django_assert_num_queries(8):
        found = client.get("/api/search/suggest/", {"q": "番茄"}).json()["suggestions"]
    assert [one["text"] for one in found if one["kind"] == "topic"] == [f"番茄管理{number - 1}"]
