"""What the city allows: whether, how many a month, at which hours; told before anything is sent."""

from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from learners.assignments import quiet, reminding
from learners.assignments.models import Reminder, ReminderMonth, ReminderRules
from tests.conftest import person
from tests.learners.assignments.conftest import finish
from tests.learners.assignments.test_reminding import planned, post, wire
from tests.learners.schools.conftest import make_guardian

__all__ = ["wire"]
WHERE = "/school/reminders/"
NOVEMBER = date(2026, 11, 1)


def told(**changes):
    return {"enabled": "on", "price": "", "monthly": "", "morning": "08:00", "evening": "21:00",
            **changes}  # fmt: skip


def follow(client, teacher, assignment, third):
    client.force_login(teacher)
    where = f"/school/assignments/{assignment.public_id}/classes/{third.public_id}/"
    return client.get(where).content.decode()


def test_city_sets_the_rules_and_the_old_ones_are_kept(client, city_head):
    client.force_login(city_head)
    page = client.get(WHERE).content.decode()
    assert ("2026年11月已用 0 条" in page, "上次设置" in page) == (True, False)
    wanted = told(price="0.045", monthly="5000", morning="09:00", evening="20:30")
    assert client.post(WHERE, wanted).status_code == 302
    rules = ReminderRules.current()
    assert (rules.price, rules.monthly, rules.left) == (Decimal("0.045"), 5000, 5000)
    assert rules.hours == quiet.Hours(time(9), time(20, 30))
    client.post(WHERE, told(enabled=""))
    assert (ReminderRules.objects.count(), ReminderRules.current().enabled) == (2, False)
    page = client.get(WHERE).content.decode()
    assert "上次设置：2026-11-24 12:00 · 市管理员" in page


@pytest.mark.parametrize("role", ["teacher", "head", "district_head", "mother"])
def test_nobody_else_sees_or_sets_them(client, request, assignment, role):
    client.force_login(request.getfixturevalue(role))
    assert (client.get(WHERE).status_code, client.post(WHERE, told()).status_code) == (404, 404)
    assert ReminderRules.objects.count() == 0


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"morning": "07:59"}, "morning", "早上 8:00 以前不能发提醒。"),
        ({"evening": "21:01"}, "evening", "晚上 21:00 以后不能发提醒。"),
        ({"morning": "20:00", "evening": "20:00"}, "evening", "停止的时间要在开始的时间之后。"),
        ({"price": "-1"}, "price", "确保该值大于或等于0。"),
        ({"price": "0.0001"}, "price", "确认小数不超过 3 位."),
        ({"monthly": "-1"}, "monthly", "确保该值大于或等于0。"),
        ({"monthly": "many"}, "monthly", "输入整数。"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(client, city_head, changes, field, said):
    client.force_login(city_head)
    answer = client.post(WHERE, told(**changes))
    assert (answer.status_code, answer.context["form"].errors) == (200, {field: [said]})
    assert ReminderRules.objects.count() == 0


@pytest.mark.parametrize(
    "hours", [(time(7, 59), time(21)), (time(8), time(21, 1)), (time(12), time(12))]
)
def test_nobody_writes_shorter_nights_anywhere(db, hours):
    with pytest.raises(ValueError, match="not shorter"):
        quiet.Hours(*hours)
    with pytest.raises(IntegrityError), transaction.atomic():
        ReminderRules.objects.create(morning=hours[0], evening=hours[1])


def test_price_is_said_before_sending(client, teacher, mother, assignment, third):
    ReminderRules.objects.create(price="0.05")
    assert "约 0.10 元。" in follow(client, teacher, assignment, third)


def test_longer_night_lets_messages_wait(client, teacher, mother, assignment, third, wire, now):
    """19:30 in Shanghai, after the city's evening; sent at its morning."""
    ReminderRules.objects.create(morning=time(9, 30), evening=time(19))
    now.set(datetime(2026, 11, 24, 11, 30, tzinfo=UTC))
    assert "晚上 19:00 到早上 09:30 不发" in follow(client, teacher, assignment, third)
    post(client, teacher, assignment, third)
    assert Reminder.objects.get().send_at == datetime(2026, 11, 25, 1, 30, tzinfo=UTC)
    now.set(datetime(2026, 11, 25, 1, 29, tzinfo=UTC))
    assert (reminding.send_due(now.at), wire) == (0, [])
    now.set(datetime(2026, 11, 25, 1, 30, tzinfo=UTC))
    assert (reminding.send_due(now.at), len(wire)) == (1, 1)


def test_night_that_falls_while_sending_ends_it(
    client, teacher, mother, assignment, third, xiaoman, now, monkeypatch
):
    make_guardian(person("陈大山", "+8613800138009"), xiaoman, "other")
    post(client, teacher, assignment, third)
    assert Reminder.objects.count() == 2
    sent = []

    def slow(phone, text):
        sent.append(phone)
        now.set(datetime(2026, 11, 24, 13, tzinfo=UTC))

    monkeypatch.setattr(reminding, "send_text", slow)
    assert (reminding.send_due(now.at), len(sent)) == (1, 1)
    states = Reminder.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == ["sent", "queued"]


def test_switched_off_nothing_is_sent_nor_what_waits(
    client, teacher, mother, assignment, third, wire, now
):
    post(client, teacher, assignment, third)
    ReminderRules.objects.create(enabled=False)
    page = follow(client, teacher, assignment, third)
    assert ("市里关闭了短信提醒。请用下面的群消息。" in page, "提醒这" in page) == (True, False)
    reminding.send_due(now.at)
    assert (wire, Reminder.objects.get().state) == ([], "skipped")
    now.advance(days=1)
    post(client, teacher, assignment, third)
    assert Reminder.objects.count() == 1


def test_month_is_spent_and_what_was_never_sent_is_given_back(
    client, teacher, mother, assignment, course, third, wire, now
):
    ReminderRules.objects.create(monthly=3)
    post(client, teacher, assignment, third)
    assert ReminderMonth.objects.get().messages == Reminder.objects.get().messages == 2
    now.advance(days=1)
    page = follow(client, teacher, assignment, third)
    assert ("提醒他们要发 2 条短信，全市本月只剩 1 条。" in page, "提醒这" in page) == (True, False)
    post(client, teacher, assignment, third)
    assert Reminder.objects.count() == 1
    finish(mother, course)
    reminding.send_due(now.at)
    assert (wire, ReminderMonth.objects.get().messages) == ([], 0)


def test_december_has_a_budget_of_its_own(client, teacher, mother, assignment, third, wire, now):
    ReminderRules.objects.create(monthly=2)
    ReminderMonth.objects.create(month=NOVEMBER, messages=2)
    now.set(datetime(2026, 11, 30, 16, tzinfo=UTC))  # midnight in Shanghai
    assert planned(assignment, third, now).is_too_dear is False
    post(client, teacher, assignment, third)
    assert ReminderMonth.objects.get(month=date(2026, 12, 1)).messages == 2


def test_month_counted_before_the_rule_was_there(client, teacher, mother, assignment, third, wire):
    post(client, teacher, assignment, third)
    ReminderRules.objects.create(monthly=2)
    assert ReminderRules.current().left == 0


def test_two_taps_at_once_do_not_spend_more_than_there_is(
    client, teacher, mother, assignment, third, wire, now
):
    """Both saw that two messages are left; the second finds them gone."""
    ReminderRules.objects.create(monthly=2)
    seen = planned(assignment, third, now)
    assert ReminderMonth.add(NOVEMBER, 2, 2) is True
    with pytest.raises(reminding.NothingSentError, match="本月剩余的短信不够"):
        reminding.queue(teacher, assignment, third, seen)
    assert Reminder.objects.count() == 0
