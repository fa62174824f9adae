import hashlib
import re

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.utils import translation

from media.library import add_captions, add_recording, inspect
from media.models import CaptionTrack, Recording
from media.probing import Unplayable

pytestmark = pytest.mark.django_db
NAME = r"[0-9a-f]{32}"
VTT = "WEBVTT\n\n00:01.000 --> 00:02.000\n你好\n"


def opened(path):
    return File(path.open("rb"), name=path.name)


@pytest.fixture
def recording(files):
    with opened(files / "video.mp4") as file:
        return add_recording(title="立规矩", file=file)


def test_recording_is_described_by_its_file(files, recording):
    recording.refresh_from_db()
    content = (files / "video.mp4").read_bytes()
    assert recording.type == "video"
    assert recording.duration == 3.4
    assert (recording.width, recording.height) == (320, 180)
    assert recording.content_hash == hashlib.sha256(content).hexdigest()
    assert recording.file.read() == content
    recording.file.close()


def test_recording_is_stored_under_random_names(files, recording):
    assert re.fullmatch(rf"recordings/{NAME}\.mp4", recording.file.name)
    assert re.fullmatch(rf"posters/{NAME}-frame\.jpg", recording.thumbnail.name)
    with opened(files / "video.mp4") as file:
        again = add_recording(title="再来", file=file)
    assert again.file.name != recording.file.name
    assert again.content_hash == recording.content_hash


def test_poster_given_is_kept(files):
    poster = ContentFile((files / "cover.png").read_bytes(), name="封面.png")
    with opened(files / "video.mp4") as file:
        recording = add_recording(title="立规矩", file=file, poster=poster)
    assert recording.thumbnail.read() == (files / "cover.png").read_bytes()
    assert not recording.thumbnail.name.endswith("-frame.jpg")
    recording.thumbnail.close()


def test_sound_has_no_poster_of_its_own(files):
    with opened(files / "sound-called-video.mp4") as file:
        recording = add_recording(title="听一听", file=file)
    assert (recording.type, recording.width, recording.thumbnail.name) == ("audio", None, "")
    assert recording.file.name.endswith(".m4a")


def test_refused_file_leaves_nothing(files, settings):
    with opened(files / "truncated.mp4") as file, pytest.raises(Unplayable):
        add_recording(title="坏", file=file)
    assert not Recording.objects.exists()
    assert not settings.MEDIA_ROOT.exists()


def test_file_over_the_limit_is_refused_unread(files, settings, monkeypatch):
    settings.MEDIA_UPLOAD_MAX_BYTES = 1000
    monkeypatch.setattr("media.probing.probe", lambda path: 1 / 0)
    video = ContentFile((files / "video.mp4").read_bytes(), name="video.mp4")
    with translation.override("en"), pytest.raises(Unplayable) as refusal:
        inspect(video)
    assert str(refusal.value).replace("\xa0", " ") == "A recording may have 1000 bytes at most."


def test_large_upload_is_read_where_it_lies(files, monkeypatch):
    monkeypatch.setattr("media.library.NamedTemporaryFile", lambda **kwargs: 1 / 0)
    content = (files / "video.mp4").read_bytes()
    with TemporaryUploadedFile("video.mp4", "video/mp4", len(content), None) as upload:
        upload.write(content)
        upload.flush()
        assert inspect(upload).probe.duration == 3.4
        assert upload.tell() == 0


def test_captions_are_added_and_replaced(recording):
    add_captions(recording, ContentFile(VTT.encode(), name="a.vtt"))
    again = VTT.replace("你好", "再见").encode()
    track = add_captions(recording, ContentFile(again, name="b.vtt"), label="简体中文")
    assert [t.pk for t in CaptionTrack.objects.all()] == [track.pk]
    assert (track.language, track.label) == ("zh-Hans", "简体中文")
    assert track.file.read() == again
    track.file.close()


def test_wrong_captions_are_refused(recording):
    with pytest.raises(ValidationError):
        add_captions(recording, ContentFile(b"<script>", name="a.vtt"))
    assert not CaptionTrack.objects.exists()
