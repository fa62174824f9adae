import json
import re

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.utils.translation import gettext as words
from wagtail.users.models import UserProfile

from learners.accounts.models import Consent, User
from learners.accounts.privacy import VERSION
from tests.learners.accounts.conftest import ask, enter

PAGES = ["/account/", "/account/download/", "/account/close/"]


@pytest.fixture
def mother(client, chen_jing):
    client.force_login(chen_jing)
    return client


def text_of(response):
    return response.content.decode()


def test_account_pages_ask_strangers_to_sign_in(client):
    assert [client.get(page)["Location"] for page in PAGES] == [
        f"/account/sign-in/?next={page}" for page in PAGES
    ]
    response = client.post("/account/sign-out-everywhere/")
    assert response["Location"] == "/account/sign-in/?next=/account/sign-out-everywhere/"


def test_account_pages_are_never_cached(mother):
    kept = "max-age=0, no-cache, no-store, must-revalidate, private"
    assert [mother.get(page)["Cache-Control"] for page in PAGES] == [kept] * 3


def test_account_shows_the_phone_masked(mother):
    page = text_of(mother.get("/account/"))
    assert ("138****8001" in page, "13800138001" in page) == (True, False)


def test_account_saves_name_and_language(mother, chen_jing, li_wei):
    response = mother.post("/account/", {"name": " 小陈 ", "language": "en"})
    assert (response.status_code, response["Location"]) == (302, "/account/")
    chen_jing.refresh_from_db()
    li_wei.refresh_from_db()
    assert (chen_jing.name, chen_jing.language) == ("小陈", "en")
    assert (li_wei.name, li_wei.language) == ("李伟", "zh-hans")


@pytest.mark.parametrize(
    "data",
    [{"name": "字" * 61, "language": "en"}, {"name": "小陈", "language": "fr"}, {"name": "小陈"}],
)
def test_account_refuses_what_does_not_fit(mother, chen_jing, data):
    response = mother.post("/account/", data)
    assert (response.status_code, len(response.context["form"].errors)) == (200, 1)
    chen_jing.refresh_from_db()
    assert (chen_jing.name, chen_jing.language) == ("陈静", "zh-hans")


def test_account_cannot_change_what_is_not_asked(mother, chen_jing):
    mother.post(
        "/account/",
        {"name": "小陈", "language": "en", "is_superuser": "on", "phone": "1", "username": "root"},
    )
    user = User.objects.get()
    assert (user.is_superuser, user.phone, user.username) == (
        False,
        "+8613800138001",
        chen_jing.username,
    )


def test_account_escapes_the_name(mother, chen_jing):
    mother.post("/account/", {"name": "<b>陈</b>", "language": "zh-hans"})
    page = text_of(mother.get("/account/"))
    assert ("<b>陈</b>" in page, "&lt;b&gt;陈&lt;/b&gt;" in page) == (False, True)


def test_account_page_costs_the_same_statements(mother, chen_jing, django_assert_num_queries):
    for n in range(3):
        Consent.objects.create(user=chen_jing, purpose="privacy", version=str(n))
        with django_assert_num_queries(3):
            mother.get("/account/")


@pytest.mark.parametrize(
    "page", ["", "sign-out/", "sign-out-everywhere/", "close/", "code/resend/"]
)
def test_forms_are_refused_without_csrf_token(chen_jing, page):
    client = Client(enforce_csrf_checks=True)
    client.force_login(chen_jing)
    data = {"name": "小陈", "language": "en", "confirmation": "8001"}
    assert client.post(f"/account/{page}", data).status_code == 403
    chen_jing.refresh_from_db()
    assert (chen_jing.name, chen_jing.is_active, chen_jing.session_epoch) == ("陈静", True, 0)


def test_sign_out_ends_this_session_only(mother, chen_jing):
    other = Client()
    other.force_login(chen_jing)
    assert mother.post("/account/sign-out/")["Location"] == "/"
    assert mother.get("/account/").status_code == 302
    assert other.get("/account/").status_code == 200


def test_sign_out_by_link(mother):
    assert mother.get("/account/sign-out/").status_code == 405
    assert mother.get("/account/").status_code == 200


def test_sign_out_everywhere_ends_every_session_of_this_person(mother, chen_jing, li_wei):
    other, stranger = Client(), Client()
    other.force_login(chen_jing)
    stranger.force_login(li_wei)
    response = mother.post("/account/sign-out-everywhere/", follow=True)
    assert response.redirect_chain == [("/account/sign-in/", 302)]
    assert words("You are signed out on every device.") in text_of(response)
    statuses = [c.get("/account/").status_code for c in (mother, other, stranger)]
    assert statuses == [302, 302, 200]
    chen_jing.refresh_from_db()
    li_wei.refresh_from_db()
    assert (chen_jing.session_epoch, li_wei.session_epoch) == (1, 0)


def test_sign_in_again_after_signing_out_everywhere(mother, outbox):
    mother.post("/account/sign-out-everywhere/")
    ask(mother, "13800138001")
    enter(mother, outbox.code)
    assert mother.get("/account/").status_code == 200


def test_download_holds_everything_about_this_person_only(mother, chen_jing, li_wei):
    for user in (chen_jing, li_wei):
        Consent.objects.create(user=user, purpose="privacy", version="2026-11")
    response = mother.get("/account/download/")
    assert response["Content-Disposition"] == 'attachment; filename="parent-school.json"'
    data = json.loads(response.content)
    assert (data["account"]["name"], data["account"]["phone"]) == ("陈静", "+8613800138001")
    assert sorted(data["account"]) == [
        "email", "id", "joined_at", "language", "last_sign_in_at", "name", "phone", "roles",
        "username",
    ]  # fmt: skip
    assert [consent["version"] for consent in data["consents"]] == ["2026-11"]
    traces = [t for t in ("李伟", "13800138003", str(li_wei.public_id)) if t in text_of(response)]
    assert traces == []


def test_download_asks_every_keeper(mother, settings, monkeypatch):
    import types

    keeper = types.ModuleType("keeper")
    keeper.export = lambda user: {"saved": [user.name]}
    monkeypatch.setitem(__import__("sys").modules, "keeper", keeper)
    settings.PERSONAL_DATA = [*settings.PERSONAL_DATA, "keeper"]
    assert json.loads(mother.get("/account/download/").content)["saved"] == ["陈静"]


def test_close_asks_for_the_end_of_the_number(mother, chen_jing):
    assert mother.get("/account/close/").status_code == 200
    for typed in ("", "8002", "+8613800138001"):
        response = mother.post("/account/close/", {"confirmation": typed})
        assert (response.status_code, len(response.context["form"].errors)) == (200, 1)
    chen_jing.refresh_from_db()
    assert (chen_jing.name, chen_jing.is_active) == ("陈静", True)


def test_close_leaves_nobody_to_recognise(mother, chen_jing, li_wei):
    other = Client()
    other.force_login(chen_jing)
    Consent.objects.create(user=chen_jing, purpose="privacy", version="2026-11")
    Consent.objects.create(user=li_wei, purpose="privacy", version="2026-11")
    UserProfile.get_for_user(chen_jing)
    chen_jing.groups.add(Group.objects.create(name="class"))
    before = (chen_jing.username, chen_jing.password)

    response = mother.post("/account/close/", {"confirmation": "８００１"}, follow=True)
    assert response.redirect_chain == [("/account/closed/", 302)]
    assert [c.get("/account/").status_code for c in (mother, other)] == [302, 302]

    user = User.objects.get(pk=chen_jing.pk)
    assert (user.name, user.phone, user.phone_hash, user.email) == ("", "", None, "")
    assert (user.is_active, user.phone_verified, user.last_login) == (False, False, None)
    assert (user.username == before[0], user.password == before[1]) == (False, False)
    assert (user.session_epoch, user.groups.count()) == (1, 0)
    assert list(Consent.objects.values_list("user", flat=True)) == [li_wei.pk]
    assert UserProfile.objects.count() == 0
    li_wei.refresh_from_db()
    assert (li_wei.name, li_wei.phone, li_wei.is_active) == ("李伟", "+8613800138003", True)


def test_close_asks_every_keeper_and_closes_all_or_nothing(
    mother, chen_jing, settings, monkeypatch
):
    import types

    def erase(user):
        Consent.objects.create(user=user, purpose="trace", version="1")
        raise RuntimeError("the disk is full")

    keeper = types.ModuleType("keeper")
    keeper.erase = erase
    monkeypatch.setitem(__import__("sys").modules, "keeper", keeper)
    settings.PERSONAL_DATA = ["keeper", *settings.PERSONAL_DATA]
    with pytest.raises(RuntimeError, match="the disk is full"):
        mother.post("/account/close/", {"confirmation": "8001"})
    chen_jing.refresh_from_db()
    assert (chen_jing.name, chen_jing.is_active, Consent.objects.count()) == ("陈静", True, 0)


def test_closed_number_opens_a_new_account(mother, outbox, chen_jing):
    mother.post("/account/close/", {"confirmation": "8001"})
    client = Client()
    ask(client, "13800138001")
    enter(client, outbox.code)
    user = User.objects.get(is_active=True)
    assert (user.pk == chen_jing.pk, user.phone, user.name) == (False, "+8613800138001", "")


def test_close_of_staff_asks_for_the_username(client, db):
    user = User.objects.create_user("lin", password="a-good-long-password", name="林教授")
    client.force_login(user)
    client.post("/account/close/", {"confirmation": "lin"})
    user.refresh_from_db()
    assert (user.is_active, user.has_usable_password(), user.name) == (False, False, "")


def test_privacy_page_names_every_datum(client, db, settings, django_assert_num_queries):
    settings.OPERATOR_CONTACT = "电话 12345"
    with django_assert_num_queries(0):
        page = text_of(client.get("/account/privacy/"))
    headings = re.findall(r"<h3>(.*?)</h3>", page)
    assert headings == [
        "手机号码",
        "您的称呼和页面语言",
        "学习记录",
        "在哪部设备上学完",
        "短信提醒",
        "证书上的姓名",
        "您家的故事",
        "同意记录和登录时间",
        "工作人员查看的记录",
        "网络地址",
        "存在您手机里的东西",
        "工作人员的账号",
        "您添加或认领的孩子",
        "学校的花名册",
        "请老师确认",
        "谁能看到",
    ]
    assert (f"版本 {VERSION}" in page, "电话 12345" in page) == (True, True)
