"""More like this goes through the same door on both engines."""

import pytest

from search import indexing
from search.related import related_to


def test_others_that_share_most_come_first(engine, shelf, noise):
    page = shelf("手机放哪里：写一张约定", topic=["screen-time"])
    near = shelf("全家的手机约定", topic=["screen-time"])
    far = shelf("上网课累不累", topic=["screen-time"])
    shelf("几点睡觉", topic=["sleep"])
    indexing.carry_out()
    assert related_to(page) == [near.pk, far.pk]


def test_unpublished_page_has_and_is_nothing_related(engine, shelf, noise):
    page, other = shelf("手机约定一", topic=["sleep"]), shelf("手机约定二", topic=["sleep"])
    indexing.carry_out()
    other.unpublish()
    indexing.carry_out()
    assert (related_to(page), related_to(other)) == ([], [])


def test_number_is_kept(shelf, django_assert_num_queries):
    pages = [shelf(f"手机约定 {place}", topic=["sleep"]) for place in range(6)]
    indexing.carry_out()
    with django_assert_num_queries(6):
        assert len(related_to(pages[0], 3)) == 3


def test_page_shows_what_search_finds_and_without_it_shared_terms(shelf, noise):
    page = shelf("手机放哪里：写一张约定", topic=["screen-time"])
    shelf("上网课累不累", topic=["screen-time"])
    shelf("全家的手机约定", topic=["screen-time"])

    def related():
        return [other.title for other in page.related()]

    assert sorted(related()) == ["上网课累不累", "全家的手机约定"]  # by shared terms: not indexed
    shelf("手机约定怎么写", topic=["sleep", "screen-time"])
    indexing.carry_out()
    # Two share the words and one shares none; which of the two is nearer, search says.
    assert [other.pk for other in page.related()] == related_to(page)
    assert sorted(related()[:2]) == ["全家的手机约定", "手机约定怎么写"]
    assert related()[2:] == ["上网课累不累"]


@pytest.mark.parametrize("number", [1, 3])
def test_whole_page_asks_as_often_for_one_as_for_three(
    shelf, client, settings, django_assert_num_queries, number
):
    settings.PAGE_CACHE_ENTRIES = 0
    page = shelf("手机放哪里：写一张约定", topic=["screen-time"])
    for place in range(number):
        shelf(f"全家的手机约定 {place}", topic=["screen-time"], age=["7-12"])
    indexing.carry_out()
    assert client.get(page.url).content.decode().count("全家的手机约定") >= number
    with django_assert_num_queries(25):
        client.get(page.url)
