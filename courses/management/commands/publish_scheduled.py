"""Wagtail's command of the same name, which knows single pages: courses go with their lessons."""

from typing import Any

from django.utils import timezone
from wagtail.management.commands.publish_scheduled import Command as WagtailCommand

from courses import release


class Command(WagtailCommand):
    def handle(self, *args: Any, **options: Any) -> None:
        if not options["dryrun"]:
            now = timezone.now()
            release.expire_due(now)
            release.publish_due(now)
        super().handle(*args, **options)
