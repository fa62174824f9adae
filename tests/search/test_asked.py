"""What is counted for the editors, and what never is."""

import pytest
from django.contrib.auth.models import Permission
from django.utils import timezone
from wagtail.contrib.search_promotions.models import Query as PromotedQuery
from wagtail.contrib.search_promotions.models import SearchPromotion

from search import asked, indexing
from search.models import Asked, ClickedPlace, Incident, Synonym


@pytest.fixture
def tomato(shelf, noise):
    page = shelf("阳台上的小番茄")
    indexing.carry_out()
    return page


def counted():
    return sorted(Asked.objects.values_list("text", "times", "empty", "clicked"))


def test_searches_are_counted_by_text(tomato, client):
    for typed in ("番茄", "番茄 ", "火星"):
        client.get("/search/", {"q": typed})
    client.get("/search/", {"q": "番茄", "page": "2"})
    client.get("/search/", {"q": "番茄", "kind": "article"})
    client.get("/search/")
    assert counted() == [("火星", 1, 1, 0), ("番茄", 2, 0, 0)]


@pytest.mark.parametrize(
    "typed",
    [
        "13800138001",
        "138 0013 8001",
        "我叫陈静",
        "学号20230101",
        "a@b.cn",
        "身份证",
        "字" * 31,
        "3栋2单元",
    ],
)
def test_what_points_at_somebody_is_not_counted(tomato, client, typed):
    client.get("/search/", {"q": typed})
    assert counted() == []


def test_clicks_are_counted_by_place(tomato, client):
    client.get("/search/", {"q": "番茄"})
    sent = [("番茄", "1"), ("番茄", "1"), ("番茄", "x"), ("番茄", "999"), ("没搜过的", "1")]
    codes = {client.post("/api/search/clicked/", {"q": q, "place": p}).status_code for q, p in sent}
    assert (codes, counted()) == ({204}, [("番茄", 1, 0, 2)])
    assert list(ClickedPlace.objects.values_list("place", "times")) == [(1, 2)]


def test_one_address_alone_does_not_make_the_clicks(tomato, client, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "search_click": "2/m/ip"}
    client.get("/search/", {"q": "番茄"})

    def click(address):
        sent = {"q": "番茄", "place": "1"}
        return client.post("/api/search/clicked/", sent, REMOTE_ADDR=address).status_code

    assert [click("10.0.0.1") for _ in range(4)] == [204] * 4
    assert list(ClickedPlace.objects.values_list("place", "times")) == [(1, 2)]
    click("10.0.0.2")
    assert list(ClickedPlace.objects.values_list("place", "times")) == [(1, 3)]


def test_old_counts_are_forgotten(db):
    Asked.objects.create(day="2026-01-01", text="番茄", times=5)
    Asked.objects.create(day=timezone.localdate(), text="小葱", times=5)
    asked.forget()
    assert counted() == [("小葱", 5, 0, 0)]


@pytest.fixture
def editor(client, chen_jing):
    names = ["access_admin", "view_asked"]
    chen_jing.user_permissions.add(*Permission.objects.filter(codename__in=names))
    client.force_login(chen_jing)
    return chen_jing


def test_report_shows_what_enough_people_asked(editor, client):
    today = timezone.localdate()
    Asked.objects.create(day=today, text="番茄", times=5, clicked=2)
    Asked.objects.create(day=today, text="火星", times=3, empty=3)
    Asked.objects.create(day=today, text="只有一次", times=1, empty=1)
    ClickedPlace.objects.create(day=today, place=2, times=4)
    Incident.objects.create(day=today, count=2)
    answer = client.get("/admin/reports/search/", {"days": "7"})
    texts = {
        name: [row["text"] for row in answer.context[name]] for name in ("most_used", "not_found")
    }
    assert (texts, answer.context["incidents"]) == (
        {"most_used": ["番茄", "火星"], "not_found": ["火星"]},
        2,
    )
    assert answer.context["places"] == [{"place": 2, "all_times": 4, "share": 100}]


def test_report_of_a_period_that_is_none_is_of_thirty_days(editor, client):
    assert client.get("/admin/reports/search/", {"days": "x"}).context["days"] == 30


def test_report_is_not_for_everybody_in_the_admin(client, li_wei):
    li_wei.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(li_wei)
    assert client.get("/admin/reports/search/").status_code == 302


def test_promoted_page_stands_above_the_results(tomato, client):
    SearchPromotion.objects.create(query=PromotedQuery.get("小葱"), page=tomato, description="种菜")
    (promoted,) = client.get("/search/", {"q": "小葱"}).context["promoted"]
    assert (promoted.title, promoted.url) == ("阳台上的小番茄", tomato.url)
    assert client.get("/search/", {"q": "小葱", "kind": "article"}).context["promoted"] == []
    tomato.unpublish()
    assert client.get("/search/", {"q": "小葱"}).context["promoted"] == []


def test_editor_looks_for_a_word_among_the_synonyms(client, chen_jing):
    names = ["access_admin", "view_synonym"]
    chen_jing.user_permissions.add(*Permission.objects.filter(codename__in=names))
    client.force_login(chen_jing)
    Synonym.objects.all().delete()
    Synonym.objects.bulk_create([Synonym(words="闹夜", finds="夜醒"), Synonym(words="番茄 西红柿")])
    for typed, found in (
        ("闹夜", ["闹夜"]),
        ("夜醒", ["闹夜"]),
        ("西红", ["番茄 西红柿"]),
        ("葱", []),
    ):
        answer = client.get("/admin/snippets/search/synonym/", {"q": typed})
        assert [row.words for row in answer.context["object_list"]] == found


def test_synonyms_are_not_for_everybody_in_the_admin(client, li_wei):
    li_wei.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(li_wei)
    assert client.get("/admin/snippets/search/synonym/").status_code == 302
