"""Certificates: handing one out, mending its name, revoking it, forgetting its holder."""

import secrets
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from cms.reading import minutes
from courses import requirements
from courses.completion import required_lessons
from learners.study.certificates import names, numbers
from learners.study.models import Certificate, CertificateCorrection, Enrolment, Progress

REVOKED = "study.revoke_certificate"
CORRECTIONS, CORRECTIONS_WITHIN = 3, timedelta(days=30)


class TooManyCorrectionsError(Exception):
    """A certificate is for one person: its name is mended now and then, not handed round."""


@transaction.atomic
def issue(enrolment: Enrolment, name: str) -> Certificate:
    """The certificate of a completed run; safe to repeat: the first name given stays."""
    found, _created = Certificate.objects.get_or_create(
        enrolment=enrolment, defaults=_earned(enrolment, names.clean(name))
    )
    return found


def _earned(enrolment: Enrolment, name: str) -> dict[str, Any]:
    asked = enrolment.requirements or requirements.record(enrolment.course)
    lessons = _lessons(asked.rules, enrolment.pk)
    completed_at = enrolment.completed_at or timezone.now()
    year = timezone.localtime(completed_at).year
    return {
        "number": numbers.make(year, secrets.choice),
        "name": name,
        "masked_name": names.mask(name),
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
def correct(certificate: Certificate, name: str) -> bool:
    """Whether the name changed; the number stays, and what stood there before is kept.

    Certificate.DoesNotExist when it is revoked by now; TooManyCorrectionsError changes nothing.
    """
    name = names.clean(name)
    kept = Certificate.objects.valid().select_for_update().get(pk=certificate.pk)
    if name == kept.name:
        return False
    if corrected_lately(kept.enrolment.user) >= CORRECTIONS:
        raise TooManyCorrectionsError
    kept.corrections.create(former_name=kept.name, former_masked=kept.masked_name)
    masked = names.mask(name)
    Certificate.objects.filter(pk=kept.pk).update(name=name, masked_name=masked)
    return True


def corrected_lately(user: Any) -> int:
    """How often the person mended a name in the last thirty days, on any certificate."""
    since = timezone.now() - CORRECTIONS_WITHIN
    own = CertificateCorrection.objects.filter(certificate__enrolment__user=user)
    return own.filter(corrected_at__gt=since).count()


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
    """For `learners.study.personal`; two statements."""
    return {
        "certificates": [
            {
                "number": numbers.shown(certificate.number),
                "name": certificate.name,
                "former_names": [
                    {
                        "name": former.former_name,
                        "until": timezone.localtime(former.corrected_at).isoformat(),
                    }
                    for former in certificate.corrections.all()
                ],
                "course": certificate.course_title,
                "minutes": certificate.minutes,
                "finished_at": timezone.localtime(certificate.completed_at).isoformat(),
                "issued_at": timezone.localtime(certificate.issued_at).isoformat(),
                "partly_offline": certificate.offline,
                "revoked": certificate.revoked_at is not None,
                "revoked_reason": certificate.revoked_reason,
            }
            for certificate in Certificate.objects.of(user)
            .prefetch_related("corrections")
            .order_by("issued_at")
        ]
    }


def erase(user: Any) -> None:
    """The masked name stays: a school that was shown a certificate can still check it."""
    Certificate.objects.of(user).update(name="")
    own = CertificateCorrection.objects.filter(certificate__enrolment__user=user)
    own.update(former_name="")
