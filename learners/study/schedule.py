"""Jobs of apps that learning does not know: each registers its own when the apps are ready."""

from collections.abc import Callable
from typing import Any

Job = Callable[[], Any]
_registered: list[tuple[str, str, Job]] = []


def register(name: str, cron: str, job: Job) -> None:
    """`cron` as in crontab, in the school's time zone."""
    if name not in {known for known, _cron, _job in _registered}:
        _registered.append((name, cron, job))


def registered() -> list[tuple[str, str, Job]]:
    return list(_registered)
