"""Draw the moving slides: words on the left (or above), beside them an illustration that sways."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from math import pi, sin
from typing import Any

from palettes import PALETTES, Palette
from PIL import Image, ImageDraw, ImageFont
from scenes import LANDSCAPE, MARGIN, PORTRAIT, Frame, ground_layer, motif_for, motif_layer

FONT = "/usr/share/fonts/opentype/noto/NotoSansCJK-{}.ttc"
RATE = 15
CROSS_FADE = 0.5
APPEAR = 0.45
NO_START = set("，。、；：！？）》」』”’…")
BREAK_AFTER = "：，、；！？ "


@cache
def font(weight: str, size: int) -> ImageFont.FreeTypeFont:
    """Noto Sans CJK in its simplified Chinese shapes."""
    for index in range(12):
        found = ImageFont.truetype(FONT.format(weight), size, index=index)
        if found.getname()[0].endswith("CJK SC"):
            return found
    raise LookupError(f"no simplified Chinese face in {FONT.format(weight)}")


def wrap(text: str, face: ImageFont.FreeTypeFont, width: int) -> list[str]:
    """Lines that fit; a break at | or after punctuation is liked best, a lone character least."""
    whole = text.replace("|", "")
    if whole != text:
        return [whole] if face.getlength(whole) <= width else text.split("|")
    if face.getlength(text) <= width:
        return [text]
    for sign in BREAK_AFTER:
        parts = [(text[:at], text[at:]) for at in range(1, len(text)) if text[at - 1] == sign]
        widths = {max(map(face.getlength, part)): part for part in parts}
        if widths and min(widths) <= width:
            return [half.strip() for half in widths[min(widths)]]
    fit = next(n for n in range(len(text), 0, -1) if face.getlength(text[:n]) <= width)
    rows = -(-len(text) // fit)
    cut = min(fit, -(-len(text) // rows))
    while cut > 1 and text[cut] in NO_START:
        cut -= 1
    return [text[:cut], *wrap(text[cut:], face, width)]


@dataclass(frozen=True)
class Words:
    """A drawn piece of text, where it stands and when it appears (seconds in its slide)."""

    image: Image.Image
    x: int
    y: int
    at: float


def draw_text(
    rows: list[str], face: ImageFont.FreeTypeFont, colour: str, leading: int, bolder: float = 0
) -> Image.Image:
    width = int(max(face.getlength(row) for row in rows)) + 4
    image = Image.new("RGBA", (width, leading * len(rows) + 8), colour + "00")
    pen = ImageDraw.Draw(image)
    for index, row in enumerate(rows):
        pen.text((0, index * leading), row, font=face, fill=colour, stroke_width=bolder)
    return image


def bullet_line(
    text: str, face: ImageFont.FreeTypeFont, p: Palette, width: int, size: int
) -> Image.Image:
    """A line with a round mark before it."""
    words = draw_text(wrap(text, face, width - size), face, text_colour(p), int(size * 1.36), 0.4)
    image = Image.new("RGBA", (words.width + size, words.height), text_colour(p) + "00")
    image.alpha_composite(words, (size - 2, 0))
    big = Image.new("RGBA", (size * 4, size * 4), mark_colour(p) + "00")
    ImageDraw.Draw(big).ellipse((0, size * 1.5, size * 1.7, size * 3.2), fill=mark_colour(p))
    image.alpha_composite(big.resize((size, size), Image.Resampling.LANCZOS), (0, int(size * 0.17)))
    return image


def text_colour(p: Palette) -> str:
    return p.light if p.dark else p.deep


def mark_colour(p: Palette) -> str:
    return p.second if p.dark else p.accent


def draw_words(frame: Frame, slide: dict[str, Any], p: Palette, scale: float) -> list[Image.Image]:
    """The heading and its lines as pictures."""
    size, small = int(frame.heading * scale), int(frame.body * scale)
    bold, body = font("Bold", size), font("Regular", small)
    rows = wrap(slide["heading"], bold, frame.text_width)
    head = draw_text(rows, bold, text_colour(p), int(size * 1.26))
    return [head] + [
        bullet_line(t, body, p, frame.text_width, small) for t in slide.get("lines", [])
    ]


def lay_out(frame: Frame, slide: dict[str, Any], p: Palette, seconds: float) -> list[Words]:
    """Heading and lines in the middle of the text area, as large as fits, each with its moment."""
    room = frame.text_bottom - frame.text_top
    for scale in (1.0, 0.94, 0.88, 0.82, 0.76, 0.7):
        images = draw_words(frame, slide, p, scale)
        gap = int(frame.body * scale * 0.36)
        height = sum(image.height + gap for image in images)
        if height <= room:
            break
    y = frame.text_top + max(0, room - height) // 2
    step = (seconds - 2.2) / len(images) * 0.9
    placed = []
    for index, image in enumerate(images):
        placed.append(Words(image, frame.text_left, y, 0.9 + (index - 1) * step if index else 0.15))
        y += image.height + gap + (gap if index == 0 else 0)
    return placed


def ease(part: float) -> float:
    part = min(1.0, max(0.0, part))
    return part * part * (3 - 2 * part)


def faded(image: Image.Image, alpha: float) -> Image.Image:
    if alpha >= 1:
        return image
    copy = image.copy()
    copy.putalpha(image.getchannel("A").point(lambda a: int(a * alpha)))
    return copy


class Slide:
    """One slide, ready to be drawn at any moment of its life."""

    def __init__(
        self, frame: Frame, words: list[Words], ground: Image.Image, motif: Image.Image
    ) -> None:
        self.frame, self.words, self.ground, self.motif = frame, words, ground, motif
        box = motif.getbbox() or (0, 0, 1, 1)
        self.box = (
            max(0, box[0] - 6),
            max(0, box[1] - 6),
            min(motif.width, box[2] + 6),
            min(motif.height, box[3] + 6),
        )

    def at(self, moment: float, seconds: float) -> Image.Image:
        """The picture `moment` seconds after the slide began; it lives `seconds`."""
        image = self.ground.copy()
        self.paste_motif(image, moment)
        for words in self.words:
            part = ease((moment - words.at) / APPEAR)
            if part > 0:
                ink = faded(words.image, part)
                image.paste(ink, (words.x, words.y + round((1 - part) * 9)), ink)
        return image

    def paste_motif(self, image: Image.Image, moment: float) -> None:
        """It rises into place, then breathes: a slow sway of a few pixels."""
        rise = (1 - ease((moment + 0.2) / 0.9)) * 14
        sway = sin(moment * 2 * pi / 9) * 4.2
        left, top, right, bottom = self.box
        size = (right - left, bottom - top)
        moved = self.motif.transform(
            size,
            Image.Transform.AFFINE,
            (1, 0, left - sway, 0, 1, top - rise),
            Image.Resampling.BILINEAR,
        )
        image.paste(moved, (left - MARGIN, top), moved)


def build(script: dict[str, Any], stem: str, turns: list[float], opening: str) -> list[Slide]:
    """All slides of a script; `opening` is the motif of the first one."""
    frame = PORTRAIT if script.get("portrait") else LANDSCAPE
    name = script["palette"]
    motifs: list[str] = []
    made = []
    for index, slide in enumerate(script["slides"]):
        rest = "".join(slide.get("lines", [])) + slide["narration"]
        fitting = slide.get("motif") or (opening if index == 0 else "")
        motifs.append(fitting or motif_for(slide["heading"], rest, motifs))
        seed = f"{stem} {index}"
        words = lay_out(frame, slide, PALETTES[name], turns[index + 1] - turns[index])
        ground = ground_layer(frame, motifs[-1], name, seed)
        made.append(Slide(frame, words, ground, motif_layer(frame, motifs[-1], name, seed)))
    return made


def frames(slides: list[Slide], turns: list[float]) -> Iterator[Image.Image]:
    """Every frame of the recording, slides fading into each other."""
    for number in range(int(turns[-1] * RATE)):
        now = number / RATE
        index = max(i for i in range(len(slides)) if turns[i] <= now)
        since = now - turns[index]
        picture = slides[index].at(since, turns[index + 1] - turns[index])
        if index and since < CROSS_FADE:
            before = slides[index - 1].at(now - turns[index - 1], turns[index] - turns[index - 1])
            picture = Image.blend(before, picture, ease(since / CROSS_FADE))
        yield picture


def poster(slides: list[Slide]) -> Image.Image:
    """The first slide with all its words."""
    return slides[0].at(1000.0 * 9, 2000.0)
