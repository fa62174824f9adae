"""What a file really is, asked of ffmpeg: its name and its header are never believed.

PRODUCT.md rule 1: lengths are probed by the server, never typed. A file is read to its end
(a truncated one fails there) and two seconds of it are decoded. ffmpeg may open nothing but
the file itself, and only as one of CONTAINERS, so a playlist cannot make it fetch anything.
"""

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

import imageio_ffmpeg
from django.utils.translation import gettext as _

from media import ladder, naming

SECONDS_TO_PROBE = 180
SHORTEST = 1.0
MOST_PIXELS = 4096 * 4096
TOLERANCE = 1.0
"""Seconds, besides one in a hundred, by which a header may promise more than is there."""


@dataclass(frozen=True, slots=True)
class Container:
    video: str
    """File extension when it has pictures; empty: it cannot."""
    audio: str
    codecs: frozenset[str]
    """What the browsers of phones play; "pcm" stands for all its widths."""
    converted: frozenset[str] = frozenset()
    """What phones record and few of them play: of use once it is converted."""


MP4 = "mov,mp4,m4a,3gp,3g2,mj2"
CONTAINERS = {
    MP4: Container("mp4", "m4a", frozenset({"h264", "aac", "mp3"}), converted=frozenset({"hevc"})),
    "matroska,webm": Container("webm", "weba", frozenset({"vp8", "vp9", "av1", "opus", "vorbis"})),
    "mp3": Container("", "mp3", frozenset({"mp3"})),
    "aac": Container("", "aac", frozenset({"aac"})),
    "wav": Container("", "wav", frozenset({"pcm"})),
}

TRANSFERS = frozenset({"arib-std-b67", "smpte2084"})
"""HLG and PQ: more light than an ordinary screen has (ITU-R BT.2100)."""
WHITE_NITS = 203
"""Paper in the sun, of which the rest is counted (ITU-R BT.2408)."""
LIMITS = (
    *("-protocol_whitelist", "file", "-format_whitelist", ",".join(CONTAINERS)),
    *("-max_pixels", str(MOST_PIXELS)),
)
"""Before every input: the file itself and nothing that it names."""


class Unplayable(ValueError):
    """The file cannot be taken into the library; the message is for the person who chose it."""


def other_kind() -> str:
    return _(
        "This is not a video or sound recording that can be used here. If it is one of another "
        "kind (AVI, WMV, FLV, MKV …), save it as MP4 first and choose that file."
    )


class NotNow(Unplayable):
    """For no fault of the file: the same one may be taken in a few minutes."""


@dataclass(frozen=True, slots=True)
class Probe:
    """`duration` in seconds; `width` and `height` as shown, after rotation; None for sound."""

    type: str
    duration: float
    width: int | None
    height: int | None
    extension: str
    has_sound: bool = True
    transfer: str = ""
    """One of TRANSFERS; empty for a picture of ordinary light."""


def probe(path: Path, *, converts: bool = False) -> Probe:
    """With `converts` also what phones record and few can play. Raises Unplayable."""
    name, container, promised, length, transfer, few_play = read_to_the_end(path)
    if length < SHORTEST:
        raise Unplayable(_("The recording is shorter than a second."))
    if promised and length < promised * 0.99 - TOLERANCE:
        raise Unplayable(_("The recording breaks off before its end. Please upload it again."))
    packed = headers(run(path, *STREAMS, "-c", "copy", "-t", "0.5", "-f", "framecrc", "pipe:1"))
    heavy = check_codecs(container, packed, converts=converts) or few_play
    decoded = headers(run(path, *STREAMS, "-t", "2", "-f", "framecrc", "pipe:1"))
    pictures = [stream for stream in decoded if stream.get("media_type") == "video"]
    if pictures and not container.video:
        raise Unplayable(other_kind())
    width, height = size(pictures[0]) if pictures else (None, None)
    return Probe(
        type="video" if pictures else "audio",
        # Only these two name their length in a header that players believe.
        duration=promised if promised and name not in ("mp3", "aac") else length,
        width=width,
        height=height,
        extension=(naming.UNCONVERTED if heavy else container.video)
        if pictures
        else container.audio,
        has_sound=any(stream.get("media_type") == "audio" for stream in decoded),
        transfer=transfer if pictures else "",
    )


STREAMS = ("-map", "0:V:0?", "-map", "0:a:0?")
"""The first picture that is not a cover, and the first sound."""


def read_to_the_end(path: Path) -> tuple[str, Container, float, float, str, bool]:
    """Container name and kind, the length its header promises (0: none), the length found; the
    transfer of its light if that is one of TRANSFERS; whether few phones play its H.264."""
    done = run(path, *STREAMS, "-c", "copy", "-f", "null", "-nostats", "-progress", "pipe:1", "-")
    # Before any text of the uploader's is printed.
    found = re.search(r"^Input #0, (\S+), from ", done.stderr, re.MULTILINE)
    name = found[1] if found else ""
    if name not in CONTAINERS:
        raise Unplayable(other_kind())
    before_streams = done.stderr.split("\n  Stream #0:", 1)[0]
    clock = re.findall(r"^  Duration: (\d+):(\d\d):(\d\d\.\d+)", before_streams, re.MULTILINE)
    promised = (
        int(clock[-1][0]) * 3600 + int(clock[-1][1]) * 60 + float(clock[-1][2]) if clock else 0.0
    )
    times = re.findall(r"^out_time_us=(\d+)$", done.stdout, re.MULTILINE)
    length = int(times[-1]) / 1e6 if times else 0.0
    said = done.stderr
    return name, CONTAINERS[name], promised, length, transfer_in(said), few_play(said)


def transfer_in(said: str) -> str:
    """ "Video: hevc (Main 10), yuv420p10le(tv, bt2020nc/bt2020/arib-std-b67), …" of the first."""
    found = re.search(r"^  Stream #0:\d[^\n]*: Video: [^\n]*?/([\w-]+)[,)]", said, re.MULTILINE)
    return found[1] if found and found[1] in TRANSFERS else ""


def few_play(said: str) -> bool:
    """ "Video: h264 (High 4:4:4 Predictive) (avc1 / 0x31637661), yuv444p(progressive), …": phones
    play eight bits with a quarter of the colours alone."""
    found = re.search(r"^  Stream #0:\d[^\n]*: Video: h264 [^\n]*?\), (\w+)", said, re.MULTILINE)
    return found is not None and found[1] not in ("yuv420p", "yuvj420p", "nv12")


def headers(done: "subprocess.CompletedProcess[str]") -> list[dict[str, str]]:
    """The `#name stream: value` lines of the framecrc format, one dictionary a stream."""
    streams: dict[str, dict[str, str]] = {}
    for name, stream, value in re.findall(r"^#(\w+) (\d+): (.+)$", done.stdout, re.MULTILINE):
        streams.setdefault(stream, {})[name] = value.strip()
    return list(streams.values())


def check_codecs(container: Container, streams: list[dict[str, str]], *, converts: bool) -> bool:
    """Whether one of them must be converted before it plays. Raises Unplayable."""
    codecs = [stream.get("codec_id", "") for stream in streams]
    heavy = container.converted if converts else frozenset()
    for codec in codecs:
        if codec.split("_")[0] in container.codecs | heavy:
            continue
        if codec in CONTAINERS[MP4].codecs:  # Matroska: the film is fine, its wrapping is not
            raise Unplayable(other_kind())
        words = _(
            "The recording is encoded as %(codec)s, which many phones cannot play. "
            "Please export it as MP4 with H.264 and AAC."
        )
        raise Unplayable(words % {"codec": codec or "?"})
    return bool(heavy.intersection(codecs))


def size(stream: dict[str, str]) -> tuple[int, int]:
    width, height = stream["dimensions"].split("x")
    return int(width), int(height)


def tone(transfer: str) -> str:
    """Filters that bring HLG or PQ to the light and the colours of an ordinary screen."""
    told = f"zscale=pin=bt2020:min=bt2020nc:tin={transfer}"
    light = f"{told}:t=linear:npl={WHITE_NITS},format=gbrpf32le"
    return f"{light},zscale=p=bt709,tonemap={ladder.TONES},zscale=t=bt709:m=bt709:r=tv"


NARROWED = "scale='min(1280,iw)':-2"
AS_JPEG = "scale=out_color_matrix=bt601:out_range=pc,format=yuvj420p"
"""Its colours are counted as JPEG does, whatever the film says of its own."""


def frame(path: Path, at: float, transfer: str = "") -> bytes:
    """A JPEG of the picture at `at` seconds, at most 1280 pixels wide."""
    filters = ",".join([NARROWED, *([tone(transfer)] if transfer else []), AS_JPEG])
    command = ("-an", "-frames:v", "1", "-vf", filters, "-q:v", "4")
    done = ffmpeg(path, *command, "-f", "mjpeg", "pipe:1", before=("-ss", f"{at:.3f}"))
    return done.stdout


def run(path: Path, *output: str) -> "subprocess.CompletedProcess[str]":
    done = ffmpeg(path, *output)
    return subprocess.CompletedProcess(
        done.args,
        done.returncode,
        done.stdout.decode("utf-8", "replace"),
        done.stderr.decode("utf-8", "replace"),
    )


def ffmpeg(
    path: Path, *output: str, before: tuple[str, ...] = ()
) -> "subprocess.CompletedProcess[bytes]":
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-hide_banner", "-nostdin", "-xerror"]
    command += [*LIMITS, *before, "-i", f"file:{path}", *output]
    try:
        return subprocess.run(command, check=True, capture_output=True, timeout=SECONDS_TO_PROBE)
    except subprocess.CalledProcessError as error:
        if b"exceeds specified max pixel count" in error.stderr:
            raise Unplayable(
                _("The picture is larger than 4K. Please export it smaller.")
            ) from error
        raise Unplayable(
            _(
                "The file is damaged or not whole. See whether you can play it to its end; then "
                "copy or export it again and choose that file."
            )
        ) from error
    except subprocess.TimeoutExpired as error:
        raise NotNow(_("The recording takes too long to read.")) from error
