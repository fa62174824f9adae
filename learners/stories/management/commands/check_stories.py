from typing import Any

from django.core.management.base import BaseCommand, CommandError

from learners.stories import files
from media import storing


class Command(BaseCommand):
    help = (
        "Compares families' stories with their private files: files that are gone, and files that "
        "no story names. Ends with 1 if there is any."
    )

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--delete", action="store_true", help="delete what no story names")

    def handle(self, *args: Any, **options: Any) -> None:
        found = files.differences()
        for name in sorted(found.missing):
            self.stdout.write(f"missing  {name}")
        for name in sorted(found.orphaned):
            self.stdout.write(f"orphaned {name}")
        if options["delete"]:
            storing.delete(found.orphaned)
            self.stdout.write(f"{len(found.orphaned)} files deleted")
        left = len(found.missing) + (0 if options["delete"] else len(found.orphaned))
        if left:
            raise CommandError(f"{left} differences between the stories and their files.")
        self.stdout.write(f"{found.kept} files, and every one is accounted for.")
