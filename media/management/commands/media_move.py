from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.storage import InvalidStorageError, storages
from django.core.management.base import BaseCommand, CommandError

from media import moving


class Command(BaseCommand):
    help = (
        "Copies the whole library between storages: `media_move disk bucket` or back. Every file "
        "is compared by checksum; a move that was stopped goes on where it was."
    )

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("source", choices=["disk", "bucket"])
        parser.add_argument("target", choices=["disk", "bucket"])

    def handle(self, *args: Any, **options: Any) -> None:
        source, target = options["source"], options["target"]
        if source == target:
            raise CommandError("Source and target are the same.")
        ledger = Path(settings.VAR_DIR) / f"media-moved-to-{target}.txt"
        try:
            moved = moving.move(storages[source], storages[target], ledger, self.stdout.write)
        except InvalidStorageError as error:
            raise CommandError("MEDIA_S3_BUCKET is not set: there is no bucket.") from error
        except moving.Different as name:
            raise CommandError(f"{name} did not arrive as it was sent; run it again.") from name
        self.stdout.write(
            f"{moved.copied} files copied ({moved.bytes} bytes), {moved.skipped} were there."
        )
