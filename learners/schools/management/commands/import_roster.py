from dataclasses import replace
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from learners.schools.models import RosterImport, School
from learners.schools.roster import imports
from learners.schools.roster.checking import findings_of
from learners.schools.roster.opening import REFUSED


class Command(BaseCommand):
    help = "Imports a school's roster (xlsx or csv) into this school year, all or nothing."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--school", required=True, metavar="CODE")
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="check and tell, change nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        school = School.objects.filter(code=options["school"]).first()
        if school is None:
            raise CommandError(f"There is no school with the code {options['school']}.")
        try:
            data = options["file"].read_bytes()
        except OSError as error:
            raise CommandError(str(error)) from error
        roster = imports.begin(school, None, options["file"].name, data)
        try:
            self._import(roster, options["dry_run"])
        finally:
            RosterImport.objects.filter(pk=roster.pk, applied_at=None).delete()

    def _import(self, roster: RosterImport, dry_run: bool) -> None:
        plan = imports.check(roster)
        if plan is None:
            raise CommandError(str(REFUSED[roster.refusal]))
        self._tell(imports.report(roster), plan.counts)
        if not plan.is_ready:
            raise CommandError("Nothing was changed: correct the rows above first.")
        if dry_run:
            self.stdout.write("Dry run: nothing was changed.")
            return
        imports.apply(roster, timezone.localdate())
        self.stdout.write("Applied.")

    def _tell(self, report: dict[str, Any], counts: dict[str, int]) -> None:
        """Row and column, never what stands there: the output of commands lands in logs."""
        for row in report["rows"]:
            for finding in findings_of(row):
                place = f"{finding.sheet} {finding.row} {finding.column}".strip()
                shown = replace(finding, values={**finding.values, "text": "…"})
                self.stdout.write(f"{place}: {shown.text}")
        for question in report["questions"]:
            self.stdout.write(f"{question['sheet']} {question['row']}: namesakes, ask the school")
        if report["unneeded"]:
            self.stdout.write(f"Not kept: {', '.join(report['unneeded'])}")
        self.stdout.write(", ".join(f"{name} {count}" for name, count in counts.items()))
