"""The steps of an import: begin, check, answer, apply, throw away."""

import base64
import json
import logging
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.utils import timezone

from learners.schools import touching
from learners.schools.models import RosterImport, School, SchoolClass
from learners.schools.roster.annotated import annotated_copy
from learners.schools.roster.applying import Applying
from learners.schools.roster.checking import Target, plan_for, read_list, report_of, target_of
from learners.schools.roster.matching import Plan
from learners.schools.roster.opening import FileRefusedError
from learners.schools.school_year import school_year

logger = logging.getLogger(__name__)
PROGRESS_KEPT = 3600


class NotReadyError(Exception):
    """The list has errors or open questions, perhaps since somebody changed the roster."""


def begin(
    school: School, user: Any, name: str, data: bytes, only: SchoolClass | None = None
) -> RosterImport:
    """Kept, encrypted, until it is applied; the caller has it checked."""
    return RosterImport.objects.create(
        school=school,
        school_class=only,
        year=only.year if only else school_year(timezone.localdate()),
        uploaded_by=user,
        file_name=name[-100:],
        content=base64.b64encode(data).decode(),
    )


def _target(roster: RosterImport) -> Target:
    return target_of(roster.school, roster.year, roster.school_class)


def _read(roster: RosterImport, target: Target) -> Any:
    return read_list(base64.b64decode(roster.content), target)


def check(roster: RosterImport) -> Plan | None:
    """The dry run; None when the file cannot be read, `refusal` then says why."""
    target = _target(roster)
    try:
        sheets, rows = _read(roster, target)
    except FileRefusedError as refusal:
        _end(roster, RosterImport.State.REFUSED, refusal=refusal.code)
        return None
    plan = plan_for(rows, target, roster.answers)
    roster.report = json.dumps(report_of(sheets, plan, target), ensure_ascii=False)
    roster.annotated = base64.b64encode(annotated_copy(sheets, rows)).decode()
    roster.counts, roster.state = plan.counts, RosterImport.State.CHECKED
    roster.save(update_fields=["report", "annotated", "counts", "state"])
    logger.info("roster import %s checked: %s", roster.pk, plan.counts)
    return plan


def answer(roster: RosterImport, answers: Mapping[str, str]) -> None:
    """What the school says about namesakes, by row; the caller has the list checked anew."""
    roster.answers = {**roster.answers, **answers}
    roster.state = RosterImport.State.CHECKING
    roster.save(update_fields=["answers", "state"])


def apply(roster: RosterImport, today: date) -> dict[str, int]:
    """All or nothing, against the roster as it is now; NotReadyError changes nothing."""
    with transaction.atomic():
        # Not the key: whoever counts figures of the school meanwhile only refers to it.
        School.objects.select_for_update(no_key=True).get(pk=roster.school_id)
        target = _target(roster)
        _sheets, rows = _read(roster, target)
        plan = plan_for(rows, target, roster.answers, lock=True)
        if not plan.is_ready:
            raise NotReadyError
        applying = Applying(roster.school, roster.year, target.classes, today)
        total = len(plan.outcomes)
        touched = applying.apply(plan, lambda done: note_progress(roster, done, total))
        touching.touch(touched)
        missing = [{"id": c.child, "name": c.name, "class": c.class_name} for c in plan.missing]
        roster.counts, roster.applied_at = plan.counts, timezone.now()
        _end(roster, RosterImport.State.APPLIED, report={"missing": missing} if missing else None)
    logger.info("roster import %s applied: %s", roster.pk, plan.counts)
    return plan.counts


def _end(
    roster: RosterImport, state: str, refusal: str = "", report: dict[str, Any] | None = None
) -> None:
    """Nothing of the file stays, but who was missing, until the school has decided."""
    roster.content = roster.annotated = ""
    roster.report = json.dumps(report, ensure_ascii=False) if report else ""
    roster.answers, roster.state, roster.refusal = {}, state, refusal
    roster.save()


def fail(roster: RosterImport) -> None:
    """Something broke; the file stays, so that it can be tried again."""
    roster.state = RosterImport.State.FAILED
    roster.save(update_fields=["state"])


def report(roster: RosterImport) -> dict[str, Any]:
    empty: dict[str, Any] = {
        "rows": [],
        "questions": [],
        "missing": [],
        "unneeded": [],
        "ignored": [],
    }
    return {**empty, "new_classes": [], **(json.loads(roster.report) if roster.report else {})}


def forget_missing(roster: RosterImport, children: list[int]) -> None:
    """Those who were taken off the roster are no longer listed."""
    missing = [gone for gone in report(roster)["missing"] if gone["id"] not in children]
    roster.report = json.dumps({"missing": missing}, ensure_ascii=False) if missing else ""
    roster.save(update_fields=["report"])


def note_progress(roster: RosterImport, done: int, total: int) -> None:
    """In the cache: the transaction's own writes cannot be seen from outside."""
    cache.set(f"roster-import-{roster.pk}", (done, total), PROGRESS_KEPT)


def progress_of(roster: RosterImport) -> tuple[int, int]:
    return cache.get(f"roster-import-{roster.pk}") or (0, 0)


def forget_left_lying(before: datetime) -> int:
    deleted, _tables = RosterImport.objects.left_lying(before).delete()
    finished = RosterImport.objects.filter(applied_at__lt=before).exclude(report="")
    return deleted + finished.update(report="")
