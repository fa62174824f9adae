"""Each facet is counted with the other facets' choices, its own left out."""

import pytest

from search.facets import Counts, codes_of, count, passing, signature
from search.query import GROUPS, Query

SLEEP = [("kind", "course"), ("age", "7-12"), ("topic", "sleep")]
PHONE = [("kind", "video"), ("age", "7-12"), ("age", "13-15"), ("topic", "phone")]
BABY = [("kind", "video"), ("age", "0-3"), ("topic", "sleep")]
ALL = [SLEEP, PHONE, PHONE, BABY, BABY, BABY, BABY]
EVERYTHING = 0b1111111


def having(documents):
    """The sets of documents by code; the first document is the lowest bit."""
    found = {group: {} for group in GROUPS}
    for place, tags in enumerate(documents):
        for group, code in tags:
            found[group][code] = found[group].get(code, 0) | 1 << place
    return found


def by_group(age, topic, kind):
    return {"age": age, "circumstance": {}, "topic": topic, "kind": kind, "minutes": {}}


def test_signature_is_in_one_order_and_read_back():
    assert signature(SLEEP) == " age:7-12 kind:course topic:sleep "
    assert codes_of(signature(PHONE)) == (("13-15", "7-12"), (), ("phone",), ("video",), ())


def test_nothing_chosen_counts_everything():
    ages, topics = {"7-12": 3, "13-15": 2, "0-3": 4}, {"sleep": 5, "phone": 2}
    expected = Counts(7, by_group(ages, topics, {"course": 1, "video": 6}))
    assert count(EVERYTHING, having(ALL), Query()) == expected


def test_only_what_was_found_counts():
    ages, topics = {"7-12": 2, "13-15": 1, "0-3": 1}, {"sleep": 2, "phone": 1}
    expected = Counts(3, by_group(ages, topics, {"course": 1, "video": 2}))
    assert count(0b0001011, having(ALL), Query()) == expected


def test_choice_narrows_the_others_and_not_its_own():
    query = Query(chosen={"topic": ("sleep",)})
    ages, topics = {"7-12": 1, "0-3": 4}, {"sleep": 5, "phone": 2}
    expected = Counts(5, by_group(ages, topics, {"course": 1, "video": 4}))
    assert count(EVERYTHING, having(ALL), query) == expected


def test_two_of_one_facet_add_up_and_two_facets_narrow():
    both = Query(chosen={"age": ("7-12", "0-3"), "kind": ("video",)})
    ages, topics = {"7-12": 2, "13-15": 2, "0-3": 4}, {"phone": 2, "sleep": 4}
    expected = Counts(6, by_group(ages, topics, {"course": 1, "video": 6}))
    assert count(EVERYTHING, having(ALL), both) == expected


def test_what_fails_two_choices_counts_nowhere():
    query = Query(chosen={"age": ("0-3",), "kind": ("course",)})
    assert count(0b1, having([PHONE]), query) == Counts(0, by_group({}, {}, {}))


@pytest.mark.parametrize("code", ["nonsense", "13-15 "])
def test_code_that_nothing_has_finds_nothing(code):
    query = Query(chosen={"age": (code,)})
    assert passing(EVERYTHING, having(ALL), query) == 0
    assert count(EVERYTHING, having(ALL), query).total == 0


def test_passes_every_choice():
    query = Query(chosen={"age": ("13-15",), "kind": ("video",)})
    assert passing(EVERYTHING, having(ALL), query) == 0b0000110
