"""Chapters of a recording: one a line, a time and a title, in order and inside the recording.

"00:00 开场" and "1:02:30 问与答"; the first chapter begins at the beginning.
"""

import re
from dataclasses import dataclass

LINE = re.compile(r"(?:(\d{1,2}):)?([0-5]?\d):([0-5]\d)[ \t]+(\S.*)")
LONGEST_TITLE = 80


@dataclass(frozen=True, slots=True)
class Chapter:
    begin: int
    """Seconds from the start."""
    title: str


class Unreadable(ValueError):
    """`line` is the number of the line that is wrong, `kind` says how."""

    def __init__(self, line: int, kind: str) -> None:
        super().__init__(f"line {line}: {kind}")
        self.line, self.kind = line, kind


def parse(text: str, length: float) -> list[Chapter]:
    """Raises Unreadable: "form", "order", "first", "end" or "long"."""
    chapters: list[Chapter] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        found = LINE.fullmatch(line.strip())
        if found is None:
            raise Unreadable(number, "form")
        begin = int(found[1] or 0) * 3600 + int(found[2]) * 60 + int(found[3])
        check(number, Chapter(begin, found[4].strip()), chapters, length)
        chapters.append(Chapter(begin, found[4].strip()))
    return chapters


def check(number: int, chapter: Chapter, before: list[Chapter], length: float) -> None:
    if not before and chapter.begin:
        raise Unreadable(number, "first")
    if before and chapter.begin <= before[-1].begin:
        raise Unreadable(number, "order")
    if chapter.begin >= length:
        raise Unreadable(number, "end")
    if len(chapter.title) > LONGEST_TITLE:
        raise Unreadable(number, "long")
