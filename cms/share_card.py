"""A picture of a resource to send on in WeChat, which shows no preview of a link.

It is the same for everybody, so it is drawn once and kept until the page is published anew.
"""

from io import BytesIO
from urllib.parse import urljoin

from django.conf import settings
from django.core.cache import cache
from django.utils.translation import gettext as _
from PIL import Image, ImageDraw, ImageOps

from cms import qr
from cms.lettering import font, lines
from cms.models import ResourcePage
from cms.templatetags.school import kind_name, minutes

WIDE, HIGH, COVER_HIGH, EDGE, QR_WIDE = 750, 1060, 422, 48, 210
PAPER, INK, SOFT, ACCENT, LINE = "#fffdf8", "#1f2328", "#5b6168", "#b8441f", "#e9e3d8"
KEPT_SECONDS = 24 * 3600


def png(page: ResourcePage) -> bytes:
    """750 × 1060 pixels: cover, kind, title, summary and a QR code that leads to the page."""
    published = page.last_published_at
    key = f"share-card-{page.pk}-{published.timestamp() if published else 0}"
    found = cache.get(key)
    if found is None:
        found = draw(page)
        cache.set(key, found, KEPT_SECONDS)
    return found


def draw(page: ResourcePage) -> bytes:
    card = Image.new("RGB", (WIDE, HIGH), PAPER)
    pen = ImageDraw.Draw(card)
    _cover(page, card, pen)
    _words(page, pen)
    _foot(pen, address(page))
    out = BytesIO()
    card.quantize(128).save(out, "PNG")
    return out.getvalue()


def address(page: ResourcePage) -> str:
    return urljoin(settings.SITE_URL, page.get_url())


def _cover(page: ResourcePage, card: Image.Image, pen: ImageDraw.ImageDraw) -> None:
    if page.cover is None:
        pen.rectangle((0, 0, WIDE, COVER_HIGH), "#f3d9b8")
        pen.circle((540, 140), 62, "#f9b26b")
        pen.ellipse((-200, 250, 620, 700), "#7fa88f")
        pen.ellipse((200, 310, 1100, 760), "#2f6f5e")
        pen.rectangle((0, COVER_HIGH, WIDE, HIGH), PAPER)
        return
    with page.cover.file.open("rb") as file, Image.open(file) as picture:
        picture.draft("RGB", (2 * WIDE, 2 * COVER_HIGH))
        upright = ImageOps.exif_transpose(picture).convert("RGB")
        card.paste(ImageOps.fit(upright, (WIDE, COVER_HIGH)), (0, 0))


def _words(page: ResourcePage, pen: ImageDraw.ImageDraw) -> None:
    kind = " · ".join(filter(None, [kind_name(page), minutes(page.minutes)]))
    below = COVER_HIGH + 66
    pen.text((EDGE, below), kind, ACCENT, font("sans", 30), "ls")
    room = WIDE - 2 * EDGE
    below += 14
    for line in lines(page.title, "sans", 46, room, 3):
        below += 62
        pen.text((EDGE, below), line, INK, font("sans", 46), "ls", stroke_width=0.6)
    below += 8
    for line in lines(page.summary, "sans", 28, room, 2) if page.summary else []:
        below += 42
        pen.text((EDGE, below), line, SOFT, font("sans", 28), "ls")


def _foot(pen: ImageDraw.ImageDraw, leads_to: str) -> None:
    top = HIGH - QR_WIDE - EDGE
    pen.line((EDGE, top - 24, WIDE - EDGE, top - 24), LINE, 2)
    pen.circle((EDGE + 26, top + 52), 26, ACCENT)
    pen.circle((EDGE + 34, top + 44), 10, "#ffd9a8")
    name = font("sans", 38)
    pen.text((EDGE + 70, top + 66), _("Parent School"), INK, name, "ls", stroke_width=0.5)
    hints = [_("Press the picture for a while,"), _("or scan it, to open the page")]
    for number, hint in enumerate(hints):
        pen.text((EDGE, top + 126 + 38 * number), hint, SOFT, font("sans", 28), "ls")
    _code(pen, leads_to, WIDE - EDGE - QR_WIDE, top)


def _code(pen: ImageDraw.ImageDraw, leads_to: str, left: int, top: int) -> None:
    """Whole pixels a module, so that its edges are sharp."""
    module = QR_WIDE // qr.size(leads_to)
    pen.rectangle((left, top, left + QR_WIDE, top + QR_WIDE), "#ffffff")
    shift = (QR_WIDE - module * qr.size(leads_to)) // 2
    for column, row, length in qr.runs(leads_to):
        x, y = left + shift + column * module, top + shift + row * module
        pen.rectangle((x, y, x + length * module - 1, y + module - 1), INK)
