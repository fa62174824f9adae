from typing import Any

from django.core.management.base import BaseCommand

from media import ladder, renditions
from media.models import Encoding, Recording


class Command(BaseCommand):
    help = (
        "Queues the conversion of every recording whose renditions are missing, failed, or made "
        "by other settings. Repeatable: what is there by the present settings stays."
    )

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument(
            "--small", action="store_true", help="also files so small that they play as uploaded"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        present = Encoding.objects.filter(recipe=ladder.recipe(), state=Encoding.State.READY)
        recordings = Recording.objects.exclude(content_hash__in=present.values("content_hash"))
        before = Encoding.objects.open().count()
        for recording in recordings.iterator():
            if options["small"] or recording.encoding_id:
                renditions.ask(recording)
            else:
                renditions.ask_if_worthwhile(recording)
        queued = Encoding.objects.open().count() - before
        self.stdout.write(f"{queued} conversions were put into the queue.")
