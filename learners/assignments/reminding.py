"""One message to those who have not finished: counted before it is sent, never at night.

At most one to a phone about an assignment and day; phones that want none get none; sending
happens in a task, each number with its own outcome. What the city set is kept.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, override

from learners.accounts.models import User
from learners.accounts.phone import mask_phone
from learners.accounts.protected import keyed_hash
from learners.accounts.sms import SMSFailedError, send_text
from learners.assignments import following, quiet
from learners.assignments.following import ABSENT, DONE
from learners.assignments.message_length import messages
from learners.assignments.models import (
    Assignment,
    Reminder,
    ReminderMonth,
    ReminderOptOut,
    ReminderRules,
)
from learners.assignments.models.reminder_rules import month_of
from learners.schools.models import RosterContact, SchoolClass


class NothingSentError(Exception):
    """`message` says why, in plain words."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


@dataclass(frozen=True, slots=True)
class Recipient:
    """`child` is None in a class that counts guardians."""

    child: int | None
    phone: str
    phone_hash: str


@dataclass(frozen=True, slots=True)
class Plan:
    """Who would get a message, when, and what it costs; `silent` want none or had one today."""

    recipients: list[Recipient]
    families: int
    silent: int
    send_at: datetime
    messages: int
    rules: ReminderRules

    @property
    def cost(self) -> int:
        return self.messages * len(self.recipients)

    @property
    def yuan(self) -> Decimal | None:
        """None when the city did not say what a message costs."""
        return self.rules.yuan(self.cost)

    @property
    def is_too_dear(self) -> bool:
        """More messages than this month has left."""
        return self.rules.left is not None and self.cost > self.rules.left


def plan(
    assignment: Assignment, school_class: SchoolClass, rows: Iterable[following.Row], now: datetime
) -> Plan:
    """In four statements; `rows` that are done are left out."""
    asked = [row for row in rows if row.state != DONE]
    rules = ReminderRules.current()
    send_at = quiet.send_at(now, rules.hours)
    found = _recipients(asked)
    silent = _silent(assignment, [one.phone_hash for one in found], send_at)
    heard = [one for one in found if one.phone_hash not in silent]
    sample = text(assignment, school_class, Reminder())
    return Plan(
        recipients=heard,
        families=len({one.child or one.phone_hash for one in heard}),
        silent=len(found) - len(heard),
        send_at=send_at,
        messages=messages(sample),
        rules=rules,
    )


def _recipients(rows: list[following.Row]) -> list[Recipient]:
    """Those who joined by their own phone, the others by what the school has on file."""
    joined = {g.user: row for row in rows for g in row.guardians if not g.finished_at}
    absent = [row.child.pk for row in rows if row.state == ABSENT and row.child]
    people = User.objects.filter(pk__in=joined, phone_verified=True, is_active=True)
    found: dict[str, Recipient] = {}
    for user in people.exclude(phone_hash=None).order_by("pk"):
        child = joined[user.pk].child
        one = Recipient(child.pk if child else None, user.phone, user.phone_hash or "")
        found.setdefault(one.phone_hash, one)
    for contact in RosterContact.objects.filter(child__in=absent).order_by("pk"):
        one = Recipient(contact.child_id, contact.phone, contact.phone_hash)
        found.setdefault(one.phone_hash, one)
    return list(found.values())


def _silent(assignment: Assignment, among: list[str], send_at: datetime) -> set[str]:
    refused = ReminderOptOut.objects.filter(phone_hash__in=among)
    had = Reminder.objects.filter(
        assignment=assignment, phone_hash__in=among, day=timezone.localdate(send_at)
    )
    hashes = refused.order_by().values_list("phone_hash", flat=True)
    return set(hashes.union(had.order_by().values_list("phone_hash", flat=True)))


def text(assignment: Assignment, school_class: SchoolClass, reminder: Reminder) -> str:
    """What a parent reads; without the child's name, which is nobody's on the way."""
    stop = reverse("assignments:no_reminders", args=[reminder.code])
    with override("zh-hans"):
        return gettext(
            "[Parent School] {place} asks you to finish “{course}” by {day}."
            " Open {learn} — no more reminders: {stop}"
        ).format(
            place=school_class.name,
            course=assignment.course.title,
            day=date_format(assignment.due_on, "MONTH_DAY_FORMAT"),
            learn=f"{settings.SITE_URL}{reverse('study:learn')}",
            stop=f"{settings.SITE_URL}{stop}",
        )


@transaction.atomic
def queue(by: Any, assignment: Assignment, school_class: SchoolClass, planned: Plan) -> int:
    """How many phones wait now; a phone that another tap queued first is left out.

    NothingSentError when the city switched reminders off or the month has too few left.
    """
    if not planned.rules.enabled:
        raise NothingSentError(gettext("The city has switched off reminders by text message."))
    before = assignment.reminders.count()
    Reminder.objects.bulk_create(
        [
            Reminder(
                assignment=assignment,
                school_class=school_class,
                child_id=one.child,
                phone=one.phone,
                phone_hash=one.phone_hash,
                masked=mask_phone(one.phone),
                day=timezone.localdate(planned.send_at),
                send_at=planned.send_at,
                messages=planned.messages,
                asked_by=by,
            )
            for one in planned.recipients
        ],
        ignore_conflicts=True,
    )
    queued = assignment.reminders.count() - before
    month = month_of(timezone.localdate())
    if not ReminderMonth.add(month, queued * planned.messages, planned.rules.monthly):
        raise NothingSentError(gettext("This month has too few messages left. Nothing was sent."))
    _enqueue_sending()
    return queued


def _enqueue_sending() -> None:
    from learners.assignments.tasks import send_reminders  # noqa: PLC0415 - it calls us

    transaction.on_commit(send_reminders.enqueue)


def send_due(now: datetime) -> int:
    """Sends what is due; at night nothing is, though it began in the evening. How many."""
    due = Reminder.objects.queued().filter(send_at__lte=now).order_by("pk")
    handled = 0
    for pk in list(due.values_list("pk", flat=True)):
        rules = ReminderRules.current()
        if quiet.send_at(timezone.now(), rules.hours) > timezone.now():
            break
        # Whoever changes the row sends: two workers never send one message twice.
        handled += Reminder.objects.queued().filter(pk=pk).update(
            state=Reminder.State.SENDING
        ) and _send(pk, rules)
    return handled


def _send(pk: int, rules: ReminderRules) -> int:
    related = ("assignment__course", "school_class__school", "child")
    reminder = Reminder.objects.select_related(*related).get(pk=pk)
    if not rules.enabled or _is_needless(reminder):
        return _close(reminder, Reminder.State.SKIPPED)
    try:
        send_text(reminder.phone, text(reminder.assignment, reminder.school_class, reminder))
    except SMSFailedError:
        return _close(reminder, Reminder.State.FAILED)
    return _close(reminder, Reminder.State.SENT)


def _is_needless(reminder: Reminder) -> bool:
    """Withdrawn, refused or finished while the message waited."""
    if not reminder.assignment.is_open:
        return True
    if ReminderOptOut.objects.filter(phone_hash=reminder.phone_hash).exists():
        return True
    rows = following.rows(reminder.assignment, reminder.school_class)
    return any(
        row.state == DONE and row.child and row.child.pk == reminder.child_id for row in rows
    )


def _close(reminder: Reminder, state: str) -> int:
    """The phone itself is no longer needed."""
    if state == Reminder.State.SKIPPED:
        asked_on = timezone.localdate(reminder.created_at)
        ReminderMonth.take_off(month_of(asked_on), reminder.messages)
    reminder.state, reminder.sent_at, reminder.phone = state, timezone.now(), ""
    reminder.save(update_fields=["state", "sent_at", "phone"])
    return 1


def refuse(phone_hash: str) -> None:
    """No reminders to this phone from now on; safe to repeat."""
    ReminderOptOut.objects.get_or_create(phone_hash=phone_hash)


def allow(phone_hash: str) -> None:
    ReminderOptOut.objects.filter(phone_hash=phone_hash).delete()


def phone_hash_of(user: Any) -> str:
    return user.phone_hash or (keyed_hash(user.phone) if user.phone else "")
