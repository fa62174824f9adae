"""What closing an account, and joining two children into one, mean for figures."""

from typing import Any

from learners.assignments.models import Assignment, FormerGuardian, Reminder, ReminderOptOut
from learners.schools.models import ClassGuardian, Guardianship
from learners.study.models import Enrolment


def export(user: Any) -> dict[str, Any]:
    """What a person may take away: that they want no reminders, and what staff assigned."""
    refused = user.phone_hash and ReminderOptOut.objects.filter(phone_hash=user.phone_hash).first()
    given = Assignment.objects.filter(given_by=user).select_related("course")
    return {
        "no_reminders_since": refused.since.isoformat() if refused else None,
        "reminders": [
            {
                "class": row.school_class.name,
                "state": row.state,
                "sent_at": row.sent_at.isoformat() if row.sent_at else None,
            }
            for row in _reminders(user)
        ],
        "assignments_given": [
            {"course": row.course.title, "due_on": row.due_on.isoformat(), "note": row.note}
            for row in given.order_by("created_at")
        ],
    }


def _reminders(user: Any) -> Any:
    if not user.phone_hash:
        return []
    sent = Reminder.objects.filter(phone_hash=user.phone_hash).select_related("school_class")
    return sent.order_by("created_at", "pk")


def erase(user: Any) -> None:
    """Runs before the schools forget whose guardian this was: what was learned stays counted."""
    if Enrolment.objects.of(user).exclude(started_at=None).exists():
        children = Guardianship.objects.of(user).values_list("child_id", flat=True)
        places = ClassGuardian.objects.of(user).values_list("pk", flat=True)
        FormerGuardian.objects.bulk_create(
            [FormerGuardian(user=user, child_id=pk) for pk in children]
            + [FormerGuardian(user=user, class_guardian_id=pk) for pk in places],
            ignore_conflicts=True,
        )
    if user.phone_hash:
        Reminder.objects.filter(phone_hash=user.phone_hash).delete()
    Assignment.objects.filter(given_by=user).update(given_by=None)


def move_former(from_child: int, into_child: int) -> None:
    """Registered with the schools: a family's own child was claimed in a class."""
    known = FormerGuardian.objects.filter(child=into_child).values("user_id")
    FormerGuardian.objects.filter(child=from_child).exclude(user__in=list(known)).update(
        child=into_child
    )
