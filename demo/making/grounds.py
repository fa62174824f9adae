"""Backgrounds: hills, a room, or a calm plain ground, for any picture size."""

from dataclasses import dataclass
from random import Random

from palettes import Palette
from shapes import (
    box,
    circle,
    cloud,
    ellipse,
    group,
    leaf_plant,
    line,
    number,
    path,
    round_tree,
    star,
)


@dataclass(frozen=True)
class Stage:
    """What a ground needs to know: size in cover units, colours, chance, height of the floor."""

    width: float
    height: float
    palette: Palette
    chance: Random
    floor: float
    sun_left: bool = False


def ridge(stage: Stage, level: float, swell: float, fill: str) -> str:
    """One rolling hill line from edge to edge; `level` is its mean height on the page."""
    step = stage.width / 3
    shift = stage.chance.uniform(-0.4, 0.4) * step
    x = -step + shift
    points = [f"M{number(x)} {number(level)}"]
    lift = stage.chance.choice((-1, 1)) * swell
    while x < stage.width + step:
        drop = lift * stage.chance.uniform(0.7, 1.2)
        points.append(
            f"C{number(x + step * 0.4)} {number(level + drop)} {number(x + step * 0.6)}"
            f" {number(level + drop)} {number(x + step)} {number(level)}"
        )
        x, lift = x + step, -lift
    return path(f"{''.join(points)}V{number(stage.height)}H{number(-step)}Z", fill)


def night_sky(stage: Stage) -> str:
    chance = stage.chance
    return "".join(
        star(
            chance.uniform(0.04, 0.96) * stage.width,
            chance.uniform(0.04, 0.42) * stage.height,
            chance.uniform(1.2, 2.8),
            stage.palette.glow,
        )
        for _ in range(11)
    )


def sun(stage: Stage) -> str:
    p, chance = stage.palette, stage.chance
    x = chance.uniform(0.14, 0.2) if stage.sun_left else chance.uniform(0.8, 0.86)
    x, y = x * stage.width, chance.uniform(0.22, 0.3) * min(stage.height, stage.width)
    r = chance.uniform(21, 27)
    halo = circle(x, y, r * 1.45, p.glow, 0.16 if p.dark else 0.3)
    return halo + circle(x, y, r, p.glow)


def drifting_clouds(stage: Stage) -> str:
    p, chance = stage.palette, stage.chance
    side = 0.76 if stage.sun_left else 0.2
    tint = p.far if p.dark else p.light
    first = cloud(
        stage.width * (side + chance.uniform(-0.08, 0.06)),
        stage.width * chance.uniform(0.13, 0.19),
        chance.uniform(15, 21),
        tint,
        0.9,
    )
    second = cloud(
        stage.width * chance.uniform(0.42, 0.6), stage.width * 0.1, chance.uniform(9, 13), tint, 0.7
    )
    return first + second


def hills(stage: Stage, light: bool = True) -> str:
    """Sky, sun or moon, three ridges; the nearest one carries the motif."""
    p, chance, floor = stage.palette, stage.chance, stage.floor
    sky = night_sky(stage) if p.dark else drifting_clouds(stage)
    trees = "".join(
        round_tree(stage.width * at, floor - 1, chance.uniform(6.5, 10), p.near, p.deep)
        for at in ((0.07, 0.93) if chance.random() < 0.5 else (0.05, 0.11, 0.95))
    )
    return (
        box(0, 0, stage.width, stage.height, p.sky)
        + sky
        + (sun(stage) if light else "")
        + ridge(stage, floor - 34, 20, p.far)
        + ridge(stage, floor - 14, 14, p.mid)
        + trees
        + ridge(stage, floor - 1, 3.5, p.near)
    )


def evening(stage: Stage) -> str:
    """Hills whose light comes from the motif."""
    return hills(stage, light=False)


def window(stage: Stage, x: float, y: float, w: float, h: float) -> str:
    """A view of hills through a frame; (x, y) is the upper left corner."""
    p = stage.palette
    view = (
        box(0, 0, w, h, p.deep if p.dark else p.light, r=4)
        + circle(w * 0.68, h * 0.34, w * 0.13, p.glow)
        + path(
            f"M0 {number(h * 0.74)}Q{number(w * 0.3)} {number(h * 0.5)} {number(w * 0.58)} "
            f"{number(h * 0.74)}T{number(w)} {number(h * 0.68)}V{number(h)}H0Z",
            p.mid,
        )
    )
    bars = line(f"M{number(w / 2)} 0V{number(h)}M0 {number(h / 2)}H{number(w)}", p.soft, 2.4)
    frame = (
        f'<rect width="{number(w)}" height="{number(h)}" rx="4" fill="none"'
        f' stroke="{p.soft}" stroke-width="4"/>'
    )
    sill = box(-6, h, w + 12, 5, p.soft, r=2)
    return group([view, bars, frame, sill], x, y)


def picture_frames(stage: Stage, x: float, y: float) -> str:
    p = stage.palette
    return (
        box(x, y, 26, 32, p.light, r=2)
        + box(x + 4, y + 4, 18, 24, p.soft, r=1)
        + circle(x + 13, y + 15, 5, p.second)
        + box(x + 34, y + 8, 22, 22, p.light, r=2)
        + box(x + 38, y + 12, 14, 14, p.mid, r=1)
    )


def wall(stage: Stage) -> str:
    """A wall, a floor and a rug."""
    p, floor = stage.palette, stage.floor
    return (
        box(0, 0, stage.width, stage.height, p.sky)
        + box(0, floor - 12, stage.width, stage.height - floor + 12, p.far)
        + box(0, floor - 14, stage.width, 2.4, p.soft)
        + ellipse(stage.width / 2, floor + 3, 112, 10, p.mid, opacity=0.55)
    )


def room(stage: Stage) -> str:
    """A wall, a floor, a window or pictures, a plant: quiet indoor places."""
    p, chance, floor = stage.palette, stage.chance, stage.floor
    left = chance.random() < 0.5
    top = max(22, floor - 136)
    side = stage.width / 2 - 138
    pane = window(stage, side if left else stage.width - side - 58, top, 58, 52)
    frames = picture_frames(stage, stage.width - side - 56 if left else side, top + 4)
    plant_x = stage.width / 2 + (-136 if left else 136)
    plant = leaf_plant(plant_x, floor + 2, 40, p.near if not p.dark else p.soft, p.accent)
    return wall(stage) + pane + (frames if chance.random() < 0.7 else "") + plant


def plain(stage: Stage) -> str:
    """A large quiet disc behind the motif."""
    p, chance, floor = stage.palette, stage.chance, stage.floor
    x = stage.width / 2 + chance.uniform(-14, 14)
    disc = circle(x, floor - 66, chance.uniform(78, 86), p.far if p.dark else p.soft, 0.85)
    dots = "".join(
        circle(
            stage.width / 2 + side * chance.uniform(104, 140),
            floor - chance.uniform(30, 128),
            chance.uniform(2.4, 6.5),
            fill,
            0.9,
        )
        for side in (-1, 1)
        for fill in (p.second, p.light, p.mid)
    )
    return (
        box(0, 0, stage.width, stage.height, p.sky)
        + disc
        + dots
        + ridge(stage, floor + 1, 4, p.far if p.dark else p.mid)
        + ridge(stage, floor + 9, 3, p.near)
    )


GROUNDS = {"hills": hills, "evening": evening, "room": room, "wall": wall, "plain": plain}
