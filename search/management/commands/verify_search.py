from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search import indexing


class Command(BaseCommand):
    help = "Compares the search index with the database; ends with an error when they differ."

    def handle(self, *args: Any, **options: Any) -> None:
        found = indexing.verify()
        for name, differing in found.lists().items():
            shown = ", ".join(map(str, differing[:20]))
            self.stdout.write(f"{name.replace('_', ' ')}: {len(differing)} {shown}".rstrip())
        self.stdout.write(f"waiting to be indexed: {found.waiting}")
        if found.total():
            raise CommandError(f"{found.total()} differences: rebuild_search puts them right")
        self.stdout.write("0 differences")
