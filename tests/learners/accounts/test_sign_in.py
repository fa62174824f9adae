import html
import json
import logging
import re
import threading
import time
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.translation import gettext as words

from learners.accounts.models import Consent, User
from learners.accounts.privacy import VERSION
from learners.accounts.protected import keyed_hash
from learners.accounts.sign_in import person_with_phone
from tests.learners.accounts.conftest import NEW_PHONE, ask, enter

START = time.time
WRONG = "This code is wrong. Please look at the message again."
pytestmark = pytest.mark.django_db


def errors_of(response):
    """The texts of the errors on a form page, in order."""
    found = re.findall(
        r'<ul class="errorlist[^>]*>(.*?)</ul>', response.content.decode(), flags=re.DOTALL
    )
    return [html.unescape(text) for ul in found for text in re.findall(r"<li>(.*?)</li>", ul)]


def signed_in_as(client):
    return client.session.get("_auth_user_id")


def wrong(code):
    return f"{(int(code) + 1) % 1_000_000:06}"


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
        "+8613900139000",
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


def test_code_as_people_type_it(client, outbox, chen_jing):
    ask(client, "13800138001")
    full_width = outbox.code.translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    enter(client, f" {full_width[:3]} {full_width[3:]} ")
    assert signed_in_as(client) == str(chen_jing.pk)


def test_code_that_is_not_six_digits_costs_no_attempt(client, outbox, chen_jing):
    ask(client, "13800138001")
    for _ in range(6):
        assert errors_of(enter(client, "12345")) == [words("The code has six digits.")]
    enter(client, outbox.code)
    assert signed_in_as(client) == str(chen_jing.pk)


def test_code_wrong_four_times_then_right(client, outbox, chen_jing):
    ask(client, "13800138001")
    for _ in range(4):
        response = enter(client, wrong(outbox.code))
        assert errors_of(response) == [words(WRONG)]
    enter(client, outbox.code)
    assert signed_in_as(client) == str(chen_jing.pk)


def test_code_wrong_five_times_is_worth_nothing(client, outbox, chen_jing):
    ask(client, "13800138001", next="/courses/")
    for _ in range(5):
        response = enter(client, wrong(outbox.code), next="/courses/")
    assert response["Location"] == "/account/sign-in/?next=%2Fcourses%2F"
    response = enter(client, outbox.code)
    assert response["Location"] == "/account/sign-in/"
    assert signed_in_as(client) is None


def test_code_guessed_side_by_side_in_one_session_gets_five_attempts(client, outbox, chen_jing):
    ask(client, "13800138001")
    saved = dict(client.session)
    for _ in range(5):
        enter(client, wrong(outbox.code))
        session = client.session
        session.update(saved)  # as if every guess had read the session before the others wrote
        session.save()
    enter(client, outbox.code)
    assert signed_in_as(client) is None


def later(monkeypatch, seconds):
    """So many seconds after the test began, whatever was called before."""
    now = START() + seconds
    monkeypatch.setattr("time.time", lambda: now)


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


def test_code_of_another_phone(outbox, chen_jing, li_wei):
    first, second = Client(), Client()
    ask(first, "13800138001")
    ask(second, "13800138003")
    while outbox[0]["code"] == outbox[1]["code"]:
        pytest.skip("one in a million")
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


def test_sign_in_of_sixty_parents_behind_one_address_within_ten_minutes(outbox):
    arrived = []
    for n in range(60):
        client = Client()
        ask(client, f"139{n:08}")
        arrived.append(enter(client, outbox.code).headers.get("Location"))
    assert arrived == ["/learn/"] * 60
    assert User.objects.filter(phone_verified=True).count() == 60


def test_sign_in_from_one_address_beyond_its_limit(client, settings, outbox, chen_jing):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "code_from_address": "2/10m/ip"}
    for n in range(2):
        assert ask(Client(), f"139{n:08}").status_code == 302
    response = ask(client, "13800138001")
    assert response.status_code == 429
    assert words("Too many tries just now") in response.content.decode()
    assert len(outbox) == 2


def test_sign_in_asks_for_patience_before_a_second_code_within_a_minute(outbox, chen_jing):
    ask(Client(), "13800138001")
    response = ask(Client(), "+86 13800138001")
    assert (response.status_code, errors_of(response)) == (
        429,
        [words("A code was sent to this number a moment ago. Please wait a minute and try again.")],
    )
    assert len(outbox) == 1


def test_sign_in_sends_five_codes_an_hour_and_ten_a_day_to_one_phone(
    outbox, chen_jing, monkeypatch
):
    answers = []
    for minutes in [*range(0, 14, 2), *range(120, 134, 2), 23 * 60, 25 * 60]:
        with monkeypatch.context() as clock:
            later(clock, minutes * 60)
            answers.append(ask(Client(), "13800138001").status_code)
    assert answers == [302] * 5 + [429] * 2 + [302] * 5 + [429] * 2 + [429, 302]
    assert len(outbox) == 11


def test_sign_in_double_tap_sends_one_code(client, outbox, chen_jing):
    assert [ask(client, "13800138001")["Location"] for _ in range(2)] == ["/account/code/"] * 2
    assert len(outbox) == 1


def test_sign_in_change_of_number(client, outbox, chen_jing, li_wei):
    ask(client, "13800138001")
    assert client.get("/account/sign-in/").status_code == 200
    ask(client, "13800138003")
    enter(client, outbox.code)
    assert signed_in_as(client) == str(li_wei.pk)


def test_resend_makes_a_fresh_code_and_the_old_one_worthless(
    client, outbox, chen_jing, monkeypatch
):
    ask(client, "13800138001")
    later(monkeypatch, 61)
    response = client.post("/account/code/resend/", {"next": "/courses/"})
    assert response["Location"] == "/account/code/?next=%2Fcourses%2F"
    old, new = (message["code"] for message in outbox)
    if old != new:
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


def test_sign_in_pages_are_never_cached(client, outbox):
    ask(client, NEW_PHONE)
    kept = "max-age=0, no-cache, no-store, must-revalidate, private"
    pages = ("/account/sign-in/", "/account/code/", "/account/staff/")
    assert [client.get(page)["Cache-Control"] for page in pages] == [kept] * 3


@pytest.mark.django_db(transaction=True)
def test_sign_in_of_one_unknown_phone_in_two_tabs_at_once_makes_one_account(outbox):
    start = threading.Barrier(4)
    made = []

    def tab():
        start.wait()
        made.append(person_with_phone("+8613900139000").pk)
        connections.close_all()

    threads = [threading.Thread(target=tab) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert made == [User.objects.get().pk] * 4


def test_person_with_phone_when_another_tab_was_faster(monkeypatch):
    """The other tab's row appears between the look-up and the insert."""
    from learners.accounts.models import PersonQuerySet

    first = person_with_phone("+8613900139000")
    looked = []
    get = PersonQuerySet.get

    def late_get(self, *args, **kwargs):
        looked.append(1)
        if len(looked) == 1:
            raise User.DoesNotExist
        return get(self, *args, **kwargs)

    monkeypatch.setattr(PersonQuerySet, "get", late_get)
    assert person_with_phone("+8613900139000").pk == first.pk
    assert User.objects.count() == 1


def test_delete_unconfirmed_keeps_everybody_who_counts(chen_jing, django_assert_num_queries):
    from learners.accounts.tasks import delete_unconfirmed

    old = timezone.now() - timedelta(days=1, minutes=1)
    for n in range(3):
        person_with_phone(f"+86139{n:08}")
    fresh = person_with_phone("+8613900139000")
    expert = User.objects.create_user("lin", password="pass-word-1")
    expert.set_phone("+8613700137000", verified=False)
    expert.save()
    User.objects.exclude(pk=fresh.pk).update(date_joined=old)
    assert delete_unconfirmed.call() == 3
    assert set(User.objects.all()) == {chen_jing, fresh, expert}


def test_phone_is_stored_encrypted(chen_jing):
    with connection.cursor() as cursor:
        cursor.execute("SELECT phone, phone_hash FROM accounts_user")
        phone, phone_hash = cursor.fetchone()
    assert ("8001" in phone, phone_hash) == (False, keyed_hash("+8613800138001"))
