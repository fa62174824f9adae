"""The parent's way from the QR to the child, and the ways that are closed."""

import re

import pytest
from django.utils.html import escape

from learners.schools import family
from learners.schools.models import ClassGuardian, Guardianship, JoinRequest, SchoolClass
from tests.conftest import person
from tests.learners.accounts.conftest import ask, enter
from tests.learners.schools.conftest import make_child, make_class, make_guardian

CONSENT = {"relation": "mother", "consent": "on"}


@pytest.fixture
def code(third, xiaoman):
    make_child(third, "李乐乐", phones=[("+8613800138003", "father")])
    return third.join_code


@pytest.fixture
def mother(client, chen_jing):
    client.force_login(chen_jing)
    return client


def text_of(response):
    return response.content.decode()


def test_landing_shows_school_and_class_and_no_names(
    client, code, chen_jing, django_assert_num_queries
):
    with django_assert_num_queries(1):
        public = client.get(f"/join/{code}/")
    page = text_of(public)
    told = [
        word in page for word in ("江湾小学", "三年级2班", f"/learn/join/{code}/", "小满", "乐乐")
    ]
    assert (public.status_code, told) == (200, [True, True, True, False, False])
    client.force_login(chen_jing)
    assert text_of(client.get(f"/join/{code}/")) == page


def test_code_is_read_in_small_letters(client, code):
    assert client.get(f"/join/{code.lower()}/").status_code == 200


@pytest.mark.parametrize("change", [{"join_open": False}, {"join_code": "22222222"}])
def test_renewed_or_closed_code_leads_nowhere(mother, code, change):
    SchoolClass.objects.filter(join_code=code).update(**change)
    pages = [mother.get(f"/join/{code}/"), mother.get(f"/learn/join/{code}/")]
    wrong = mother.get("/join/ZZZZZZZZ/")
    assert [page.status_code for page in pages] == [404, 404]
    assert text_of(pages[0]) == text_of(wrong)


def test_guessing_codes_is_limited_and_logged(client, code, settings, caplog):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "join_code": "3/m/ip"}
    assert [client.get("/join/ZZZZZZZZ/").status_code for _ in range(3)] == [404] * 3
    assert client.get(f"/join/{code}/").status_code == 429
    told = [record.message for record in caplog.records if record.name.endswith("schools.limits")]
    assert told == ["a class code that does not exist was tried"] * 3


def test_way_survives_signing_in(client, code):
    asked = client.get(f"/learn/join/{code}/")
    assert asked["Location"] == f"/account/sign-in/?next=/learn/join/{code}/"
    ask(client, "13800138001", next=f"/learn/join/{code}/")
    shown = client.get("/account/code/").context["shown_code"]
    arrived = enter(client, shown, next=f"/learn/join/{code}/")
    assert arrived["Location"] == f"/learn/join/{code}/"
    page = text_of(client.get(arrived["Location"]))
    assert ("陈*满" in page, "陈小满" in page, "乐" in page) == (True, False, False)


def offered_child(client, code):
    page = text_of(client.get(f"/learn/join/{code}/"))
    return re.search(r'name="child" value="([0-9a-f-]{36})"', page)[1]


def test_phone_on_file_joins_at_once(mother, code, xiaoman, chen_jing):
    child = offered_child(mother, code)
    response = mother.post(f"/learn/join/{code}/claim/", {"child": child, **CONSENT})
    assert response["Location"] == f"/learn/join/{code}/"
    made = Guardianship.objects.get()
    assert (made.user, made.child, made.basis) == (chen_jing, xiaoman, "phone")
    assert "陈小满" in text_of(mother.get(f"/learn/join/{code}/"))


def test_claim_without_consent_joins_nobody(mother, code):
    child = offered_child(mother, code)
    response = mother.post(f"/learn/join/{code}/claim/", {"child": child, "relation": "mother"})
    assert (response.status_code, Guardianship.objects.count()) == (200, 0)


def test_child_that_was_not_offered_cannot_be_claimed(client, code, xiaoman, li_wei):
    client.force_login(li_wei)
    told = {"child": str(xiaoman.public_id), **CONSENT}
    client.post(f"/learn/join/{code}/claim/", told)
    assert Guardianship.objects.count() == 0


def test_own_child_is_joined_with_the_one_of_the_class(mother, code, xiaoman, chen_jing):
    own = family.add_own_child(
        chen_jing, nickname="满满", birth_month="2018-01", due_date="", relation="mother",
        version="1",
    )  # fmt: skip
    told = {"child": offered_child(mother, code), "own": str(own.public_id), **CONSENT}
    mother.post(f"/learn/join/{code}/claim/", told)
    xiaoman.refresh_from_db()
    assert (xiaoman.nickname, Guardianship.objects.get().child) == ("满满", xiaoman)


def name(client, code, **told):
    return client.post(
        f"/learn/join/{code}/name/", {"name": "陈 小满", "digits": "８００２", **CONSENT, **told}
    )


def test_name_and_digits_of_the_other_parent(client, code, xiaoman, li_wei):
    client.force_login(li_wei)
    assert name(client, code)["Location"] == f"/learn/join/{code}/"
    made = Guardianship.objects.get()
    assert (made.user, made.child, made.basis) == (li_wei, xiaoman, "digits")


@pytest.mark.parametrize(
    "told",
    [{"digits": "9999"}, {"name": "陈大满"}, {"digits": "80"}, {"consent": ""}, {"digits": "8003"}],
)
def test_wrong_name_or_digits(client, code, li_wei, told):
    client.force_login(li_wei)
    response = name(client, code, **told)
    assert (response.status_code, Guardianship.objects.count()) == (200, 0)


def test_refusal_does_not_tell_whether_the_child_exists(client, code, li_wei):
    client.force_login(li_wei)
    refusals = [name(client, code, digits="9999"), name(client, code, name="陈大满", digits="9999")]
    errors = [list(page.context["name_form"].non_field_errors()) for page in refusals]
    assert (errors[0] == errors[1], len(errors[0])) == (True, 1)


def test_guessing_digits_is_limited_for_the_person_and_the_child(client, code, li_wei, caplog):
    client.force_login(li_wei)
    for _ in range(6):
        name(client, code, digits="9999")
    assert name(client, code).status_code == 200
    for number in range(6):
        client.force_login(person(f"x{number}"))
        name(client, code, digits="9999")
    client.force_login(person("another"))
    assert name(client, code).status_code == 200
    assert Guardianship.objects.count() == 0
    assert [word in caplog.text for word in ("小满", "guesses in class")] == [False, True]


def test_teacher_is_asked_once(client, code, third, li_wei):
    client.force_login(li_wei)
    told = {"child_name": "陈小满", "guardian_name": "陈大山", "relation": "other", "consent": "on"}
    for _ in range(2):
        assert client.post(f"/learn/join/{code}/ask/", told).status_code == 302
    asked = JoinRequest.objects.get()
    assert (asked.user, asked.school_class, asked.child_name) == (li_wei, third, "陈小满")
    page = client.get("/learn/children/")
    assert [one.child_name for one in page.context["pending"]] == ["陈小满"]
    client.post(f"/learn/requests/{asked.public_id}/withdraw/")
    assert JoinRequest.objects.count() == 0


def test_asking_is_limited(client, code, li_wei):
    client.force_login(li_wei)
    told = {"child_name": "陈小满", "guardian_name": "李", "relation": "other", "consent": "on"}
    answers = [client.post(f"/learn/join/{code}/ask/", told).status_code for _ in range(6)]
    assert answers == [302] * 5 + [200]


def test_class_of_guardians_asks_for_no_child(mother, community, chen_jing):
    school_class = make_class(community, "秋季班", None)
    address = f"/learn/join/{school_class.join_code}/"
    assert [mother.post(address, told).status_code for told in ({}, {"consent": "on"})] == [
        200,
        302,
    ]
    assert ClassGuardian.objects.get().user == chen_jing
    assert mother.get(address).context["joined"] is True
    mother.post(f"/learn/classes/{school_class.public_id}/leave/")
    assert ClassGuardian.objects.current().count() == 0


def test_code_can_be_typed(mother, code):
    typed = f"{code[:4].lower()} {code[4:]}"
    assert mother.post("/learn/join/", {"code": typed})["Location"] == f"/learn/join/{code}/"
    assert mother.post("/learn/join/", {"code": "12"}).status_code == 200


def test_names_are_escaped(mother, third, chen_jing):
    child = make_child(third, "<b>陈</b>")
    make_guardian(chen_jing, child)
    page = text_of(mother.get(f"/learn/join/{third.join_code}/"))
    assert (escape("<b>陈</b>") in page, "<b>陈</b>" in page) == (True, False)


def test_children_page_holds_own_children_and_counts_constant_queries(
    mother, xiaoman, third, chen_jing, django_assert_num_queries
):
    make_guardian(chen_jing, make_child(third, "李乐乐"))
    with django_assert_num_queries(6):
        page = mother.get("/learn/children/")
    assert [card["name"] for card in page.context["cards"]] == ["李乐乐"]
    for number in range(3):
        make_guardian(chen_jing, make_child(third, f"孩子{number}"))
    with django_assert_num_queries(6):
        assert len(mother.get("/learn/children/").context["cards"]) == 4


def test_child_without_a_class_is_added(mother, chen_jing, xiaoman):
    told = {"nickname": "豆豆", "birth_month": "2024-05", **CONSENT}
    refused = [
        {**told, "birth_month": ""},
        {**told, "birth_month": "2199-01"},
        {**told, "consent": ""},
    ]
    assert [mother.post("/learn/children/add/", one).status_code for one in refused] == [200] * 3
    assert mother.post("/learn/children/add/", told)["Location"] == "/learn/children/"
    own = family.own_children(chen_jing).get()
    assert (own.nickname, own.birth_month, own.due_date) == ("豆豆", "2024-05", "")
    told = {"nickname": "肚肚", "due_date": "2027-02-01", **CONSENT}
    mother.post("/learn/children/add/", told)
    stages = [card["stage"] for card in mother.get("/learn/children/").context["cards"]]
    assert stages == ["0-3", "expecting"]


def test_child_is_called_and_left_by_its_own_guardian_alone(mother, xiaoman, chen_jing, li_wei):
    mine, other = make_guardian(chen_jing, xiaoman), make_guardian(li_wei, xiaoman)
    told = {"nickname": "满满", "relation": "other"}
    assert mother.post(f"/learn/children/{other.public_id}/", told).status_code == 404
    assert mother.post(f"/learn/children/{other.public_id}/leave/").status_code == 404
    mother.post(f"/learn/children/{mine.public_id}/", told)
    xiaoman.refresh_from_db()
    mine.refresh_from_db()
    assert (xiaoman.nickname, xiaoman.name, mine.relation) == ("满满", "陈小满", "other")
    mother.post(f"/learn/children/{mine.public_id}/leave/")
    assert list(Guardianship.objects.all()) == [other]
