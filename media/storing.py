"""Files are in the storage before the row that names them is written, and go again when it is not.

So no transaction waits for a storage, and a storage that is full or away leaves nothing behind.
"""

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

logger = logging.getLogger(__name__)


class NotStored(Exception):
    """The storage is full, away, or refuses; the message is for the person who sent the file."""


def put(name: str, file: File) -> str:
    """The name it has got. Raises NotStored."""
    try:
        return default_storage.save(name, file)
    except Exception as error:
        # A full disk and a bucket out of reach have their own kinds of errors.
        logger.exception("a file was not stored")
        delete([name])
        words = _(
            "The server cannot keep the file just now. Please try again in a few minutes; if it "
            "stays so, tell whoever runs the school."
        )
        raise NotStored(words) from error


def keep(row: Any, *fields: str) -> list[str]:
    """Stores those of the row's files that are new; their names. Raises NotStored: then none is."""
    names: list[str] = []
    with gone_unless_written(names):
        for field in fields:
            file = getattr(row, field)
            if file and not file._committed:
                names.append(put(file.field.generate_filename(row, file.name), file.file))
                setattr(row, field, names[-1])
    return names


@contextmanager
def gone_unless_written(names: list[str]) -> Iterator[None]:
    """Around the writing of the row that names them."""
    try:
        yield
    except BaseException:
        delete(names)
        raise


def delete(names: Iterable[str]) -> None:
    """What the storage does not give up now is found by `media_check` and `check_stories`."""
    for name in names:
        try:
            default_storage.delete(name)
        except Exception:
            logger.exception("a file was not deleted")


def delete_on_commit(names: Iterable[str]) -> None:
    transaction.on_commit(partial(delete, list(names)))
