"""Painting a certificate's marks: as a PNG to keep on a phone, as a PDF to print."""

from functools import singledispatch
from io import BytesIO

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from fpdf import FPDF
from PIL import Image, ImageDraw

from cms.lettering import FONTS, font
from learners.study.certificates.numbers import shown
from learners.study.certificates.sheet import (
    FONT,
    HIGH,
    PAPER,
    WIDE,
    Box,
    Disc,
    Mark,
    Shape,
    Text,
    marks,
)
from learners.study.models import Certificate

PIXELS_A_MM = 6
POINTS_A_MM = 72 / 25.4


@translation.override(settings.LANGUAGE_CODE)
def png(certificate: Certificate) -> bytes:
    """1260 × 1782 pixels."""
    picture = Image.new("RGB", (WIDE * PIXELS_A_MM, HIGH * PIXELS_A_MM), PAPER)
    pen = ImageDraw.Draw(picture)
    for mark in marks(certificate):
        draw(mark, pen)
    out = BytesIO()
    picture.quantize(64).save(out, "PNG")
    return out.getvalue()


@translation.override(settings.LANGUAGE_CODE)
def pdf(certificate: Certificate) -> bytes:
    """One page of A4 with the letters it uses embedded."""
    paper = FPDF(format="A4", unit="mm")
    paper.add_font(FONT, fname=FONTS[FONT])
    paper.set_title(f"{_('Certificate of completion')} {shown(certificate.number)}")
    paper.set_lang("zh-CN")
    paper.set_creation_date(certificate.issued_at)
    paper.set_auto_page_break(False)
    paper.add_page()
    for mark in marks(certificate):
        put(mark, paper)
    return bytes(paper.output())


def _pixels(*measures: float) -> list[float]:
    return [measure * PIXELS_A_MM for measure in measures]


@singledispatch
def draw(mark: Mark, pen: ImageDraw.ImageDraw) -> None:
    raise TypeError(mark)


@draw.register
def _draw_text(mark: Text, pen: ImageDraw.ImageDraw) -> None:
    place = (mark.x * PIXELS_A_MM, mark.y * PIXELS_A_MM)
    letters = font(FONT, round(mark.size * PIXELS_A_MM))
    pen.text(place, mark.text, mark.colour, letters, "ms" if mark.centred else "ls")


@draw.register
def _draw_box(mark: Box, pen: ImageDraw.ImageDraw) -> None:
    left, top, wide, high = _pixels(mark.x, mark.y, mark.wide, mark.high)
    # Pillow paints both ends: a pixel less, or neighbouring boxes would overlap.
    corners = (round(left), round(top), round(left + wide) - 1, round(top + high) - 1)
    if mark.fill:
        pen.rectangle(corners, mark.fill)
    else:
        pen.rectangle(corners, None, mark.frame, round(mark.line * PIXELS_A_MM))


@draw.register
def _draw_shape(mark: Shape, pen: ImageDraw.ImageDraw) -> None:
    pen.polygon([(x * PIXELS_A_MM, y * PIXELS_A_MM) for x, y in mark.points], mark.fill)


@draw.register
def _draw_disc(mark: Disc, pen: ImageDraw.ImageDraw) -> None:
    x, y, radius = _pixels(mark.x, mark.y, mark.radius)
    pen.circle((x, y), radius, mark.fill)


@singledispatch
def put(mark: Mark, paper: FPDF) -> None:
    raise TypeError(mark)


@put.register
def _put_text(mark: Text, paper: FPDF) -> None:
    paper.set_font(FONT, size=mark.size * POINTS_A_MM)
    paper.set_text_color(mark.colour)
    left = mark.x - paper.get_string_width(mark.text) / 2 if mark.centred else mark.x
    paper.text(left, mark.y, mark.text)


@put.register
def _put_box(mark: Box, paper: FPDF) -> None:
    if mark.fill:
        paper.set_fill_color(mark.fill)
    else:
        paper.set_draw_color(mark.frame)
        paper.set_line_width(mark.line)
    paper.rect(mark.x, mark.y, mark.wide, mark.high, style="F" if mark.fill else "D")


@put.register
def _put_shape(mark: Shape, paper: FPDF) -> None:
    paper.set_fill_color(mark.fill)
    paper.polygon(mark.points, style="F")


@put.register
def _put_disc(mark: Disc, paper: FPDF) -> None:
    paper.set_fill_color(mark.fill)
    paper.circle(mark.x, mark.y, mark.radius, style="F")
