"""WebVTT as the W3C defines it, less what captions do not need: no styles, no foreign tags."""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

MOST_BYTES = 1024 * 1024
TIME = r"(?:(\d{2,}):)?([0-5]\d):([0-5]\d\.\d{3})"
TIMING = re.compile(rf"{TIME}[ \t]+-->[ \t]+{TIME}(?:[ \t]+(.*))?")
TAG = re.compile(r"</?(?:c|i|b|u|ruby|rt|v|lang)(?:\.[\w.-]+)*(?:[ \t][^<>&]*)?>", re.ASCII)
MARK = re.compile(rf"<{TIME}>")
SETTINGS = re.compile(r"(?:(?:vertical|line|position|size|align|region):\S+[ \t]*)*")


def validate_webvtt(file: Any) -> None:
    """For a file field. Raises ValidationError naming the line that is wrong."""
    if file.size > MOST_BYTES:
        raise ValidationError(_("Captions may have one megabyte at most."))
    file.seek(0)
    content = file.read()
    file.seek(0)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValidationError(_("Captions must be saved as UTF-8.")) from error
    check_webvtt(text)


def check_webvtt(text: str) -> None:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if not re.fullmatch(r"WEBVTT(?:[ \t].*)?", lines[0]) or "\0" in text:
        raise ValidationError(_("The file is not WebVTT: its first line must be WEBVTT."))
    last = -1.0
    cues = 0
    for number, block in blocks(lines):
        if is_note(block) or number == 1:
            continue
        last = check_cue(number, block, last)
        cues += 1
    if not cues:
        raise ValidationError(_("The file has no captions."))


def blocks(lines: list[str]) -> list[tuple[int, list[str]]]:
    """Runs of lines without a blank one, each with the number of its first line."""
    found: list[tuple[int, list[str]]] = []
    before = ""
    for number, line in enumerate(lines, start=1):
        if line.strip():
            if not before.strip():
                found.append((number, []))
            found[-1][1].append(line)
        before = line
    return found


def is_note(block: list[str]) -> bool:
    return bool(re.match(r"(NOTE|REGION)([ \t]|$)", block[0])) and "-->" not in "".join(block)


def check_cue(number: int, block: list[str], last: float) -> float:
    """The start of the cue in seconds, not before `last`."""
    if "-->" not in block[0]:
        number, block = number + 1, block[1:]
    timing = TIMING.fullmatch(block[0].strip()) if block else None
    if timing is None or not SETTINGS.fullmatch(timing[7] or ""):
        raise wrong(number, _("expected a time such as 00:01.000 --> 00:04.000"))
    begin, end = seconds(*timing.group(1, 2, 3)), seconds(*timing.group(4, 5, 6))
    if end <= begin:
        raise wrong(number, _("the caption ends before it begins"))
    if begin < last:
        raise wrong(number, _("the caption begins before the one above it"))
    for offset, line in enumerate(block[1:], start=1):
        if "-->" in line or re.search(r"[<>]", MARK.sub("", TAG.sub("", line))):
            raise wrong(
                number + offset, _("only caption tags such as <b>, <i>, <v Name> may stand")
            )
    return begin


def seconds(hours: str | None, minutes: str, rest: str) -> float:
    return int(hours or 0) * 3600 + int(minutes) * 60 + float(rest)


def wrong(number: int, reason: str) -> ValidationError:
    return ValidationError(_("Line %(number)s: %(reason)s.") % {"number": number, "reason": reason})
