"""Photos as they come from phones, and what is kept of them."""

from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage
from PIL import Image, ImageCms

from learners.stories import files, photos
from learners.stories.files import Refused
from learners.stories.models import FOLDER, Photo
from learners.stories.states import NotThatWay
from media import checking
from tests.learners.stories.conftest import content_of, jpeg


def stored():
    return sorted(checking.files_below(default_storage, FOLDER))


def png(size, mode="RGB"):
    target = BytesIO()
    Image.new(mode, size).save(target, "PNG")
    return target.getvalue()


def file(content):
    return ContentFile(content, name="x.jpg")


def test_photo_is_kept_without_anything_written_into_it(draft):
    raw = jpeg()
    assert (b"SecretCamera" in raw, b"SecretPlace" in raw) == (True, True)
    photo = photos.add(draft, file(raw))
    content = content_of(photo.file.name)
    assert (b"SecretCamera" in content, b"SecretPlace" in content) == (False, False)
    with Image.open(BytesIO(content)) as image:
        assert (image.format, dict(image.getexif()), image.size) == ("JPEG", {}, (480, 640))
    assert (photo.width, photo.height, photo.position) == (480, 640, 1)
    assert stored() == [photo.file.name]


def test_large_photo_is_made_smaller_by_the_server(draft):
    photo = photos.add(draft, file(png((3000, 1000))))
    assert (photo.width, photo.height) == (2048, 683)


def test_colours_of_a_profile_become_those_of_the_web(draft):
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    photo = photos.add(draft, file(jpeg(icc_profile=profile)))
    with Image.open(BytesIO(content_of(photo.file.name))) as image:
        assert (image.info.get("icc_profile"), image.getpixel((5, 5))[0] > 150) == (None, True)


@pytest.mark.parametrize("mode", ["RGBA", "P", "L", "LA", "I;16"])
def test_every_kind_of_pixels_becomes_a_plain_photo(draft, mode):
    photos.add(draft, file(png((20, 20), mode)))
    assert Photo.objects.count() == 1


def test_broken_profile_costs_the_profile_only(draft):
    photos.add(draft, file(jpeg(icc_profile=b"nonsense" * 20)))
    assert Photo.objects.count() == 1


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"GIF89a" + bytes(100),
        jpeg()[: len(jpeg()) // 2],
        b"\xff\xd8\xff" + bytes(200),
        png((6000, 5000)),
    ],
    ids=["empty", "heic", "svg", "gif", "half", "scrambled", "too large"],
)
def test_bad_photo_is_refused_and_leaves_nothing(draft, content):
    with pytest.raises(Refused):
        photos.add(draft, file(content))
    assert (Photo.objects.count(), stored()) == (0, [])


def test_photo_above_the_limit_is_refused_unread(draft, monkeypatch):
    monkeypatch.setattr(photos, "MOST_BYTES", 1000)
    with pytest.raises(Refused):
        photos.add(draft, file(jpeg()))


def test_tenth_photo_is_refused_and_a_freed_place_is_taken(draft):
    for _number in range(9):
        photos.add(draft, file(jpeg((8, 8))))
    with pytest.raises(Refused):
        photos.add(draft, file(jpeg((8, 8))))
    assert len(stored()) == 9
    photos.remove(draft.photos.get(position=4))
    assert photos.add(draft, file(jpeg((8, 8)))).position == 4


def test_photo_of_a_story_that_was_sent_leaves_nothing(waiting):
    before = stored()
    with pytest.raises(NotThatWay):
        photos.add(waiting, file(jpeg()))
    with pytest.raises(NotThatWay):
        photos.remove(waiting.photos.get())
    assert stored() == before


def test_removed_photo_takes_its_file_along(draft, django_capture_on_commit_callbacks):
    photo = photos.add(draft, file(jpeg()))
    with django_capture_on_commit_callbacks(execute=True):
        photos.remove(photo)
    assert (Photo.objects.count(), stored()) == (0, [])


def test_storage_that_refuses_is_told_in_plain_words(draft, monkeypatch):
    def full(*args, **kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(FileSystemStorage, "save", full)
    with pytest.raises(Refused):
        photos.add(draft, file(jpeg()))
    assert Photo.objects.count() == 0


def test_file_that_no_row_names_is_found_when_it_is_old(draft, monkeypatch):
    photos.add(draft, file(jpeg()))
    name = default_storage.save(f"{FOLDER}/left.jpg", ContentFile(b"x"))
    assert (files.differences().orphaned, files.differences().kept) == (set(), 1)
    monkeypatch.setattr(checking, "is_old", lambda storage, name: True)
    assert files.differences().orphaned == {name}
