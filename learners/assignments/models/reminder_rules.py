"""What the city lets teachers send: whether, at what price, how many a month, at which hours."""

from datetime import date
from decimal import Decimal
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from learners.assignments.quiet import EVENING, MORNING, Hours


class ReminderMonth(models.Model):
    """How many messages were asked for in a month, in the whole city; skipped ones taken off."""

    month = models.DateField(primary_key=True)
    messages = models.PositiveIntegerField(default=0)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("messages of a month")
        verbose_name_plural = _("messages of months")

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}: {self.messages}"

    @classmethod
    def take_off(cls, month: date, messages: int) -> None:
        """For a message that was never sent."""
        kept = cls.objects.filter(month=month, messages__gte=messages)
        kept.update(messages=F("messages") - messages)

    @classmethod
    def add(cls, month: date, messages: int, most: int | None) -> bool:
        """Whether they still fit into what the city allows; under the month's lock."""
        cls.objects.get_or_create(month=month)
        rows = cls.objects.filter(month=month)
        if most is not None:
            rows = rows.filter(messages__lte=most - messages)
        return bool(rows.update(messages=F("messages") + messages))


class ReminderRulesQuerySet(models.QuerySet["ReminderRules"]):
    def with_month(self, month: date) -> Self:
        """Each with `used`, the messages of that month."""
        used = ReminderMonth.objects.filter(month=month).values("messages")
        return self.annotate(used=models.Subquery(used))


class ReminderRules(models.Model):
    """The last row counts; the ones before say what counted until when, and who said so.

    `price` is in yuan for one message, `monthly` the most messages of the whole city a month.
    """

    enabled = models.BooleanField(_("Teachers may send reminders by text message"), default=True)
    price = models.DecimalField(
        _("Price of one message, in yuan"), max_digits=6, decimal_places=3, null=True, blank=True
    )
    monthly = models.PositiveIntegerField(_("Most messages a month"), null=True, blank=True)
    morning = models.TimeField(_("Not before"), default=MORNING)
    evening = models.TimeField(_("Not after"), default=EVENING)
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    set_at = models.DateTimeField(default=timezone.now)

    objects = ReminderRulesQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("rules of reminders")
        verbose_name_plural = _("rules of reminders")
        constraints = [
            models.CheckConstraint(
                condition=Q(morning__gte=MORNING, evening__lte=EVENING, morning__lt=F("evening")),
                name="assignments_nobody_at_night",
            ),
            models.CheckConstraint(
                condition=Q(price=None) | Q(price__gte=0), name="assignments_price_is_none_or_more"
            ),
        ]

    def __str__(self) -> str:
        return f"rules of {self.set_at:%Y-%m-%d}"

    @classmethod
    def current(cls) -> Self:
        """In one statement, with what this month used; unsaved when nobody ever set any."""
        month = month_of(timezone.localdate())
        return cls.objects.with_month(month).order_by("-pk").first() or cls()

    @property
    def hours(self) -> Hours:
        return Hours(self.morning, self.evening)

    @property
    def left(self) -> int | None:
        """Messages that this month still has; None without a limit."""
        if self.monthly is None:
            return None
        return max(0, self.monthly - (getattr(self, "used", 0) or 0))

    def yuan(self, messages: int) -> Decimal | None:
        return None if self.price is None else self.price * messages


def month_of(day: date) -> date:
    """A month is named by its first day."""
    return day.replace(day=1)
