"""Draw the covers: one flat 16:9 picture for every stem in demo/content/covers.yaml."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any

import resvg_py
import yaml
from grounds import GROUNDS, Stage
from motifs_days import DAYS
from motifs_people import PEOPLE
from motifs_places import PLACES
from motifs_stories import STORIES
from motifs_things import THINGS
from motifs_ways import WAYS
from palettes import PALETTES, Palette
from PIL import Image
from shapes import flip, group, number

DEMO = Path(__file__).resolve().parent.parent
WIDTH, HEIGHT = 960, 540
LIMIT = 14_000

Motif = tuple[str, Callable[[Palette, Random], str]]
MOTIFS: dict[str, Motif] = {
    **PEOPLE,
    **PLACES,
    **THINGS,
    **STORIES,
    **DAYS,
    **WAYS,
}


def picture(motif: str, palette: str, seed: str, tall: bool = False) -> str:
    """The SVG of a motif; one seed always gives one picture. `tall`: cards of short videos show
    only the middle 36 % of the width, so the motif stays within it.
    """
    width, height = 320, 180
    chance = Random(seed)
    ground, draw = MOTIFS[motif]
    colours = PALETTES[palette]
    floor = height * 0.87
    stage = Stage(width, height, colours, chance, floor, sun_left=chance.random() < 0.5)
    behind = GROUNDS[ground](stage)
    middle = width / 2 + chance.uniform(-8, 8) * (not tall)
    scale = chance.uniform(0.95, 1.04) * (0.84 if tall else 1)
    drawn = [draw(colours, chance)]
    mirrored = chance.random() < 0.5
    front = flip(drawn, middle, floor, scale) if mirrored else group(drawn, middle, floor, scale)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {number(width)} {number(height)}">'
        f"{behind}{front}</svg>"
    )


def rasterise(svg: str, width: int) -> Image.Image:
    data = resvg_py.svg_to_bytes(svg_string=svg, width=width, skip_system_fonts=True)
    return Image.open(BytesIO(data)).convert("RGB")


def save_webp(image: Image.Image, target: Path, limit: int = LIMIT) -> None:
    """The best quality that stays under the limit."""
    for quality in range(84, 20, -6):
        buffer = BytesIO()
        image.save(buffer, "WEBP", quality=quality, method=6)
        if buffer.tell() <= limit:
            break
    target.write_bytes(buffer.getvalue())


def draw_cover(stem: str, wish: dict[str, Any], target: Path) -> None:
    drawing = picture(
        wish["motif"], wish["palette"], wish.get("seed", stem), wish.get("tall", False)
    )
    save_webp(rasterise(drawing, WIDTH), target / f"{stem}.webp")


def wanted(listing: Path = DEMO / "content" / "covers.yaml") -> dict[str, dict[str, Any]]:
    """Stem → {"motif", "palette"} and, if need be, "tall" and another "seed"."""
    return yaml.safe_load(listing.read_text(encoding="utf-8"))
