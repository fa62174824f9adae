"""A picture that is damaged is refused on its field, by every door of the admin."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from media.models import Picture, Recording
from tests.media.test_admin import add


def drawn(kind, size=(640, 480)):
    held = io.BytesIO()
    Image.effect_noise(size, 80).convert("RGB").save(held, kind)
    return held.getvalue()


def bomb():
    held = io.BytesIO()
    Image.new("1", (30_000, 30_000)).save(held, "PNG")
    return held.getvalue()


def damaged(name):
    jpeg, png = drawn("JPEG"), drawn("PNG")
    script = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"
    return {
        "truncated.jpg": lambda: jpeg[: len(jpeg) // 2],
        "head.jpg": lambda: jpeg[:400],
        "truncated.png": lambda: png[: len(png) // 2],
        "scrambled.png": lambda: png[:2000] + b"x" * 5000 + png[7000:],
        "text.jpg": lambda: b"hello",
        "empty.jpg": lambda: b"",
        "script.svg": lambda: script,
        "script.png": lambda: script,
        "bomb.png": bomb,
    }[name]()


BAD = (
    *("truncated.jpg", "head.jpg", "truncated.png", "scrambled.png", "text.jpg", "empty.jpg"),
    *("script.svg", "script.png", "bomb.png"),
)


@pytest.mark.parametrize("name", BAD)
def test_damaged_picture_is_refused_on_its_field(editor, name, settings):
    content = damaged(name)
    fields = {"title": "我的草稿", "file": SimpleUploadedFile(name, content), "collection": 1}
    answer = editor.post(reverse("wagtailimages:add"), fields)
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == ["file"]
    assert answer.context["form"]["title"].value() == "我的草稿"
    chooser = {f"image-chooser-upload-{field}": value for field, value in fields.items()}
    chooser["image-chooser-upload-file"] = SimpleUploadedFile(name, content)
    answer = editor.post(reverse("wagtailimages_chooser:create"), chooser)
    assert answer.json()["step"] == "reshow_creation_form"
    several = {"title": "我的草稿", "files[]": SimpleUploadedFile(name, content), "collection": 1}
    answer = editor.post(
        reverse("wagtailimages:add_multiple"),
        several,
        headers={"x-requested-with": "XMLHttpRequest"},
    )
    assert answer.json()["success"] is False
    assert not Picture.objects.exists()
    assert not settings.MEDIA_ROOT.exists()


def test_whole_picture_is_kept_and_edited_without_a_new_file(editor):
    file = SimpleUploadedFile("whole.jpg", drawn("JPEG"))
    fields = {"title": "散步", "collection": 1}
    assert editor.post(reverse("wagtailimages:add"), {**fields, "file": file}).status_code == 302
    picture = Picture.objects.get()
    assert (picture.width, picture.height) == (640, 480)
    address = reverse("wagtailimages:edit", args=[picture.pk])
    assert editor.post(address, {**fields, "title": "雨中散步"}).status_code == 302
    assert Picture.objects.get().title == "雨中散步"


def test_several_pictures_are_named_without_their_file(editor):
    address = reverse("wagtailimages:add_multiple")
    headers = {"x-requested-with": "XMLHttpRequest"}
    file = SimpleUploadedFile("whole.png", drawn("PNG"))
    answer = editor.post(address, {"files[]": file, "collection": 1}, headers=headers).json()
    assert answer["success"] is True
    assert 'type="file"' not in answer["form"]


def test_damaged_poster_is_refused_on_its_field(editor, upload):
    poster = SimpleUploadedFile("poster.jpg", damaged("truncated.jpg"))
    answer = add(editor, upload("video.mp4"), thumbnail=poster)
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == ["thumbnail"]
    assert not Recording.objects.exists()
