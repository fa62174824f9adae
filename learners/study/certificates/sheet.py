"""How a certificate looks: every mark on an A4 sheet, for whoever paints it.

All measures are millimetres from the upper left corner; a text stands on its baseline `y`,
and `size` is the height of a Chinese character. One font only: embedding a second one doubles
the time that the PDF takes.
"""

import math
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms import qr
from cms.lettering import balanced, fitted, width
from learners.study.certificates.numbers import shown
from learners.study.models import Certificate

WIDE, HIGH = 210, 297
MIDDLE = WIDE / 2
FONT = "serif"
PAPER, INK, SOFT, ACCENT, DONE, LINE, BAD = (
    "#fffdf8",
    "#1f2328",
    "#5b6168",
    "#b8441f",
    "#2f6f5e",
    "#e9e3d8",
    "#a3202c",
)
HILLS = (("#f3d9b8", 255.0, 9.0, 0.0), ("#7fa88f", 266.0, 7.0, 1.1), ("#2f6f5e", 276.0, 5.0, 2.3))


@dataclass(frozen=True, slots=True)
class Text:
    x: float
    y: float
    text: str
    size: float
    colour: str = INK
    centred: bool = True


@dataclass(frozen=True, slots=True)
class Box:
    """Filled when it has a `fill`, else a frame `line` millimetres thick."""

    x: float
    y: float
    wide: float
    high: float
    fill: str = ""
    frame: str = ""
    line: float = 0


@dataclass(frozen=True, slots=True)
class Shape:
    points: tuple[tuple[float, float], ...]
    fill: str


@dataclass(frozen=True, slots=True)
class Disc:
    x: float
    y: float
    radius: float
    fill: str


Mark = Text | Box | Shape | Disc


def marks(certificate: Certificate) -> list[Mark]:
    """In the order in which they are painted."""
    found: list[Mark] = [Box(0, 0, WIDE, HIGH, fill=PAPER), *_hills(), *_frame(), *_brand()]
    title = _("Certificate of completion")
    found.append(Text(MIDDLE, 84, title, fitted(title, FONT, 17, 150), ACCENT))
    found += _holder(certificate)
    found += _course(certificate)
    found += _foot(certificate)
    if certificate.revoked_at:
        found.append(Text(MIDDLE, 98, _("Revoked: no longer valid"), 7, BAD))
    return found


def _hills() -> list[Mark]:
    steps = range(0, WIDE + 1, 3)
    found: list[Mark] = [Disc(166, 246, 9, "#f9b26b")]
    for fill, base, swing, phase in HILLS:
        ridge = tuple((float(x), base + swing * math.sin(x / 34 + phase)) for x in steps)
        found.append(Shape((*ridge, (WIDE, HIGH), (0.0, HIGH)), fill))
    return found


def _frame() -> list[Mark]:
    return [
        Box(9, 9, WIDE - 18, HIGH - 18, frame=ACCENT, line=0.9),
        Box(11.5, 11.5, WIDE - 23, HIGH - 23, frame=LINE, line=0.4),
    ]


def _brand() -> list[Mark]:
    return [
        Disc(MIDDLE, 36, 7.5, ACCENT),
        Disc(MIDDLE + 2.2, 33.8, 3, "#ffd9a8"),
        Text(MIDDLE, 55, _("Parent School"), 6.5),
    ]


def _holder(certificate: Certificate) -> list[Mark]:
    size = fitted(certificate.holder, FONT, 15, 130)
    half = max(width(certificate.holder, FONT, size) / 2 + 8, 40)
    return [
        Text(MIDDLE, 118, certificate.holder, size),
        Box(MIDDLE - half, 123, 2 * half, 0.4, fill=ACCENT),
        Text(MIDDLE, 136, _("has finished the course"), 6, SOFT),
    ]


def _course(certificate: Certificate) -> list[Mark]:
    title = balanced(certificate.course_title, FONT, 9, 150, 3)
    found: list[Mark] = [Text(MIDDLE, 153 + 13 * row, line, 9) for row, line in enumerate(title)]
    below = 153 + 13 * len(title)
    found += [
        Text(MIDDLE, below + 3 + 8 * row, line, 5, SOFT)
        for row, line in enumerate(facts(certificate))
    ]
    return found


def facts(certificate: Certificate) -> list[str]:
    """When, how much and how, each a line."""
    date = _date(certificate.completed_at)
    done = sum(lesson["done"] for lesson in certificate.lessons)
    lessons = ngettext("%(n)s lesson", "%(n)s lessons", done) % {"n": done}
    found = [
        _("Finished on %(date)s") % {"date": date},
        _("%(lessons)s, %(minutes)s minutes in all")
        % {"lessons": lessons, "minutes": certificate.minutes},
    ]
    if certificate.offline:
        found.append(_("Partly learned without network"))
    return found


def _date(moment: Any) -> str:
    local = timezone.localtime(moment)
    return _("%(year)s-%(month)s-%(day)s") % {
        "year": local.year,
        "month": local.month,
        "day": local.day,
    }


def _foot(certificate: Certificate) -> list[Mark]:
    number = _("No. %(number)s") % {"number": shown(certificate.number)}
    rules = _("Under version %(version)s of the course's rules") % {
        "version": certificate.rules_version
    }
    return [
        *qr_marks(check_address(certificate), 24, 204, 34),
        Text(64, 213, number, 5.2, centred=False),
        Text(64, 222, _("Scan to check that it is genuine, or type the number at"), 4, SOFT, False),
        Text(64, 229, f"{settings.SITE_URL}/certificates/", 4, SOFT, False),
        Text(64, 236, rules, 4, SOFT, False),
    ]


def check_address(certificate: Certificate) -> str:
    return settings.SITE_URL + certificate.get_check_url()


def qr_marks(address: str, x: float, y: float, size: float) -> list[Mark]:
    """A QR code on white; dark modules side by side are one box."""
    module = size / qr.size(address)
    dark = [
        Box(x + column * module, y + row * module, length * module, module, fill=INK)
        for column, row, length in qr.runs(address)
    ]
    return [Box(x, y, size, size, fill="#ffffff"), *dark]
