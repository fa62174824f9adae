"""One short video a story: probed, scanned and packed anew without the place and the time that
phones write into their films; the library converts it when the story is published."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from learners.stories.editing import locked
from learners.stories.files import Refused, stored
from learners.stories.models import Film, Story
from media import library, naming, probing
from media.files import OnDisk
from media.storing import delete_on_commit

MOST_BYTES = 200 * 1024 * 1024
MOST_SECONDS = 180
PLAIN = ("-map_metadata", "-1", "-map_chapters", "-1", "-fflags", "+bitexact", "-c", "copy")
FORMATS = {
    "mp4": ("-movflags", "+faststart", "-f", "mp4"),
    "webm": ("-f", "webm"),
    # HEVC, as iPhones record it: few browsers play it before the library has converted it.
    naming.UNCONVERTED: ("-movflags", "+faststart", "-f", "mov"),
}


def add(story: Story, file: File) -> Film:
    """Replaces the one before. Raises Refused, and NotThatWay."""
    if not file.size:
        raise Refused(_("This file is empty. Please choose the video again."))
    if file.size > MOST_BYTES:
        raise Refused(_("A video may have 200 MB at most. Please choose a shorter one."))
    try:
        with library.on_disk(file) as path, plain(path) as (packed, probe):
            return keep(story, packed, probe)
    except probing.Unplayable as error:
        raise Refused(str(error)) from error


@contextmanager
def plain(path: Path) -> Iterator[tuple[Path, probing.Probe]]:
    """Picture and sound alone. Raises Refused and Unplayable."""
    library.refuse_viruses(path)
    probe = probing.probe(path, converts=True)
    if probe.type != "video":
        raise Refused(_("There is no picture in this file. Please choose a video."))
    if probe.duration > MOST_SECONDS:
        raise Refused(_("A video may last three minutes at most. Please choose a shorter one."))
    with TemporaryDirectory(dir=settings.FILE_UPLOAD_TEMP_DIR) as folder:
        packed = Path(folder) / f"film.{probe.extension}"
        form = FORMATS[probe.extension]
        probing.ffmpeg(path, *probing.STREAMS, *PLAIN, *form, f"file:{packed}")
        yield packed, probe


def keep(story: Story, packed: Path, probe: probing.Probe) -> Film:
    size = packed.stat().st_size
    with (
        packed.open("rb") as opened,
        stored(OnDisk(opened), packed.suffix) as name,
        transaction.atomic(),
    ):
        remove(locked(story))
        return Film.objects.create(
            story=story,
            file=name,
            duration=probe.duration,
            width=probe.width or 0,
            height=probe.height or 0,
            size=size,
        )


@transaction.atomic
def remove(story: Story) -> None:
    """If there is one. Raises NotThatWay."""
    now = locked(story)
    if now.film_or_none:
        delete_on_commit([str(now.film.file.name)])
        now.film.delete()
