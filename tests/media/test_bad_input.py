"""What must never get in, or must come out right although it is odd. Nothing is left behind."""

import io
import threading
import zipfile
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from django.core.files.base import ContentFile

from media import checking, encoding, ladder, renditions
from media.library import add_recording
from media.models import Encoding, Recording
from media.probing import Unplayable, probe
from tests.media.conftest import H264, PICTURE, SOUND, ffmpeg

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">'
    '<script>alert(1)</script><image xlink:href="{address}"/></svg>'
)
DASH = (
    '<MPD xmlns="urn:mpeg:dash:schema:mpd:2011"><Period><AdaptationSet><Representation id="1">'
    "<BaseURL>{address}</BaseURL></Representation></AdaptationSet></Period></MPD>"
)
HLS = "#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXTINF:5,\n{address}\n#EXT-X-ENDLIST\n"
CONCAT = "ffconcat version 1.0\nfile '{address}'\n"
SDP = "v=0\no=- 0 0 IN IP4 ::1\nc=IN IP4 127.0.0.1\nm=video 5004 RTP/AVP 96\na=control:{address}"


@pytest.fixture
def listening():
    """An address that must not be asked, and what it was asked."""
    asked = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_error(404)

        def log_message(self, *arguments):
            """Quiet."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/part.ts", asked
    server.shutdown()
    server.server_close()


@pytest.fixture
def nothing_left(settings, monkeypatch):
    """The check says so for every age of file, and the library's folders are empty."""
    monkeypatch.setattr(checking, "YOUNG", -checking.YOUNG)

    def look():
        found = checking.compare()
        return (found.missing, found.orphaned, found.kept) == (set(), set(), 0)

    return look


def zipped():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("../../evil.mp4", b"x" * 100)
    return packed.getvalue()


@pytest.mark.django_db
@pytest.mark.parametrize("text", [SVG, DASH, HLS, CONCAT, SDP])
@pytest.mark.parametrize("where", ["http", "file"])
def test_file_that_names_others_opens_none_of_them(files, listening, nothing_left, text, where):
    address, asked = listening
    named = address if where == "http" else f"file:{files / 'video.mp4'}"
    content = text.format(address=named).encode()
    with pytest.raises(Unplayable):
        add_recording(title="x", file=ContentFile(content, name="film.mp4"))
    assert (asked, Recording.objects.count(), nothing_left()) == ([], 0, True)


@pytest.mark.django_db
@pytest.mark.parametrize("content", [b"", zipped(), b"\0" * 4096, b"%PDF-1.4\n"])
def test_something_else_leaves_nothing(nothing_left, settings, content):
    with pytest.raises(Unplayable):
        add_recording(title="x", file=ContentFile(content, name="../../evil.mp4"))
    assert (Recording.objects.count(), nothing_left()) == (0, True)
    assert list(settings.MEDIA_ROOT.parent.rglob("evil*")) == []


@pytest.mark.parametrize("text", [HLS, CONCAT])
@pytest.mark.parametrize("head", [b"ID3\x03\0\0\0\0\0\0", b"\0\0\0\x18ftypisom\0\0\2\0isomiso2"])
@pytest.mark.django_db
def test_list_behind_the_head_of_a_film_opens_nothing(listening, nothing_left, text, head):
    address, asked = listening
    content = head + text.format(address=address).encode() * 4
    with pytest.raises(Unplayable):
        add_recording(title="x", file=ContentFile(content, name="film.mp4"))
    assert (asked, Recording.objects.count(), nothing_left()) == ([], 0, True)


def test_film_of_ten_hours_is_read_to_its_end(tmp_path):
    film = tmp_path / "long.mp4"
    ffmpeg("-f", "lavfi", "-i", "color=s=16x16:r=1/10:d=36000", *H264, film)
    assert probe(film).duration == pytest.approx(36_000, abs=10)


def test_film_with_uneven_frames_keeps_its_length(tmp_path):
    film, folder = tmp_path / "uneven.mp4", tmp_path / "made"
    uneven = ["-vf", "setpts='PTS+if(gt(N,20),0.5/TB,0)+mod(N,3)*0.008/TB'", "-fps_mode", "vfr"]
    ffmpeg(*PICTURE, *SOUND, *H264, *uneven, film)
    folder.mkdir()
    before = probe(film)
    encoding.encode(film, folder, before, lambda share: True)
    assert probe(folder / "whole.mp4").duration == pytest.approx(before.duration, abs=0.2)


@pytest.mark.django_db
def test_what_a_killed_worker_left_is_found_and_deleted(files, settings, monkeypatch):
    monkeypatch.setattr(ladder, "SMALL_VIDEO_BITS", 0)
    video = ContentFile((files / "video.mp4").read_bytes(), name="video.mp4")
    add_recording(title="立规矩", file=video)
    waiting = Encoding.objects.get()
    Encoding.objects.update(run="a" * 32, attempts=Encoding.MOST_ATTEMPTS)
    half = settings.MEDIA_ROOT / "work" / f"{'a' * 32}-x"
    half.mkdir(parents=True)
    lost = settings.MEDIA_ROOT / "work" / f"{'b' * 32}-x"
    lost.mkdir()
    (lost / "240.m4s").write_bytes(b"half")
    (settings.MEDIA_ROOT / "uploads").mkdir(exist_ok=True)
    (settings.MEDIA_ROOT / "uploads" / "nobody").write_bytes(b"half")
    assert renditions.work(waiting.pk) == ""
    assert not half.exists()
    assert checking.compare().orphaned == set()
    monkeypatch.setattr(checking, "YOUNG", -checking.YOUNG)
    orphaned = checking.compare().orphaned
    assert orphaned == {f"work/{lost.name}", "uploads/nobody"}
    assert checking.delete(orphaned) == 2
    assert checking.compare().orphaned == set()
