"""What an editor checks before a text goes on the shelf, for every file of the demonstration."""

from collections import Counter
from datetime import date

import pytest

from demo import content
from tests.demo.shelf import KINDS, length, links, numbers, of_kind, shelf, words
from tests.demo.taxonomy import TERMS

SHELF = shelf()
SLUGS = {data["slug"] for data in SHELF.values()}
EXPERTS = {expert["slug"] for expert in content.read("experts.yaml")}
SECTIONS = content.read("home.yaml")["sections"]
HOTLINES = {"110", "120", "12315", "12333", "12338", "12345", "12348", "12355", "12356"}
FIRST, LAST = date(2026, 8, 15), date(2026, 11, 24)


def breaking(rule):
    """The pages that do not keep to a rule, by name."""
    return [name for name, data in SHELF.items() if not rule(data)]


def codes(data, name):
    return {str(code) for code in data.get(name, [])}


def served(name):
    """How many pages name each code; the lessons of a course count as one with it."""
    pages = [data for kind in KINDS for data in of_kind(kind).values()]
    return Counter(code for data in pages for code in codes(data, name))


@pytest.mark.parametrize(
    ("kind", "least"), [("courses", 8), ("videos", 12), ("stories", 10), ("articles", 15)]
)
def test_shelf_holds_enough(kind, least):
    assert len(of_kind(kind)) >= least


def test_slugs_are_unique():
    slugs = Counter(data["slug"] for data in SHELF.values())
    assert [slug for slug, times in slugs.items() if times > 1] == []


@pytest.mark.parametrize("kind", KINDS)
def test_files_are_named_by_slug(kind):
    stems = {path.stem for path in (content.CONTENT / kind).glob("*.yaml")}
    assert stems == {entry.slug for entry in content.entries(kind)}


@pytest.mark.parametrize("name", TERMS)
def test_terms_are_known(name):
    assert breaking(lambda data: codes(data, name) <= TERMS[name]) == []


@pytest.mark.parametrize("name", ["age_stages", "topics"])
def test_everything_says_for_whom_and_about_what(name):
    assert breaking(lambda data: codes(data, name)) == []


def test_summaries_fit():
    assert breaking(lambda data: 20 <= len(data["summary"]) <= 200) == []


def test_parents_say_it_in_many_ways():
    """Short enough to be typed, nothing twice, nothing that the title says already."""

    def said_well(data):
        lines = data["parents_say"]
        typed = all(2 <= len(line) <= 34 for line in lines)
        return 24 <= len(lines) == len(set(lines)) and typed and data["title"] not in lines

    assert breaking(said_well) == []


def test_experts_are_known():
    assert breaking(lambda data: data["experts"] and set(data["experts"]) <= EXPERTS) == []


def test_published_this_autumn():
    assert breaking(lambda data: FIRST <= data["published"] <= LAST) == []


def test_bodies_guide_with_three_hundred_characters():
    assert breaking(lambda data: length(data["body"]) >= 300) == []


def test_articles_say_enough_and_stop():
    lengths = {name: length(data["body"]) for name, data in of_kind("articles").items()}
    assert {name: size for name, size in lengths.items() if not 500 <= size <= 1000} == {}


def test_links_lead_somewhere_else():
    assert breaking(lambda data: set(links(data["body"])) <= SLUGS - {data["slug"]}) == []


def test_numbers_are_public_hotlines():
    assert breaking(lambda data: numbers(data) <= HOTLINES) == []


def test_punctuation_is_chinese():
    assert breaking(lambda data: not set(words(data["body"])) & set(",;:!?\"'()")) == []


@pytest.mark.parametrize("name", ["age_stages", "circumstances"])
def test_every_family_is_served_twice(name):
    times = served(name)
    assert [code for code in TERMS[name] if times[code] < 2] == []


def test_most_topics_are_served_twice():
    assert sum(1 for times in served("topics").values() if times >= 2) >= 15


@pytest.mark.parametrize(
    ("name", "code"),
    [
        *(("topics", code) for code in ("sleep", "reading", "fitness", "bullying", "homework")),
        *(("circumstances", code) for code in ("multi-child", "migrant", "disability")),
    ],
)
def test_two_articles_for_what_parents_ask_most(name, code):
    assert sum(1 for data in of_kind("articles").values() if code in codes(data, name)) >= 2


def test_stories_say_who_tells_them():
    tellers = {name: len(data["told_by"]) for name, data in of_kind("stories").items()}
    assert {name: size for name, size in tellers.items() if not 1 <= size <= 60} == {}


def test_everything_to_watch_has_a_recording_of_its_own():
    played = [
        data.get("recording")
        for name, data in SHELF.items()
        if name.startswith("videos/") or data.get("format") in ("video", "audio")
    ]
    assert None not in played
    assert len(set(played)) == len(played)


def test_home_leads_to_whole_resources():
    whole = {data["slug"] for kind in KINDS for data in of_kind(kind).values()}
    assert [slug for part in SECTIONS for slug in part["resources"] if slug not in whole] == []


def test_home_has_three_shelves_of_two_rows():
    assert [len(set(part["resources"])) for part in SECTIONS] == [6, 6, 6]
    assert [part["title"] for part in SECTIONS if not part["note"]] == []
