"""Motifs in which people stand in the middle. Origin: the floor, middle; up is negative."""

from random import Random

from palettes import Palette
from shapes import (
    Figure,
    adult,
    arm,
    box,
    circle,
    cloud,
    elder,
    ellipse,
    group,
    head,
    heart,
    line,
    path,
    person,
)


def two_figures(p: Palette, chance: Random) -> str:
    """Parent and child side by side; sometimes hand in hand, sometimes looking out."""
    away = chance.random() < 0.45
    grown = adult(p, p.accent, chance.choice(["back", "backbob"] if away else ["bob", "short"]))
    small = adult(p, p.light, "back" if away else chance.choice(["tail", "short"]))
    bench = (
        box(-62, -10, 124, 6, p.deep, r=3)
        + box(-50, -6, 6, 12, p.deep)
        + box(44, -6, 6, 12, p.deep)
    )
    hug = arm("M-4 -38Q16 -26 36 -31", p.accent, p.skin, 10, (37, -31)) if away else ""
    hands = "" if away else arm("M2 -34Q12 -18 20 -20", p.accent, p.skin, 9, (21, -20))
    pair = person(grown, -20, -6, 92, -2) + person(small, 30, -6, 64, -3 if away else 2)
    return (bench if away else "") + pair + hug + hands


def grandparent_child(p: Palette, chance: Random) -> str:
    """An old person in an armchair with a child before a picture book."""
    style = chance.choice(["bun", "short"])
    old = elder(p, p.accent, style)
    small = adult(p, p.second, chance.choice(["tail", "short"]))
    chair = (
        path("M-64 4V-58Q-64 -84 -38 -84H6Q32 -84 32 -58V4Z", p.mid)
        + box(-76, -36, 22, 42, p.near, r=10)
        + box(22, -36, 22, 42, p.near, r=10)
    )
    glasses = line("M-27 -80h8M-13 -80h8M-19 -80h6", p.deep, 1.6) + "".join(
        f'<circle cx="{x}" cy="-80" r="4.6" fill="none" stroke="{p.deep}" stroke-width="1.4"/>'
        for x in (-23, -9)
    )
    book = path(
        "M-2 -30Q14 -38 30 -30Q46 -38 62 -30V-6Q46 -14 30 -6Q14 -14 -2 -6Z", p.light
    ) + line("M30 -30V-6", p.soft, 2)
    reach = arm("M-34 -40Q-22 -12 0 -18", p.accent, p.skin, 12, (2, -18))
    return chair + person(old, -16, 2, 102) + glasses + person(small, 48, 4, 68, -4) + book + reach


def small_house(x: float, y: float, p: Palette, wall: str, roof: str) -> str:
    return group(
        [
            box(-19, -30, 38, 30, wall),
            path("M-26 -28L0 -48L26 -28Z", roof),
            box(-6, -18, 12, 18, p.glow, r=1),
        ],
        x,
        y,
    )


def telephone_line(p: Palette, chance: Random) -> str:
    """A child's house, the towers of a far city, and a line with a heart between them."""
    towers = "".join(
        box(x, -h, 17, h, fill, r=1)
        + "".join(
            box(x + 4 + 6 * c, -h + 7 + 11 * r, 3, 4.5, p.glow) for c in (0, 1) for r in range(n)
        )
        for x, h, fill, n in (
            (70, 70, p.deep, 5),
            (90, 88 + chance.randint(-6, 8), p.mid if p.dark else p.near, 6),
            (110, 58, p.deep, 4),
        )
    )
    home = small_house(-96, 2, p, p.accent, p.deep)
    top = -104 - chance.randint(0, 10)
    wire = line(f"M-92 -50Q-10 {top - 30} 88 -92", p.light if p.dark else p.deep, 2.2, "1 6")
    child = person(adult(p, p.second, chance.choice(["tail", "short"])), -54, 4, 60)
    parent = person(adult(p, p.accent if not p.dark else p.soft, "bob"), 46, 4, 82)
    phones = group([box(-3, -6, 6, 12, p.deep, r=1.5)], -42, -40, 1, 12) + group(
        [box(-3.5, -7, 7, 14, p.light, r=1.5)], 29, -60, 1, -12
    )
    hands = arm("M-46 -20Q-38 -26 -42 -34", p.second, p.skin, 7, (-42, -36))
    other = arm("M36 -30Q26 -40 29 -50", p.accent if not p.dark else p.soft, p.skin, 8, (29, -53))
    return (
        towers
        + home
        + wire
        + heart(0, top + 20, 9, p.accent)
        + child
        + parent
        + hands
        + other
        + phones
    )


def baby(p: Palette, chance: Random) -> str:
    """A cradle under a mobile."""
    hang = [(-34, 30), (-12, 40), (12, 34), (34, 44)]
    chance.shuffle(hang)
    mobile = line("M0 -190V-122M-40 -122H40", p.deep if not p.dark else p.soft, 2.2)
    toys = "".join(
        line(f"M{x} -122V{-122 + drop * 0.55}", p.deep if not p.dark else p.soft, 1.2)
        + (
            circle(x, -122 + drop * 0.55 + 6, 6, fill)
            if i % 2
            else heart(x, -122 + drop * 0.55 + 7, 6, fill)
        )
        for i, ((x, drop), fill) in enumerate(
            zip(hang, (p.accent, p.second, p.light, p.near), strict=True)
        )
    )
    pillow = ellipse(-34, -50, 26, 13, p.light)
    face = head(Figure(p.light, p.skin, p.hair, "bald"), -32, -58, 17)
    curl = line("M-36 -75q6 -6 9 1", p.hair, 3)
    quilt = path("M-22 -46C-6 -72 46 -66 62 -44L60 -34H-26Z", p.second) + "".join(
        circle(x, y, 2.6, p.light) for x, y in ((0, -48), (16, -54), (34, -50), (50, -44))
    )
    crib = path("M-74 -42H74Q72 -6 44 -4H-44Q-72 -6 -74 -42Z", p.accent)
    rocker = line("M-60 2Q0 20 60 2", p.deep, 5) + line("M-40 -6L-46 5M40 -6L46 5", p.deep, 5)
    slats = line("M-40 -32V-14M-14 -32V-14M12 -32V-14M38 -32V-14", p.light, 4, opacity=0.55)
    return mobile + toys + pillow + face + curl + quilt + rocker + crib + slats


def pregnant(p: Palette, chance: Random) -> str:
    """A mother-to-be seen from the side, hands on her belly; sometimes with her partner."""
    dress = path(
        "M-24 6C-28 -22 -26 -48 -16 -68Q-9 -80 4 -76C13 -72 14 -62 15 -57C36 -52 44 -28 28 -14"
        "C31 -6 31 0 32 6Z",
        p.accent,
    )
    neck = box(-9, -88, 12, 20, p.skin, r=5)
    face = circle(-2, -102, 16, p.skin)
    hair = path(
        "M12 -110C10 -126 -22 -128 -22 -102C-22 -94 -19 -88 -14 -85C-10 -94 -8 -100 -2 -106"
        "C4 -107 8 -108 12 -110Z",
        p.hair,
    ) + circle(-23, -94, 8, p.hair)
    hand = arm("M-8 -64C-12 -42 2 -32 20 -36", p.accent, p.skin, 11, (22, -36))
    shade = line("M-7 -63C-11 -42 3 -32 18 -36", p.deep, 1.6, opacity=0.35)
    love = heart(30, -25, 6, p.light)
    if chance.random() < 0.5:
        partner = person(adult(p, p.calm), 78, 6, 116, -2)
        reach = arm("M60 -48Q48 -34 40 -34", p.calm, p.skin, 11, (38, -34))
        return group([partner, neck, face, hair, dress, hand, shade, love, reach], -38)
    chair = path("M-52 6V-64Q-52 -78 -42 -78T-32 -64V-30H-10V6Z", p.mid)
    lamp = line("M74 4V-92M60 4H88", p.deep if not p.dark else p.soft, 3) + path(
        "M54 -88L64 -116H84L94 -88Z", p.second
    )
    glow = circle(74, -96, 40, p.glow, 0.3)
    return glow + lamp + chair + neck + face + hair + dress + hand + shade + love


def cloud_heart(p: Palette, chance: Random) -> str:
    """A rain cloud, and a warm heart that comes out of it over somebody small."""
    grey = p.soft if p.dark else p.mid
    sky_cloud = cloud(-6, -94, 38, grey) + cloud(24, -88, 26, p.light)
    rain = line("M-40 -78l-4 12M-22 -78l-5 15M-58 -84l-4 12", grey, 3)
    drops = "".join(
        heart(x, y, s, p.accent, o) for x, y, s, o in ((6, -66, 6, 0.9), (28, -56, 8.5, 1))
    )
    small = adult(p, p.second, chance.choice(["short", "bob", "tail"]))
    big = adult(p, p.accent if not p.dark else p.soft, chance.choice(["bob", "short"]))
    hug = arm("M38 -30Q18 -12 0 -20", big.cloth, p.skin, 11, (-1, -20))
    return sky_cloud + rain + drops + person(big, 36, 4, 78, -4) + person(small, -8, 4, 56, 5) + hug


def umbrella(p: Palette, chance: Random) -> str:
    """One big umbrella over a parent and a child."""
    rain = "".join(
        line(f"M{x} {y}l-4 12", p.soft if p.dark else p.mid, 2.4)
        for x, y in (
            (-128, -118),
            (-104, -84),
            (-118, -46),
            (-92, -132),
            (98, -128),
            (116, -92),
            (104, -50),
            (132, -66),
            (84, -146),
        )
    )
    canopy = path(
        "M-84 -74C-82 -122 -42 -140 0 -140S82 -122 84 -74Q70 -86 56 -74Q42 -88 28 -74"
        "Q14 -88 0 -74Q-14 -88 -28 -74Q-42 -88 -56 -74Q-70 -86 -84 -74Z",
        p.accent,
    )
    wedge = path(
        "M0 -140C-18 -128 -28 -104 -28 -74Q-14 -88 0 -74Q14 -88 28 -74C28 -104 18 -128 0 -140Z",
        p.second,
    )
    pole = line("M0 -146V-26", p.deep if not p.dark else p.light, 3.4)
    left = person(adult(p, p.calm, chance.choice(["bob", "short"])), -24, 4, 84, 2)
    right = person(adult(p, p.light, chance.choice(["tail", "short"])), 30, 4, 60, -3)
    grip = arm("M-16 -34Q-8 -30 0 -38", p.calm, p.skin, 9, (0, -40))
    return rain + left + right + pole + canopy + wedge + grip


def table_meal(p: Palette, chance: Random) -> str:
    """A family behind a table with steaming bowls."""
    people = [
        person(adult(p, p.accent, "bob"), -62, -10, 92),
        person(adult(p, p.second, chance.choice(["tail", "short"])), 0, -10, 70),
        person(
            elder(p, p.calm, "short") if chance.random() < 0.5 else adult(p, p.calm),
            62,
            -10,
            96,
        ),
    ]
    steam = "".join(
        line(f"M{x} -46q-5 -6 0 -12t0 -12", p.light, 2.2, opacity=0.9) for x in (-30, 30)
    )
    bowls = "".join(
        path(f"M{x - 14} -38H{x + 14}Q{x + 12} -22 {x} -22T{x - 14} -38Z", fill)
        + ellipse(x, -38, 14, 3.4, p.light)
        for x, fill in ((-30, p.second), (30, p.second))
    )
    dish = ellipse(0, -26, 22, 6, p.light) + ellipse(0, -28, 15, 3.6, p.accent)
    top = box(-104, -24, 208, 11, p.deep, r=5)
    legs = box(-88, -14, 8, 22, p.deep) + box(80, -14, 8, 22, p.deep)
    return "".join(people) + top + legs + dish + bowls + steam


def clock_sleep(p: Palette, chance: Random) -> str:
    """A child asleep under a quilt, a clock on the wall."""
    hour = chance.choice((-30, 0, -60))
    clock = (
        circle(0, 0, 25, p.light)
        + f'<circle r="25" fill="none" stroke="{p.accent}" stroke-width="4"/>'
        + group([line("M0 0V-12", p.deep, 3)], turn=hour)
        + line("M0 0V-17", p.deep, 2.2)
        + circle(0, 0, 2.4, p.deep)
    )
    board = path("M-98 4V-62Q-98 -70 -90 -70H-86Q-78 -70 -78 -62V4Z", p.deep)
    mattress = box(-90, -24, 180, 24, p.light, r=6)
    frame = box(-96, -8, 192, 10, p.deep, r=4) + box(84, -34, 10, 40, p.deep, r=4)
    pillow = path("M-74 -24Q-78 -46 -54 -46T-30 -24Z", p.light) + path(
        "M-74 -24Q-74 -30 -52 -30T-30 -24Z", p.soft
    )
    sleeper = group([head(adult(p, p.light, "short"), 0, 0, 15)], -50, -44, 1, -62)
    quilt = path("M-40 -20C-34 -52 -10 -50 16 -46S74 -42 84 -22V-6H-40Z", p.accent)
    stripe = path("M-40 -20C-36 -42 -28 -48 -16 -49C-24 -42 -28 -28 -28 -6H-40Z", p.second)
    zzz = "".join(
        circle(x, y, r, p.glow, 0.9)
        for x, y, r in ((-34, -66, 2.4), (-26, -78, 3.6), (-14, -92, 5))
    )
    return (
        group([clock], 34, -104)
        + board
        + mattress
        + pillow
        + sleeper
        + quilt
        + stripe
        + frame
        + zzz
    )


def ball_run(p: Palette, chance: Random) -> str:
    """A running child and a ball."""
    cloth, trousers = p.accent, p.deep if not p.dark else p.soft
    legs = line("M-6 -34L12 -20L8 0", trousers, 9) + line("M-10 -34L-22 -18L-42 -20", trousers, 9)
    shoes = line("M7 1h8", p.light, 7) + line("M-43 -20l-3 -6", p.light, 7)
    torso = path("M-20 -34C-20 -60 -8 -76 6 -76C20 -76 16 -52 8 -32Z", cloth)
    arms = line("M4 -64L26 -56L38 -66", cloth, 8) + circle(39, -67, 4.6, p.skin)
    back = line("M-6 -66L-22 -54L-34 -60", cloth, 8) + circle(-35, -61, 4.6, p.skin)
    top = head(adult(p, cloth, chance.choice(["short", "tail"])), 12, -92, 16)
    ball = circle(62, -12, 15, p.light) + line(
        "M62 -27Q54 -12 62 3M48 -16Q62 -8 76 -16", p.second, 2.6
    )
    speed = line("M-62 -58H-80M-58 -42H-84M-66 -74H-78", p.light, 2.6, opacity=0.8)
    shadow = ellipse(-4, 3, 40, 4, p.deep, opacity=0.22) + ellipse(
        62, 4, 16, 3, p.deep, opacity=0.22
    )
    kite = ""
    if chance.random() < 0.5:
        kite = path("M-104 -120l14 -18l14 18l-14 22Z", p.second) + line(
            "M-90 -98q8 14 -4 24", p.second, 2
        )
    return kite + shadow + speed + back + legs + shoes + torso + top + arms + ball


PEOPLE = {
    "two-figures": ("hills", two_figures),
    "grandparent-child": ("room", grandparent_child),
    "telephone-line": ("hills", telephone_line),
    "baby": ("room", baby),
    "pregnant": ("room", pregnant),
    "cloud-heart": ("plain", cloud_heart),
    "umbrella": ("hills", umbrella),
    "table-meal": ("room", table_meal),
    "clock-sleep": ("room", clock_sleep),
    "ball-run": ("hills", ball_run),
}
