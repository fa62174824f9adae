"""Motifs of everyday family life, indoors. Origin: the floor, middle; up is negative."""

from random import Random

from palettes import Palette
from shapes import (
    adult,
    arm,
    box,
    circle,
    ellipse,
    flip,
    group,
    head,
    heart,
    ink,
    line,
    path,
    person,
    ring,
    star,
)


def small_book(p: Palette, x: float, y: float, scale: float = 1) -> str:
    """An open book held by someone, its middle at (x, y)."""
    pages = path("M-18 8Q-9 2 0 8Q9 2 18 8V-8Q9 -14 0 -8Q-9 -14 -18 -8Z", p.light)
    return group([pages, line("M0 -8V8", p.soft, 1.6)], x, y, scale)


def bedside(p: Palette, chance: Random) -> str:
    """Ten minutes before sleep: a parent reads beside a small bed under one lamp."""
    light = path("M-16 -104L-84 -20H64L16 -104Z", p.glow, 0.35)
    lamp = line("M0 -190V-118", ink(p), 2) + path(
        "M-20 -102C-18 -116 -8 -120 0 -120S18 -116 20 -102Z", p.accent
    )
    board = path("M-92 6V-56Q-92 -64 -84 -64H-80Q-74 -64 -74 -56V6Z", ink(p))
    bed = box(-80, -28, 104, 22, p.light, r=5) + box(-86, -10, 116, 10, ink(p), r=4)
    pillow = path("M-72 -28Q-76 -50 -54 -50T-34 -28Z", p.light)
    child = head(adult(p, p.light, chance.choice(["short", "tail"])), -50, -48, 13)
    quilt = path("M-64 -26C-58 -42 -20 -44 26 -34V-6H-64Z", p.second) + "".join(
        circle(x, y, 2.4, p.light) for x, y in ((-40, -20), (-22, -30), (-4, -18), (12, -28))
    )
    parent = person(adult(p, p.accent, chance.choice(["bob", "short"])), 46, 6, 92, -3)
    hold = arm("M30 -40Q14 -30 12 -38", p.accent, p.skin, 10, (10, -41))
    return (
        light
        + lamp
        + board
        + bed
        + pillow
        + child
        + quilt
        + parent
        + small_book(p, 10, -50, 1.1)
        + hold
    )


def toy_car(p: Palette, chance: Random) -> str:
    """Two children and one toy car."""
    left = person(adult(p, p.accent, chance.choice(["short", "bob"])), -48, 4, 84, 3)
    right = person(adult(p, p.light if p.dark else p.calm, "tail"), 48, 4, 70, -3)
    car = [
        path(
            "M-34 -12V-24Q-34 -30 -26 -31L-18 -44Q-15 -48 -9 -48H10"
            "Q16 -48 19 -43L26 -31Q35 -30 35 -23V-12Z",
            p.second,
        ),
        path("M-12 -32L-8 -42H0V-32ZM4 -32V-42H10L16 -32Z", p.light),
        circle(-19, -11, 9, ink(p)) + circle(-19, -11, 4, p.light),
        circle(20, -11, 9, ink(p)) + circle(20, -11, 4, p.light),
        circle(31, -22, 3, p.glow),
    ]
    reach = arm("M-38 -38Q-28 -22 -24 -24", p.accent, p.skin, 10, (-22, -25))
    other = arm("M40 -32Q34 -22 27 -22", p.light if p.dark else p.calm, p.skin, 9, (25, -23))
    blocks = "".join(
        box(x, y, 15, 15, fill, r=2)
        for x, y, fill in (
            (-112, -12, p.second),
            (-96, -12, p.near),
            (-104, -27, p.accent),
            (98, -12, p.second),
        )
    )
    question = star(0, -104, 7, p.second) + star(-16, -88, 4, p.light) + star(17, -86, 4, p.light)
    return blocks + left + right + group(car, 0, 4) + reach + other + question


def hand(skin: str, cloth: str) -> str:
    """An open hand, its wrist at the origin, fingers up."""
    fingers = "".join(
        line(f"M{x} -26L{x * 1.5} {tip}", skin, 7.4)
        for x, tip in ((-10, -50), (-3.4, -57), (3.6, -56), (10.4, -48))
    )
    thumb = line("M-10 -10L-25 -28", skin, 7.6)
    return (
        box(-11, 0, 22, 110, cloth, r=6)
        + box(-9, -8, 18, 18, skin, r=6)
        + fingers
        + thumb
        + box(-14, -34, 28, 36, skin, r=11)
    )


def hands_glass(p: Palette, chance: Random) -> str:
    """A large hand and a small one meet on both sides of a pane."""
    wall = box(-112, -140, 224, 136, p.light if not p.dark else p.far, r=8)
    glass = box(-102, -130, 204, 116, p.soft, r=4)
    big = group([hand(p.skin, p.calm)], -26, -38, 1.3, 14)
    small = group([hand(p.skin, p.accent)], 38, -34, 0.86, -14)
    shine = line("M-86 -96L-58 -124M-88 -72L-40 -120M74 -24L94 -44", p.light, 4, opacity=0.7)
    sill = box(-120, -16, 240, 12, ink(p), r=4) + box(-112, -4, 224, 40, p.mid, r=2)
    love = heart(16, -112, 8, p.accent)
    return (
        wall
        + glass
        + big
        + box(-102, -130, 204, 116, p.light, r=4, opacity=0.22)
        + shine
        + small
        + love
        + sill
    )


def bookshelf(p: Palette, chance: Random) -> str:
    """A grown-up and a child choose a book each."""
    wood = ink(p)
    case = box(-96, -142, 192, 146, wood, r=5) + box(
        -89, -135, 178, 132, p.light if not p.dark else p.far, r=2
    )
    fills = (p.accent, p.second, p.mid, p.near if not p.dark else p.soft, p.calm)
    books = ""
    for row, floor in enumerate((-96, -52, -8)):
        x, index = -86.0, row * 2
        while x < 74:
            width, tall = chance.choice((8, 10, 12)), chance.choice((26, 30, 33))
            if chance.random() > 0.14:
                books += box(x, floor - tall, width - 1, tall, fills[index % 5], r=1)
            x, index = x + width, index + 1
    shelves = box(-92, -96, 184, 5, wood) + box(-92, -52, 184, 5, wood)
    grown = person(adult(p, p.accent, "backbob"), -26, 10, 104, 1)
    child = person(adult(p, p.second if not p.dark else p.light, "back"), 34, 10, 72, -2)
    reach = arm("M-2 -44Q14 -66 18 -82", p.accent, p.skin, 11, (19, -86))
    chosen = group(
        [box(-9, -12, 18, 24, p.light, r=2), box(-6, -8, 12, 3, p.accent)], 22, -96, 1, 12
    )
    return case + books + shelves + grown + child + chosen + reach


def homework(p: Palette, chance: Random) -> str:
    """A child at a desk; beside it somebody reads something of their own."""
    clock = (
        circle(-4, -122, 17, p.light)
        + ring(-4, -122, 17, p.second, 3.4)
        + line("M-4 -122V-132M-4 -122h7", p.deep, 2.4)
    )
    beam = path("M-62 -76L-84 -34H0L-42 -76Z", p.glow, 0.45)
    lamp = (
        line("M-88 -36V-78L-58 -86", ink(p), 4)
        + path("M-70 -74L-64 -92H-42L-34 -74Z", p.accent)
        + box(-98, -38, 22, 5, ink(p), r=2)
    )
    child = person(adult(p, p.second, chance.choice(["short", "tail"])), -34, -30, 70)
    paper = path("M-58 -36L-50 -48H-16L-10 -36Z", p.light) + line(
        "M-46 -44H-22M-48 -40H-20", p.soft, 1.6
    )
    pencil = line("M-14 -46L-4 -62", p.accent, 3)
    desk = (
        box(-112, -36, 136, 9, ink(p), r=4)
        + box(-100, -28, 8, 32, ink(p))
        + box(6, -28, 8, 32, ink(p))
    )
    chair = path("M46 6V-52Q46 -64 58 -64H90Q102 -64 102 -52V6Z", p.mid)
    grown = person(adult(p, p.calm if not p.dark else p.accent, "bob"), 72, 6, 94, -2)
    cup = box(-76, -46, 11, 10, p.accent, r=2)
    return (
        clock
        + beam
        + child
        + lamp
        + paper
        + pencil
        + cup
        + desk
        + chair
        + grown
        + small_book(p, 58, -36, 0.94)
    )


def carry_baby(p: Palette, chance: Random) -> str:
    """At night a father walks up and down with the baby."""
    night = "#1f3644" if not p.dark else p.deep
    pane = box(-84, -142, 168, 108, night, r=6) + circle(46, -110, 17, "#f6e7c1")
    lights = "".join(
        star(x, y, s, "#f6e7c1")
        for x, y, s in (
            (-62, -122, 4),
            (-48, -86, 3),
            (62, -66, 3.4),
            (-70, -58, 2.6),
            (14, -130, 2.6),
        )
    )
    frame = line("M-84 -142H84V-34H-84Z", p.light, 6) + box(-94, -36, 188, 8, p.light, r=3)
    father = person(adult(p, p.accent, "short"), -2, 6, 122, 2)
    wrap = group(
        [
            ellipse(0, 0, 30, 15, p.light),
            circle(-22, -4, 11, p.skin),
            path("M-33 -6A11.4 11.4 0 0 1 -14 -13Q-22 -12 -24 -4Q-30 -2 -33 -6Z", p.second),
        ],
        2,
        -52,
        1,
        -10,
    )
    sleeve = arm("M36 -46Q42 -24 6 -36", p.accent, p.skin, 14, (2, -37))
    cot = (
        box(76, -36, 52, 6, ink(p), r=3)
        + line("M80 -34V4M92 -34V-8M104 -34V-8M116 -34V-8M124 -34V4", ink(p), 4)
        + box(78, -12, 48, 8, p.second, r=3)
    )
    return pane + lights + frame + cot + father + wrap + sleeve


PIECE = "M0 4V-9a8 8 0 1 0 0 -16V-42H46"


def puzzle(p: Palette, chance: Random) -> str:
    """A family of four puts a puzzle together; no piece is left over."""
    people = (
        person(adult(p, p.calm), -70, -20, 100)
        + person(adult(p, p.second, "tail"), -24, -20, 78)
        + person(adult(p, p.accent, "short"), 22, -20, 68)
        + person(adult(p, p.near if not p.dark else p.soft, "bob"), 68, -20, 96)
    )
    knob = "V-25a8 8 0 1 1 0 16V4Z"
    shapes = (("M0 4V-42H46" + knob, -96), (PIECE + knob, -50), (PIECE + knob, -4))
    row = "".join(
        group([path(d, fill), line(d, p.mid, 1.8)], x)
        for (d, x), fill in zip(shapes, (p.glow, p.light, p.glow), strict=True)
    )
    last = group([path(f"{PIECE}V4Z", p.light), line(f"{PIECE}V4Z", p.mid, 1.8)], 54, -8, 1, -7)
    loves = "".join(heart(x, -17, 5.4, p.accent) for x in (-70, -20, 26)) + heart(
        80, -28, 5.4, p.accent
    )
    return people + last + row + loves


def tea_table(p: Palette, chance: Random) -> str:
    """Two chairs, a pot of tea, a sheet with three things on it."""
    chair = [
        line("M-104 4V-76", ink(p), 6),
        path("M-108 -80H-98L-96 -40H-106Z", p.second),
        box(-108, -40, 46, 8, p.second, r=3),
        line("M-66 4V-34", ink(p), 6),
    ]
    table = box(-52, -48, 104, 9, ink(p), r=4) + line("M-38 4V-42M38 4V-42", ink(p), 6)
    pot = [
        line("M22 -34C42 -36 42 -8 22 -10", p.accent, 5),
        path("M-22 -22C-34 -24 -34 -38 -44 -38L-46 -34C-38 -32 -36 -14 -20 -10Z", p.accent),
        ellipse(0, -20, 27, 20, p.accent),
        ellipse(0, -38, 15, 4.6, p.deep, opacity=0.35),
        path("M-14 -38Q0 -48 14 -38Z", p.accent) + circle(0, -46, 4.4, p.second),
    ]
    cups = "".join(
        path(f"M{x - 9} -62H{x + 9}Q{x + 8} -48 {x} -48T{x - 9} -62Z", p.light) for x in (-38, 40)
    )
    steam = "".join(
        line(f"M{x} -68q-4 -5 0 -10t0 -10", p.light, 2.2, opacity=0.9) for x in (-38, 40)
    )
    sheet = group(
        [box(-20, -26, 40, 52, p.light, r=3)]
        + [circle(-11, y, 3, p.accent) + line(f"M-4 {y}H13", p.mid, 3) for y in (-13, 0, 13)],
        0,
        -122,
        1,
        3,
    )
    return sheet + "".join(chair) + flip(chair) + table + group(pot, 0, -48, 0.9) + cups + steam


def shirt(x: float, y: float, size: float, fill: str, collar: str) -> str:
    """A shirt hung by its shoulders at (x, y)."""
    cut = path("M-10 0H10L26 8L20 22L13 18V44H-13V18L-20 22L-26 8Z", fill)
    return group([cut, path("M-7 0Q0 9 7 0Z", collar)], x, y, size)


def laundry(p: Palette, chance: Random) -> str:
    """Big hands and small hands hang out the washing."""
    posts = line("M-116 6V-122M116 6V-122", ink(p), 5)
    rope = line("M-116 -116Q0 -100 116 -116", p.light if p.dark else p.deep, 2)
    wash = (
        shirt(-78, -112, 1.1, p.accent, p.sky)
        + shirt(74, -112, 0.8, p.second, p.sky)
        + path("M-44 -108H-14V-68H-44Z", p.light)
        + line("M-44 -78H-14M-44 -74H-14", p.second, 2)
        + path("M30 -107h9v16q10 4 10 8h-19Z", p.calm)
    )
    grown = person(adult(p, p.calm if not p.dark else p.accent, "bob"), 10, 6, 84, 2)
    up = arm("M-4 -42Q-18 -60 -14 -84", p.calm if not p.dark else p.accent, p.skin, 10, (-14, -88))
    child = person(adult(p, p.second, chance.choice(["tail", "short"])), -48, 6, 58)
    basket = path("M50 -22H98L92 6H56Z", p.second) + line(
        "M53 -12H95M55 -3H93", p.deep, 1.6, opacity=0.5
    )
    clothes = (
        circle(64, -24, 8, p.light) + circle(78, -26, 9, p.accent) + circle(88, -23, 6, p.calm)
    )
    return posts + rope + wash + up + grown + child + clothes + basket


def slipper(x: float, y: float, turn: float, sole: str, cloth: str) -> str:
    """A slipper seen from above, its toes up."""
    strap = path("M-13.5 -16C-13 -36 13 -36 13.5 -16V-8Q0 -16 -13.5 -8Z", cloth)
    return group([box(-13, -31, 26, 60, sole, r=13), strap], x, y, 1, turn)


def keys(p: Palette, chance: Random) -> str:
    """A key with a house on its ring, and a new pair of slippers on the mat."""
    mat = box(-108, -66, 92, 74, p.accent, r=8) + box(-102, -60, 80, 62, p.second, r=5)
    pair = slipper(-78, -28, -5, p.light, p.calm) + slipper(-46, -28, 5, p.light, p.calm)
    hook = box(20, -142, 44, 10, ink(p), r=4) + line("M42 -134V-122", ink(p), 4)
    key = [
        ring(0, 0, 15, p.second, 8),
        line("M0 18V74M2 58H17M2 71H21", p.second, 8),
    ]
    tag = [
        path("M-25 0L0 -23L25 0V38Q25 42 21 42H-21Q-25 42 -25 38Z", p.accent),
        box(-8, 16, 16, 26, p.glow, r=2),
        heart(0, 4, 6, p.light),
    ]
    cords = line("M40 -106L26 -92M44 -106L76 -84", ink(p), 2.6)
    hung = group(key, 20, -80, 1, 10) + group(tag, 80, -58, 1, -10)
    return mat + pair + hook + cords + ring(42, -112, 10, ink(p), 4) + hung


def dressing(p: Palette, chance: Random) -> str:
    """A child's head comes out of a jersey; the last pull is his own."""
    cloth = p.second
    arms_up = (
        line("M-2 -46L-16 -82", cloth, 13)
        + circle(-18, -88, 6, p.skin)
        + line("M34 -46L48 -82", cloth, 13)
        + circle(50, -88, 6, p.skin)
    )
    body = path("M-14 4V-42Q-12 -56 4 -57H28Q44 -56 46 -42V4Z", cloth)
    stripes = box(-14, -26, 60, 7, p.light) + box(-14, -12, 60, 7, p.light)
    face = head(adult(p, cloth, chance.choice(["short", "tail"])), 16, -70, 17)
    collar = path("M-2 -64Q16 -54 34 -64L36 -50H-4Z", cloth) + line(
        "M-1 -63Q16 -53 33 -63", p.deep, 2, opacity=0.3
    )
    parent = person(adult(p, p.accent, "bob"), -50, 6, 98, 3)
    help_ = arm("M-38 -44Q-26 -12 -12 -6", p.accent, p.skin, 11, (-8, -4))
    steps = "".join(
        box(72 + 16 * i, 4 - h, 15, h + 2, fill, r=2)
        for i, (h, fill) in enumerate(
            ((12, p.mid), (24, p.mid), (36, p.near if not p.dark else p.soft))
        )
    ) + star(111, -46, 9, p.accent)
    return steps + arms_up + body + stripes + face + collar + parent + help_


DAYS = {
    "bedside": ("room", bedside),
    "toy-car": ("room", toy_car),
    "hands-glass": ("plain", hands_glass),
    "bookshelf": ("wall", bookshelf),
    "homework": ("room", homework),
    "carry-baby": ("wall", carry_baby),
    "puzzle": ("room", puzzle),
    "tea-table": ("room", tea_table),
    "laundry": ("hills", laundry),
    "keys": ("plain", keys),
    "dressing": ("room", dressing),
}
