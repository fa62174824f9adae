"""Small SVG words: shapes, people, trees. Units are those of a 320 × 180 cover."""

from collections.abc import Iterable
from dataclasses import dataclass

from palettes import Palette


def number(value: float) -> str:
    """Two decimals are enough at three pixels a unit."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def circle(x: float, y: float, r: float, fill: str, opacity: float = 1) -> str:
    return (
        f'<circle cx="{number(x)}" cy="{number(y)}" r="{number(r)}" fill="{fill}"'
        f' opacity="{number(opacity)}"/>'
    )


def ellipse(x: float, y: float, rx: float, ry: float, fill: str, *, opacity: float = 1) -> str:
    return (
        f'<ellipse cx="{number(x)}" cy="{number(y)}" rx="{number(rx)}" ry="{number(ry)}"'
        f' fill="{fill}" opacity="{number(opacity)}"/>'
    )


def box(
    x: float, y: float, w: float, h: float, fill: str, *, r: float = 0, opacity: float = 1
) -> str:
    return (
        f'<rect x="{number(x)}" y="{number(y)}" width="{number(w)}" height="{number(h)}"'
        f' rx="{number(r)}" fill="{fill}" opacity="{number(opacity)}"/>'
    )


def path(d: str, fill: str, opacity: float = 1) -> str:
    return f'<path d="{d}" fill="{fill}" opacity="{number(opacity)}"/>'


def line(d: str, colour: str, width: float, dash: str = "", opacity: float = 1) -> str:
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    return (
        f'<path d="{d}" fill="none" stroke="{colour}" stroke-width="{number(width)}"'
        f' stroke-linecap="round" stroke-linejoin="round"{dashes} opacity="{number(opacity)}"/>'
    )


def group(
    parts: Iterable[str], x: float = 0, y: float = 0, scale: float = 1, turn: float = 0
) -> str:
    moves = f"translate({number(x)} {number(y)}) scale({number(scale)})"
    if turn:
        moves += f" rotate({number(turn)})"
    return f'<g transform="{moves}">{"".join(parts)}</g>'


def flip(parts: Iterable[str], x: float = 0, y: float = 0, scale: float = 1) -> str:
    """A group seen in a mirror."""
    moves = f"translate({number(x)} {number(y)}) scale({number(-scale)} {number(scale)})"
    return f'<g transform="{moves}">{"".join(parts)}</g>'


def heart(x: float, y: float, size: float, fill: str, opacity: float = 1) -> str:
    """`size` is half the width."""
    d = "M0 9.5C-15 0 -10.5 -10.5 0 -3.5C10.5 -10.5 15 0 0 9.5Z"
    return group([path(d, fill, opacity)], x, y, size / 10)


def star(x: float, y: float, size: float, fill: str) -> str:
    """Four soft points."""
    s, k = number(size), number(size * 0.22)
    d = f"M0 -{s}Q{k} -{k} {s} 0Q{k} {k} 0 {s}Q-{k} {k} -{s} 0Q-{k} -{k} 0 -{s}Z"
    return group([path(d, fill)], x, y)


def cloud(x: float, y: float, size: float, fill: str, opacity: float = 1) -> str:
    """`size` is half the width; `y` is the flat underside."""
    d = "M-10 0a4.4 4.4 0 0 1 .6-8.7a7 7 0 0 1 12.9-2.3a5.4 5.4 0 0 1 7 5.2a3 3 0 0 1-.5 5.8Z"
    return group([path(d, fill, opacity)], x, y, size / 10)


def round_tree(x: float, y: float, size: float, crown: str, trunk: str) -> str:
    """`size` is the radius of the crown; `y` is the ground."""
    return line(f"M{number(x)} {number(y)}V{number(y - size * 1.6)}", trunk, size * 0.22) + ellipse(
        x, y - size * 1.9, size * 0.92, size * 1.1, crown
    )


def leaf_plant(x: float, y: float, size: float, leaf: str, pot: str) -> str:
    """A pot with five leaves, `size` tall above the pot."""
    leaves = [
        group([path("M0 0C-9 -12 -8 -30 0 -42C8 -30 9 -12 0 0Z", leaf)], turn=turn, scale=scale)
        for turn, scale in ((-52, 0.72), (52, 0.72), (-26, 0.9), (26, 0.9), (0, 1))
    ]
    base = path("M-13 -2H13L10 18Q10 20 8 20H-8Q-10 20 -10 18Z", pot)
    return group([*leaves, base], x, y - size * 0.45, size / 44)


@dataclass(frozen=True)
class Figure:
    """A faceless person: bell-shaped body, round head; `style` is that of the hair."""

    cloth: str
    skin: str
    hair: str
    style: str = "short"


CAP = "M-10.6 1A10.6 10.6 0 0 1 10.6 1C8.6 -4.2 2 -3 -2.8 -5.6C-5 -2 -8.6 -2 -10.6 1Z"
LONG = "M-11.2 0A11.2 11.2 0 0 1 11.2 0V7.5Q11.2 12 6 12H-6Q-11.2 12 -11.2 7.5Z"


def hair_shape(style: str, fill: str) -> tuple[str, str]:
    """What lies behind and what lies in front of a head of radius 10 at the origin."""
    cap, long = path(CAP, fill), path(LONG, fill)
    tails = circle(-12, 1, 4.2, fill) + circle(12, 1, 4.2, fill)
    styles = {
        "short": ("", cap),
        "bob": (long, cap),
        "bun": (circle(0, -11.2, 4.2, fill), cap),
        "tail": (tails, cap),
        "back": ("", circle(0, 0, 10.5, fill)),
        "backbob": ("", long),
        "bald": ("", ""),
    }
    return styles[style]


def head(figure: Figure, x: float, y: float, r: float) -> str:
    behind, front = hair_shape(figure.style, figure.hair)
    ears = ""
    if figure.style in {"short", "bun", "bald"}:
        ears = circle(-10, 1.2, 2, figure.skin) + circle(10, 1.2, 2, figure.skin)
    return group([behind, ears, circle(0, 0, 10, figure.skin), front], x, y, r / 10)


def ink(p: Palette) -> str:
    """Thin things must stand out from the ground, at night too."""
    return p.soft if p.dark else p.deep


def ring(x: float, y: float, r: float, colour: str, width: float) -> str:
    return (
        f'<circle cx="{number(x)}" cy="{number(y)}" r="{number(r)}" fill="none"'
        f' stroke="{colour}" stroke-width="{number(width)}"/>'
    )


def leafy(p: Palette) -> str:
    """A green that shows on every ground."""
    return "#7fb394" if p.dark else "#4f8f6d"


def person(figure: Figure, x: float, y: float, height: float, lean: float = 0) -> str:
    """Someone sitting or standing behind something: bell body with its foot at (x, y)."""
    bell = path("M-32 0C-32 -43.2 -19.8 -60 0 -60S32 -43.2 32 0Z", figure.cloth)
    neck = box(-7.2, -68.4, 14.4, 14, figure.skin, r=6)
    return group([neck, bell, head(figure, 0, -80, 20)], x, y, height / 100, lean)


def arm(d: str, cloth: str, skin: str, width: float, hand: tuple[float, float]) -> str:
    """A sleeve along `d` and a hand where it ends."""
    return circle(hand[0], hand[1], width * 0.56, skin) + line(d, cloth, width)


def adult(p: Palette, cloth: str, style: str = "short") -> Figure:
    return Figure(cloth, p.skin, p.hair, style)


def elder(p: Palette, cloth: str, style: str = "bun") -> Figure:
    grey = "#e9e4dc" if p.dark else "#a9a39b"
    return Figure(cloth, p.skin, grey, style)
