"""What is said in a recording as text to read, made from its captions; and SRT made into WebVTT.

A cue ends a paragraph when a sentence ends and a pause of two seconds follows, or after 200
characters: captions have no paragraphs of their own.
"""

import html
import re

from media.captions import MARK, TAG, TIMING, blocks, is_note, seconds

PAUSE = 2.0
LONG = 200
ENDS = ("。", "！", "？", "”", "…", ".", "!", "?")
SRT_TIME = re.compile(r"(\d{1,2}:\d\d:\d\d)[,.](\d{1,3})")


def from_srt(text: str) -> str:
    """WebVTT with the same cues; what SRT cannot hold is checked by the WebVTT rules afterwards."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "WEBVTT\n\n" + "\n".join(srt_line(line) for line in lines).strip() + "\n"


def srt_line(line: str) -> str:
    """Times get dots and two-digit hours; font tags go, other tags stay for the check."""
    if "-->" in line:
        return SRT_TIME.sub(lambda time: f"{time[1]:0>8}.{time[2]:0<3}", line.strip())
    return re.sub(r"</?font[^>]*>|\{\\an\d\}", "", line, flags=re.IGNORECASE)


def is_srt(text: str) -> bool:
    return bool(re.match(r"\s*\d+[ \t]*\r?\n[ \t]*\d{1,2}:\d\d:\d\d[,.]\d", text))


def transcript(vtt: str) -> str:
    """Paragraphs parted by an empty line, plain text."""
    paragraphs: list[str] = []
    last_end = 0.0
    for begin, end, said in cues(vtt):
        if paragraphs and not ends_here(paragraphs[-1], begin - last_end):
            paragraphs[-1] = joined(paragraphs[-1], said)
        else:
            paragraphs.append(said)
        last_end = end
    return "\n\n".join(paragraphs)


def cues(vtt: str) -> list[tuple[float, float, str]]:
    """Begin, end and plain text of every caption, in order."""
    lines = vtt.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    found = []
    for _number, block in blocks(lines)[1:]:
        timing, rest = TIMING.fullmatch(block[0].strip()), block[1:]
        if timing is None and rest:
            timing, rest = TIMING.fullmatch(rest[0].strip()), rest[1:]
        if timing is None or is_note(block):
            continue
        text = html.unescape(MARK.sub("", TAG.sub("", " ".join(part.strip() for part in rest))))
        begin, end = seconds(*timing.group(1, 2, 3)), seconds(*timing.group(4, 5, 6))
        found.append((begin, end, text.strip()))
    return found


def ends_here(paragraph: str, pause: float) -> bool:
    return paragraph.endswith(ENDS) and (pause >= PAUSE or len(paragraph) >= LONG)


def joined(paragraph: str, said: str) -> str:
    """Latin words keep a space between them; Chinese has none."""
    space = " " if paragraph[-1:].isascii() and said[:1].isascii() else ""
    return f"{paragraph}{space}{said}".strip()
