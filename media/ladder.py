"""Which renditions a recording gets, and how much of the network each takes (issue: a 240p rung of
about 200 kbit/s for a mountain village, 360p, 720p, sound alone; never above the source).

A rung is named by its shorter side, so that an upright film stays upright.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import astuple, dataclass

SEGMENT_SECONDS = 2
"""Short, so that the first picture of the lowest rung costs 50 kB."""
HEAD = "head.mp4"
"""What stands before the first segment of a rendition: 240-head.mp4."""
FRAMES_AT_MOST = 30
LOUDNESS = "loudnorm=I=-16:TP=-1.5:LRA=11"
TONES = "mobius:param=0.8:desat=0"
"""How light beyond that of an ordinary screen is brought down: the rest keeps its colours."""
SOUND_BITS = 48_000
SOUND_CODEC = "mp4a.40.2"
SMALL_VIDEO_BITS = 300_000
SMALL_SIDE = 480
SMALL_SOUND_BITS = 96_000


@dataclass(frozen=True, slots=True)
class Rung:
    """`side` in pixels; `bits` a second of picture on average, `peak` at most."""

    name: str
    side: int
    bits: int
    peak: int
    level: str
    codec: str

    @property
    def bandwidth(self) -> int:
        return self.peak + SOUND_BITS


RUNGS = (
    Rung("240", 240, 140_000, 170_000, "2.1", "avc1.4d4015"),
    Rung("360", 360, 400_000, 520_000, "3.0", "avc1.4d401e"),
    Rung("720", 720, 1_400_000, 1_900_000, "3.1", "avc1.4d401f"),
)
FALLBACK = "360"


def rungs(width: int | None, height: int | None) -> list[Rung]:
    """Lowest first; the lowest is always there, the others only for a source that has as much."""
    if not width or not height:
        return []
    side = min(width, height)
    return [rung for rung in RUNGS if rung is RUNGS[0] or rung.side <= side]


def fallback(made: Iterable[Rung]) -> Rung | None:
    """The rung that is also one MP4, for players that know neither HLS nor scripts."""
    fitting = [rung for rung in made if rung.side <= int(FALLBACK)]
    return fitting[-1] if fitting else None


def recipe() -> str:
    """Changes whenever what is made from a file changes: then files are encoded anew."""
    facts = [SEGMENT_SECONDS, HEAD, FRAMES_AT_MOST, LOUDNESS, TONES, SOUND_BITS]
    facts += map(astuple, RUNGS)
    return hashlib.sha256(repr(facts).encode()).hexdigest()[:12]


def plays_as_it_is(kind: str, extension: str, side: int, size: int, duration: float) -> bool:
    """A small MP4 is lighter than its renditions would be: nothing is gained by encoding it."""
    bits = size * 8 / max(duration, 1)
    if kind == "audio":
        return extension in ("m4a", "mp3") and bits <= SMALL_SOUND_BITS
    return extension == "mp4" and side <= SMALL_SIDE and bits <= SMALL_VIDEO_BITS


def shape(width: int, height: int, side: int) -> tuple[int, int]:
    """As ffmpeg's scale filter makes it: the shorter side given, the other even, in proportion."""
    side = min(side, min(width, height) // 2 * 2)
    longer = round(max(width, height) * side / min(width, height) / 2) * 2
    return (longer, side) if width >= height else (side, longer)


def master(made: Iterable[Rung], width: int, height: int, *, sound: bool) -> str:
    """The playlist that offers every rung, the lowest first: players start with the first."""
    lines = ["#EXTM3U", "#EXT-X-VERSION:7", "#EXT-X-INDEPENDENT-SEGMENTS"]
    for rung in made:
        across, down = shape(width, height, rung.side)
        codecs = f"{rung.codec},{SOUND_CODEC}" if sound else rung.codec
        lines.append(
            f"#EXT-X-STREAM-INF:BANDWIDTH={rung.bandwidth},AVERAGE-BANDWIDTH="
            f'{rung.bits + SOUND_BITS},RESOLUTION={across}x{down},CODECS="{codecs}"'
        )
        lines.append(f"{rung.name}.m3u8")
    return "\n".join(lines) + "\n"
