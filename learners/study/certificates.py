"""Certificates: handing one out for a completed run, revoking it, forgetting its holder."""

import secrets
from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from cms.reading import minutes
from courses import requirements
from courses.completion import required_lessons
from learners.study import certificate_name, certificate_number
from learners.study.models import Certificate, Enrolment, Progress

REVOKED = "study.revoke_certificate"


@transaction.atomic
def issue(enrolment: Enrolment, name: str) -> Certificate:
    """The certificate of a completed run; safe to repeat: the first name given stays."""
    found, _created = Certificate.objects.get_or_create(
        enrolment=enrolment, defaults=_earned(enrolment, certificate_name.clean(name))
    )
    return found


def _earned(enrolment: Enrolment, name: str) -> dict[str, Any]:
    asked = enrolment.requirements or requirements.record(enrolment.course)
    lessons = _lessons(asked.rules, enrolment.pk)
    completed_at = enrolment.completed_at or timezone.now()
    year = timezone.localtime(completed_at).year
    return {
        "number": certificate_number.make(year, secrets.choice),
        "name": name,
        "masked_name": certificate_name.mask(name),
        "course_title": enrolment.course.title,
        "minutes": minutes(sum(rule["seconds"] for rule in lessons if rule["done"])),
        "completed_at": completed_at,
        "offline": enrolment.completed_offline,
        "rules_version": asked.version,
        "lessons": lessons,
    }


def _lessons(rules: list[dict[str, Any]], enrolment_id: int) -> list[dict[str, Any]]:
    """The rules, each with whether its lesson was done by now or had to be."""
    progress = Progress.objects.completed().filter(enrolment=enrolment_id)
    done = set(progress.values_list("lesson_id", flat=True)) | required_lessons(rules)
    return [{**rule, "done": rule["lesson"] in done} for rule in rules]


def last_name(user: Any) -> str:
    """What the person wrote on their last certificate, else what they call themselves."""
    latest = Certificate.objects.of(user).order_by("-issued_at").first()
    return (latest.name if latest else "") or user.name


@transaction.atomic
def revoke(certificate: Certificate, reason: str, by: Any) -> bool:
    """Whether it was still valid; who did it and why is in Wagtail's log too."""
    changed = Certificate.objects.filter(pk=certificate.pk, revoked_at=None).update(
        revoked_at=timezone.now(), revoked_reason=reason, revoked_by=by
    )
    if changed:
        log(instance=certificate, action=REVOKED, user=by, data={"reason": reason})
    return bool(changed)


def export(user: Any) -> dict[str, Any]:
    """For `learners.study.personal`; one statement."""
    return {
        "certificates": [
            {
                "number": certificate_number.shown(certificate.number),
                "name": certificate.name,
                "course": certificate.course_title,
                "minutes": certificate.minutes,
                "finished_at": timezone.localtime(certificate.completed_at).isoformat(),
                "issued_at": timezone.localtime(certificate.issued_at).isoformat(),
                "partly_offline": certificate.offline,
                "revoked": certificate.revoked_at is not None,
                "revoked_reason": certificate.revoked_reason,
            }
            for certificate in Certificate.objects.of(user).order_by("issued_at")
        ]
    }


def erase(user: Any) -> None:
    """The masked name stays: a school that was shown a certificate can still check it."""
    Certificate.objects.of(user).update(name="")
