"""A piece of the original text with what was looked for marked in it."""

from dataclasses import dataclass

from search.folding import fold_aligned

LENGTH = 80
LEAD = 16
"""Characters of a snippet, and how many of them stand before the first word found."""


OPENING = "“‘《（("
"""A piece of a text may begin with these, with no other sign."""


@dataclass(frozen=True)
class Piece:
    text: str
    marked: bool = False


def marks(text: str, words: list[str]) -> list[tuple[int, int]]:
    """Where the words stand in the original, folded alike, overlaps joined, in order."""
    folded, places = fold_aligned(text)
    spans = []
    for word in words:
        start = folded.find(word)
        while start >= 0:
            spans.append((places[start], places[start + len(word) - 1] + 1))
            start = folded.find(word, start + len(word))
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined


def highlight(text: str, words: list[str]) -> list[Piece]:
    """All of the text, marked."""
    return _pieces(text, marks(text, words), 0, len(text))


def snippet(texts: list[str], words: list[str], length: int = LENGTH) -> list[Piece]:
    """From the text that says most of the words within one window; the first text otherwise."""
    best: tuple[int, str, int] = (0, "", 0)
    for text in texts:
        # Folding is dear and most paragraphs say nothing of it.
        small = text.lower()
        spans = marks(text, words) if any(word in small for word in words) else []
        for start, _end in spans:
            inside = {text[a:b] for a, b in spans if start <= a < start + length - LEAD}
            if len(inside) > best[0]:
                best = (len(inside), text, start)
    count, text, start = best
    if not count:
        text = next((text for text in texts if text), "")
    begin = max(0, start - LEAD)
    while 0 < begin < start and not text[begin].isalnum() and text[begin] not in OPENING:
        begin += 1
    end = min(len(text), begin + length)
    pieces = _pieces(text, marks(text[:end], words), begin, end)
    before = [Piece("…")] if begin else []
    return [*before, *pieces, *([Piece("…")] if end < len(text) else [])]


def _pieces(text: str, spans: list[tuple[int, int]], begin: int, end: int) -> list[Piece]:
    pieces: list[Piece] = []
    place = begin
    for start, stop in spans:
        if stop <= begin or start >= end:
            continue
        first, last = max(start, begin), min(stop, end)
        if first > place:
            pieces.append(Piece(text[place:first]))
        pieces.append(Piece(text[first:last], marked=True))
        place = last
    if place < end:
        pieces.append(Piece(text[place:end]))
    return pieces
