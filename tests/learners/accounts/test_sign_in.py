"""One form for known and unknown phones, from the number to the page asked for."""

import html
import json
import logging
import re

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.translation import gettext as words

from learners.accounts.models import Consent, User
from learners.accounts.privacy import VERSION
from tests.learners.accounts.conftest import (
    NEW_PHONE,
    ask,
    enter,
    errors_of,
    signed_in_as,
    wrong,
)

pytestmark = pytest.mark.django_db


def test_sign_in_of_a_known_phone(client, outbox, chen_jing):
    response = ask(client, "138 0013 8001")
    assert (response.status_code, response["Location"]) == (302, "/account/code/")
    assert [message["phone"] for message in outbox] == ["+8613800138001"]

    response = enter(client, outbox.code)
    assert (response.status_code, response["Location"]) == (302, "/learn/")
    assert signed_in_as(client) == str(chen_jing.pk)
    assert User.objects.count() == 1


def test_sign_in_of_an_unknown_phone_makes_the_account_that_counts_from_the_code_on(client, outbox):
    ask(client, NEW_PHONE)
    user = User.objects.get()
    assert (user.phone, user.phone_verified, user.has_usable_password()) == (
        "+8613800138099",
        False,
        False,
    )
    assert Consent.objects.count() == 0

    response = enter(client, outbox.code)
    assert (response.status_code, response["Location"]) == (302, "/learn/")
    user = User.objects.get()
    assert (user.phone_verified, signed_in_as(client)) == (True, str(user.pk))
    consent = Consent.objects.get()
    assert (consent.user, consent.purpose, consent.version) == (user, "privacy", VERSION)


def pages_of(client, outbox, phone, answer=None):
    """What a visitor sees and causes, without what is random."""
    answer = answer or (lambda code: code)
    seen = []
    with CaptureQueriesContext(
        connection,
    ) as queries:
        response = ask(client, phone, next="/courses/")
    seen += [response.status_code, response["Location"], sorted(response.cookies)]
    asked = [q["sql"].split(" ", 1)[0] for q in queries]
    response = client.get(response["Location"])
    seen += [response.status_code, response.content]
    response = enter(client, answer(outbox.code), next="/courses/")
    seen += [response.status_code, response.get("Location"), response.content]
    return seen, asked


def without_what_is_random(seen, phone):
    masked = f"{phone[:3]}****{phone[-4:]}".encode()
    return [
        re.sub(rb' value="(\w{64}|[0-9]{6})"', b"", part).replace(masked, b"PHONE")
        if isinstance(part, bytes)
        else part
        for part in seen
    ]


def test_sign_in_looks_the_same_for_known_and_unknown_phones(outbox, chen_jing):
    known, known_sql = pages_of(Client(), outbox, "13800138001")
    unknown, unknown_sql = pages_of(Client(), outbox, NEW_PHONE)
    assert without_what_is_random(known, "13800138001") == without_what_is_random(
        unknown, NEW_PHONE
    )
    # Beyond the INSERT itself there is only the savepoint it runs in, no other question.
    extra = ["SAVEPOINT", "INSERT", "RELEASE"]
    assert unknown_sql == [*known_sql[:1], *extra, *known_sql[1:]]


def test_sign_in_refuses_a_wrong_code_alike_for_known_and_unknown_phones(outbox, chen_jing):
    known, _ = pages_of(Client(), outbox, "13800138001", wrong)
    unknown, _ = pages_of(Client(), outbox, NEW_PHONE, wrong)
    assert without_what_is_random(known, "13800138001") == without_what_is_random(
        unknown, NEW_PHONE
    )


def test_sign_in_with_a_number_that_is_none(client, outbox):
    response = ask(client, "010-62345678")
    assert (response.status_code, errors_of(response)) == (
        200,
        [words("This is not a mobile number. Please enter 11 digits, for example 138 0013 8000.")],
    )
    assert (outbox, User.objects.count()) == ([], 0)


def test_sign_in_without_consent(client, outbox):
    response = client.post("/account/sign-in/", {"phone": NEW_PHONE})
    assert errors_of(response) == [words("Please tick the box first: we need your consent.")]
    assert (outbox, User.objects.count()) == ([], 0)


def test_sign_in_is_refused_without_csrf_token(outbox):
    response = ask(Client(enforce_csrf_checks=True), NEW_PHONE)
    assert (response.status_code, outbox, User.objects.count()) == (403, [], 0)


def test_session_key_changes_and_holds_neither_phone_nor_code(client, outbox, chen_jing):
    ask(client, "13800138001")
    before = client.session.session_key
    stored = json.dumps(Session.objects.get(pk=before).get_decoded())
    assert [secret for secret in (outbox.code, "13800138001") if secret in stored] == []

    enter(client, outbox.code)
    after = client.session.session_key
    assert after != before
    stored = json.dumps(Session.objects.get().get_decoded())
    assert [secret for secret in (outbox.code, "8001") if secret in stored] == []


def test_sign_in_leaves_neither_phone_nor_code_in_logs_or_addresses(
    client, outbox, chen_jing, caplog
):
    caplog.set_level(logging.DEBUG)
    addresses = [ask(client, "13800138001")["Location"]]
    addresses.append(client.post("/account/code/resend/")["Location"])
    addresses.append(enter(client, outbox.code)["Location"])
    traces = caplog.text + "".join(addresses)
    # The statements that DEBUG logs of the database carry are not written by any real school.
    assert [s for s in (outbox.code, "13800138001") if s in traces] == []


@pytest.mark.parametrize(
    ("typed", "arrives"),
    [
        ("/courses/phone-rules/", "/courses/phone-rules/"),
        ("/learn/?tab=saved&x=%E5%AE%B6", "/learn/?tab=saved&x=%E5%AE%B6"),
        ("https://evil.example/", "/learn/"),
        ("//evil.example/", "/learn/"),
        ("/\\evil.example/", "/learn/"),
        ("javascript:alert(1)", "/learn/"),
        ("http:///evil.example", "/learn/"),
    ],
)
def test_sign_in_next_never_leaves_the_site(client, outbox, chen_jing, typed, arrives):
    page = client.get("/account/sign-in/", {"next": typed}).content.decode()
    kept = re.findall(r'name="next" value="([^"]*)"', page)
    response = ask(client, "13800138001", next=html.unescape(kept[0]) if kept else typed)
    page = client.get(response["Location"]).content.decode()
    kept = re.findall(r'name="next" value="([^"]*)"', page)
    response = enter(client, outbox.code, next=html.unescape(kept[0]) if kept else typed)
    assert response["Location"] == arrives


def test_sign_in_when_already_signed_in(client, chen_jing):
    client.force_login(chen_jing)
    assert client.get("/account/sign-in/?next=/courses/")["Location"] == "/courses/"
    assert client.get("/account/code/")["Location"] == "/learn/"


def test_sign_in_again_records_only_a_new_version_of_the_privacy_page(
    client, outbox, chen_jing, monkeypatch
):
    for version in ("2026-11", "2026-11", "2027-01"):
        monkeypatch.setattr("learners.accounts.privacy.VERSION", version)
        cache.clear()
        ask(client, "13800138001")
        enter(client, outbox.code)
        client.post("/account/sign-out/")
    assert list(chen_jing.consents.order_by("given_at").values_list("version", flat=True)) == [
        "2026-11",
        "2027-01",
    ]


def test_sign_in_change_of_number(client, outbox, chen_jing, li_wei):
    ask(client, "13800138001")
    assert client.get("/account/sign-in/").status_code == 200
    ask(client, "13800138003")
    enter(client, outbox.code)
    assert signed_in_as(client) == str(li_wei.pk)


def test_sign_in_when_the_gateway_fails_says_so_alike_for_known_and_unknown(outbox, chen_jing):
    outbox.status = 500
    said = []
    for phone in ("13800138001", NEW_PHONE):
        response = ask(Client(), phone)
        said.append((response.status_code, errors_of(response)))
    sentence = words("The message could not be sent just now. Please try again in a minute.")
    assert said == [(503, [sentence])] * 2


def test_sign_in_shows_the_code_with_the_console_gateway_only(client, settings, chen_jing, caplog):
    caplog.set_level(logging.INFO)
    settings.SMS_GATEWAY = "console"
    ask(client, "13800138001")
    page = client.get("/account/code/").content.decode()
    code = re.search(r'role="status">[^<]*([0-9]{6})', page)[1]
    assert code in caplog.text

    settings.SMS_GATEWAY = "http"
    assert code not in client.get("/account/code/").content.decode()
    enter(client, code)
    assert signed_in_as(client) == str(chen_jing.pk)


def test_sign_in_pages_are_never_cached(client, outbox):
    ask(client, NEW_PHONE)
    kept = "max-age=0, no-cache, no-store, must-revalidate, private"
    pages = ("/account/sign-in/", "/account/code/", "/account/staff/")
    assert [client.get(page)["Cache-Control"] for page in pages] == [kept] * 3
