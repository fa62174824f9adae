"""Private files of stories: in the school's storage, on disk or in a bucket, without an address."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from learners.stories.models import FOLDER, Film, Photo
from media import checking, naming, storing


class Refused(ValueError):
    """This file cannot be taken; the message is for the person who chose it."""


@contextmanager
def stored(file: File, suffix: str) -> Iterator[str]:
    """The name it has in the storage. Raises Refused when the storage does not take it."""
    try:
        name = storing.put(naming.random_name(FOLDER, f"file{suffix}"), file)
    except storing.NotStored as error:
        words = _("The file could not be kept just now. What you wrote is safe. Please try later.")
        raise Refused(words) from error
    with storing.gone_unless_written([name]):
        yield name


def differences() -> checking.Differences:
    """Between rows and files; files written a moment ago are nobody's fault."""
    named = {
        *Photo.objects.values_list("file", flat=True),
        *Film.objects.values_list("file", flat=True),
    }
    found = set(checking.files_below(default_storage, FOLDER))
    old = {name for name in found - named if checking.is_old(default_storage, name)}
    return checking.Differences(missing=named - found, orphaned=old, kept=len(named & found))
