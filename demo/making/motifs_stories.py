"""Motifs told by the family-tradition stories. Origin: the floor, middle; up is negative."""

from math import cos, pi, sin
from random import Random

from motifs_places import one_lantern
from palettes import Palette
from shapes import (
    adult,
    box,
    circle,
    elder,
    ellipse,
    group,
    head,
    heart,
    ink,
    leafy,
    line,
    number,
    path,
    person,
    star,
)


def bus(p: Palette, chance: Random) -> str:
    """An early bus with an old woman and a child at its windows."""
    body = box(-92, -78, 184, 62, p.accent, r=13) + box(-92, -38, 184, 7, p.second)
    panes = "".join(box(x, -68, 27, 24, p.light, r=4) for x in (-80, -48, -16, 16))
    front = path("M54 -68H80Q86 -68 88 -60L90 -42H54Z", p.light)
    riders = "".join(
        path(f"M{x - 10} -44Q{x - 9} -52 {x} -52T{x + 10} -44Z", figure.cloth)
        + head(figure, x, -57, 7)
        for x, figure in (
            (-66.5, adult(p, p.calm, "short")),
            (-2.5, elder(p, p.calm, "bun")),
            (29.5, adult(p, p.second, chance.choice(["tail", "short"]))),
        )
    )
    wheels = "".join(circle(x, -14, 15, ink(p)) + circle(x, -14, 6, p.light) for x in (-54, 52))
    lights = circle(87, -28, 4.5, p.glow) + box(-94, -32, 6, 10, p.second, r=2)
    shadow = ellipse(0, 2, 98, 5, p.deep, opacity=0.25)
    stop = (
        line("M118 2V-84", ink(p), 4)
        + circle(118, -92, 13, p.second)
        + box(110, -95, 16, 6, p.light, r=2)
    )
    return stop + shadow + body + panes + front + riders + lights + wheels


def open_door(p: Palette) -> str:
    """A door a hand's breadth open, warm light behind it."""
    frame = box(-45, -134, 90, 138, p.light if not p.dark else p.soft, r=4)
    light = box(-37, -126, 74, 130, p.glow)
    leaf = path("M-37 -126L22 -119V-2L-37 4Z", p.accent)
    panels = path("M-28 -114L12 -109V-70L-28 -70Z", p.deep, 0.22) + path(
        "M-28 -58L12 -58V-14L-28 -9Z", p.deep, 0.22
    )
    knob = circle(15, -62, 3.6, p.second)
    fan = path("M22 0L37 4L62 18H30Z", p.glow, 0.6)
    return frame + light + leaf + panels + knob + fan


def door_plates(p: Palette, chance: Random) -> str:
    """Two name plates beside a door, and the shoes of everybody."""
    plates = "".join(
        line(f"M{x} -112V-120", ink(p), 1.6)
        + box(x - 11, -112, 22, 42, fill, r=3)
        + line(f"M{x - 4} -102H{x + 4}M{x - 4} -92H{x + 4}M{x} -102V-82", p.deep, 2.2)
        for x, fill in ((64, p.second), (92, p.light))
    )
    shoes = "".join(
        path(f"M{x} 8V0Q{x + 5} -8 {x + 9} -2L{x + 18} 3Q{x + 22} 5 {x + 21} 8Z", fill)
        for x, fill in ((-106, p.calm), (-84, p.calm), (-60, p.second))
    )
    plant = line("M-84 -40V-20", leafy(p), 3) + "".join(
        ellipse(x, y, 10, 6, leafy(p)) for x, y in ((-92, -44), (-76, -46), (-84, -54))
    )
    pot = path("M-96 -22H-72L-76 -2H-92Z", p.accent if p.dark else p.near)
    return plates + open_door(p) + pot + plant + shoes


def door_ajar(p: Palette, chance: Random) -> str:
    """A closed room, and before it a bowl of fruit and a note."""
    bowl = "".join(
        circle(x, y, 7.5, fill)
        for x, y, fill in ((-72, -14, p.second), (-60, -16, p.accent), (-66, -24, p.second))
    ) + path("M-86 -12H-46Q-48 4 -60 4H-72Q-84 4 -86 -12Z", p.light)
    note = group(
        [box(-13, -17, 26, 32, p.light, r=2), line("M-7 -8H7M-7 0H7M-7 8H2", p.mid, 2)],
        -8,
        -84,
        1,
        chance.choice((-5, 4)),
    )
    waiting = person(adult(p, p.calm, "backbob"), 78, 8, 92, -2)
    return open_door(p) + note + bowl + waiting


def vegetables(p: Palette) -> str:
    """What lies on a market stall, its underside at -60."""
    green = leafy(p)
    radishes = "".join(
        ellipse(x, -68, 5, 9, p.light) + ellipse(x, -80, 6, 5, green) for x in (-80, -70, -60)
    )
    cabbage = circle(64, -70, 11, green) + circle(80, -69, 10, p.near if p.dark else p.mid)
    tomatoes = "".join(
        circle(x, y, 5.6, "#c4452a")
        for x, y in ((-2, -66), (9, -66), (20, -66), (4, -75), (14, -75))
    )
    return radishes + cabbage + tomatoes


def stall(p: Palette, chance: Random) -> str:
    """A vegetable stall, and under its board a girl who reads by a small lamp."""
    stripes = "".join(
        path(f"M{x} -134H{x + 24}V-112a12 9 0 0 1 -24 0Z", p.accent if i % 2 else p.light)
        for i, x in enumerate(range(-96, 96, 24))
    )
    posts = line("M-92 -116V4M92 -116V4", ink(p), 5)
    sellers = person(adult(p, p.calm, "bob"), -32, -56, 47) + person(
        adult(p, p.second), 42, -56, 49
    )
    under = box(-92, -48, 184, 52, p.deep, r=2)
    light = circle(0, -20, 34, p.glow, 0.35) + circle(0, -24, 22, p.glow, 0.5)
    lamp = line("M14 -48V-42", p.second, 2) + path("M6 -36Q8 -43 14 -43T22 -36Z", p.second)
    girl = person(adult(p, p.accent, "tail"), -4, 4, 40)
    book = path("M-16 -4Q-10 -9 -4 -5Q2 -9 8 -4V-14Q2 -18 -4 -14Q-10 -18 -16 -14Z", p.light)
    crate = box(-82, -24, 40, 28, p.second, r=2) + line("M-82 -15H-42M-82 -6H-42", p.deep, 1.6)
    board = box(-98, -60, 196, 13, p.second if not p.dark else p.soft, r=3)
    clipped = under + crate + light + girl + book + lamp
    return posts + sellers + clipped + vegetables(p) + board + stripes


def round_table(p: Palette, chance: Random) -> str:
    """Nine bowls on a round table; one waits for whoever comes by."""
    foot = path("M-10 -30H10L16 4H-16Z", ink(p)) + ellipse(0, 4, 38, 6, ink(p))
    top = ellipse(0, -52, 116, 35, p.deep) + ellipse(0, -58, 116, 35, p.accent)
    inner = ellipse(0, -58, 102, 29, p.second, opacity=0.35)
    dish = ellipse(0, -60, 34, 11, p.light) + path(
        "M-22 -61Q-8 -70 10 -61L20 -66V-56L10 -61Q-8 -54 -22 -61Z", p.second
    )
    places = sorted(
        ((cos(a) * 84, -60 + sin(a) * 23) for a in (2 * pi * i / 9 + pi / 2 for i in range(9))),
        key=lambda at: at[1],
    )
    bowls = ""
    for index, (x, y) in enumerate(places):
        guest = index == 8
        bowls += group(
            [
                path("M-13 -7H13Q11 8 0 8T-13 -7Z", p.glow if guest else p.light),
                ellipse(0, -7, 13, 4, p.light if guest else p.soft),
                ellipse(0, -7.5, 9.5, 2.6, p.light),
            ],
            x,
            y,
        )
        if not guest and index % 2 == 0:
            bowls += line(
                f"M{number(x)} {number(y - 14)}q-4 -5 0 -10t0 -10", p.light, 2, opacity=0.8
            )
    spoon = line("M8 -48L20 -32", p.second, 3) + ellipse(7, -50, 4, 3, p.second)
    lamps = one_lantern(p, -64, -132, 0.5) + one_lantern(p, 64, -132, 0.5)
    return lamps + foot + top + inner + dish + bowls + spoon


def toolbox(p: Palette, chance: Random) -> str:
    """An open toolbox: hammer, saw, spanner and screwdriver."""
    metal = p.light if p.dark else p.calm
    hammer = group(
        [box(-4, -4, 8, 74, p.second, r=3), box(-24, -16, 46, 16, metal, r=4)], -44, -106, 1, -8
    )
    saw = group(
        [
            path("M-10 0L10 0L6 74H-6Z", p.light),
            line(
                "M10 4l-5 6l4.4 4l-5 6l4.4 4l-5 6l4.4 4l-5 6", p.soft if not p.dark else p.mid, 1.6
            ),
            path(
                "M-14 -34H14Q18 -14 12 0H-12Q-18 -14 -14 -34ZM-6 -24V-10H6V-24Z",
                p.deep if not p.dark else p.soft,
            ),
        ],
        -4,
        -96,
        1,
        4,
    )
    spanner = group(
        [line("M0 6V70", metal, 8), path("M-15 -16A15 15 0 1 0 15 -16L7 -16V-2H-7V-16Z", metal)],
        30,
        -102,
        1,
        10,
    )
    driver = group([box(-6, -34, 12, 34, p.accent, r=5), line("M0 0V50", metal, 4)], 56, -78, 1, 14)
    body = box(-78, -56, 156, 60, p.accent, r=7) + box(-78, -56, 156, 13, p.deep, r=5)
    band = box(-78, -26, 156, 6, p.second)
    clasp = box(-10, -34, 20, 22, p.light, r=3) + circle(0, -23, 4, p.deep)
    nails = "".join(line(f"M{x} {y}l5 -9", ink(p), 2.2) for x, y in ((-108, 6), (-98, 8), (100, 7)))
    return hammer + saw + spanner + driver + body + band + clasp + nails


def storm_lantern(p: Palette, chance: Random) -> str:
    """A lantern burns on a landing stage until the last boat is home."""
    water = path("M-700 -26H700V300H-700Z", p.mid if not p.dark else p.far)
    bank = path("M-700 -24C-300 -24 -120 -46 -20 -34S240 -48 700 -24V-20H-700Z", p.near)
    waves = "".join(
        line(f"M{x} {y}q7 -4 14 0t14 0", p.light, 2, opacity=0.6)
        for x, y in ((20, -8), (84, -14), (60, 8), (110, 12), (-150, 14))
    )
    shine = "".join(
        line(f"M{-38 - w / 2} {y}h{w}", p.glow, 2.6, opacity=0.7)
        for y, w in ((8, 34), (14, 22), (20, 28))
    )
    boat = group(
        [
            person(adult(p, p.light), 14, -10, 62, -3),
            line("M24 -34L48 12", ink(p), 3.4),
            person(adult(p, p.second), -16, -10, 40),
            path("M-46 -12H46C42 6 30 12 18 12H-18C-30 12 -42 6 -46 -12Z", p.accent),
        ],
        84,
        -22,
        0.66,
    )
    stage = box(-130, -6, 120, 8, p.deep, r=2) + line("M-120 0V26M-70 0V26M-20 0V26", p.deep, 6)
    glow = circle(-40, -52, 66, p.glow, 0.16) + circle(-40, -52, 42, p.glow, 0.28)
    lamp = [
        line("M-22 -12C-30 -40 -28 -78 0 -84C28 -78 30 -40 22 -12", ink(p), 2.6),
        line("M-10 -82C-12 -106 12 -106 10 -82", ink(p), 2.4),
        path("M-15 -14C-26 -34 -20 -56 -10 -62H10C20 -56 26 -34 15 -14Z", p.light),
        path("M0 -52C10 -38 9 -26 0 -22C-9 -26 -10 -38 0 -52Z", p.second),
        path("M-16 -62H16L10 -76H-10Z", p.accent) + box(-6, -86, 12, 12, p.accent, r=3),
        box(-20, -16, 40, 10, p.accent, r=3) + box(-24, -8, 48, 8, p.accent, r=3),
    ]
    return water + bank + boat + waves + shine + glow + stage + group(lamp, -40, -6)


def bear_bed(p: Palette, chance: Random) -> str:
    """A bear with one mended ear waits on a child's bed."""
    fur, dark = p.second, p.hair
    board = path("M-104 6V-74Q-104 -84 -94 -84H-88Q-80 -84 -80 -74V6Z", ink(p))
    end = path("M88 6V-44Q88 -52 96 -52H98Q106 -52 106 -44V6Z", ink(p))
    bed = box(-84, -34, 176, 24, p.light, r=6) + box(-92, -14, 188, 12, ink(p), r=4)
    pillow = path("M-76 -34Q-80 -60 -54 -60T-30 -34Z", p.light)
    quilt = path("M-34 -36Q10 -48 90 -38V-6H-34Z", p.accent) + path(
        "M-34 -36Q-24 -40 -14 -41V-6H-34Z", p.glow
    )
    dots = "".join(
        circle(x, y, 2.6, p.glow) for x, y in ((8, -18), (30, -26), (52, -16), (74, -26))
    )
    bear = [
        ellipse(0, -22, 22, 25, fur),
        ellipse(0, -20, 12, 15, p.light, opacity=0.75),
        ellipse(-19, -6, 9, 10, fur) + ellipse(19, -6, 9, 10, fur),
        ellipse(-22, -30, 7, 12, fur) + ellipse(22, -30, 7, 12, fur),
        circle(-17, -72, 8, fur) + circle(17, -72, 8, p.calm),
        line("M12 -66l10 -3M13 -63l9 -2", p.light, 1.4),
        circle(0, -58, 22, fur),
        ellipse(0, -52, 10, 8, p.light),
        circle(-8, -62, 2.4, dark) + circle(8, -62, 2.4, dark) + ellipse(0, -55, 3.4, 2.4, dark),
        line("M0 -53v4", dark, 1.6),
    ]
    lights = "".join(
        star(x, y, s, p.glow) for x, y, s in ((-52, -124, 5), (-8, -138, 3.4), (74, -104, 4.4))
    )
    return lights + board + bed + pillow + quilt + dots + end + group(bear, 26, -34)


def mountain_path(p: Palette, chance: Random) -> str:
    """A family climbs in a row, the slowest in front."""
    far = path("M-150 0L-64 -104L-22 -66L34 -138L124 0Z", p.mid if not p.dark else p.far)
    snow = path("M34 -138L12 -110L24 -116L34 -106L46 -116L53 -109Z", p.light) + path(
        "M-64 -104L-80 -85L-70 -89L-62 -82L-52 -93Z", p.light
    )
    slope = path(
        "M-150 12C-70 10 -10 -44 64 -48C112 -50 136 -20 168 12Z", p.near if not p.dark else p.mid
    )
    trail = line("M-118 8C-60 2 -12 -36 56 -40", p.glow, 3, "2 8", 0.9)
    climbers = (
        person(adult(p, p.second, "short"), 68, -44, 40, 4)
        + person(adult(p, p.accent, "tail"), 38, -40, 48, 3)
        + person(adult(p, p.light, "bob"), 4, -26, 62, 4)
        + person(adult(p, p.calm, "short"), -36, -8, 66, 4)
    )
    sticks = line("M82 -46L86 -70", p.deep, 2.2) + line("M-16 -8L-10 -44", p.deep, 2.4)
    flowers = "".join(
        circle(x, y, 2.4, p.glow) for x, y in ((-84, 4), (-8, 0), (40, -14), (98, -20), (120, 0))
    )
    return far + snow + slope + trail + sticks + climbers + flowers


def account_book(p: Palette, chance: Random) -> str:
    """A thread-bound account book beside an abacus."""
    book = [
        box(-42, -100, 88, 104, p.light, r=3),
        box(-46, -104, 88, 104, p.calm, r=3),
        line("M-36 -104V0", p.light, 1.6)
        + line("M-46 -90H-36M-46 -64H-36M-46 -38H-36M-46 -12H-36", p.light, 1.6),
        box(-18, -92, 26, 62, p.light, r=2),
        line("M-5 -84V-78M-11 -72H1M-11 -64H1M-5 -72V-56M-10 -48H0", p.deep, 2.4),
    ]
    frame = box(4, -76, 112, 78, ink(p), r=6) + box(12, -68, 96, 62, p.light, r=2)
    rods = "".join(
        line(f"M{x} -68V-6", p.soft if not p.dark else p.mid, 2) for x in range(22, 108, 15)
    )
    beads = "".join(
        ellipse(x, y, 6.4, 4.4, fill)
        for i, x in enumerate(range(22, 108, 15))
        for y, fill in (
            (-62 + 5 * (i % 2), p.accent),
            (-37 + 4 * (i % 3), p.second),
            (-21, p.second),
            (-11.5, p.second),
        )
    )
    coins = "".join(
        circle(x, y, 9, p.second) + box(x - 3, y - 3, 6, 6, p.deep)
        for x, y in ((-98, -2), (-112, 4))
    )
    return group(book, -52, 0, 1, -5) + frame + rods + beads + box(8, -52, 104, 4, ink(p)) + coins


def letter_stack(p: Palette, chance: Random) -> str:
    """Eighty letters, piled to a step on which a girl sits."""
    fills = (p.light, p.second, p.light, p.soft, p.glow)

    def pile(x: float, width: float, count: int) -> str:
        return "".join(
            box(x + chance.uniform(-3, 3), -7 * i, width, 6.4, fills[(i * 3) % 5], r=1.5)
            for i in range(count)
        )

    def envelope(x: float, y: float) -> str:
        return group(
            [
                box(-22, -15, 44, 30, p.light, r=2),
                line("M-21 -13L0 3L21 -13", p.soft, 2),
                heart(0, 2, 4.4, p.accent),
            ],
            x,
            y,
            1,
            chance.uniform(-14, 14),
        )

    girl = person(adult(p, p.accent, "tail"), 30, -56, 74, -2)
    sheet = group(
        [box(-15, -10, 30, 22, p.light, r=2), line("M-10 -4H10M-10 2H6", p.mid, 1.8)], 30, -76
    )
    flying = envelope(-84, -96) + envelope(-30, -124) + envelope(96, -120)
    return flying + pile(-92, 74, 5) + pile(-14, 92, 9) + girl + sheet


STORIES = {
    "bus": ("hills", bus),
    "door-plates": ("wall", door_plates),
    "door-ajar": ("wall", door_ajar),
    "stall": ("evening", stall),
    "round-table": ("wall", round_table),
    "toolbox": ("plain", toolbox),
    "storm-lantern": ("hills", storm_lantern),
    "bear-bed": ("wall", bear_bed),
    "mountain-path": ("hills", mountain_path),
    "account-book": ("plain", account_book),
    "letter-stack": ("plain", letter_stack),
}
