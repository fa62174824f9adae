"""A class's code and its QR: renewed, closed, drawn."""

import io

import segno
from django.conf import settings
from django.urls import reverse

from learners.schools.codes import new_code
from learners.schools.models import SchoolClass

PNG_SCALE, SVG_SCALE, BORDER = 16, 8, 4


def renew(school_class: SchoolClass) -> None:
    """The old code leads nowhere from now on; whoever joined stays."""
    school_class.join_code, school_class.join_open = new_code(), True
    school_class.save(update_fields=["join_code", "join_open"])


def set_open(school_class: SchoolClass, is_open: bool) -> None:
    school_class.join_open = is_open
    school_class.save(update_fields=["join_open"])


def join_address(school_class: SchoolClass) -> str:
    return settings.SITE_URL + reverse("schools:landing", args=[school_class.join_code])


def drawn(school_class: SchoolClass, kind: str) -> bytes:
    """`kind` is svg or png; a quarter of it may be dirty and it can still be read."""
    target = io.BytesIO()
    scale = SVG_SCALE if kind == "svg" else PNG_SCALE
    code = segno.make(join_address(school_class), error="q", micro=False)
    code.save(target, kind=kind, scale=scale, border=BORDER)
    return target.getvalue()
