from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from cms.filters import PER_PAGE


def titles(response):
    return [resource.title for resource in response.context["resources"]]


def test_index_lists_newest_first(client, add):
    add("article", "older")
    add("article", "newer")
    assert titles(client.get("/articles/")) == ["newer", "older"]


def test_index_leaves_out_drafts_and_pages_behind_a_password(client, add):
    add("article", "public")
    add("article", "draft").unpublish()
    PageViewRestriction.objects.create(
        page=add("article", "secret"), restriction_type=PageViewRestriction.PASSWORD, password="x"
    )
    assert titles(client.get("/articles/")) == ["public"]


def test_index_filters_by_every_parameter_together(client, add):
    add("story", "both", age="7-12", circumstance="grandparents", topic="labour")
    add("story", "age-only", age="7-12")
    add("story", "topic-only", topic="labour")
    address = "/stories/?age=7-12&circumstance=grandparents&topic=labour"
    assert titles(client.get(address)) == ["both"]
    assert titles(client.get("/stories/?topic=labour")) == ["topic-only", "both"]


def test_index_with_an_unknown_code_filters_nothing(client, add):
    add("story", "one", age="7-12")
    response = client.get("/stories/?age=99&topic=%3Cscript%3E")
    assert titles(response) == ["one"]
    assert response.context["filtered"] is False
    assert b"<script>" not in response.content


def test_chosen_chip_leads_back_and_others_keep_the_choice(client, add):
    add("story", "one", age="7-12", topic="labour")
    chips = client.get("/stories/?age=7-12").context["filters"]
    chosen = next(chip for chip in chips["age_stages"] if chip["active"])
    labour = next(chip for chip in chips["topics"] if chip["url"].endswith("topic=labour"))
    assert chosen["url"] == "/stories/"
    assert labour["url"] == "/stories/?age=7-12&topic=labour"


def test_pages_keep_the_filters_and_the_first_has_no_number(client, add):
    for number in range(2 * PER_PAGE + 1):
        add("article", f"a{number}", age="7-12")
    middle = client.get("/articles/?age=7-12&page=2")
    assert middle.context["page_links"] == {
        "previous": "/articles/?age=7-12",
        "next": "/articles/?age=7-12&page=3",
        "number": 2,
        "count": 3,
    }
    assert len(titles(middle)) == PER_PAGE


def test_page_that_is_no_number_is_the_first_and_one_too_high_the_last(client, add):
    for number in range(PER_PAGE + 1):
        add("article", f"a{number}")
    assert client.get("/articles/?page=x").context["resources"].number == 1
    assert client.get("/articles/?page=99").context["resources"].number == 2


def queries(client, address):
    ContentType.objects.clear_cache()
    client.get(address)  # draws what renditions are missing
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_query_counts_do_not_grow_with_resources(client, add, course):
    addresses = ["/", "/articles/", "/articles/a0/", "/courses/", "/videos/"]
    add("video", "v0", age="7-12", topic="labour")
    add("article", "a0", age="7-12", topic="labour")
    add("article", "b0", age="7-12", topic="labour")
    before = [queries(client, address) for address in addresses]
    for number in range(1, 6):
        add("article", f"a{number}", age="7-12", topic="labour")
        add("video", f"v{number}", age="7-12", topic="labour")
        course.copy(update_attrs={"slug": f"c{number}", "title": f"c{number}"})
    assert [queries(client, address) for address in addresses] == before
