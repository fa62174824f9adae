"""Playlists of byte ranges, shaped for slow phones (RFC 8216, 4.3.3.1, 4.3.2.2 and 4.3.2.5).

ffmpeg cuts every two seconds, which is right for the first picture. An hour of that is a playlist
of 90 kB, so later cuts are put together; and what stands before the first segment is named as a
file of its own, because Chromium reads on beyond the bytes that a playlist names.
"""

import math
import re
from dataclasses import dataclass

SHORT = 5
"""So many segments stay as they were cut."""
TOGETHER = 3
SEGMENT = re.compile(r"#EXTINF:([\d.]+),\n#EXT-X-BYTERANGE:(\d+)@(\d+)\n(\S+)\n")
HEAD = re.compile(r'#EXT-X-MAP:URI="([^"]+)",BYTERANGE="(\d+)@0"')


class Unexpected(ValueError):
    """Not as ffmpeg writes it with one file of fragments."""


@dataclass(frozen=True, slots=True)
class Segment:
    seconds: float
    first: int
    length: int
    name: str

    def __add__(self, later: "Segment") -> "Segment":
        if (later.first, later.name) != (self.first + self.length, self.name):
            raise Unexpected(f"a gap before byte {later.first}")
        seconds, length = self.seconds + later.seconds, self.length + later.length
        return Segment(seconds, self.first, length, self.name)

    def __str__(self) -> str:
        place = f"#EXT-X-BYTERANGE:{self.length}@{self.first}"
        return f"#EXTINF:{self.seconds:.6f},\n{place}\n{self.name}\n"


def head(playlist: str) -> tuple[str, int]:
    """The file that begins with it, and how many bytes it has. Raises Unexpected."""
    found = HEAD.search(playlist)
    if found is None:
        raise Unexpected("no header")
    return found[1], int(found[2])


def end(playlist: str) -> int:
    """How many bytes of its file it names; 0 without a segment."""
    found = SEGMENT.findall(playlist)
    return int(found[-1][1]) + int(found[-1][2]) if found else 0


def shaped(playlist: str, head_name: str) -> str:
    """Raises Unexpected."""
    found = [
        Segment(float(seconds), int(first), int(length), name)
        for seconds, length, first, name in SEGMENT.findall(playlist)
    ]
    if not found:
        raise Unexpected("no segments")
    kept = [*found[:SHORT], *together(found[SHORT:])]
    before, after = SEGMENT.split(playlist)[0], playlist.rpartition(f"{found[-1].name}\n")[2]
    longest = math.ceil(max(segment.seconds for segment in kept))
    before = re.sub(r"(?<=#EXT-X-TARGETDURATION:)\d+", str(longest), before)
    before = HEAD.sub(f'#EXT-X-MAP:URI="{head_name}"', before)
    return before + "".join(map(str, kept)) + after


def together(segments: list[Segment]) -> list[Segment]:
    runs = [segments[at : at + TOGETHER] for at in range(0, len(segments), TOGETHER)]
    return [sum(rest, first) for first, *rest in runs]
