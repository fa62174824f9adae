from typing import Any

from django.core.management.base import BaseCommand

from search import indexing


class Command(BaseCommand):
    help = "Makes the search index anew from the database, while the old one goes on serving."

    def handle(self, *args: Any, **options: Any) -> None:
        done = indexing.rebuild(self._say)
        self.stdout.write(f"{done} resources are indexed.")

    def _say(self, done: int, total: int) -> None:
        self.stdout.write(f"  {done} of {total}")
