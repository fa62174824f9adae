from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from learners.assignments import assigning, counting, filling
from learners.assignments.models import Assignment, ClassFigure
from learners.study.figures import daily


class Command(BaseCommand):
    help = "Counts open figures anew that are not what they should be, or only says which."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--check", action="store_true", help="change nothing; fail on drift")

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        figures = ClassFigure.objects.open()
        if check:
            self._check(figures.filter(counted=True), counting.rows_missing())
            return
        recounted = self._recount(figures)
        days = daily.recount(timezone.localdate())
        self.stdout.write(f"{recounted} figures recounted, {days} days of courses.")

    def _recount(self, figures: Any) -> int:
        """Those that are wrong: of a city's assignment all rows are read in one pass."""
        recounted = 0
        for assignment in Assignment.objects.open():
            assigning.prepare(assignment)
            if assignment.scope in assigning.BROAD:
                wrong = filling.wrong(assignment)
                counting.recount(wrong)
                recounted += len(wrong)
        narrow = figures.exclude(assignment__scope__in=assigning.BROAD)
        wrong = [pk for pk, _difference in counting.drift(narrow)]
        counting.recount(wrong)
        return recounted + len(wrong)

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
