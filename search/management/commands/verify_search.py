from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search import indexing


class Command(BaseCommand):
    help = "Compares the search index with the database; ends with an error when they differ."

    def handle(self, *args: Any, **options: Any) -> None:
        found = indexing.verify()
        for name in ("missing", "too_many", "outdated", "without_text", "in_cluster"):
            pages = getattr(found, name)
            shown = ", ".join(map(str, pages[:20]))
            self.stdout.write(f"{name.replace('_', ' ')}: {len(pages)} {shown}".rstrip())
        self.stdout.write(f"waiting to be indexed: {found.waiting}")
        if found.total():
            raise CommandError(f"{found.total()} differences")
        self.stdout.write("0 differences")
