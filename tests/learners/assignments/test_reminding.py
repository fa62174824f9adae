"""Messages: counted before they go, never at night, one a day, refused for good."""

from datetime import UTC, datetime

import pytest

from learners.accounts.sms import SMSFailedError
from learners.assignments import assigning, following, reminding
from learners.assignments.models import Reminder, ReminderOptOut
from learners.schools import touching
from tests.learners.assignments.conftest import finish
from tests.learners.schools.conftest import make_child

ABSENT_PHONE = "+8613800138009"


@pytest.fixture
def wire(monkeypatch):
    """What reached the gateway."""
    sent = []
    monkeypatch.setattr(reminding, "send_text", lambda phone, text: sent.append((phone, text)))
    return sent


@pytest.fixture
def absent(third, assignment):
    child = make_child(third, "王一", phones=[(ABSENT_PHONE, "mother")])
    touching.touch([third.pk])
    return child


def planned(assignment, third, now):
    return reminding.plan(assignment, third, following.rows(assignment, third), now.at)


def post(client, teacher, assignment, third, **data):
    client.force_login(teacher)
    where = f"/school/assignments/{assignment.public_id}/classes/{third.public_id}/remind/"
    return client.post(where, {"state": "waiting", "messages": "99", **data})


def test_plan_counts_joined_and_phones_on_file(mother, absent, assignment, third, now):
    plan = planned(assignment, third, now)
    assert sorted(one.phone for one in plan.recipients) == ["+8613800138001", ABSENT_PHONE]
    assert (plan.families, plan.silent, plan.cost) == (2, 0, 2 * plan.messages)
    text = reminding.text(assignment, third, Reminder(code="K" * 10))
    assert plan.messages == 2 == -(-len(text) // 67)


def test_finished_family_hears_nothing(mother, assignment, course, third, now):
    finish(mother, course)
    assert planned(assignment, third, now).recipients == []


def test_one_tap_sends_once_a_day(client, teacher, mother, assignment, third, wire, now):
    post(client, teacher, assignment, third)
    assert reminding.send_due(now.at) == 1
    assert [phone for phone, _text in wire] == ["+8613800138001"]
    assert "【家长学校】三年级2班请您在11月30日前学完" in wire[0][1]
    reminder = Reminder.objects.get()
    assert (reminder.state, reminder.phone, reminder.asked_by) == ("sent", "", teacher)
    post(client, teacher, assignment, third)
    assert Reminder.objects.count() == 1
    now.advance(days=1)
    post(client, teacher, assignment, third)
    assert Reminder.objects.count() == 2


def test_evening_waits_for_the_morning(client, teacher, mother, assignment, third, wire, now):
    now.set(datetime(2026, 11, 24, 13, 30, tzinfo=UTC))
    post(client, teacher, assignment, third)
    assert Reminder.objects.get().send_at == datetime(2026, 11, 25, 0, tzinfo=UTC)
    assert (reminding.send_due(now.at), wire) == (0, [])
    now.set(datetime(2026, 11, 25, 0, tzinfo=UTC))
    assert (reminding.send_due(now.at), len(wire)) == (1, 1)


def test_dearer_than_shown_is_asked_again(client, teacher, mother, assignment, third, wire):
    post(client, teacher, assignment, third, messages="1")
    assert Reminder.objects.count() == 0


@pytest.mark.parametrize("what", ["withdrawn", "finished", "refused"])
def test_message_that_became_needless_is_not_sent(
    client, teacher, mother, assignment, course, third, wire, now, what
):
    post(client, teacher, assignment, third)
    if what == "withdrawn":
        assigning.withdraw(assignment)
    elif what == "finished":
        finish(mother, course)
    else:
        reminding.refuse(Reminder.objects.get().phone_hash)
    reminding.send_due(now.at)
    assert (Reminder.objects.get().state, wire) == ("skipped", [])


def test_failing_gateway_is_said_of_each_number(
    client, teacher, mother, assignment, third, monkeypatch, now
):
    def fail(phone, text):
        raise SMSFailedError("503")

    monkeypatch.setattr(reminding, "send_text", fail)
    post(client, teacher, assignment, third)
    reminding.send_due(now.at)
    page = client.get(
        f"/school/assignments/{assignment.public_id}/classes/{third.public_id}/reminders/"
    )
    assert "没有发出去" in page.content.decode()
    assert "138****8001" in page.content.decode() or "138" in page.content.decode()


def test_whoever_holds_the_phone_refuses_for_good(
    client, teacher, mother, assignment, third, wire, now
):
    post(client, teacher, assignment, third)
    client.logout()
    where = f"/n/{Reminder.objects.get().code}/"
    assert "不再给这个号码发提醒" in client.get(where).content.decode()
    assert ReminderOptOut.objects.count() == 0
    client.post(where)
    assert ReminderOptOut.objects.get().phone_hash == mother.phone_hash
    now.advance(days=1)
    plan = planned(assignment, third, now)
    assert (plan.recipients, plan.silent) == ([], 1)
    assert client.get("/n/NOBODYHAS1/").status_code == 404
