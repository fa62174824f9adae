"""Private files of stories: in the school's storage, on disk or in the bucket, without an address.

They are written before the row that names them, and taken away when that row is not written.
"""

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from learners.stories.models import FOLDER, Film, Photo
from media import checking, naming

logger = logging.getLogger(__name__)


class Refused(ValueError):
    """This file cannot be taken; the message is for the person who chose it."""


@contextmanager
def stored(file: File, suffix: str) -> Iterator[str]:
    """The name it has in the storage. Raises Refused when the storage does not take it."""
    name = naming.random_name(FOLDER, f"file{suffix}")
    try:
        name = default_storage.save(name, file)
    except Exception as error:
        # A full disk and a bucket out of reach have their own kinds of errors.
        logger.exception("a file of a story was not stored")
        delete([name])
        words = _("The file could not be kept just now. What you wrote is safe. Please try later.")
        raise Refused(words) from error
    try:
        yield name
    except BaseException:
        delete([name])
        raise


def delete(names: Iterable[str]) -> None:
    """What the storage does not give up now is found by `check_stories`."""
    for name in names:
        try:
            default_storage.delete(name)
        except Exception:
            logger.exception("a file of a story was not deleted")


def delete_on_commit(names: Iterable[str]) -> None:
    transaction.on_commit(partial(delete, list(names)))


def differences() -> checking.Differences:
    """Between rows and files; files written a moment ago are nobody's fault."""
    named = {
        *Photo.objects.values_list("file", flat=True),
        *Film.objects.values_list("file", flat=True),
    }
    found = set(checking.files_below(default_storage, FOLDER))
    old = {name for name in found - named if checking.is_old(default_storage, name)}
    return checking.Differences(missing=named - found, orphaned=old, kept=len(named & found))
