"""Whether rows and files agree: nothing named is gone, nothing is kept that nobody names."""

import shutil
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.core.files.storage import Storage, default_storage
from django.utils import timezone

from media.models import CaptionTrack, Encoding, Recording, Upload

FOLDERS = ("recordings", "posters", "captions", "renditions")
YOUNG = timedelta(hours=1)
"""A file may be stored a little before the row that names it is written."""


@dataclass
class Differences:
    missing: set[str] = field(default_factory=set)
    orphaned: set[str] = field(default_factory=set)
    kept: int = 0


def compare(storage: Storage = default_storage) -> Differences:
    named = set(names())
    stored = {name for folder in FOLDERS for name in files_below(storage, folder)}
    return Differences(
        missing=named - stored,
        orphaned={name for name in stored - named if is_old(storage, name)} | set(half_made()),
        kept=len(named & stored),
    )


def names() -> Iterable[str]:
    """Every file that the rows of the library name."""
    for file, poster in Recording.objects.values_list("file", "thumbnail").iterator():
        yield from filter(None, (file, poster))
    yield from CaptionTrack.objects.values_list("file", flat=True).iterator()
    for run, files in Encoding.objects.values_list("run", "files").iterator():
        yield from (f"renditions/{run}/{name}" for name in files)


def half_made() -> Iterable[str]:
    """On our own disk, wherever the library is: what conversions and uploads left behind."""
    root = Path(settings.MEDIA_ROOT)
    running = set(running_now())
    young = (timezone.now() - YOUNG).timestamp()
    uploads = {pk.hex for pk in Upload.objects.values_list("pk", flat=True)}
    for path in (*root.glob("work/*"), *root.glob("uploads/*")):
        used = path.name.split("-")[0] in running or path.name in uploads
        if not used and path.stat().st_mtime < young:
            yield f"{path.parent.name}/{path.name}"


def running_now() -> Iterable[str]:
    running = Encoding.objects.filter(state=Encoding.State.RUNNING)
    return running.values_list("run", flat=True)


def files_below(storage: Storage, folder: str) -> Iterable[str]:
    try:
        folders, files = storage.listdir(folder)
    except FileNotFoundError:
        return
    for name in files:
        yield f"{folder}/{name}"
    for inner in folders:
        yield from files_below(storage, f"{folder}/{inner}")


def is_old(storage: Storage, name: str) -> bool:
    """Not just being written: a running conversion stores its files before it is published."""
    if name.split("/")[1] in running_now():
        return False
    return storage.get_modified_time(name) < timezone.now() - YOUNG


def delete(orphaned: Iterable[str], storage: Storage = default_storage) -> int:
    count = 0
    for name in orphaned:
        if name.startswith("work/"):
            shutil.rmtree(Path(settings.MEDIA_ROOT) / name)
        elif name.startswith("uploads/"):
            (Path(settings.MEDIA_ROOT) / name).unlink()
        else:
            storage.delete(name)
        count += 1
    return count
