"""Asking for renditions, making them, and switching recordings over to them when all are there.

What is half made is never seen: it lies in the folder of its run, and recordings point to an
encoding only after its last file is stored, in one transaction. A worker may be killed at any
moment; the next one takes a new folder and removes the old.
"""

import contextlib
import logging
import shutil
import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from uuid import uuid4

from botocore.exceptions import BotoCoreError
from django.conf import settings
from django.core.files import File
from django.core.files.storage import Storage, default_storage
from django.db import OperationalError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from media import encoding, ladder, probing
from media.files import OnDisk
from media.models import Encoding, Recording

STATES = Encoding.State
logger = logging.getLogger(__name__)


def ready_for(content_hash: str) -> Encoding | None:
    """The renditions of an identical file that came earlier."""
    ready = Encoding.objects.filter(content_hash=content_hash, state=STATES.READY)
    return ready.order_by("-pk").first()


def ask_if_worthwhile(recording: Recording) -> None:
    """Not for a file that is small already, nor for one that is converted."""
    side = min(recording.width or 0, recording.height or 0)
    extension = recording.file_extension.lower()
    duration = float(recording.duration)
    size = recording.size or recording.file.size
    if not ladder.plays_as_it_is(recording.type, extension, side, size, duration):
        ask(recording)


@transaction.atomic
def ask(recording: Recording) -> Encoding:
    """Queues what is not there by the present recipe; a failed conversion starts again."""
    made, fresh = Encoding.objects.get_or_create(
        content_hash=recording.content_hash, recipe=ladder.recipe()
    )
    if made.state == STATES.READY:
        switch(made)
    elif made.state == STATES.FAILED:
        Encoding.objects.filter(pk=made.pk).update(
            state=STATES.WAITING, attempts=0, message="", progress=0, alive_at=timezone.now()
        )
    if fresh or made.state == STATES.FAILED:
        enqueue(made.pk)
    return made


def enqueue(pk: int) -> None:
    from media.tasks import encode_file  # noqa: PLC0415 - the task calls back into this module

    transaction.on_commit(lambda: encode_file.enqueue(pk))


def ask_again_for_interrupted(now: datetime) -> int:
    """How many conversions were found without a worker. Asked once, not again every minute."""
    found = list(Encoding.objects.interrupted(now).values_list("pk", flat=True))
    Encoding.objects.interrupted(now).filter(pk__in=found).update(
        state=STATES.WAITING, alive_at=now
    )
    for pk in found:
        enqueue(pk)
    return len(found)


def work(pk: int) -> str:
    """One conversion from its claim to its end; the state it ended in, empty if not ours."""
    claimed = claim(pk, timezone.now())
    if claimed is None:
        return ""
    try:
        return publish(claimed, make(claimed))
    except encoding.Abandoned:
        delete_folder(default_storage, f"renditions/{claimed.run}")
        return ""
    except Exception as failure:
        return fail(claimed, told(failure))


def told(failure: Exception) -> str:
    """A storage that refuses has its own kinds of errors; nothing may stay "being converted". A
    bucket that says nothing is an OSError, too, whose words name its address."""
    if isinstance(failure, encoding.Failed | probing.Unplayable):
        return str(failure)
    if isinstance(failure, OSError) and not isinstance(failure, BotoCoreError):
        return encoding.reason(str(failure))
    logger.error("conversion", exc_info=failure)
    return _("The storage did not take the files. Please try again in a few minutes.")


def claim(pk: int, now: datetime) -> Encoding | None:
    """Only one worker gets it; the folder of a run that was cut off is removed."""
    before = Encoding.objects.filter(pk=pk).values_list("run", "attempts").first()
    if before is None:
        return None
    run, attempts = before
    if attempts >= Encoding.MOST_ATTEMPTS:
        words = _("The conversion was interrupted several times. Please start it again.")
        if Encoding.objects.claimable(now).filter(pk=pk).update(state=STATES.FAILED, message=words):
            clear_up(run)
        return None
    taken = (
        Encoding.objects.claimable(now)
        .filter(pk=pk, run=run)
        .update(state=STATES.RUNNING, run=uuid4().hex, alive_at=now, attempts=attempts + 1)
    )
    if not taken:
        return None
    if run:
        clear_up(run)
    return Encoding.objects.get(pk=pk)


def make(claimed: Encoding) -> list[str]:
    """Converts and stores; the names of the files. Raises as `work` catches."""
    recording = Recording.objects.filter(content_hash=claimed.content_hash).first()
    if recording is None:
        raise encoding.Failed(_("The recording was deleted meanwhile."))
    with workshop(claimed.run) as folder, original(recording, folder) as source:
        made = folder / "made"
        made.mkdir()
        probe = probing.probe(source, converts=True)
        names = encoding.encode(source, made, probe, reporter(claimed))
        for name in names:
            store(made / name, f"renditions/{claimed.run}/{name}")
            alive(claimed, 99)
    return names


def clear_up(run: str) -> None:
    """After a run that was cut off: what it stored, and what it had not stored yet."""
    delete_folder(default_storage, f"renditions/{run}")
    for left in (Path(settings.MEDIA_ROOT) / "work").glob(f"{run}-*"):
        shutil.rmtree(left, ignore_errors=True)


@contextlib.contextmanager
def workshop(run: str) -> Iterator[Path]:
    """A folder on the disk of the library, so that finished files are moved, not copied."""
    place = Path(settings.MEDIA_ROOT) / "work"
    place.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f"{run}-", dir=place) as folder:
        yield Path(folder)


@contextlib.contextmanager
def original(recording: Recording, folder: Path) -> Iterator[Path]:
    """Where it lies; from a storage that is no disk a copy."""
    try:
        yield Path(recording.file.path)
    except NotImplementedError:
        copy = folder / "original"
        with recording.file.open("rb") as source, copy.open("wb") as target:
            shutil.copyfileobj(source, target, 1024 * 1024)
        yield copy


def store(path: Path, name: str) -> None:
    with path.open("rb") as opened:
        stored = default_storage.save(name, OnDisk(opened, name=name))
    if stored != name:
        raise encoding.Failed(_("The file %(name)s was there already.") % {"name": name})


def reporter(claimed: Encoding) -> encoding.Report:
    """Writes every two seconds how far it is; False when the work was taken over."""
    last = [timezone.now()]

    def report(share: float) -> bool:
        now = timezone.now()
        if (now - last[0]).total_seconds() < 2:
            return True
        last[0] = now
        try:
            return alive(claimed, int(share * 98))
        except OperationalError:  # the database is busy: the next report will do
            return True

    return report


def alive(claimed: Encoding, progress: int) -> bool:
    mine = Encoding.objects.filter(pk=claimed.pk, run=claimed.run, state=STATES.RUNNING)
    return bool(mine.update(progress=progress, alive_at=timezone.now()))


@transaction.atomic
def publish(claimed: Encoding, names: list[str]) -> str:
    """Everything is stored: from now on it plays. Raises Abandoned when another run has it."""
    mine = Encoding.objects.filter(pk=claimed.pk, run=claimed.run, state=STATES.RUNNING)
    if not mine.update(state=STATES.READY, progress=100, files=names, message=""):
        raise encoding.Abandoned
    switch(Encoding.objects.get(pk=claimed.pk))
    return str(STATES.READY)


def switch(ready: Encoding) -> None:
    """Row by row: saving a recording tells the page cache, and there are few of one file."""
    others = models.Q(encoding=None) | ~models.Q(encoding=ready)
    for recording in Recording.objects.filter(others, content_hash=ready.content_hash):
        recording.encoding = ready
        if recording.thumbnail == "" and ready.frames:
            take_poster(recording, ready.frames[0])
        recording.save(update_fields=["encoding", "thumbnail"])


def take_poster(recording: Recording, frame: str) -> None:
    """A frame of the video, copied, so that the poster outlives its conversion."""
    made = recording.encoding
    if made is None or frame not in made.frames:
        raise ValueError(frame)
    with default_storage.open(f"renditions/{made.run}/{frame}") as picture:
        recording.thumbnail.save("frame.jpg", File(picture), save=False)


@transaction.atomic
def change_poster(recording: Recording, frame: str) -> None:
    """The old poster goes when the new one is written down."""
    before = recording.thumbnail.name
    take_poster(recording, frame)
    recording.save(update_fields=["thumbnail"])
    if before:
        transaction.on_commit(lambda: default_storage.delete(before))


def fail(claimed: Encoding, message: str) -> str:
    """Told first, tidied afterwards: a storage that is away gets its rest from media_check."""
    mine = Encoding.objects.filter(pk=claimed.pk, run=claimed.run, state=STATES.RUNNING)
    mine.update(state=STATES.FAILED, message=message)
    try:
        delete_folder(default_storage, f"renditions/{claimed.run}")
    except Exception:
        logger.exception("files of conversion %s stay behind", claimed.pk)
    return str(STATES.FAILED)


def delete_folder(storage: Storage, folder: str) -> None:
    with contextlib.suppress(FileNotFoundError):
        for name in storage.listdir(folder)[1]:
            storage.delete(f"{folder}/{name}")
        storage.delete(folder)


def delete_unused() -> int:
    """Renditions that no recording plays; the recordings' old ones, after a change of recipe."""
    gone = list(Encoding.objects.unused())
    for unused in gone:
        if Encoding.objects.unused().filter(pk=unused.pk).delete()[0] and unused.run:
            delete_folder(default_storage, f"renditions/{unused.run}")
    return len(gone)
