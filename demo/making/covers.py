"""Draw the covers: one flat 16:9 picture for every stem in demo/content/covers.yaml."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from random import Random

import resvg_py
import yaml
from grounds import GROUNDS, Stage
from motifs_people import PEOPLE
from motifs_places import PLACES
from motifs_things import THINGS
from palettes import PALETTES, Palette
from PIL import Image
from shapes import flip, group, number

DEMO = Path(__file__).resolve().parent.parent
WIDTH, HEIGHT = 960, 540
LIMIT = 14_000

Motif = tuple[str, Callable[[Palette, Random], str]]
MOTIFS: dict[str, Motif] = {**PEOPLE, **PLACES, **THINGS}


def picture(motif: str, palette: str, seed: str, width: float = 320, height: float = 180) -> str:
    """The SVG of a motif; one seed always gives one picture."""
    chance = Random(seed)
    ground, draw = MOTIFS[motif]
    colours = PALETTES[palette]
    floor = height * 0.87 if height < width else height * 0.5
    stage = Stage(width, height, colours, chance, floor, sun_left=chance.random() < 0.5)
    behind = GROUNDS[ground](stage)
    middle = width / 2 + chance.uniform(-8, 8)
    scale = chance.uniform(0.95, 1.04)
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


def draw_cover(stem: str, motif: str, palette: str, target: Path) -> None:
    save_webp(rasterise(picture(motif, palette, stem), WIDTH), target / f"{stem}.webp")


def wanted(listing: Path = DEMO / "content" / "covers.yaml") -> dict[str, dict[str, str]]:
    """Stem → {"motif", "palette"}."""
    entries = yaml.safe_load(listing.read_text(encoding="utf-8"))
    if isinstance(entries, list):
        return {entry["stem"]: entry for entry in entries}
    return entries
