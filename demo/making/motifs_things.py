"""Motifs of things. Origin: the floor, middle; up is negative."""

from random import Random

from palettes import Palette
from shapes import (
    adult,
    box,
    circle,
    cloud,
    ellipse,
    flip,
    group,
    heart,
    leaf_plant,
    line,
    path,
    person,
)


def phone_screen(p: Palette, chance: Random) -> str:
    """What the telephone shows: a landscape, a clock, or two speech bubbles."""
    kind = chance.randrange(3)
    if kind == 0:
        return path("M-32 -44l22 -28l17 19l13 -13l12 22Z", p.accent) + circle(12, -98, 10, p.second)
    if kind == 1:
        dial = circle(0, -72, 22, p.light) + line("M0 -72V-86M0 -72L10 -66", p.deep, 3.2)
        ring = f'<circle cx="0" cy="-72" r="22" fill="none" stroke="{p.accent}" stroke-width="4"/>'
        return dial + ring + box(-18, -38, 36, 7, p.soft, r=3)
    return (
        box(-30, -104, 38, 20, p.accent, r=8)
        + path("M-24 -88v10l10 -6Z", p.accent)
        + box(-8, -74, 38, 20, p.second, r=8)
        + path("M24 -58v10l-10 -6Z", p.second)
        + box(-30, -44, 30, 8, p.soft, r=4)
    )


def phone(p: Palette, chance: Random) -> str:
    """A telephone between two hands."""
    frame = p.near if p.dark else p.deep
    case = box(-48, -134, 96, 160, frame, r=13) + box(-40, -122, 80, 118, "#f8f1e4", r=4)
    sleeve = path("M-40 40V-44C-70 -44 -92 -28 -96 40Z", p.soft if p.dark else p.mid)
    thumb = path("M-62 -46C-66 -66 -52 -74 -46 -62L-34 -22C-32 -10 -46 -6 -50 -16Z", p.skin)
    hand = path("M-58 -52C-44 -52 -44 20 -50 40H-78C-78 0 -76 -40 -58 -52Z", p.skin)
    one = [sleeve, hand, thumb]
    whole = case + phone_screen(p, chance)
    return group([whole], turn=chance.choice((-3, 0, 3))) + "".join(one) + flip(one)


def open_book(p: Palette) -> str:
    """A book lying open, its back on the origin."""
    cover = path("M-66 0Q-34 -14 0 -2Q34 -14 66 0V6Q34 -6 0 6Q-34 -6 -66 6Z", p.accent)
    left = path("M0 -4Q-32 -18 -62 -4V-40Q-32 -54 0 -40Z", p.light)
    right = path("M0 -4Q32 -18 62 -4V-40Q32 -54 0 -40Z", p.light)
    lines = "".join(
        line(f"M-50 {y}Q-30 {y - 7} -10 {y + 1}", p.soft, 3)
        + line(f"M10 {y + 1}Q30 {y - 7} 50 {y}", p.soft, 3)
        for y in (-34, -25, -16)
    )
    return cover + left + right + line("M0 -40V-4", p.soft, 2) + lines


def book_lamp(p: Palette, chance: Random) -> str:
    """A desk with an open book in the light of a lamp."""
    beam = path("M56 -106L-70 -16H104L84 -100Z", p.glow, 0.4)
    desk = (
        box(-118, -16, 236, 12, p.deep, r=5)
        + box(-98, -6, 9, 16, p.deep)
        + box(89, -6, 9, 16, p.deep)
    )
    lamp = (
        line("M96 -20L108 -72L72 -108", p.near if not p.dark else p.soft, 5)
        + box(78, -22, 36, 6, p.near if not p.dark else p.soft, r=3)
        + group(
            [
                path("M-24 12C-22 -12 -8 -20 0 -20S22 -12 24 12Z", p.accent),
                ellipse(0, 12, 12, 4, p.light),
            ],
            66,
            -108,
            1,
            26,
        )
    )
    pile = "".join(
        box(-108 + dx, y, w, 10, fill, r=2)
        for dx, y, w, fill in (
            (0, -26, 42, p.second),
            (4, -36, 36, p.near if not p.dark else p.soft),
            (1, -46, 38, p.accent),
        )
    )
    apple = circle(-88, -54, 8, p.accent) + line("M-88 -61q1 -5 5 -6", p.deep, 2)
    plant = leaf_plant(-88, -48, 30, p.near if not p.dark else p.far, p.second)
    extra = chance.choice((apple, plant))
    return beam + desk + pile + extra + lamp + group([open_book(p)], 4, -18, 0.92)


def seedling(p: Palette, chance: Random) -> str:
    """A sprout, and a can that waters it."""
    soil = path("M-64 6C-50 -18 -26 -24 0 -24S50 -18 64 6Z", p.deep)
    tall = chance.choice((62, 72, 80))
    green = "#4f8f6d" if p.near != "#3f7f68" else p.near
    green = "#7fb394" if p.dark else (p.accent if p.accent == "#2f6f5e" else green)
    stem = line(f"M0 -22C-4 {-22 - tall * 0.5} 3 {-22 - tall * 0.8} 0 {-22 - tall}", green, 5)
    leaf = path("M0 0C8 -28 34 -34 56 -28C50 -6 26 8 0 0Z", green)
    leaves = group([leaf], 0, -18 - tall) + flip([leaf], 0, -18 - tall, 0.86)
    low = group([leaf], 0, -22 - tall * 0.42, 0.5) if tall > 65 else ""
    can = group(
        [
            path("M-22 -22H22L18 20H-18Z", p.accent if p.accent != "#2f6f5e" else p.second),
            line("M20 12L46 -14M40 -20l10 10", p.accent if p.accent != "#2f6f5e" else p.second, 6),
            line("M-22 -14C-46 -20 -46 16 -20 12", p.second, 5),
        ],
        -92,
        -86,
        0.86,
        22,
    )
    water = "".join(
        circle(x, y, 2.4, p.light if p.dark else p.mid)
        for x, y in ((-40, -70), (-34, -58), (-43, -52), (-31, -44), (-38, -36))
    )
    return can + water + soil + stem + low + leaves


def scales_law(p: Palette, chance: Random) -> str:
    """Scales on a book: the law weighs, and a heart weighs too."""
    metal = p.light if p.dark else p.deep
    tip = chance.choice((-5, 0, 5))
    books = (
        box(-52, -12, 104, 14, p.accent, r=3)
        + box(-44, -24, 88, 12, p.second, r=3)
        + box(-40, -20, 40, 3, p.light, r=1.5)
    )
    post = (
        line("M0 -24V-118", metal, 5)
        + circle(0, -122, 6, p.second)
        + path("M-20 -24Q0 -40 20 -24Z", metal)
    )
    pan = [
        line("M0 0L-24 44M0 0L24 44", metal, 1.8),
        path("M-30 44H30Q24 62 0 62T-30 44Z", p.accent),
    ]
    left = group([*pan, heart(0, 32, 10, p.second)], -72, -108 + tip)
    child = person(adult(p, p.second, "short"), 0, 0, 34)
    right = group([group([child], 0, 45), *pan], 72, -108 - tip)
    beam = line(f"M-72 {-108 + tip}Q0 {-118} 72 {-108 - tip}", metal, 4.4)
    return post + beam + left + right + books


def letter(p: Palette, chance: Random) -> str:
    """A letter coming out of its envelope."""
    back = path("M-74 4V-60L0 -106L74 -60V4Z", p.accent)
    sheet = box(-56, -124, 112, 110, p.light, r=4)
    lines = "".join(
        line(f"M-42 {y}H{end}", p.soft, 4)
        for y, end in zip((-108, -95, -82), (38, 26, chance.choice((8, 34))), strict=True)
    )
    love = heart(26, -72, 8, p.accent)
    pocket = path("M-74 -60L0 -14L74 -60V0Q74 6 68 6H-68Q-74 6 -74 0Z", p.second)
    fold = line("M-72 3L-22 -27M72 3L22 -27", p.deep, 2, opacity=0.3)
    pen = group(
        [
            box(-4, -60, 8, 52, p.near if not p.dark else p.soft, r=3),
            path("M-4 -9H4L0 4Z", p.light),
        ],
        100,
        4,
        1,
        14,
    )
    stamps = "".join(
        cloud(x, y, s, p.light, 0.75) for x, y, s in ((-112, -92, 12), (112, -104, 15))
    )
    bird = path("M-116 -40q12 -16 24 -4q12 -12 26 0q-14 -2 -24 10q-8 -10 -26 -6Z", p.light, 0.9)
    return (
        stamps
        + (bird if chance.random() < 0.6 else "")
        + back
        + sheet
        + lines
        + love
        + pocket
        + fold
        + pen
    )


THINGS = {
    "phone": ("plain", phone),
    "book-lamp": ("room", book_lamp),
    "seedling": ("plain", seedling),
    "scales-law": ("plain", scales_law),
    "letter": ("plain", letter),
}
