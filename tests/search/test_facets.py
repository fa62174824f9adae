"""Each facet is counted with the other facets' choices, its own left out."""

from search.facets import Counts, codes_of, count, passing, signature
from search.query import Query

SLEEP = signature([("kind", "course"), ("age", "7-12"), ("topic", "sleep")])
PHONE = signature([("kind", "video"), ("age", "7-12"), ("age", "13-15"), ("topic", "phone")])
BABY = signature([("kind", "video"), ("age", "0-3"), ("topic", "sleep")])
ALL = {SLEEP: 1, PHONE: 2, BABY: 4}


def by_group(age, topic, kind):
    return {"age": age, "circumstance": {}, "topic": topic, "kind": kind, "minutes": {}}


def test_signature_is_in_one_order_and_read_back():
    assert SLEEP == " age:7-12 kind:course topic:sleep "
    assert codes_of(PHONE) == (("13-15", "7-12"), (), ("phone",), ("video",), ())


def test_nothing_chosen_counts_everything():
    ages, topics = {"7-12": 3, "13-15": 2, "0-3": 4}, {"sleep": 5, "phone": 2}
    expected = Counts(7, by_group(ages, topics, {"course": 1, "video": 6}))
    assert count(ALL, Query()) == expected


def test_choice_narrows_the_others_and_not_its_own():
    query = Query(chosen={"topic": ("sleep",)})
    ages, topics = {"7-12": 1, "0-3": 4}, {"sleep": 5, "phone": 2}
    assert count(ALL, query) == Counts(5, by_group(ages, topics, {"course": 1, "video": 4}))


def test_two_of_one_facet_add_up_and_two_facets_narrow():
    both = Query(chosen={"age": ("7-12", "0-3"), "kind": ("video",)})
    ages, topics = {"7-12": 2, "13-15": 2, "0-3": 4}, {"phone": 2, "sleep": 4}
    assert count(ALL, both) == Counts(6, by_group(ages, topics, {"course": 1, "video": 6}))


def test_what_fails_two_choices_counts_nowhere():
    query = Query(chosen={"age": ("0-3",), "kind": ("course",)})
    found = count({PHONE: 1}, query)
    assert (found.total, found.by_group) == (0, by_group({}, {}, {}))


def test_passes_every_choice():
    query = Query(chosen={"age": ("13-15",), "kind": ("video",)})
    assert passing(ALL, query) == {PHONE}
