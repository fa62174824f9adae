"""A storage that is full or away: what was there stays, nothing is left behind, and it is told."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage
from django.db import connection
from django.urls import reverse

from media import checking, library, scanning, storing
from media.library import add_captions, add_recording
from media.models import CaptionTrack, Recording
from media.probing import NotNow
from tests.media.test_admin import VTT, form

FOLDERS = ("recordings", "posters", "captions")
WORDS = "服务器暂时存不下这个文件，请过几分钟再试；如果一直不行，请告诉平台管理员。"


def stored():
    return sorted(name for f in FOLDERS for name in checking.files_below(default_storage, f))


@pytest.fixture
def refusing(monkeypatch):
    """The storage takes nothing more into this folder."""
    save = FileSystemStorage.save

    def refuse(folder):
        def full(self, name, content, max_length=None):
            if name.startswith(folder):
                raise OSError(28, "No space left on device")
            return save(self, name, content, max_length=max_length)

        monkeypatch.setattr(FileSystemStorage, "save", full)

    return refuse


@pytest.fixture
def recording(db, files):
    video = ContentFile((files / "video.mp4").read_bytes(), name="video.mp4")
    return add_recording(title="立规矩", file=video)


@pytest.mark.django_db
@pytest.mark.parametrize("folder", FOLDERS[:2])
def test_recording_that_is_not_stored_leaves_nothing(files, refusing, folder):
    refusing(folder)
    video = ContentFile((files / "video.mp4").read_bytes(), name="video.mp4")
    with pytest.raises(NotNow):
        add_recording(title="立规矩", file=video)
    assert (Recording.objects.count(), stored()) == (0, [])


@pytest.mark.parametrize("folder", FOLDERS[:2])
def test_replacement_that_is_not_stored_keeps_the_old_film(
    editor, upload, recording, refusing, folder
):
    before, names = Recording.objects.get(), stored()
    refusing(folder)
    address = reverse("wagtailmedia:edit", args=[recording.pk])
    answer = editor.post(address, form(title="新题目", file=upload("turned.mp4")))
    assert answer.context["form"].errors == {"file": [WORDS]}
    after = Recording.objects.get()
    assert (after.title, after.file, after.thumbnail) == ("立规矩", before.file, before.thumbnail)
    assert stored() == names


def test_replacement_takes_the_old_film_and_its_frame_along(
    editor, upload, recording, django_capture_on_commit_callbacks
):
    address = reverse("wagtailmedia:edit", args=[recording.pk])
    with django_capture_on_commit_callbacks(execute=True):
        editor.post(address, form(file=upload("turned.mp4")))
    after = Recording.objects.get()
    assert stored() == sorted([after.file.name, after.thumbnail.name])


def test_captions_that_are_not_stored_keep_what_was_typed(editor, recording, refusing):
    add_captions(recording, ContentFile(VTT.encode(), name="a.vtt"))
    names = stored()
    refusing("captions")
    address = reverse("edit_captions", args=[recording.pk, "zh-Hans"])
    page = editor.post(address, {"text": VTT.replace("你好", "再见")}).content.decode()
    assert (WORDS in page, "再见" in page) == (True, True)
    assert (CaptionTrack.objects.get().transcript, stored()) == ("你好", names)


@pytest.mark.parametrize("what", ["recording", "track", "replaced", "replaced in the list"])
def test_captions_that_go_take_their_file_along(
    editor, recording, what, django_capture_on_commit_callbacks
):
    track = add_captions(recording, ContentFile(VTT.encode(), name="a.vtt"))
    old = track.file.name
    with django_capture_on_commit_callbacks(execute=True):
        if what == "recording":
            editor.post(reverse("wagtailmedia:delete", args=[recording.pk]))
        elif what == "track":
            address = reverse("wagtailsnippets_media_captiontrack:delete", args=[track.pk])
            editor.post(address)
        elif what == "replaced":
            add_captions(recording, ContentFile(VTT.encode(), name="b.vtt"))
        else:
            address = reverse("wagtailsnippets_media_captiontrack:edit", args=[track.pk])
            fields = {"recording": recording.pk, "language": "zh-Hans", "label": "中文"}
            editor.post(address, {**fields, "file": ContentFile(VTT.encode(), name="c.vtt")})
    assert default_storage.exists(old) is False
    kept = [*Recording.objects.values_list("file", "thumbnail")]
    named = {*(name for pair in kept for name in pair)}
    assert set(stored()) == named | set(CaptionTrack.objects.values_list("file", flat=True))


def test_storage_that_does_not_delete_either_is_left_to_the_check(monkeypatch, caplog):
    monkeypatch.setattr(FileSystemStorage, "delete", lambda *names: 1 / 0)
    storing.delete(["captions/a.vtt", "captions/b.vtt"])
    assert [record.message for record in caplog.records] == ["a file was not deleted"] * 2


@pytest.mark.django_db(transaction=True)
def test_no_transaction_waits_for_scanner_or_storage(files, monkeypatch):
    waiting, put = [], storing.put

    def noted():
        waiting.append(connection.in_atomic_block)

    monkeypatch.setattr(scanning, "scan", lambda path: noted())
    monkeypatch.setattr(storing, "put", lambda name, file: noted() or put(name, file))
    video = ContentFile((files / "video.mp4").read_bytes(), name="video.mp4")
    made = add_recording(title="立规矩", file=video)
    library.write_captions(made, ContentFile(VTT.encode()), language="en", label="English")
    assert waiting == [False] * 4
