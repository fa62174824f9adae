"""What is tidied up in the background."""

import logging
from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from learners.accounts.models import User

logger = logging.getLogger(__name__)


@task()
def delete_unconfirmed() -> int:
    """Accounts that a sign-in form made and no code confirmed within a day; how many."""
    _rows, tables = User.objects.unconfirmed(timezone.now() - timedelta(days=1)).delete()
    deleted = tables.get("accounts.User", 0)
    logger.info("%s unconfirmed accounts deleted", deleted)
    return deleted
