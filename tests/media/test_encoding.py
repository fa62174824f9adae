"""Real conversions of tiny recordings."""

import shutil
import subprocess

import imageio_ffmpeg
import pytest
from django.utils import translation

from media import encoding, probing
from tests.media.conftest import H264, ffmpeg
from tests.media.test_playlists import listed

FULL = "The server's disk is full. Ask whoever runs the school to make room, then try again."


@pytest.fixture(scope="module")
def sources(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sources")
    picture = ["-f", "lavfi", "-i", "testsrc2=s={}:d=2.4:r=50"]
    sound = ["-f", "lavfi", "-i", "sine=d=2.4", "-af", "volume=-30dB"]
    for name, size in (("wide", "640x360"), ("odd", "322x182")):
        lavfi = [part.format(size) for part in picture]
        ffmpeg(*lavfi, *sound, *H264, "-r", "50", folder / f"{name}.mp4")
    ffmpeg("-display_rotation", "90", "-i", folder / "wide.mp4", "-c", "copy", folder / "up.mp4")
    ffmpeg("-i", folder / "wide.mp4", "-c", "copy", "-an", folder / "silent.mp4")
    ffmpeg("-i", folder / "wide.mp4", "-c", "copy", "-vn", folder / "sound.m4a")
    squeezed = ["-vf", "scale=160:240,setsar=16/9", "-c:v", "libx264", "-c:a", "copy"]
    ffmpeg("-i", folder / "wide.mp4", *squeezed, folder / "squeezed.mp4")
    return folder


@pytest.fixture
def encoded(sources, tmp_path):
    def encode(name):
        source, folder = sources / name, tmp_path / "made"
        folder.mkdir()
        shares = []
        probe = probing.probe(source)
        names = encoding.encode(source, folder, probe, lambda share: not shares.append(share))
        assert sorted(path.name for path in folder.iterdir()) == names
        return folder, names, shares

    return encode


def shown(path):
    """Width and height of a rendition, and what ffmpeg says of it."""
    found = probing.probe(path)
    return found.width, found.height, pytest.approx(2.4, abs=0.2) == found.duration


def loudness(path):
    parts = [imageio_ffmpeg.get_ffmpeg_exe(), "-nostdin", "-i", path, "-af", "ebur128", "-f"]
    done = subprocess.run([*parts, "null", "-"], capture_output=True, text=True, check=True)
    return float(done.stderr.rsplit("I:", 1)[1].split("LUFS")[0])


def test_video_gets_every_rung(encoded):
    folder, names, shares = encoded("wide.mp4")
    frames = [f"frame-{number}.jpg" for number in range(1, 7)]
    kinds = (".m3u8", ".m4s", "-head.mp4")
    made = [name + kind for name in ("240", "360", "audio") for kind in kinds]
    assert names == sorted([*made, *frames, "main.m3u8", "whole.mp4"])
    assert shown(folder / "240.m4s") == (426, 240, True)
    assert shown(folder / "360.m4s") == (640, 360, True)
    assert shown(folder / "whole.mp4") == (640, 360, True)
    assert shares == sorted(shares)
    playlist = (folder / "240.m3u8").read_text()
    assert playlist.count("#EXTINF") == 2
    assert {line for line in playlist.splitlines() if line[0] != "#"} == {"240.m4s"}
    assert '#EXT-X-MAP:URI="240-head.mp4"\n' in playlist
    head = (folder / "240-head.mp4").read_bytes()
    assert (head[4:8], b"moov" in head, b"moof" in head) == (b"ftyp", True, False)
    assert (folder / "240.m4s").read_bytes().startswith(head)
    index = (folder / "whole.mp4").read_bytes()
    assert index.index(b"moov") < index.index(b"mdat")
    assert loudness(folder / "whole.mp4") == pytest.approx(-16, abs=3)


@pytest.mark.parametrize(
    ("name", "size"),
    [("up.mp4", (240, 426)), ("odd.mp4", (322, 182)), ("squeezed.mp4", (284, 240))],
)
def test_picture_keeps_its_shape(encoded, name, size):
    folder, _names, _shares = encoded(name)
    assert shown(folder / "240.m4s") == (*size, True)


def test_silent_video_has_no_sound_rendition(encoded):
    folder, names, _shares = encoded("silent.mp4")
    assert not {"audio.m3u8", "audio.m4s"} & set(names)
    assert 'CODECS="avc1.4d4015"' in (folder / "main.m3u8").read_text()
    assert probing.probe(folder / "whole.mp4").has_sound is False


def test_sound_alone(encoded):
    folder, names, _shares = encoded("sound.m4a")
    assert names == ["audio-head.mp4", "audio.m3u8", "audio.m4s", "whole.m4a"]
    assert probing.probe(folder / "whole.m4a").type == "audio"


def test_work_taken_over_is_given_up(sources, tmp_path):
    probe = probing.probe(sources / "wide.mp4")
    with pytest.raises(encoding.Abandoned):
        encoding.encode(sources / "wide.mp4", tmp_path, probe, lambda share: False)


@pytest.mark.parametrize("broken", [False, True])
def test_disk_that_took_no_more_is_told_though_ffmpeg_says_nothing(
    sources, tmp_path, monkeypatch, broken
):
    monkeypatch.setattr(encoding, "ROOM", 10**18)
    if broken:
        monkeypatch.setattr(encoding, "shape", lambda playlist: encoding.pack(tmp_path, None))
    probe = probing.probe(sources / "wide.mp4")
    with translation.override("en"), pytest.raises(encoding.Failed) as failed:
        encoding.encode(sources / "wide.mp4", tmp_path, probe, lambda share: True)
    assert str(failed.value) == FULL


def test_rendition_that_is_shorter_than_its_playlist_is_not_kept(tmp_path):
    playlist = tmp_path / "240.m3u8"
    playlist.write_text(listed((2, 100), (2, 100)))
    stream = tmp_path / "240.m4s"
    stream.write_bytes(bytes(209))
    with translation.override("en"), pytest.raises(encoding.Failed) as failed:
        encoding.shape(playlist)
    assert str(failed.value) == "The recording could not be converted: 240.m4s: 209 < 210"
    stream.write_bytes(bytes(210))
    encoding.shape(playlist)
    assert (tmp_path / "240-head.mp4").read_bytes() == bytes(10)


def test_stuck_conversion_is_ended(monkeypatch):
    monkeypatch.setattr(encoding, "SILENT_SECONDS", -1)
    monkeypatch.setattr(encoding.Watchdog, "PAUSE", 0.05)
    with pytest.raises(encoding.Failed):
        encoding.run([shutil.which("sleep"), "60"], 1.0, lambda share: True)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("av_write: No space left on device", FULL),
        ("one\nlast words\n", "The recording could not be converted: last words"),
        ("", "The recording could not be converted: ?"),
    ],
)
def test_failure_is_told_to_the_expert(said, told):
    with translation.override("en"):
        assert encoding.reason(said) == told
