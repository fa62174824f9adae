"""Motifs of going out, choosing, speaking, being safe. Origin: the floor, middle."""

from math import cos, pi, sin
from random import Random

from motifs_days import hand
from palettes import Palette
from shapes import (
    adult,
    arm,
    box,
    circle,
    elder,
    ellipse,
    group,
    ink,
    leafy,
    line,
    number,
    path,
    person,
    ring,
    round_tree,
)


def signpost(p: Palette, chance: Random) -> str:
    """Someone nearly grown up before a signpost, somebody older a step behind."""
    post = box(-4, -132, 8, 138, ink(p), r=3) + circle(0, -134, 6, p.second)
    boards = (
        path("M-6 -126H44L58 -115L44 -104H-6Z", p.accent)
        + path("M6 -98H-42L-56 -87L-42 -76H6Z", p.second)
        + path("M-6 -70H38L52 -59L38 -48H-6Z", p.light)
    )
    words = (
        line("M6 -115H36", p.light, 4)
        + line("M-32 -87H-8", p.deep, 4, opacity=0.6)
        + line("M6 -59H32", p.mid, 4)
    )
    young = person(adult(p, p.accent, "back"), 30, 8, 66, -2)
    old = person(adult(p, p.calm, "backbob"), -36, 8, 74, 2)
    return post + boards + words + old + young


def lifebuoy(p: Palette, chance: Random) -> str:
    """A lifebuoy on its stand beside the river."""
    water = path("M-700 -26H700V300H-700Z", p.mid if not p.dark else p.far)
    bank = path("M-700 -24C-300 -24 -140 -46 -20 -36S240 -44 700 -24V-20H-700Z", p.near)
    waves = "".join(
        line(f"M{x} {y}q7 -4 14 0t14 0", p.light, 2, opacity=0.6)
        for x, y in ((-126, -10), (-150, 8), (88, -12), (110, 8), (72, 14), (-100, 16))
    )
    shore = path("M-66 30C-60 2 -30 -6 0 -6S60 2 66 30V80H-66Z", p.near if not p.dark else p.mid)
    stand = line("M-30 4V-130M30 4V-130", ink(p), 6) + path("M-50 -128L0 -148L50 -128Z", p.second)
    board = box(-46, -128, 92, 92, p.light, r=6)
    buoy = ring(0, -82, 29, p.accent, 17) + "".join(
        group([path("M-7 -21H7L9 -38H-9Z", p.light)], 0, -82, 1, turn)
        for turn in (45, 135, 225, 315)
    )
    rope = line("M-41 -82Q-38 -42 0 -41T41 -82", p.second, 2.4)
    return water + bank + waves + shore + stand + board + buoy + rope


def houses(p: Palette, chance: Random) -> str:
    """Houses of every kind in one row, a light in each."""
    row = (
        (-112, 44, 46, p.accent),
        (-64, 40, 74, p.calm),
        (-20, 54, 56, p.light),
        (38, 38, 88, p.second),
        (80, 42, 44, p.accent),
    )
    drawn = ""
    for index, (x, w, h, fill) in enumerate(row):
        roof = p.deep if not p.dark else "#7a2c13"
        peak = (
            path(f"M{x - 5} {-h}L{x + w / 2} {-h - 26}L{x + w + 5} {-h}Z", roof)
            if index % 2 == 0
            else path(f"M{x - 3} {-h}V{-h - 10}L{x + w + 3} {-h - 22}V{-h}Z", roof)
        )
        drawn += box(x, -h, w, h + 4, fill, r=1) + peak
        drawn += box(x + w / 2 - 7, -22, 14, 26, p.glow if fill != p.light else p.near, r=2)
        drawn += "".join(
            box(
                x + w / 2 - 13 + 16 * c,
                -h + 10 + 20 * r,
                10,
                11,
                p.glow if fill != p.light else p.second,
                r=1,
            )
            for c in (0, 1)
            for r in range(int((h - 34) // 20))
        )
    trees = round_tree(-124, 8, 10, p.mid if not p.dark else p.far, ink(p)) + round_tree(
        132, 8, 12, p.mid if not p.dark else p.far, ink(p)
    )
    smoke = "".join(
        circle(x, y, r, p.light, 0.75) for x, y, r in ((22, -92, 4), (28, -101, 5.5), (37, -110, 7))
    )
    people = person(adult(p, p.deep if not p.dark else p.soft, "bob"), -34, 16, 36) + person(
        adult(p, p.second, "short"), -12, 16, 26
    )
    return trees + smoke + drawn + people


def bubble(x: float, y: float, w: float, fill: str, *, marks: str, left: bool) -> str:
    """A speech bubble whose tail points down to the left or the right."""
    tail = "M-8 12L-14 28L6 14Z" if left else "M8 12L14 28L-6 14Z"
    return group([box(-w / 2, -17, w, 34, fill, r=14), path(tail, fill), marks], x, y)


def dots(fill: str) -> str:
    return "".join(circle(x, 0, 3.2, fill) for x in (-11, 0, 11))


def talk(p: Palette, chance: Random) -> str:
    """A parent and a teenager on a bench, taking turns to speak."""
    bench = box(-76, -22, 152, 7, ink(p), r=3) + line("M-60 -16V6M60 -16V6", ink(p), 6)
    left = person(adult(p, p.accent, "bob"), -36, -18, 82, 3)
    right = person(adult(p, p.calm if not p.dark else p.soft, "short"), 34, -18, 78, -3)
    one = bubble(-46, -124, 64, p.light, marks=line("M-19 -5H19M-19 5H8", p.mid, 3.4), left=False)
    two = bubble(48, -112, 52, p.second, marks=dots(p.light), left=True)
    return bench + left + right + one + two


def two_voices(p: Palette, chance: Random) -> str:
    """Two children, two ways of saying the same thing."""
    left = person(adult(p, p.accent, "tail"), -44, 4, 74, 2)
    right = person(adult(p, p.calm if not p.dark else p.soft, "short"), 44, 4, 78, -2)
    wave = line("M-20 0q5 -9 10 0t10 0t10 0t10 0", p.accent, 3.6)
    steps = line("M-20 6V-4H-7V4H6V-6H19V5", p.light, 3.6)
    one = bubble(-56, -112, 62, p.light, marks=wave, left=False)
    two = bubble(54, -120, 62, p.second if not p.dark else p.accent, marks=steps, left=True)
    satchels = box(-66, -12, 20, 18, p.second, r=5) + box(50, -13, 20, 18, p.second, r=5)
    return left + right + satchels + one + two


def dandelion(p: Palette, chance: Random) -> str:
    """A child breathes out, and the seeds fly."""

    def clock(x: float, y: float, r: float) -> str:
        rays = "".join(
            line(
                f"M{number(x)} {number(y)}L{number(x + r * cos(a))} {number(y + r * sin(a))}",
                p.light,
                1.8,
            )
            + circle(x + r * cos(a), y + r * sin(a), 2.2, p.light)
            for a in (2 * pi * i / 14 for i in range(14))
        )
        return rays + circle(x, y, 3.4, p.second)

    stems = (
        line("M8 -76Q2 -50 -12 -34", leafy(p), 3)
        + line("M86 4Q82 -24 88 -44", leafy(p), 3)
        + line("M112 4Q114 -14 110 -28", leafy(p), 3)
    )
    seeds = "".join(
        group(
            [
                line("M0 0V8M-5 -5L0 0L5 -5M0 -6V0", p.light, 1.8),
                circle(0, 9, 1.8, p.deep if not p.dark else p.glow),
            ],
            x,
            y,
            1,
            t,
        )
        for x, y, t in (
            (36, -96, 20),
            (56, -112, 40),
            (58, -84, 10),
            (82, -100, 30),
            (104, -120, 50),
            (112, -88, 20),
            (40, -122, 0),
        )
    )
    child = person(adult(p, p.accent, chance.choice(["short", "tail"])), -34, 4, 88, 6)
    grip = arm("M-24 -40Q-16 -26 -10 -36", p.accent, p.skin, 10, (-9, -39))
    leaves = path("M86 4q-16 -14 -30 -8q10 10 30 8q16 -14 30 -8q-10 10 -30 8Z", leafy(p))
    return (
        leaves
        + stems
        + child
        + grip
        + clock(8, -78, 15)
        + clock(88, -46, 12)
        + clock(110, -30, 9)
        + seeds
    )


def wheelchair(p: Palette, chance: Random) -> str:
    """A child in a wheelchair throws a ball, another catches."""
    frame = line("M14 -66V-22H50L58 -4H68", ink(p), 4.4) + line("M14 -62H2", ink(p), 4)
    rider = person(adult(p, p.accent, "short"), 32, -20, 76, -3)
    legs = line("M34 -24H52L58 -8", p.deep if not p.dark else p.soft, 10) + line(
        "M57 -5h9", p.light, 6
    )
    wheel = (
        ring(28, -20, 22, ink(p), 4.4)
        + circle(28, -20, 3.6, ink(p))
        + line("M28 -42V2M6 -20H50M12 -36L44 -4M44 -36L12 -4", ink(p), 1.4)
    )
    small = circle(62, 0, 5, ink(p))
    throw = arm("M18 -56Q6 -70 2 -84", p.accent, p.skin, 10, (1, -89))
    ball = circle(-20, -112, 14, p.second) + line(
        "M-33 -116Q-20 -108 -7 -116M-22 -126Q-14 -112 -22 -98", p.light, 2.4
    )
    flight = line("M-2 -98q-4 -4 -6 -8", p.light, 2.4)
    friend = person(adult(p, p.light if p.dark else p.calm, "tail"), -66, 4, 74, 4)
    catch = arm(
        "M-56 -38Q-44 -54 -42 -72", p.light if p.dark else p.calm, p.skin, 9, (-42, -77)
    ) + arm("M-78 -38Q-86 -54 -78 -68", p.light if p.dark else p.calm, p.skin, 9, (-77, -73))
    ground = ellipse(0, 6, 104, 7, p.deep, opacity=0.16)
    return ground + frame + rider + legs + wheel + small + throw + catch + friend + flight + ball


def phone_shield(p: Palette, chance: Random) -> str:
    """A hand covers what pricks in the telephone."""
    case = box(-46, -138, 92, 144, p.near if p.dark else p.deep, r=12) + box(
        -38, -126, 76, 118, p.light, r=4
    )
    spikes = "".join(
        f"L{number(-4 + r * cos(a))} {number(-72 + r * sin(a))}"
        for i in range(22)
        for a, r in (((2 * pi * i / 22), 38 if i % 2 else 25),)
    )
    burst = path(f"M{spikes[1:]}Z", p.accent)
    bubbles = box(-30, -118, 34, 11, p.soft, r=5) + box(6, -24, 26, 9, p.soft, r=4)
    sign = line("M-4 -84V-70", p.light, 5) + circle(-4, -60, 3.2, p.light)
    palm = group([hand(p.skin, p.calm)], 64, -30, 1.32, -42)
    camera = group(
        [
            box(-15, -10, 30, 22, p.second, r=4),
            box(-7, -15, 14, 7, p.second, r=2),
            circle(0, 1, 7, p.light),
            circle(0, 1, 4, p.deep),
        ],
        -84,
        -34,
        1.1,
        -8,
    )
    return case + bubbles + burst + sign + camera + palm


def child_cloth(p: Palette) -> str:
    return p.light if p.dark else p.calm


def book_box(p: Palette, chance: Random) -> str:
    """A cupboard in the street from which anybody takes a book and to which anybody brings one."""
    post = box(12, -58, 12, 66, ink(p), r=2) + ellipse(18, 8, 30, 4, p.deep, opacity=0.2)
    roof = path("M-46 -118L18 -152L82 -118Z", p.accent)
    case = box(-36, -118, 108, 64, p.second, r=3) + box(-28, -111, 92, 50, p.deep, r=2)
    books = "".join(
        box(x, -63 - tall, 10, tall, fill, r=1)
        for x, tall, fill in (
            (-25, 36, p.light),
            (-14, 42, p.accent),
            (-3, 34, p.calm),
            (8, 40, p.glow),
            (36, 38, p.light),
            (47, 42, p.accent),
        )
    )
    door = path("M72 -118L108 -126V-58L72 -54Z", p.second) + path(
        "M78 -111L102 -117V-66L78 -62Z", p.light, 0.6
    )
    lamp = line("M18 -152V-160", ink(p), 3) + circle(18, -106, 4, p.glow)
    child = person(adult(p, child_cloth(p), "back"), -46, 8, 80, 3)
    reach = arm("M-30 -32Q-8 -44 14 -68", child_cloth(p), p.skin, 10, (17, -71))
    taken = group(
        [box(-9, -12, 18, 24, p.light, r=2), box(-5, -7, 10, 3, p.accent)], 24, -80, 1, 14
    )
    bag = box(-96, -16, 30, 24, p.accent, r=4) + line("M-88 -16Q-81 -30 -74 -16", ink(p), 2.4)
    return lamp + post + roof + case + books + door + bag + child + taken + reach


def railway(p: Palette, chance: Random) -> str:
    """A train between two cities; someone with a satchel weighs where the examination will be."""

    def city(sizes: tuple[tuple[float, float, str], ...]) -> str:
        return "".join(
            box(x, -h, 22, h + 2, fill, r=1)
            + "".join(
                box(x + 5 + 8 * c, -h + 8 + 12 * r, 4, 6, p.glow)
                for c in (0, 1)
                for r in range(int((h - 26) // 12))
            )
            for x, h, fill in sizes
        )

    far = p.soft if p.dark else p.mid
    here = city(((-132, 84, far), (-108, 108, p.accent), (-84, 66, far)))
    there = city(((66, 72, far), (90, 116, p.calm), (114, 88, far)))
    track = box(-700, -12, 1400, 5, ink(p)) + "".join(
        box(x, -8, 5, 10, ink(p)) for x in range(-700, 700, 22)
    )
    train = (
        path("M-64 -14V-50Q-64 -56 -58 -56H40Q62 -54 68 -22Q69 -14 60 -14Z", p.light)
        + box(-64, -27, 130, 6, p.accent)
        + "".join(box(x, -48, 18, 13, p.calm, r=3) for x in (-54, -30, -6))
        + path("M24 -48H38Q50 -46 56 -35H24Z", p.calm)
    )
    young = person(adult(p, p.second, "back"), -4, 18, 66, 1) + box(-17, -16, 26, 26, p.accent, r=7)
    return here + there + track + train + young


def door_knock(p: Palette, chance: Random) -> str:
    """A grandfather knocks gently; he has put a warm cup and a cloth bag beside the door."""
    frame = box(-4, -134, 88, 138, p.light if not p.dark else p.soft, r=4)
    leaf = box(4, -126, 72, 130, p.accent)
    panels = path("M14 -114H66V-70H14ZM14 -56H66V-12H14Z", p.deep, 0.22)
    knob = circle(14, -62, 4, p.second)
    old = person(elder(p, p.calm, "short"), -52, 8, 112, 2)
    knock = arm("M-32 -50Q-16 -64 0 -84", p.calm, p.skin, 12, (5, -88))
    taps = line("M14 -104l6 -6M22 -96l8 -2M6 -108l1 -8", p.light, 2.6)
    stool = box(88, -30, 44, 7, p.second, r=3) + line("M94 -24V6M126 -24V6", ink(p), 5)
    cup = path("M92 -48H108V-34Q108 -30 104 -30H96Q92 -30 92 -34Z", p.light)
    steam = line("M97 -54q-4 -5 0 -10t0 -10M104 -54q-4 -5 0 -10t0 -10", p.light, 2)
    bag = path("M113 -30Q109 -42 116 -46H124Q131 -42 128 -30Z", p.accent) + line(
        "M114 -46H126", p.second, 3
    )
    return frame + leaf + panels + knob + taps + stool + cup + steam + bag + old + knock


def bicycle(p: Palette, chance: Random) -> str:
    """A bicycle with a basket of vegetables and a kite tied to it."""
    wheels = "".join(
        ring(x, -32, 31, ink(p), 5)
        + circle(x, -32, 4, ink(p))
        + line(
            f"M{x} -62V-2M{x - 30} -32H{x + 30}M{x - 21} -53l42 42M{x + 21} -53l-42 42",
            p.soft if not p.dark else p.mid,
            1.2,
        )
        for x in (-54, 54)
    )
    frame = line("M-54 -32L-28 -78H36L-6 -32Z", p.accent, 6) + line(
        "M-28 -78L-6 -32M36 -78L54 -32", p.accent, 6
    )
    seat = line("M-28 -78L-32 -90", p.accent, 5) + box(-48, -97, 32, 8, ink(p), r=4)
    bars = line("M36 -78L32 -98L16 -102", ink(p), 5)
    basket = path("M40 -96H86L80 -66H46Z", p.second) + line(
        "M42 -86H84M44 -76H82M56 -96L58 -66M70 -96L68 -66", p.deep, 1.4, opacity=0.5
    )
    greens = (
        ellipse(52, -104, 9, 12, leafy(p))
        + ellipse(68, -108, 10, 14, leafy(p))
        + circle(80, -101, 7, "#c4452a")
        + ellipse(60, -100, 6, 10, p.light)
    )
    kite = line("M-32 -92Q-70 -100 -92 -116", p.light if p.dark else p.deep, 1.4) + group(
        [
            path("M0 -22L17 0L0 28L-17 0Z", p.second),
            path("M0 -22L17 0H-17Z", p.accent),
            line("M0 28q8 8 0 16t4 14", p.accent, 2),
        ],
        -98,
        -126,
        0.9,
        -24,
    )
    pedals = circle(-6, -32, 8, p.second) + line("M-6 -32L6 -16M2 -14h10", ink(p), 4)
    return kite + wheels + frame + seat + greens + basket + bars + pedals


WAYS = {
    "signpost": ("hills", signpost),
    "lifebuoy": ("hills", lifebuoy),
    "houses": ("hills", houses),
    "talk": ("hills", talk),
    "two-voices": ("wall", two_voices),
    "dandelion": ("hills", dandelion),
    "wheelchair": ("hills", wheelchair),
    "phone-shield": ("plain", phone_shield),
    "book-box": ("hills", book_box),
    "railway": ("hills", railway),
    "door-knock": ("wall", door_knock),
    "bicycle": ("hills", bicycle),
}
