"""Work on rosters that nobody waits for in a request."""

import logging
from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from learners.schools import membership
from learners.schools.models import ClassChange, RosterImport
from learners.schools.roster import imports
from learners.schools.year import changes

logger = logging.getLogger(__name__)
KEPT_DAYS = 7


@task()
def check_roster(import_id: int) -> None:
    roster = RosterImport.objects.select_related("school", "school_class").get(pk=import_id)
    try:
        imports.check(roster)
    except Exception:
        imports.fail(roster)
        raise


@task()
def apply_roster(import_id: int) -> None:
    roster = RosterImport.objects.select_related("school", "school_class").get(pk=import_id)
    if roster.state != RosterImport.State.APPLYING:
        return
    try:
        imports.apply(roster, timezone.localdate())
    except imports.NotReadyError:
        # The roster changed meanwhile: the new findings are shown.
        imports.check(roster)
    except Exception:
        imports.fail(roster)
        raise


@task()
def change_classes(change_id: int) -> None:
    change = ClassChange.objects.select_related("school").get(pk=change_id)
    if change.state != ClassChange.State.APPLYING:
        return
    try:
        changes.apply(change, timezone.localdate())
    except changes.ChangedMeanwhileError:
        changes.check_again(change)
    except Exception:
        changes.fail(change)
        raise


@task()
def forget_rosters() -> int:
    """Rosters left lying, and phones on file of children who left their school long enough ago."""
    membership.forget_contacts_of_gone(timezone.localdate())
    forgotten = imports.forget_left_lying(timezone.now() - timedelta(days=KEPT_DAYS))
    logger.info("%s roster imports forgotten", forgotten)
    return forgotten
