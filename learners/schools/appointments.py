"""Staff are appointed by phone: they sign in like everybody, with a code."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext

from learners.accounts.models import User
from learners.accounts.sign_in import person_with_phone
from learners.schools.models import StaffAppointment
from learners.schools.models.staff import Role

SCOPES = {Role.TEACHER: "school_class", Role.SCHOOL: "school", Role.DISTRICT: "district"}


@transaction.atomic
def appoint_by_phone(
    phone: str, name: str, role: str, scope: Any, *, today: date, by: Any = None
) -> StaffAppointment:
    """`phone` is E.164. A name that the person chose themselves stays; everybody has one, so that
    an account that waits for its owner is told from one that only a form made.
    """
    user = person_with_phone(phone)
    if not user.name:
        user.name = name or gettext("Teacher")
        user.save(update_fields=["name"])
    return appoint(user, role, scope, today=today, by=by)


def appoint(user: User, role: str, scope: Any, *, today: date, by: Any = None) -> StaffAppointment:
    """Safe to repeat; `scope` is the class, school or district, None for the city."""
    ground = {SCOPES[Role(role)]: scope} if scope is not None else {}
    appointment, _created = StaffAppointment.objects.get_or_create(
        user=user,
        role=role,
        ends_on=None,
        **ground,
        defaults={"starts_on": today, "appointed_by": by},
    )
    return appointment


def end(appointment: StaffAppointment, today: date) -> None:
    """From this moment on: the last day is yesterday; one that began today never was."""
    if appointment.starts_on >= today:
        appointment.delete()
        return
    appointment.ends_on = today - timedelta(days=1)
    appointment.save(update_fields=["ends_on"])
