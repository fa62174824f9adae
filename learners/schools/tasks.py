"""Work on rosters that nobody waits for in a request."""

import logging
from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from learners.schools.models import RosterImport
from learners.schools.roster import imports

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
def forget_rosters() -> int:
    forgotten = imports.forget_left_lying(timezone.now() - timedelta(days=KEPT_DAYS))
    logger.info("%s roster imports forgotten", forgotten)
    return forgotten
