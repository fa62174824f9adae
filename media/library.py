"""Taking recordings and captions into the library: the one way in, for forms and commands."""

import codecs
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
from django.db import transaction
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from media import naming, probing, renditions, scanning, storing, transcripts
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
    if not file.size:
        raise probing.Unplayable(_("The file is empty."))
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
    except scanning.NotAsked as away:
        raise probing.NotNow(str(away)) from away
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


def add_recording(
    *,
    title: str,
    file: File,
    poster: File | None = None,
    uploaded_by: Any = None,
    collection: Any = None,
) -> Recording:
    """Raises probing.Unplayable, NotNow among it. Without a poster a video gets one of its own
    frames."""
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
    names = stored(recording)
    with storing.gone_unless_written(names), transaction.atomic():
        recording.save()
        renditions.ask_if_worthwhile(recording)
    return recording


def stored(recording: Recording) -> list[str]:
    """The names of its new files, which are in the storage now. Raises probing.NotNow."""
    try:
        return storing.keep(recording, "file", "thumbnail")
    except storing.NotStored as error:
        raise probing.NotNow(str(error)) from error


def add_captions(
    recording: Recording, file: File, *, language: str = "zh-Hans", label: str = "中文"
) -> CaptionTrack:
    """Raises ValidationError and NotStored. Captions in the same language are replaced."""
    return write_captions(recording, checked_captions(file), language=language, label=label)


def checked_captions(file: File) -> File:
    """WebVTT. Raises ValidationError naming the line that is wrong."""
    vtt = as_webvtt(file)
    validate_webvtt(vtt)
    return vtt


def write_captions(recording: Recording, vtt: File, *, language: str, label: str) -> CaptionTrack:
    """The file that is replaced goes when the new one is written down. Raises NotStored."""
    transcript = text_of(vtt)
    name = storing.put(naming.caption_name(None, vtt.name or ""), vtt)
    with storing.gone_unless_written([name]), transaction.atomic():
        before = CaptionTrack.objects.filter(recording=recording, language=language)
        storing.delete_on_commit(list(before.values_list("file", flat=True)))
        track, _created = CaptionTrack.objects.update_or_create(
            recording=recording,
            language=language,
            defaults={"label": label, "file": name, "transcript": transcript},
        )
    return track


def as_webvtt(file: File) -> File:
    """In UTF-8, SRT made into WebVTT; what is no text as it came, for the check of the field."""
    if (file.size or 0) > MOST_BYTES:
        return file
    file.seek(0)
    text = decoded(file.read())
    file.seek(0)
    if text is None:
        return File(file, name="captions.vtt")
    vtt = transcripts.from_srt(text) if transcripts.is_srt(text) else text
    return ContentFile(vtt.encode(), name="captions.vtt")


def decoded(content: bytes) -> str | None:
    """Windows writes "Unicode" with a mark in front, old subtitle programs in China GB 18030; None
    when it is neither."""
    marked = content[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    for encoding in ["utf-16"] if marked else ["utf-8-sig", "gb18030"]:
        with suppress(UnicodeDecodeError):
            return content.decode(encoding)
    return None


def text_of(file: Any) -> str:
    file.seek(0)
    text = transcripts.transcript(file.read().decode("utf-8-sig"))
    file.seek(0)
    return text
