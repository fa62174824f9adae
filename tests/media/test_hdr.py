"""Films as new phones record them, converted: HEVC, ten bits, more light than a screen has."""

import re
import subprocess
from operator import sub

import imageio_ffmpeg
import pytest
from django.core.files.base import ContentFile
from django.template.loader import render_to_string

from media import encoding, probing, renditions
from media.library import add_recording
from media.models import Encoding, Recording
from tests.media.conftest import ffmpeg

BARS = "smptehdbars=s=640x360:d=1.6:r=25"
BT709 = "color_primaries=bt709:color_trc=bt709:colorspace=bt709"
X265 = ["-c:v", "libx265", "-preset", "ultrafast", "-tag:v", "hvc1"]
WIDE = "-color_primaries bt2020 -colorspace bt2020nc -color_trc"
SPOTS = [(30, 100), (130, 100), (205, 100), (290, 100), (360, 100), (430, 100), (610, 100)]
"""Grey, white, yellow, cyan, green, magenta, red or grey: the bars of the test picture."""


@pytest.fixture(scope="module")
def films(tmp_path_factory):
    """The same bars in ordinary light, in HLG and in PQ, white at 203 nits."""
    folder = tmp_path_factory.mktemp("films")
    bars, sound = ["-f", "lavfi", "-i", BARS], ["-f", "lavfi", "-i", "sine=d=1.6", "-c:a", "aac"]
    plain = f"setparams={BT709},format=yuv420p"
    ffmpeg(*bars, *sound, "-vf", plain, *X265, "-x265-params", "log-level=none",
           folder / "plain.mov")  # fmt: skip
    for name, transfer in (("hlg", "arib-std-b67"), ("pq", "smpte2084")):
        light = f"zscale=p=bt2020:t={transfer}:m=bt2020nc:r=tv:npl=203,format=yuv420p10le"
        tags = f"log-level=none:colorprim=bt2020:transfer={transfer}:colormatrix=bt2020nc"
        ffmpeg(*bars, *sound, "-vf", f"format=yuv444p,setparams={BT709},{light}", *X265,
               "-x265-params", tags, *WIDE.split(), transfer, folder / f"{name}.mov")  # fmt: skip
    return folder


def colours(path):
    """Red, green and blue of the middle of each bar."""
    found = []
    for x, y in SPOTS:
        crop = f"crop=8:8:{x}:{y},scale=1:1:flags=area,format=rgb24"
        command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-i", path, "-frames:v", "1"]
        done = subprocess.run(
            [*command, "-vf", crop, "-f", "rawvideo", "-"], capture_output=True, check=True
        )
        found.append(tuple(done.stdout))
    return found


def looks_like(one, other):
    """Greys are nearly the same; no channel of a full colour is far away."""
    far = [max(map(abs, map(sub, a, b))) for a, b in zip(one, other, strict=True)]
    return max(far[:2]) <= 8 and max(far) <= 44


@pytest.mark.parametrize(
    ("name", "transfer"), [("plain", ""), ("hlg", "arib-std-b67"), ("pq", "smpte2084")]
)
def test_film_of_a_new_phone_looks_right_everywhere(films, tmp_path, name, transfer):
    source = films / f"{name}.mov"
    probe = probing.probe(source, converts=True)
    assert (probe.extension, probe.transfer, probe.has_sound) == ("mov", transfer, True)
    encoding.encode(source, tmp_path, probe, lambda share: True)
    made = tmp_path / "whole.mp4"
    assert probing.probe(made).extension == "mp4"
    told = probing.ffmpeg(made, "-f", "null", "-").stderr.decode()
    (kind,) = re.findall(r"Stream #0:0[^\n]*: Video: (h264 \(Main\)).*?, (yuv420p\([^)]*\))", told)
    assert kind == ("h264 (Main)", "yuv420p(tv, bt709, progressive)")
    for picture in (made, tmp_path / "frame-2.jpg"):
        assert looks_like(colours(films / "plain.mov"), colours(picture)), colours(picture)


def test_light_that_is_not_brought_down_looks_wrong(films):
    """What the test above would see without the conversion of light."""
    assert not looks_like(colours(films / "plain.mov"), colours(films / "hlg.mov"))


@pytest.mark.django_db
def test_film_waits_for_its_conversion(films):
    content = (films / "hlg.mov").read_bytes()
    recording = add_recording(title="外婆", file=ContentFile(content, name="IMG_1.MOV"))
    assert (recording.file.name[-4:], recording.is_playable) == (".mov", False)
    assert "<video" not in player(recording)
    assert renditions.work(Encoding.objects.get().pk) == Encoding.State.READY
    recording = Recording.objects.get()
    assert recording.is_playable is True
    assert f'<source src="{recording.encoding.whole_url}">' in player(recording)


def player(recording):
    return render_to_string("components/player.html", {"recording": recording})
