"""Real recordings, made once by ffmpeg."""

import subprocess
from pathlib import Path

import imageio_ffmpeg
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.conftest import person

PICTURE = ["-f", "lavfi", "-i", "testsrc=s=320x180:d=3.4:r=25"]
SOUND = ["-f", "lavfi", "-i", "sine=d=3.4"]
H264 = [
    "-c:v",
    "libx264",
    "-pix_fmt",
    "yuv420p",
    "-preset",
    "ultrafast",
    "-c:a",
    "aac",
    "-shortest",
]


def ffmpeg(*arguments):
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-nostdin", "-y", *arguments]
    subprocess.run([str(part) for part in command], check=True, timeout=60)


@pytest.fixture(scope="session")
def files(tmp_path_factory):
    """A folder of recordings, good and bad; see the names."""
    folder: Path = tmp_path_factory.mktemp("recordings")
    video = folder / "video.mp4"
    ffmpeg(*PICTURE, *SOUND, *H264, video)
    ffmpeg("-display_rotation", "90", "-i", video, "-c", "copy", folder / "turned.mp4")
    ffmpeg("-i", video, "-c", "copy", "-movflags", "faststart", folder / "fast.mp4")
    ffmpeg("-i", video, "-c", "copy", "-f", "mov", folder / "apple.mov")
    ffmpeg("-i", video, "-an", "-c", "copy", folder / "silent.mp4")
    ffmpeg("-i", video, "-vn", "-c", "copy", folder / "sound.m4a")
    ffmpeg("-i", video, "-vn", "-c", "copy", "-f", "mp4", folder / "sound-called-video.mp4")
    ffmpeg(*SOUND, folder / "sound.mp3")
    ffmpeg(*SOUND, folder / "sound.wav")
    ffmpeg("-i", video, "-c:v", "libvpx", "-b:v", "200k", "-c:a", "libopus", folder / "video.webm")
    ffmpeg("-i", video, "-c:v", "mpeg4", "-c:a", "aac", folder / "mpeg4.mp4")
    hevc = ["-c:v", "libx265", "-x265-params", "log-level=none", "-tag:v", "hvc1", "-c:a", "copy"]
    ffmpeg("-i", video, *hevc, "-f", "mov", folder / "hevc.mov")
    ffmpeg("-i", video, "-t", "0.5", *H264, folder / "short.mp4")
    ffmpeg("-i", video, "-c", "copy", folder / "matroska.mkv")
    ffmpeg("-i", video, "-frames:v", "1", folder / "cover.png")
    cover = ["-i", folder / "cover.png", "-map", "0", "-map", "1", "-c:v", "mjpeg"]
    ffmpeg("-i", folder / "sound.mp3", *cover, "-id3v2_version", "3", folder / "covered.mp3")
    make_bad(folder)
    return folder


def make_bad(folder):
    whole, fast = (folder / "video.mp4").read_bytes(), (folder / "fast.mp4").read_bytes()
    webm = (folder / "video.webm").read_bytes()
    (folder / "no-index.mp4").write_bytes(whole[: len(whole) // 2])
    (folder / "truncated.mp4").write_bytes(fast[: len(fast) * 2 // 3])
    (folder / "truncated.webm").write_bytes(webm[: len(webm) // 2])
    start = fast.index(b"mdat") + 4
    (folder / "scrambled.mp4").write_bytes(fast[:start] + bytes(len(fast) - start))
    (folder / "empty.mp4").write_bytes(b"")
    (folder / "text.mp4").write_text("这不是视频。\n" * 100)
    (folder / "picture.mp4").write_bytes((folder / "cover.png").read_bytes())
    (folder / "list.mp4").write_text(f"ffconcat version 1.0\nfile {folder / 'video.mp4'}\n")


@pytest.fixture
def playlist(tmp_path):
    """An HLS playlist that names an address, with the name of a video."""

    def make(address, name="playlist.mp4"):
        path = tmp_path / name
        path.write_text(
            "#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXTINF:5,\n" + address + "\n#EXT-X-ENDLIST\n"
        )
        return path

    return make


@pytest.fixture
def editor(db, client):
    user = person("编辑", is_staff=True, is_superuser=True, language="en")
    client.force_login(user)
    client.cookies["django_language"] = "en"
    return client


@pytest.fixture
def upload(files):
    def upload(name, called=None):
        return SimpleUploadedFile(called or name, (files / name).read_bytes())

    return upload
