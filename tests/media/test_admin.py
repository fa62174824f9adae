"""The Wagtail admin's own pages: what an expert uploads, and what comes back."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.models import Collection

from media.library import add_recording
from media.models import CaptionTrack, Recording

VTT = "WEBVTT\n\n00:01.000 --> 00:02.000\n你好\n"


@pytest.fixture
def recording(files):
    video = ContentFile((files / "video.mp4").read_bytes(), name="video.mp4")
    return add_recording(title="立规矩", file=video)


def form(**fields):
    collection = Collection.objects.get(depth=1).pk
    return {"title": "立规矩", "collection": collection, "tags": "", **fields}


def add(editor, file, type_="video", **fields):
    address = reverse("wagtailmedia:add", args=[type_])
    return editor.post(address, form(file=file, **fields))


def test_upload_is_described_by_its_file(editor, upload):
    answer = add(editor, upload("turned.mp4"))
    assert answer.status_code == 302
    recording = Recording.objects.get()
    assert (recording.title, recording.type, recording.duration) == ("立规矩", "video", 3.4)
    assert (recording.width, recording.height) == (180, 320)
    assert len(recording.content_hash) == 64
    assert recording.file.name.endswith(".mp4")
    assert recording.thumbnail.read()[:3] == b"\xff\xd8\xff"
    recording.thumbnail.close()


def test_sound_uploaded_as_video_is_sound(editor, upload):
    assert add(editor, upload("sound.mp3", called="film.mp4")).status_code == 302
    recording = Recording.objects.get()
    assert (recording.type, recording.file.name[-4:]) == ("audio", ".mp3")


@pytest.mark.parametrize(
    "name", ["truncated.mp4", "text.mp4", "no-index.mp4", "list.mp4", "picture.mp4", "empty.mp4"]
)
def test_upload_that_is_no_recording_is_refused_on_the_form(editor, upload, settings, name):
    answer = add(editor, upload(name), title="我的草稿")
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == ["file"]
    assert answer.context["form"]["title"].value() == "我的草稿"
    assert not Recording.objects.exists()
    assert not settings.MEDIA_ROOT.exists()


def test_upload_in_the_chooser_is_refused_the_same_way(editor, upload):
    address = reverse("wagtailmedia:chooser_upload", args=["video"])
    fields = {f"media-chooser-upload-{k}": v for k, v in form(file=upload("text.mp4")).items()}
    answer = editor.post(address, fields)
    assert answer.json()["step"] == "chooser"
    assert not Recording.objects.exists()


def test_replaced_file_is_described_anew_with_its_own_frame(editor, upload, recording):
    before = Recording.objects.get()
    address = reverse("wagtailmedia:edit", args=[recording.pk])
    answer = editor.post(address, form(file=upload("turned.mp4")))
    assert answer.status_code == 302
    after = Recording.objects.get()
    assert (after.width, after.height) == (180, 320)
    assert after.content_hash != before.content_hash
    assert after.file.name != before.file.name
    assert after.thumbnail.name != before.thumbnail.name


def test_chosen_poster_outlives_a_replaced_file(editor, upload, recording):
    address = reverse("wagtailmedia:edit", args=[recording.pk])
    editor.post(address, form(thumbnail=upload("cover.png")))
    chosen = Recording.objects.get().thumbnail.name
    assert chosen.endswith(".png")
    editor.post(address, form(file=upload("turned.mp4")))
    assert Recording.objects.get().thumbnail.name == chosen


def test_replacement_that_is_refused_keeps_the_old_file(editor, upload, recording):
    address = reverse("wagtailmedia:edit", args=[recording.pk])
    answer = editor.post(address, form(file=upload("text.mp4")))
    assert answer.status_code == 200
    after = Recording.objects.get()
    assert after.content_hash == recording.content_hash
    assert after.file.storage.exists(after.file.name)


def test_title_changed_alone_probes_nothing(editor, recording, monkeypatch):
    monkeypatch.setattr("media.probing.probe", lambda path: 1 / 0)
    address = reverse("wagtailmedia:edit", args=[recording.pk])
    assert editor.post(address, form(title="新题目")).status_code == 302
    after = Recording.objects.get()
    assert (after.title, after.content_hash) == ("新题目", recording.content_hash)


def captions(editor, recording, text):
    address = reverse("wagtailsnippets_media_captiontrack:add")
    fields = {"recording": recording.pk, "language": "zh-Hans", "label": "中文"}
    return editor.post(address, {**fields, "file": SimpleUploadedFile("a.vtt", text.encode())})


def test_captions_are_added_in_the_admin(editor, recording):
    assert captions(editor, recording, VTT).status_code == 302
    track = CaptionTrack.objects.get()
    assert track.recording == recording
    assert track.file.read() == VTT.encode()
    track.file.close()
    listing = editor.get(reverse("wagtailsnippets_media_captiontrack:list"))
    assert "立规矩" in listing.content.decode()


def test_wrong_captions_are_refused_on_the_form(editor, recording):
    answer = captions(editor, recording, VTT.replace("你好", "<script>"))
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == ["file"]
    assert not CaptionTrack.objects.exists()
