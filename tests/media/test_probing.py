import subprocess
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from media import probing
from media.probing import Unplayable, frame, probe
from tests.media.conftest import ffmpeg

DAMAGED = (
    "The file is damaged or not whole. See whether you can play it to its end; then copy or export "
    "it again and choose that file."
)
HLG = "arib-std-b67"
OTHER_KIND = (
    "This is not a video or sound recording that can be used here. If it is one of another kind "
    "(AVI, WMV, FLV, MKV …), save it as MP4 first and choose that file."
)
ENCODED = (
    "The recording is encoded as {}, which many phones cannot play. "
    "Please export it as MP4 with H.264 and AAC."
)


@pytest.fixture(autouse=True)
def english():
    from django.utils import translation

    with translation.override("en"):
        yield


@pytest.mark.parametrize(
    ("name", "type_", "size", "extension"),
    [
        ("video.mp4", "video", (320, 180), "mp4"),
        ("turned.mp4", "video", (180, 320), "mp4"),
        ("fast.mp4", "video", (320, 180), "mp4"),
        ("apple.mov", "video", (320, 180), "mp4"),
        ("silent.mp4", "video", (320, 180), "mp4"),
        ("video.webm", "video", (320, 180), "webm"),
        ("sound.m4a", "audio", (None, None), "m4a"),
        ("sound-called-video.mp4", "audio", (None, None), "m4a"),
        ("sound.mp3", "audio", (None, None), "mp3"),
        ("covered.mp3", "audio", (None, None), "mp3"),
        ("sound.wav", "audio", (None, None), "wav"),
    ],
)
def test_recording_is_told_by_its_content(files, name, type_, size, extension):
    found = probe(files / name)
    assert (found.type, (found.width, found.height), found.extension) == (type_, size, extension)
    assert found.duration == pytest.approx(3.4, abs=0.05)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("no-index.mp4", DAMAGED),
        ("truncated.mp4", DAMAGED),
        ("scrambled.mp4", DAMAGED),
        ("empty.mp4", DAMAGED),
        ("text.mp4", DAMAGED),
        ("picture.mp4", DAMAGED),
        ("cover.png", DAMAGED),
        ("list.mp4", DAMAGED),
        ("truncated.webm", "The recording breaks off before its end. Please upload it again."),
        ("short.mp4", "The recording is shorter than a second."),
        ("mpeg4.mp4", ENCODED.format("mpeg4")),
        ("matroska.mkv", OTHER_KIND),
        ("hevc.mov", ENCODED.format("hevc")),
    ],
)
def test_what_cannot_be_played_is_refused(files, name, message):
    with pytest.raises(Unplayable) as refusal:
        probe(files / name)
    assert str(refusal.value) == message


@pytest.mark.parametrize("name", ["playlist.mp4", "playlist.m3u8"])
def test_playlist_fetches_nothing(playlist, name):
    asked = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_error(404)

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        with pytest.raises(Unplayable):
            probe(playlist(f"http://127.0.0.1:{server.server_port}/part.ts", name))
    finally:
        server.shutdown()
        server.server_close()
    assert asked == []


def test_playlist_reads_no_other_file(playlist, files):
    with pytest.raises(Unplayable):
        probe(playlist(f"file://{files / 'video.mp4'}", "playlist.m3u8"))


def test_recording_that_takes_too_long_is_refused(files, monkeypatch):
    def slow(*args, **kwargs):
        raise subprocess.TimeoutExpired("ffmpeg", kwargs["timeout"])

    monkeypatch.setattr(probing.subprocess, "run", slow)
    with pytest.raises(Unplayable, match="takes too long"):
        probe(files / "video.mp4")


def test_name_is_never_an_option(files, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    odd = tmp_path / "-f lavfi $(id) ; 视频.mp4"
    odd.write_bytes((files / "video.mp4").read_bytes())
    assert probe(odd).type == "video"


def test_what_phones_record_is_taken_where_it_is_converted(files):
    found = probe(files / "hevc.mov", converts=True)
    assert (found.type, found.extension, found.transfer) == ("video", "mov", "")
    assert probe(files / "apple.mov", converts=True).extension == "mp4"
    with pytest.raises(Unplayable) as refusal:
        probe(files / "mpeg4.mp4", converts=True)
    assert str(refusal.value) == ENCODED.format("mpeg4")


@pytest.mark.parametrize("colours", ["yuv444p", "yuv420p10le"])
def test_h264_that_few_phones_play_waits_for_its_conversion(tmp_path, colours):
    film = tmp_path / "screen.mp4"
    source = ["-f", "lavfi", "-i", "testsrc2=s=320x180:d=1.5:r=10", "-f", "lavfi", "-i", "sine=d=2"]
    ffmpeg(*source, "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", colours, film)
    assert (probe(film).type, probe(film).extension) == ("video", "mov")


@pytest.mark.parametrize(
    ("said", "transfer"),
    [
        (": Video: hevc (Main 10) (hvc1 / 0x31), p10(tv, bt2020nc/bt2020/arib-std-b67, p)", HLG),
        (": Video: hevc (Main 10), yuv420p10le(tv, bt2020nc/bt2020/smpte2084)", "smpte2084"),
        (": Video: h264 (High) (avc1 / 0x31637661), yuv420p(tv, bt709, progressive)", ""),
        (": Video: h264 (High), yuv420p(tv, bt709/bt709/bt709, progressive)", ""),
        (": Audio: aac (LC), 44100 Hz, a/arib-std-b67,", ""),
    ],
)
def test_transfer_of_the_light(said, transfer):
    assert probing.transfer_in(f"  title : x\n  Stream #0:0[0x1](und){said}\n") == transfer
    assert probing.transfer_in(f"  title{said}\n") == ""


def test_frame_is_a_jpeg(files):
    assert frame(files / "video.mp4", 0.3)[:3] == b"\xff\xd8\xff"


def test_picture_that_no_phone_can_show_is_refused(tmp_path):
    film = tmp_path / "8k.mp4"
    source = ["-f", "lavfi", "-i", "color=s=7680x4320:d=1.5:r=2"]
    ffmpeg(*source, "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", film)
    with pytest.raises(Unplayable) as refusal:
        probe(film)
    assert str(refusal.value) == "The picture is larger than 4K. Please export it smaller."
