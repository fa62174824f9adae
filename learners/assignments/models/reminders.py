"""Messages that a teacher had sent to phones, and phones that want none."""

import secrets
from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from learners.accounts.protected import EncryptedTextField
from learners.assignments.models.assignment import Assignment
from learners.schools.codes import SIGNS
from learners.schools.models import Child, SchoolClass


def new_code() -> str:
    """Short, because every sign of a message costs; 31 signs, so nobody guesses one."""
    return "".join(secrets.choice(SIGNS) for _ in range(10))


class ReminderQuerySet(models.QuerySet["Reminder"]):
    def queued(self) -> Self:
        return self.filter(state=Reminder.State.QUEUED)


class Reminder(models.Model):
    """One message to one phone about one assignment; at most one a day.

    `code` stands in the message and leads to where one can refuse more. The phone is kept until
    the message left; then only its hash and its last digits stay.
    """

    class State(models.TextChoices):
        QUEUED = "queued", _("Waiting")
        SENDING = "sending", _("On its way")
        SENT = "sent", _("Sent")
        FAILED = "failed", _("Not delivered")
        SKIPPED = "skipped", _("No longer needed")

    code = models.CharField(max_length=10, unique=True, default=new_code, editable=False)
    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="reminders")
    school_class = models.ForeignKey(SchoolClass, models.CASCADE, related_name="+")
    child = models.ForeignKey(Child, models.SET_NULL, null=True, related_name="reminders")
    phone = EncryptedTextField(blank=True)
    phone_hash = models.CharField(max_length=64)
    masked = models.CharField(max_length=20)
    day = models.DateField()
    send_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.QUEUED)
    messages = models.PositiveSmallIntegerField()
    sent_at = models.DateTimeField(null=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = ReminderQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        constraints = [
            models.UniqueConstraint(
                fields=["assignment", "phone_hash", "day"], name="assignments_one_reminder_a_day"
            )
        ]
        indexes = [
            models.Index(fields=["state", "send_at"], name="assignments_to_send"),
            models.Index(fields=["phone_hash"], name="assignments_reminded"),
        ]

    def __str__(self) -> str:
        return f"reminder {self.pk}"


class ReminderOptOut(models.Model):
    """A phone that gets no reminders, whoever it belongs to."""

    phone_hash = models.CharField(max_length=64, unique=True)
    since = models.DateTimeField(default=timezone.now)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("phone without reminders")
        verbose_name_plural = _("phones without reminders")

    def __str__(self) -> str:
        return f"opt-out {self.pk}"
