"""More hits than are ranked: each is counted and listed once, and the best still stand first."""

from itertools import chain

import pytest

from cms.models import ResourcePage
from search import indexing
from search.concepts import Alternative, Concept
from search.engines import catalogue, embedded
from search.engines.catalogue import Catalogue
from search.query import PAGE_SIZE, Query

PHONE = Concept("手机", (Alternative(("手机",), 1.0),), 1.0)
PROMISE = Concept("约定", (Alternative(("约定",), 1.0),), 1.0)
SLEEP = Concept("睡眠", (Alternative(("tagtopicsleep",), 1.0),), 1.0)


@pytest.fixture
def crowd(shelf, monkeypatch):
    """Fourteen texts that say 手机, the first one in its title; only five are ranked."""
    monkeypatch.setattr(embedded, "MOST_RANKED", 5)
    first = shelf("手机的约定", "晚饭后放下。", topic=["sleep"])
    others = [shelf(f"晚饭之后 {place}", f"手机放下{'一会儿' * place}。") for place in range(13)]
    indexing.carry_out()
    return [first.pk, *(page.pk for page in others)]


def pages(concepts, **asked):
    found, number = [], 1
    while True:
        hits = embedded.search(Query("x", page=number, **asked), concepts)
        found.append(hits.ids)
        if number == hits.pages:
            return found
        number += 1


def listed(concepts, **asked):
    return list(chain.from_iterable(pages(concepts, **asked)))


def test_each_hit_is_listed_once(crowd):
    assert [len(page) for page in pages((PHONE,))] == [PAGE_SIZE, 2]
    assert sorted(listed((PHONE,))) == sorted(crowd)


@pytest.mark.parametrize("concepts", [(PHONE,), (PHONE, PROMISE), (SLEEP, PHONE)])
def test_what_says_it_in_the_title_stands_first(crowd, concepts):
    assert embedded.search(Query("x"), concepts).ids[0] == crowd[0]


def test_first_ones_are_those_that_ranking_all_would_put_first(crowd, monkeypatch):
    few = embedded.search(Query("x"), (PHONE,)).ids[:1]
    monkeypatch.setattr(embedded, "MOST_RANKED", 100)
    assert embedded.search(Query("x"), (PHONE,)).ids[:1] == few


def test_rest_follows_the_most_finished_first(crowd):
    ResourcePage.objects.filter(pk=crowd[9]).update(popularity=7)
    indexing.follow_popularity()
    assert crowd[9] in listed((PHONE,))[:6]
    assert listed((PHONE,), order="finished")[0] == crowd[9]


def test_newest_and_finished_list_the_same(crowd):
    newest = listed((PHONE,), order="newest")
    assert newest == sorted(crowd, reverse=True)
    assert sorted(listed((PHONE,), order="finished")) == sorted(crowd)


def test_what_was_excluded_is_neither_listed_nor_counted(crowd):
    hits = embedded.search(Query("x", without=frozenset(crowd[:13])), (PHONE,))
    assert (hits.ids, hits.counts.total, hits.counts.by_group["kind"]) == (
        crowd[13:],
        1,
        {"article": 1},
    )


def test_words_asked_for_before_ask_the_texts_no_more(crowd, django_assert_num_queries):
    with django_assert_num_queries(5):  # version, documents, texts, titles, worths
        embedded.search(Query("x"), (PHONE,))
    with django_assert_num_queries(2):  # version, worths
        embedded.search(Query("x"), (PHONE,))


def test_another_document_is_found_at_once(crowd, shelf):
    assert embedded.search(Query("x"), (PHONE,)).counts.total == 14
    shelf("再说手机")
    indexing.carry_out()
    assert embedded.search(Query("x"), (PHONE,)).counts.total == 15


def test_text_that_came_after_the_catalogue_waits_for_the_next(crowd, shelf, monkeypatch):
    before = catalogue.read()
    shelf("再说手机")
    indexing.carry_out()
    monkeypatch.setattr(catalogue, "read", lambda: before)
    assert embedded.search(Query("x"), (PHONE,)).counts.total == 14


def test_what_is_remembered_has_an_end(monkeypatch):
    monkeypatch.setattr(catalogue, "MOST_REMEMBERED", 100)
    known = Catalogue([], {}, [], [], [], {})
    for number in range(50):
        known.remember({(False, (str(number),)): [1, 2, 3]})
        assert len(known.stands) <= 6
    assert known.stands[(False, ("49",))] == [1, 2, 3]


def test_sets_are_listed_in_order():
    known = Catalogue([30, 10, 20], {30: 0, 10: 1, 20: 2}, [0] * 3, [0.0] * 3, [2, 0, 1], {})
    some = known.holding([2, 0])
    assert (some, known.all(), known.holding([])) == (0b101, 0b111, 0)
    assert (list(known.listed(some)), list(known.listed_by_newness(some))) == ([0, 2], [2, 0])


def test_school_without_documents_finds_nothing(db):
    hits = embedded.search(Query("手机"), (PHONE,))
    assert (hits.ids, hits.counts.total, hits.page, hits.pages) == ([], 0, 1, 1)
    assert embedded.search(Query(), ()).counts.total == 0
