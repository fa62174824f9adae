"""The clock of the school: every scheduled job of every app, in one list."""

import logging
from collections.abc import Callable
from typing import Any

from apscheduler.schedulers.blocking import BlockingScheduler
from apscheduler.triggers.cron import CronTrigger
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import close_old_connections

from learners.accounts.tasks import delete_unconfirmed
from learners.schools.tasks import forget_rosters
from learners.study.schedule import registered
from learners.study.tasks import add_up_days, forget_devices, write_popularity
from media.tasks import forget_unfinished_uploads, look_after_conversions
from search import asked
from search.changes import enqueue_waiting as index_changes

logger = logging.getLogger(__name__)

Job = Callable[[], Any]

JOBS: list[tuple[str, str, Job]] = [
    ("publish what is due", "* * * * *", lambda: call_command("publish_scheduled")),
    ("look after conversions", "* * * * *", look_after_conversions.enqueue),
    ("count how often resources were finished", "*/10 * * * *", write_popularity.enqueue),
    ("bring search up to date", "* * * * *", index_changes),
    ("add up the day's figures of courses", "5 3 * * *", add_up_days.enqueue),
    ("forget unconfirmed accounts", "15 3 * * *", delete_unconfirmed.enqueue),
    ("forget devices", "17 3 * * *", forget_devices.enqueue),
    ("forget rosters left lying", "20 3 * * *", forget_rosters.enqueue),
    ("forget old searches", "22 3 * * *", asked.forget),
    ("forget old sessions", "25 3 * * *", lambda: call_command("clearsessions")),
    ("forget unfinished uploads", "30 3 * * *", forget_unfinished_uploads.enqueue),
    ("forget old task results", "35 3 * * *", lambda: call_command("prune_db_task_results")),
]


def guarded(name: str, job: Job) -> Job:
    """A failing job is logged and runs again at its next time; the clock goes on."""

    def run() -> None:
        close_old_connections()
        try:
            job()
        except Exception:
            logger.exception("scheduled job failed: %s", name)

    return run


class Command(BaseCommand):
    help = "Runs the scheduled jobs until stopped. One such process for the whole school."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--once", action="store_true", help="run every job once and stop")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["once"]:
            for name, _cron, job in [*JOBS, *registered()]:
                guarded(name, job)()
            return
        scheduler = BlockingScheduler(timezone=settings.TIME_ZONE)
        for name, cron, job in [*JOBS, *registered()]:
            trigger = CronTrigger.from_crontab(cron, timezone=settings.TIME_ZONE)
            scheduler.add_job(guarded(name, job), trigger, name=name, coalesce=True)
        scheduler.start()
