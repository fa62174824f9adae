"""Few codes for one phone, many for one address; five attempts at one code."""

import pytest
from django.test import Client
from django.utils.translation import gettext as words

from learners.accounts.models import User
from tests.learners.accounts.conftest import ask, enter, errors_of, later, signed_in_as, wrong

WRONG = "This code is wrong. Please look at the message again."
pytestmark = pytest.mark.django_db


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


def test_sign_in_of_sixty_parents_behind_one_address_within_ten_minutes(outbox):
    arrived = []
    for n in range(60):
        client = Client()
        ask(client, f"13800138{100 + n}")
        arrived.append(enter(client, outbox.code).headers.get("Location"))
    assert arrived == ["/learn/"] * 60
    assert User.objects.filter(phone_verified=True).count() == 60


def test_sign_in_from_one_address_beyond_its_limit(client, settings, outbox, chen_jing):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "code_from_address": "2/10m/ip"}
    for n in range(2):
        assert ask(Client(), f"13800138{100 + n}").status_code == 302
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
