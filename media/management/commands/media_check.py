from typing import Any

from django.core.management.base import BaseCommand, CommandError

from media import checking


class Command(BaseCommand):
    help = (
        "Compares the library with its storage: files that rows name but that are gone, and files "
        "that no row names. Ends with 1 if there is any."
    )

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--delete", action="store_true", help="delete what no row names")

    def handle(self, *args: Any, **options: Any) -> None:
        found = checking.compare()
        for name in sorted(found.missing):
            self.stdout.write(f"missing  {name}")
        for name in sorted(found.orphaned):
            self.stdout.write(f"orphaned {name}")
        if options["delete"]:
            self.stdout.write(f"{checking.delete(found.orphaned)} files deleted")
        left = len(found.missing) + (0 if options["delete"] else len(found.orphaned))
        if left:
            raise CommandError(f"{left} differences between the library and its storage.")
        self.stdout.write(f"{found.kept} files, and every one is accounted for.")
