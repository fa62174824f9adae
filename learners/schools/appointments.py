"""Staff are appointed by phone: they sign in like everybody, with a code."""

import logging
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from learners.accounts.models import User
from learners.accounts.sign_in import person_with_phone
from learners.schools.models import StaffAppointment
from learners.schools.models.staff import Role

logger = logging.getLogger(__name__)
SCOPES = {Role.TEACHER: "school_class", Role.SCHOOL: "school", Role.DISTRICT: "district"}


@transaction.atomic
def appoint_by_phone(
    phone: str,
    name: str,
    role: str,
    scope: Any,
    *,
    today: date,
    by: Any = None,
    ends_on: date | None = None,
) -> StaffAppointment:
    """`phone` is E.164. A name that the person chose themselves stays; everybody has one, so that
    an account that waits for its owner is told from one that only a form made.
    """
    user = person_with_phone(phone)
    if not user.name:
        user.name = name or gettext("Teacher")
        user.save(update_fields=["name"])
    return appoint(user, role, scope, today=today, by=by, ends_on=ends_on)


def appoint(
    user: User, role: str, scope: Any, *, today: date, by: Any = None, ends_on: date | None = None
) -> StaffAppointment:
    """Safe to repeat; `scope` is the class, school or district, None for the city.

    `today` is the first day, `ends_on` the last one or None.
    """
    ground = {SCOPES[Role(role)]: scope} if scope is not None else {}
    appointment, created = StaffAppointment.objects.standing().get_or_create(
        user=user,
        role=role,
        ends_on=ends_on,
        ended_at=None,
        **ground,
        defaults={"starts_on": today, "appointed_by": by},
    )
    if created:
        logger.info("person %s appointed %s by %s", user.pk, appointment.pk, by and by.pk)
    return appointment


def end(appointment: StaffAppointment, today: date, by: Any = None) -> None:
    """From this moment on. The row stays: the last day is yesterday, or the first one."""
    last = max(appointment.starts_on, today - timedelta(days=1))
    appointment.ends_on = min(appointment.ends_on or last, last)
    appointment.ended_at, appointment.ended_by = timezone.now(), by
    appointment.save(update_fields=["ends_on", "ended_at", "ended_by"])
    logger.info("appointment %s ended by %s", appointment.pk, by and by.pk)
