"""Where the parts of a chart stand; templates draw them as SVG (docs/decisions/0071-charts.md).

Charts are 100 wide and 100 high and are stretched to their place: labels stand beside them as
ordinary text, which grows with the reader's own size. 0 is the lower edge of the data.
"""

from collections.abc import Sequence
from dataclasses import dataclass

SIZE = 100.0
STEPS = (1, 2, 5)


@dataclass(frozen=True, slots=True)
class Bar:
    """A rectangle measured from the upper left corner."""

    x: float
    y: float
    wide: float
    high: float


def ceiling(highest: int) -> int:
    """The round number (1, 2 or 5 with zeros) at the top of the scale; 1 when all is zero."""
    power = 1
    while True:
        for step in STEPS:
            if step * power >= highest:
                return step * power
        power *= 10


def bars(values: Sequence[int], gap: float = 0.3) -> list[Bar]:
    """Standing bars, one a value, each with `gap` of its place left free."""
    top, place = ceiling(max(values, default=0)), SIZE / max(len(values), 1)
    return [
        _bar(number * place + place * gap / 2, place * (1 - gap), value / top)
        for number, value in enumerate(values)
    ]


def _bar(x: float, wide: float, share: float) -> Bar:
    high = SIZE * share
    return Bar(_short(x), _short(SIZE - high), _short(wide), _short(high))


def line(values: Sequence[int], top: int) -> str:
    """`points` of a polyline through the values; `top` is the upper edge of the scale."""
    step = SIZE / max(len(values) - 1, 1)
    return " ".join(
        f"{_short(number * step)},{_short(SIZE - SIZE * value / top)}"
        for number, value in enumerate(values)
    )


def area(values: Sequence[int], top: int) -> str:
    """`points` of the polygon between the line and the lower edge."""
    return f"0,100 {line(values, top)} 100,100" if values else ""


def per_cent(part: int, whole: int) -> float:
    """In tenths of a per cent; 0 of nothing is 0."""
    return round(100 * part / whole, 1) if whole else 0.0


def _short(number: float) -> float:
    return round(number, 2)
