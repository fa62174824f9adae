"""A drawing that can run scripts is no picture here, whatever its name says."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.models import Collection

from media.library import add_recording
from media.models import Picture, Recording

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
NAMES = ["drawing.svg", "drawing.png", "drawing.jpg"]
pytestmark = pytest.mark.django_db


def drawing(name):
    return SimpleUploadedFile(name, SVG, content_type="image/png")


def left(settings):
    """Files that stayed behind."""
    return [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]


@pytest.mark.parametrize("name", NAMES)
def test_drawing_is_refused_as_a_picture(editor, settings, name):
    sent = {"title": "图", "collection": Collection.objects.get(depth=1).pk}
    answer = editor.post(reverse("wagtailimages:add"), {**sent, "file": drawing(name)})
    assert list(answer.context["form"].errors) == ["file"]
    assert (Picture.objects.count(), left(settings)) == (0, [])


@pytest.mark.parametrize("name", NAMES)
def test_drawing_is_refused_among_several_pictures(editor, settings, name):
    answer = editor.post(
        reverse("wagtailimages:add_multiple"),
        {"files[]": drawing(name)},
        headers={"x-requested-with": "XMLHttpRequest"},
    )
    assert answer.json()["success"] is False
    assert answer.json()["error_message"]
    assert (Picture.objects.count(), left(settings)) == (0, [])


@pytest.mark.parametrize("name", NAMES)
def test_drawing_is_refused_as_a_poster_and_the_old_one_stays(editor, settings, files, name):
    video = ContentFile((files / "video.mp4").read_bytes(), name="video.mp4")
    made = add_recording(title="立规矩", file=video)
    before = sorted(left(settings))
    sent = {"title": "新", "collection": Collection.objects.get(depth=1).pk, "tags": ""}
    address = reverse("wagtailmedia:edit", args=[made.pk])
    answer = editor.post(address, {**sent, "thumbnail": drawing(name)})
    assert list(answer.context["form"].errors) == ["thumbnail"]
    after = Recording.objects.get()
    assert (after.thumbnail.name, after.title) == (made.thumbnail.name, "立规矩")
    assert sorted(left(settings)) == before


@pytest.mark.parametrize("name", ["drawing.mp4", "drawing.svg"])
def test_drawing_is_refused_as_a_recording(editor, settings, name):
    sent = {"title": "片", "collection": Collection.objects.get(depth=1).pk, "tags": ""}
    address = reverse("wagtailmedia:add", args=["video"])
    answer = editor.post(address, {**sent, "file": drawing(name)})
    assert list(answer.context["form"].errors) == ["file"]
    assert (Recording.objects.count(), left(settings)) == (0, [])


def test_drawing_is_refused_as_captions(editor, settings, files):
    video = ContentFile((files / "video.mp4").read_bytes(), name="video.mp4")
    made = add_recording(title="立规矩", file=video)
    before = sorted(left(settings))
    address = reverse("edit_captions", args=[made.pk, "zh-Hans"])
    answer = editor.post(address, {"text": "WEBVTT", "file": drawing("a.vtt")})
    assert list(answer.context["form"].errors) == ["file"]
    assert (made.captions.count(), sorted(left(settings))) == (0, before)
