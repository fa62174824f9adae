from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from learners.schools.ground import Ground
from learners.schools.listing.lists import import_list
from learners.schools.roster.opening import FileRefusedError


class Command(BaseCommand):
    help = "Imports schools, classes and teachers (xlsx or csv) of the whole city, all or nothing."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="check and tell, change nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            data = options["file"].read_bytes()
            result = import_list(
                data, Ground(city=True), timezone.localdate(), dry_run=options["dry_run"]
            )
        except OSError as error:
            raise CommandError(str(error)) from error
        except FileRefusedError as refusal:
            raise CommandError(refusal.text) from refusal
        for sheet, row, words in result.errors:
            self.stdout.write(f"{sheet} {row}: {words}".strip())
        if result.errors:
            raise CommandError("Nothing was changed: correct the rows above first.")
        told = (f"{result.schools} schools, {result.classes} classes", result.appointments)
        self.stdout.write("{}, {} appointments".format(*told))
        if options["dry_run"]:
            self.stdout.write("Dry run: nothing was changed.")
