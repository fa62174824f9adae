"""What demo/making made is there for every page that names it, and phones can play it."""

from functools import cache

import pytest
from PIL import Image

from demo import content
from demo.shelf import SUFFIXES
from media.captions import TIMING, check_webvtt, seconds
from media.probing import STREAMS, headers, probe, run

MOST_BYTES = 8_000_000
KINDS = ("courses", "videos", "stories", "articles")


def pages():
    """Every page of the demonstration, lessons too."""
    for kind in KINDS:
        for entry in content.entries(kind):
            yield entry.data
            yield from entry.data.get("lessons", [])


RECORDINGS = sorted({page["recording"] for page in pages() if "recording" in page})
COVERS = sorted(
    {e.data.get("cover", e.slug) for kind in KINDS for e in content.entries(kind)}
    | {page["cover"] for page in pages() if "cover" in page}
)
FILMS = sorted(content.MEDIA.glob("*.mp4"))


@cache
def probed(stem):
    (path,) = (path for path in content.MEDIA.glob(f"{stem}.*") if path.suffix in SUFFIXES)
    return probe(path)


def test_recordings_are_exactly_those_that_pages_name():
    made = sorted(path.stem for path in content.MEDIA.iterdir() if path.suffix in SUFFIXES)
    assert made == RECORDINGS


def test_films_are_many_and_small():
    assert len(FILMS) >= 15
    assert sum(path.stat().st_size for path in FILMS) <= MOST_BYTES


@pytest.mark.parametrize("path", FILMS, ids=lambda path: path.stem)
def test_film_has_pictures_and_sound(path):
    found = probed(path.stem)
    packed = headers(run(path, *STREAMS, "-c", "copy", "-t", "0.5", "-f", "framecrc", "pipe:1"))
    assert [stream["codec_id"] for stream in packed] == ["h264", "aac"]
    assert (found.width, found.height) in {(640, 360), (360, 640)}
    assert 20 < found.duration < 180


@pytest.mark.parametrize("stem", RECORDINGS)
def test_captions_end_within_the_recording(stem):
    captions = (content.MEDIA / f"{stem}.vtt").read_text(encoding="utf-8")
    check_webvtt(captions)
    timings = [TIMING.fullmatch(row) for row in captions.split("\n") if "-->" in row]
    end = seconds(*timings[-1].group(4, 5, 6))
    assert probed(stem).duration - 4 < end <= probed(stem).duration


@pytest.mark.parametrize("stem", RECORDINGS)
def test_still_has_the_shape_of_its_film(stem):
    found = probed(stem)
    with Image.open(content.MEDIA / f"{stem}.webp") as still:
        shape = (found.width, found.height) if found.type == "video" else (640, 360)
        assert (still.format, still.size) == ("WEBP", shape)


def test_covers_are_there_for_every_page():
    drawn = {path.stem for path in content.COVERS.iterdir()}
    assert [stem for stem in COVERS if stem not in drawn] == []
    assert drawn == set(content.read("covers.yaml"))


@pytest.mark.parametrize("stem", COVERS)
def test_cover_is_wide_and_small(stem):
    path = content.COVERS / f"{stem}.webp"
    with Image.open(path) as cover:
        assert (cover.format, cover.size) == ("WEBP", (960, 540))
    assert path.stat().st_size <= 20_000
