"""Motifs of places: houses, trees, water, windows. Origin: the floor, middle; up is negative."""

from math import cos, pi, sin
from random import Random

from palettes import Palette
from shapes import (
    adult,
    box,
    circle,
    elder,
    ellipse,
    flip,
    group,
    line,
    number,
    path,
    person,
    round_tree,
    star,
)


def house_moon(p: Palette, chance: Random) -> str:
    """A house with a lit window."""
    wide = chance.choice((46, 52))
    walls = box(-wide, -56, 2 * wide, 60, p.accent, r=2)
    roof = path(f"M{-wide - 14} -54L0 -98L{wide + 14} -54Z", p.deep if not p.dark else "#7a2c13")
    door = box(12, -36, 22, 40, p.glow, r=2) + circle(29, -16, 1.8, p.deep)
    light = box(-34, -40, 28, 24, p.glow, r=2) + line("M-20 -40V-16M-34 -28H-6", p.accent, 2.4)
    chimney = box(22, -98, 12, 26, p.deep)
    smoke = "".join(
        circle(x, y, r, p.light, 0.75) for x, y, r in ((30, -108, 5), (37, -119, 7), (48, -131, 9))
    )
    path_out = path("M12 4H34C40 14 60 18 72 30H10C14 20 12 12 12 4Z", p.glow, 0.45)
    trees = round_tree(-84, 6, 15, p.mid if not p.dark else p.far, p.deep) + round_tree(
        86, 6, 11, p.mid if not p.dark else p.far, p.deep
    )
    glow = box(-38, -44, 36, 32, p.glow, r=6, opacity=0.25)
    return trees + smoke + chimney + walls + roof + glow + light + door + path_out


def school_gate(p: Palette, chance: Random) -> str:
    """A school behind its gate, and someone small with a satchel."""
    hall = box(-78, -72, 156, 74, p.light, r=2) + path("M-88 -70L0 -108L88 -70Z", p.accent)
    panes = "".join(
        box(x, y, 14, 16, p.soft if not p.dark else p.glow, r=1)
        for x in (-66, -44, 30, 52)
        for y in (-58, -30)
    )
    clock = circle(0, -82, 9, p.light) + line("M0 -82V-87M0 -82H4", p.deep, 1.8)
    door = path("M-17 2V-34Q-17 -50 0 -50T17 -34V2Z", p.near if not p.dark else p.soft) + line(
        "M0 -48V2", p.light, 2
    )
    flag = line("M0 -108V-136", p.deep if not p.dark else p.light, 2.4) + path(
        "M1 -136H25L20 -128L25 -120H1Z", p.accent
    )
    pillars = "".join(
        box(x - 8, -46, 16, 50, p.deep, r=2) + circle(x, -50, 6.5, p.second) for x in (-104, 104)
    )
    walk = path("M-16 2H16L50 30H-50Z", p.glow, 0.7)
    one = person(adult(p, p.second, "back"), -40, 16, 54) + box(-51, -12, 22, 22, p.accent, r=6)
    two = person(adult(p, p.calm, "backbob"), -74, 16, 76, 2)
    alone = chance.random() < 0.4
    return flag + hall + panes + clock + door + pillars + walk + ("" if alone else two) + one


def wavy(r: float, chance: Random, fill: str) -> str:
    """A ring line as a tree grows it: nearly round."""
    start = chance.uniform(0, 2 * pi)
    corners = [
        (r * (1 + 0.05 * sin(3 * t + start)) * cos(t), r * (1 + 0.05 * sin(3 * t + start)) * sin(t))
        for t in (2 * pi * i / 24 for i in range(24))
    ]
    return path(f"M{'L'.join(f'{number(x)} {number(y)}' for x, y in corners)}Z", fill)


def tree_rings(p: Palette, chance: Random) -> str:
    """Three generations under a tree, or the rings of a trunk with a new shoot."""
    return family_tree(p, chance) if chance.random() < 0.55 else trunk_rings(p, chance)


def family_tree(p: Palette, chance: Random) -> str:
    leaf, lit = ("#5f9a85", "#4a7f74") if p.dark else (p.near, p.mid)
    trunk = path(
        "M-12 6C-7 -20 -8 -40 -6 -76H6C8 -40 7 -20 12 6Q22 10 30 12H-30Q-22 10 -12 6Z", p.deep
    )
    limbs = line("M0 -50L-26 -76M0 -58L26 -84", p.deep, 5)
    crown = "".join(
        circle(x, y, r, fill)
        for x, y, r, fill in (
            (-34, -84, 27, lit),
            (36, -88, 29, lit),
            (0, -112, 36, leaf),
            (-22, -96, 20, leaf),
            (24, -98, 20, leaf),
        )
    )
    fruit = "".join(
        circle(x, y, 4.4, p.second)
        for x, y in (
            (-42, -84),
            (-12, -118),
            (14, -130),
            (8, -98),
            (42, -94),
            (-24, -98),
            (28, -108),
        )
    )
    family = (
        person(elder(p, p.light, "bun"), -74, 8, 60)
        + person(adult(p, p.accent, chance.choice(["short", "bob"])), 56, 8, 66)
        + person(adult(p, p.second, "tail"), 86, 8, 44)
    )
    return limbs + trunk + crown + fruit + family


def trunk_rings(p: Palette, chance: Random) -> str:
    wood, pale = (p.second, p.light)
    log = path("M-62 -34V0Q-62 10 -74 16H74Q62 10 62 0V-34Z", p.deep)
    face = "".join(
        f'<g transform="translate({0.7 * i} -36) scale(1 .42)">{wavy(r, chance, fill)}</g>'
        for i, (r, fill) in enumerate(
            (
                (64, p.deep),
                (59, wood),
                (48, pale),
                (43, wood),
                (32, pale),
                (27, wood),
                (16, pale),
                (11, wood),
            )
        )
    )
    green = "#7fb394" if p.dark else ("#4f8f6d" if p.near != "#2f6f5e" else p.near)
    stem = line("M8 -36C4 -60 12 -76 8 -92", green, 4.6)
    leaf = path("M0 0C8 -28 34 -34 52 -26C48 -6 26 8 0 0Z", green)
    shoot = group([leaf], 8, -90, 0.9) + flip([leaf], 8, -88, 0.8) + group([leaf], 7, -62, 0.5)
    sparks = "".join(
        star(x, y, s, p.glow) for x, y, s in ((-54, -96, 5), (70, -86, 4), (-34, -126, 3.4))
    )
    return log + face + stem + shoot + sparks


def river_boat(p: Palette, chance: Random) -> str:
    """A small boat on a wide river."""
    water = path("M-700 -24H700V300H-700Z", p.mid if not p.dark else p.far)
    far_bank = path("M-700 -22C-160 -44 -40 -18 40 -30S240 -40 700 -26V-20H-700Z", p.near)
    waves = "".join(
        line(f"M{x} {y}q7 -4 14 0t14 0", p.light, 2, opacity=0.6)
        for x, y in (
            (-120, -8),
            (-96, 12),
            (64, -12),
            (92, 6),
            (-40, 16),
            (20, 14),
            (-150, 18),
            (128, 16),
        )
    )
    hull = path("M-62 -14H62C58 4 42 10 26 10H-26C-42 10 -58 4 -62 -14Z", p.accent)
    rim = box(-66, -17, 132, 6, p.deep, r=3)
    crew = person(adult(p, p.light, "bob"), -20, -14, 56, 2) + person(
        adult(p, p.second, "tail"), 18, -14, 42, -2
    )
    sail = (
        line("M40 -14V-104", p.deep, 3)
        + path("M43 -102C66 -80 68 -50 62 -30H43Z", p.light)
        + path("M37 -96C20 -76 14 -52 14 -34H37Z", p.second)
    )
    oar = line("M-34 -34L-74 14", p.deep, 3.4)
    awning = path("M-40 -16V-44Q-40 -62 -6 -62T28 -44V-16Z", p.deep) + path(
        "M-30 -16V-40Q-30 -52 -6 -52T18 -40V-16Z", p.glow
    )
    if chance.random() < 0.5:
        return water + far_bank + sail + crew + oar + hull + rim + waves
    inside = person(adult(p, p.second, "short"), -6, -14, 32)
    rower = person(adult(p, p.light, "short"), 46, -14, 52, 4)
    return (
        water
        + far_bank
        + awning
        + inside
        + rower
        + line("M54 -34L84 14", p.deep, 3.4)
        + hull
        + rim
        + waves
    )


CEILING = 190
"""So far up goes what hangs: past the edge of a cover, not into the words of a slide."""


def one_lantern(p: Palette, x: float, top: float, size: float) -> str:
    red = "#c4452a"
    return group(
        [
            line(
                f"M0 {number((-CEILING - top) / size)}V-22", p.deep if not p.dark else p.soft, 1.8
            ),
            circle(0, 0, 42, p.glow, 0.16),
            box(-10, -25, 20, 6, p.second, r=2),
            ellipse(0, 0, 29, 22, red),
            ellipse(0, 0, 16, 22, "#d8653f"),
            ellipse(0, 0, 5, 22, p.second, opacity=0.7),
            box(-10, 19, 20, 6, p.second, r=2),
            line("M-5 25V40M0 25V44M5 25V40", p.second, 1.8),
        ],
        x,
        top,
        size,
    )


def lantern(p: Palette, chance: Random) -> str:
    """Lanterns over a roof, a family under them."""
    lamps = (
        [(-72, -108, 0.78), (0, -118, 1), (72, -108, 0.78)]
        if chance.random() < 0.6
        else [(-52, -112, 0.95), (44, -122, 0.8)]
    )
    people = (
        person(adult(p, p.accent if not p.dark else p.soft, "backbob"), -30, 6, 74, 1)
        + person(adult(p, p.second, "back"), 4, 6, 50)
        + person(adult(p, p.calm, "back"), 36, 6, 80, -1)
    )
    return people + "".join(one_lantern(p, *lamp) for lamp in lamps)


def bridge(p: Palette, chance: Random) -> str:
    """Two people meet on an arched bridge."""
    water = path("M-700 -14H700V300H-700Z", p.mid if not p.dark else p.far)
    deck = path(
        "M-700 6H-150C-90 0 -70 -54 0 -54S90 0 150 6H700V-8H150"
        "C96 -12 74 -70 0 -70S-96 -12 -150 -8H-700Z",
        p.deep,
    )
    stone = path(
        "M-700 6H-150C-90 0 -70 -58 0 -58S90 0 150 6H700"
        "V400H56V60C56 -34 32 -42 0 -42S-56 -34 -56 60V400H-700Z",
        p.accent,
    )
    rail = "".join(
        line(f"M{number(x)} {number(y)}v-14", p.deep, 2.6)
        for x, y in (
            (s * 108 * cos(t), -12 - 52 * sin(t)) for s in (-1, 1) for t in (0.5, 0.8, 1.1)
        )
    )
    left = person(adult(p, p.light, chance.choice(["bob", "short"])), -24, -64, 62, 3)
    right = person(adult(p, p.second, chance.choice(["tail", "short"])), 24, -64, 50, -3)
    clasp = line("M-12 -88Q0 -80 12 -86", p.skin, 5)
    glints = "".join(
        line(f"M{x} {y}h{w}", p.light, 2, opacity=0.6)
        for x, y, w in ((-26, 2, 18), (6, 10, 22), (-18, 18, 14), (-120, 26, 20), (110, 26, 18))
    )
    return water + rail + left + right + clasp + deck + stone + glints


def star_window(p: Palette, chance: Random) -> str:
    """A child on a window seat looks at the night."""
    night = "#1f3644" if not p.dark else p.deep
    pane = box(-66, -142, 132, 112, night, r=6)
    ends = [
        (-44, -118, 5),
        (-10, -128, 3.4),
        (22, -108, 4.4),
        (48, -126, 6),
        (-28, -92, 3),
        (44, -86, 3.2),
    ]
    stars = "".join(
        star(x + chance.uniform(-5, 5), y + chance.uniform(-4, 4), s, "#f6e7c1") for x, y, s in ends
    )
    moon = (
        circle(34, -104, 15, "#f6e7c1") + circle(41, -109, 13, night)
        if chance.random() < 0.5
        else ""
    )
    hills = path("M-66 -52Q-30 -76 6 -56T66 -60V-30H-66Z", "#2d4a57")
    frame = line("M-66 -142H66V-30H-66Z", p.light, 7)
    bars = line("M0 -142V-30", p.light, 4)
    sill = box(-84, -32, 168, 9, p.light, r=3)
    curtains = path("M-96 -150H-54C-58 -110 -70 -70 -92 -30Z", p.accent) + path(
        "M96 -150H54C58 -110 70 -70 92 -30Z", p.accent
    )
    child = person(adult(p, p.second, chance.choice(["back", "backbob"])), -14, -30, 54, 4)
    cat = group(
        [
            path("M-12 0C-14 -20 -8 -28 0 -28S14 -20 12 0Z", p.light),
            circle(0, -30, 8.5, p.light),
            path("M-8 -34l1 -9l6 5ZM8 -34l-1 -9l-6 5Z", p.light),
            line("M11 -3q14 2 12 -12", p.light, 3.4),
        ],
        34,
        -32,
    )
    seat = box(-92, -24, 184, 30, p.mid if not p.dark else p.far, r=3)
    return pane + stars + moon + hills + bars + frame + curtains + seat + sill + child + cat


PLACES = {
    "house-moon": ("hills", house_moon),
    "school-gate": ("hills", school_gate),
    "tree-rings": ("hills", tree_rings),
    "river-boat": ("hills", river_boat),
    "lantern": ("evening", lantern),
    "bridge": ("hills", bridge),
    "star-window": ("wall", star_window),
}
