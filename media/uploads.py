"""Large files on their way into the library: they come in pieces and go on where they stopped.

What has arrived is the length of the file on disk; nothing else says so, so that a piece cut off
by a lost connection counts up to its last byte.
"""

import fcntl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.db.models import Sum
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import gettext as _

from media import library, probing, tus
from media.files import OnDisk
from media.models import Recording, Upload

CHUNK = 256 * 1024
KEPT = timedelta(days=3)
HEAD = 16


class TooMuch(ValueError):
    """More than one file, or one person, may have. The message is for that person."""


class Busy(Exception):
    """Another request is writing to the same upload."""


class WrongOffset(Exception):
    """The piece does not begin where the last one ended."""


class TooLarge(TooMuch):
    """By itself: there is no other way than a smaller file."""


class NoRecording(ValueError):
    """Nothing that the library takes, by its size or its first bytes. The message is for the
    person who chose it."""


def begin(user: Any, name: str, size: int) -> Upload:
    """Raises TooMuch and NoRecording."""
    if not size:
        raise NoRecording(_("The file is empty."))
    if size > settings.MEDIA_UPLOAD_MAX_BYTES:
        limit = filesizeformat(settings.MEDIA_UPLOAD_MAX_BYTES)
        raise TooLarge(_("A recording may have %(limit)s at most.") % {"limit": limit})
    check_quota(user, size)
    upload = Upload(user=user, name=name[:200], size=size)
    place_of(upload).parent.mkdir(parents=True, exist_ok=True)
    place_of(upload).touch()
    upload.save()
    return upload


def check_quota(user: Any, size: int) -> None:
    """Raises TooMuch. What is under way counts too."""
    if not settings.MEDIA_QUOTA_BYTES:
        return
    used = sum(
        rows.aggregate(sum=Sum("size"))["sum"] or 0
        for rows in (Recording.objects.filter(uploaded_by_user=user), user.uploads.all())
    )
    if used + size > settings.MEDIA_QUOTA_BYTES:
        quota = filesizeformat(settings.MEDIA_QUOTA_BYTES)
        words = _("Your recordings would need more than your %(quota)s. Please delete old ones.")
        raise TooMuch(words % {"quota": quota})


def place_of(upload: Upload) -> Path:
    """On the disk of the library, wherever the library itself is: servers must share it."""
    return Path(settings.MEDIA_ROOT) / "uploads" / upload.pk.hex


def arrived(upload: Upload) -> int:
    place = place_of(upload)
    return place.stat().st_size if place.exists() else 0


def append(upload: Upload, offset: int, read: Callable[[int], bytes]) -> int:
    """Writes what `read` gives; how much has arrived in all. Raises Busy, WrongOffset,
    NoRecording, and OSError when the disk is full or the connection is lost."""
    with opened(upload) as file:
        if offset != file.tell():
            raise WrongOffset
        left = upload.size - offset
        while left > 0 and (piece := read(min(CHUNK, left))):
            file.write(piece)
            left -= len(piece)
        file.flush()
    Upload.objects.filter(pk=upload.pk).update(touched_at=timezone.now())
    check_head(upload)
    return arrived(upload)


@contextmanager
def opened(upload: Upload, mode: str = "ab") -> Iterator[IO[bytes]]:
    """At its end, or with "rb" at its beginning; for this request alone."""
    with place_of(upload).open(mode) as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Busy from error
        yield file


def check_head(upload: Upload) -> None:
    with place_of(upload).open("rb") as file:
        head = file.read(HEAD)
    if len(head) == HEAD and not tus.looks_like_recording(head):
        discard(upload)
        raise NoRecording(probing.other_kind())


def finish(upload: Upload, title: str, collection: Any) -> Recording:
    """The recording that it became. Raises Busy, and probing.Unplayable: then the upload is gone,
    unless the same file may be taken in later."""
    try:
        with opened(upload, "rb") as opened_file:
            recording = library.add_recording(
                title=title,
                file=OnDisk(opened_file, name=upload.name),
                uploaded_by=upload.user,
                collection=collection,
            )
    except probing.NotNow:
        raise
    except probing.Unplayable:
        discard(upload)
        raise
    discard(upload)
    return recording


def discard(upload: Upload) -> None:
    place_of(upload).unlink(missing_ok=True)
    upload.delete()


def forget_unfinished(now: datetime) -> int:
    """Uploads that nobody has gone on with for three days, and files without a row."""
    old = list(Upload.objects.filter(touched_at__lt=now - KEPT))
    for upload in old:
        discard(upload)
    known = {pk.hex for pk in Upload.objects.values_list("pk", flat=True)}
    for left in (Path(settings.MEDIA_ROOT) / "uploads").glob("*"):
        if left.name not in known and left.stat().st_mtime < (now - KEPT).timestamp():
            left.unlink()
    return len(old)
