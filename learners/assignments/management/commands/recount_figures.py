from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from learners.assignments import assigning, counting
from learners.assignments.models import Assignment, ClassFigure
from learners.study.figures import daily


class Command(BaseCommand):
    help = "Counts all open figures anew, or only says which are not what they should be."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--check", action="store_true", help="change nothing; fail on drift")

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        figures = ClassFigure.objects.open()
        if check:
            self._check(figures.filter(counted=True), counting.rows_missing())
            return
        for assignment in Assignment.objects.open():
            assigning.prepare(assignment)
        counting.recount(figures.order_by("pk").values_list("pk", flat=True))
        days = daily.recount(timezone.localdate())
        self.stdout.write(f"{figures.count()} figures recounted, {days} days of courses.")

    def _check(self, figures: Any, missing: int) -> None:
        drifted = counting.runs_drifted()
        for pk, wrong in counting.drift(figures):
            drifted += 1
            self.stderr.write(f"figure {pk}: {wrong}")
        for day in daily.drift():
            drifted += 1
            self.stderr.write(str(day))
        self.stdout.write(f"{figures.count()} figures, {missing} missing, drift {drifted}.")
        if drifted or missing:
            raise CommandError("The figures are not what they should be.")
