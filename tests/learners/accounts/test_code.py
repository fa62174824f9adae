"""The six digits: as people type them, wrong, late, twice, elsewhere, and sent again."""

import re

import pytest
from django.test import Client
from django.utils.translation import gettext as words

from learners.accounts.adapter import AccountAdapter
from learners.accounts.models import Consent, User
from tests.learners.accounts.conftest import (
    NEW_PHONE,
    ask,
    enter,
    errors_of,
    later,
    signed_in_as,
)

WRONG = "This code is wrong. Please look at the message again."
pytestmark = pytest.mark.django_db


def test_code_as_people_type_it(client, outbox, chen_jing):
    ask(client, "13800138001")
    full_width = outbox.code.translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    enter(client, f" {full_width[:3]} {full_width[3:]} ")
    assert signed_in_as(client) == str(chen_jing.pk)


def test_code_expires_after_five_minutes(client, outbox, chen_jing, monkeypatch):
    ask(client, "13800138001")
    later(monkeypatch, 301)
    response = enter(client, outbox.code, next="/courses/")
    assert response["Location"] == "/account/sign-in/?next=%2Fcourses%2F"
    page = client.get(response["Location"]).content.decode()
    assert words("This code is no longer valid. Please ask for a new one.") in page
    assert signed_in_as(client) is None


def test_code_within_five_minutes(client, outbox, chen_jing, monkeypatch):
    ask(client, "13800138001")
    later(monkeypatch, 299)
    enter(client, outbox.code)
    assert signed_in_as(client) == str(chen_jing.pk)


def test_code_used_again_after_signing_out(client, outbox, chen_jing):
    ask(client, "13800138001")
    enter(client, outbox.code)
    client.post("/account/sign-out/")
    response = enter(client, outbox.code)
    assert (response["Location"], signed_in_as(client)) == ("/account/sign-in/", None)


def test_code_of_another_browser(client, outbox, chen_jing):
    ask(client, "13800138001")
    other = Client()
    response = enter(other, outbox.code)
    assert (response["Location"], signed_in_as(other)) == ("/account/sign-in/", None)


@pytest.fixture
def numbered_codes(monkeypatch):
    """Codes that never agree by chance: 000001, 000002, …"""
    codes = (f"{n:06}" for n in range(1, 100))
    make = "generate_phone_verification_code"
    monkeypatch.setattr(AccountAdapter, make, lambda self, **about: next(codes))


def test_code_of_another_phone(outbox, chen_jing, li_wei, numbered_codes):
    first, second = Client(), Client()
    ask(first, "13800138001")
    ask(second, "13800138003")
    assert [message["code"] for message in outbox] == ["000001", "000002"]
    enter(second, outbox[0]["code"])
    assert signed_in_as(second) is None


def test_code_whose_account_was_deleted_meanwhile(client, outbox):
    ask(client, NEW_PHONE)
    User.objects.all().delete()
    response = enter(client, outbox.code)
    assert (response.status_code, response["Location"]) == (302, "/account/sign-in/")


def test_code_page_without_having_asked(client):
    response = client.get("/account/code/?next=/learn/")
    assert response["Location"] == "/account/sign-in/?next=%2Flearn%2F"


def test_code_for_a_switched_off_account(client, outbox, chen_jing):
    User.objects.update(is_active=False)
    ask(client, "13800138001")
    response = enter(client, outbox.code)
    assert response["Location"] == "/account/inactive/"
    assert client.get("/account/inactive/").status_code == 403
    assert (signed_in_as(client), Consent.objects.count()) == (None, 0)


def test_resend_makes_a_fresh_code_and_the_old_one_worthless(
    client, outbox, chen_jing, monkeypatch, numbered_codes
):
    ask(client, "13800138001")
    later(monkeypatch, 61)
    response = client.post("/account/code/resend/", {"next": "/courses/"})
    assert response["Location"] == "/account/code/?next=%2Fcourses%2F"
    old, new = (message["code"] for message in outbox)
    assert errors_of(enter(client, old)) == [words(WRONG)]
    later(monkeypatch, 61 + 240)
    enter(client, new)
    assert signed_in_as(client) == str(chen_jing.pk)


def test_resend_within_a_minute(client, outbox, chen_jing):
    ask(client, "13800138001")
    page = client.get(client.post("/account/code/resend/")["Location"]).content.decode()
    sentence = words(
        "A code was sent to this number a moment ago. Please wait a minute and try again."
    )
    assert sentence in page
    assert len(outbox) == 1
    enter(client, outbox.code)
    assert signed_in_as(client) == str(chen_jing.pk)


def test_resend_without_having_asked(client, outbox):
    assert client.post("/account/code/resend/")["Location"] == "/account/sign-in/"
    assert outbox == []


def test_resend_by_link(client):
    assert client.get("/account/code/resend/").status_code == 405


def test_code_page_names_the_phone_masked_and_asks_for_a_number_pad(client, outbox, chen_jing):
    ask(client, "13800138001")
    page = client.get("/account/code/").content.decode()
    assert "138****8001" in page
    field = re.search(r'<input [^>]*name="code"[^>]*>', page)[0]
    assert dict(re.findall(r'([\w-]+)="([^"]*)"', field)) == {
        "type": "text",
        "name": "code",
        "inputmode": "numeric",
        "autocomplete": "one-time-code",
        "maxlength": "20",
        "class": "code",
        "id": "id_code",
    }
