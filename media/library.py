"""Taking recordings and captions into the library: the one way in, for forms and commands."""

import hashlib
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.db import transaction
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from media import naming, probing, renditions, scanning, transcripts
from media.captions import MOST_BYTES, validate_webvtt
from media.files import OnDisk
from media.models import CaptionTrack, Recording


@dataclass(frozen=True, slots=True)
class Inspected:
    probe: probing.Probe
    content_hash: str
    size: int
    frame: bytes
    """A JPEG to stand for the video until it plays; empty for sound."""

    def poster(self) -> ContentFile:
        return ContentFile(self.frame, name=naming.MADE_FRAME)


def inspect(file: File) -> Inspected:
    """Raises probing.Unplayable. The file is left at its beginning."""
    if file.size > settings.MEDIA_UPLOAD_MAX_BYTES:
        limit = filesizeformat(settings.MEDIA_UPLOAD_MAX_BYTES)
        raise probing.Unplayable(_("A recording may have %(limit)s at most.") % {"limit": limit})
    with on_disk(file) as path:
        refuse_viruses(path)
        probe = probing.probe(path, converts=True)
        frame = b""
        if probe.type == "video":
            at = min(probe.duration / 10, 5)
            frame = probing.frame(path, at, probe.transfer)
        with path.open("rb") as opened:
            content_hash = hashlib.file_digest(opened, "sha256").hexdigest()
    return Inspected(probe, content_hash, file.size, frame)


def refuse_viruses(path: Path) -> None:
    try:
        scanning.scan(path)
    except scanning.Refused as refusal:
        raise probing.Unplayable(str(refusal)) from refusal


@contextmanager
def on_disk(file: File) -> Iterator[Path]:
    """Where ffmpeg can read it: a large upload lies on disk already."""
    if hasattr(file, "temporary_file_path"):
        yield Path(file.temporary_file_path())
    else:
        with NamedTemporaryFile(dir=settings.FILE_UPLOAD_TEMP_DIR) as copy:
            file.seek(0)
            shutil.copyfileobj(file, copy)
            copy.flush()
            yield Path(copy.name)
    file.seek(0)


def describe(recording: Recording, inspected: Inspected) -> None:
    """Write on the recording what its file was found to be."""
    recording.type = inspected.probe.type
    recording.duration = inspected.probe.duration
    recording.width = inspected.probe.width
    recording.height = inspected.probe.height
    recording.content_hash = inspected.content_hash
    recording.size = inspected.size
    recording.encoding = renditions.ready_for(inspected.content_hash)


def stored_name(filename: str, inspected: Inspected) -> str:
    """Named by content: browsers go by the type that the name gives."""
    return f"{Path(filename).stem}.{inspected.probe.extension}"


@transaction.atomic
def add_recording(
    *,
    title: str,
    file: File,
    poster: File | None = None,
    uploaded_by: Any = None,
    collection: Any = None,
) -> Recording:
    """Raises probing.Unplayable. Without a poster a video gets one of its own frames."""
    inspected = inspect(file)
    recording = Recording(title=title, uploaded_by_user=uploaded_by)
    if collection is not None:
        recording.collection = collection
    describe(recording, inspected)
    wrapped = OnDisk(file.file) if isinstance(file, OnDisk) else File(file)
    wrapped.name = stored_name(file.name or "", inspected)
    recording.file = wrapped
    if poster is None and inspected.frame:
        poster = inspected.poster()
    if poster is not None:
        recording.thumbnail = poster
    recording.full_clean()
    recording.save()
    renditions.ask_if_worthwhile(recording)
    return recording


def add_captions(
    recording: Recording, file: File, *, language: str = "zh-Hans", label: str = "中文"
) -> CaptionTrack:
    """Raises ValidationError. Captions in the same language are replaced."""
    return write_captions(recording, checked_captions(file), language=language, label=label)


def checked_captions(file: File) -> File:
    """WebVTT. Raises ValidationError naming the line that is wrong."""
    vtt = as_webvtt(file)
    validate_webvtt(vtt)
    return vtt


@transaction.atomic
def write_captions(recording: Recording, vtt: File, *, language: str, label: str) -> CaptionTrack:
    """The file that is replaced goes when the new one is written down."""
    before = CaptionTrack.objects.filter(recording=recording, language=language).first()
    track, _created = CaptionTrack.objects.update_or_create(
        recording=recording,
        language=language,
        defaults={"label": label, "file": vtt, "transcript": text_of(vtt)},
    )
    if before:
        replaced = str(before.file.name)
        transaction.on_commit(lambda: default_storage.delete(replaced))
    return track


def as_webvtt(file: File) -> File:
    """SRT made into WebVTT; anything else as it came, for the check of the field."""
    if (file.size or 0) > MOST_BYTES:
        return file
    file.seek(0)
    text = decoded(file.read())
    file.seek(0)
    if text is None or not transcripts.is_srt(text):
        return File(file, name="captions.vtt")
    return ContentFile(transcripts.from_srt(text).encode(), name="captions.vtt")


def decoded(content: bytes) -> str | None:
    """Old subtitle programs in China write GB 18030; None when it is neither."""
    for encoding in ("utf-8-sig", "gb18030"):
        with suppress(UnicodeDecodeError):
            return content.decode(encoding)
    return None


def text_of(file: Any) -> str:
    file.seek(0)
    text = transcripts.transcript(file.read().decode("utf-8-sig"))
    file.seek(0)
    return text
