import re

import pytest

from media.models import Picture
from media.naming import caption_name, poster_name, random_name, recording_name


@pytest.mark.parametrize(
    ("given", "suffix"),
    [
        ("电影.MP4", ".mp4"),
        ("a.tar.gz", ".gz"),
        ("none", ""),
        ("../../etc/passwd", ""),
        ("a.mp4/../b", ""),
        ("a.m p", ""),
        ("a.verylong", ""),
        ("a.视频", ""),
    ],
)
def test_name_keeps_only_a_plain_suffix(given, suffix):
    assert re.fullmatch(rf"x/[0-9a-f]{{32}}{re.escape(suffix)}", random_name("x", given))


def test_names_never_repeat():
    assert len({random_name("x", "a.mp4") for _ in range(100)}) == 100


def test_frame_taken_by_us_can_be_told():
    assert poster_name(None, "frame.jpg").endswith("-frame.jpg")
    assert not poster_name(None, "my-frame.jpg").endswith("-frame.jpg")


def test_pictures_have_random_names():
    assert re.fullmatch(r"pictures/[0-9a-f]{32}\.webp", Picture.get_upload_to(None, "秘密.webp"))


def test_every_kind_of_file_has_its_own_folder():
    names = [made(None, "a.mp4") for made in (recording_name, poster_name, caption_name)]
    assert [name.split("/")[0] for name in names] == ["recordings", "posters", "captions"]
