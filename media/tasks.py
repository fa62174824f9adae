"""Conversions, in a queue of their own: a long film must not hold up the school's other work."""

import logging

from django.utils import timezone
from django_tasks import task

from media import renditions, uploads

logger = logging.getLogger(__name__)


@task(queue_name="media")
def encode_file(encoding_id: int) -> str:
    ended = renditions.work(encoding_id)
    logger.info("conversion %s: %s", encoding_id, ended or "not ours")
    return ended


@task()
def look_after_conversions() -> tuple[int, int]:
    """Asks again for what was interrupted, and deletes what nobody plays any more."""
    return renditions.ask_again_for_interrupted(timezone.now()), renditions.delete_unused()


@task()
def forget_unfinished_uploads() -> int:
    return uploads.forget_unfinished(timezone.now())
