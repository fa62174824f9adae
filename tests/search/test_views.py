"""The search page and its JSON."""

import pytest

from search import indexing


@pytest.fixture
def many(shelf):
    def put(number):
        for place in range(number):
            shelf(
                f"第 {place} 篇：手机与约定", "手机放在客厅。", age=["7-12"], topic=["screen-time"]
            )
        indexing.carry_out()

    return put


def test_json_has_results_and_facets(many, noise, client):
    many(14)
    answer = client.get(
        "/api/search/", {"q": "手机", "age": ["7-12", "unknown"], "page": "2"}
    ).json()
    assert (answer["total"], answer["page"], answer["pages"], len(answer["results"])) == (
        14,
        2,
        2,
        2,
    )
    assert set(answer["results"][0]) >= {"id", "kind", "title", "url", "summary"}
    ages = {facet["code"]: facet["count"] for facet in answer["facets"]["age"]}
    nobody = dict.fromkeys(["expecting", "0-3", "4-6", "13-15", "16-18"], 0)
    assert ages == {**nobody, "7-12": 14}
    assert set(answer["facets"]) == {"age", "circumstance", "topic", "kind", "minutes"}


def test_each_facet_is_counted_with_the_others_applied(shelf, client):
    shelf("甲", age=["7-12"], topic=["sleep"])
    shelf("乙", age=["13-15"], topic=["sleep"])
    shelf("丙", age=["13-15"], topic=["screen-time"])
    indexing.carry_out()
    facets = client.get("/api/search/", {"age": "7-12", "topic": "sleep"}).json()["facets"]
    counted = {
        name: {facet["code"]: facet["count"] for facet in facets[name] if facet["count"]}
        for name in ("age", "topic", "kind")
    }
    assert counted == {
        "age": {"7-12": 1, "13-15": 1},
        "topic": {"sleep": 1},
        "kind": {"article": 1},
    }


@pytest.mark.parametrize("page", ["1000000000", "-1", "0", "x", "", "9" * 500, "²"])
def test_page_that_is_none_is_the_nearest(many, client, page):
    many(1)
    answer = client.get("/api/search/", {"page": page}).json()
    assert (answer["page"], answer["pages"], len(answer["results"])) == (1, 1, 1)


def test_page_shows_marked_words_and_keeps_the_choice(many, client):
    many(14)
    answer = client.get("/search/", {"q": "手机", "age": "7-12"})
    page = answer.content.decode()
    assert "<mark>手机</mark>" in page
    assert '<input type="hidden" name="age" value="7-12">' in page
    assert 'href="/search/?q=%E6%89%8B%E6%9C%BA&amp;age=7-12&amp;page=2"' in page
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["Referrer-Policy"] == "strict-origin"


def test_nothing_found_has_next_steps(shelf, noise, client):
    shelf("火星与移民", age=["13-15"], topic=["sleep"])
    indexing.carry_out()
    answer = client.get("/search/", {"q": "火星 移民", "age": "7-12"})
    names = [step["name"] for step in answer.context["steps"]]
    assert (answer.context["found"].hits.counts.total, names[1:3]) == (0, ["火星", "移民"])


def test_no_next_step_leads_to_nothing_again(shelf, noise, client):
    shelf("火星上的夜晚", age=["13-15"], topic=["sleep"])
    indexing.carry_out()
    answer = client.get("/search/", {"q": "火星 荠菜", "age": "7-12", "kind": "video"})
    assert [(step["name"], step["url"]) for step in answer.context["steps"]] == [
        ("去掉条件再找", "/search/?q=%E7%81%AB%E6%98%9F+%E8%8D%A0%E8%8F%9C"),
        ("火星", "/search/?q=%E7%81%AB%E6%98%9F"),
        ("睡眠管理", "/search/?topic=sleep"),
        ("看全部内容", "/search/"),
    ]


def test_nothing_anywhere_offers_no_search_without_filters(noise, client):
    indexing.carry_out()
    answer = client.get("/search/", {"q": "火星 荠菜", "age": "7-12"})
    assert [step["name"] for step in answer.context["steps"]] == ["看全部内容"]


def test_text_is_escaped(noise, client):
    page = client.get("/search/", {"q": "<script>alert(1)</script>"}).content.decode()
    assert "<script>alert" not in page


@pytest.mark.parametrize("number", [1, 100])
@pytest.mark.parametrize("asked", [{"q": "手机"}, {}])
def test_queries_do_not_grow(many, client, django_assert_num_queries, number, asked):
    many(number)
    client.get("/search/", asked)
    with django_assert_num_queries(10 if asked else 6):
        client.get("/search/", asked)


def test_only_reading_is_served(client):
    assert client.post("/search/").status_code == 405
