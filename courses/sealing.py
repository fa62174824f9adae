"""A quiz on its way through a browser and back: signed, so that nobody grades what they wrote."""

from typing import Any

from django.core import signing
from wagtail.blocks import StreamValue

SALT = "courses.sealing"
A_DAY = 24 * 3600


def seal(quiz: StreamValue, pass_mark: int) -> str:
    """Also of a quiz that was never saved: its questions and options get their ids here."""
    definition = {"quiz": quiz.get_prep_value(), "pass_mark": pass_mark}
    return signing.dumps(definition, salt=SALT, compress=True)


def unseal(sealed: str) -> dict[str, Any]:
    """{"quiz": what a StreamField reads, "pass_mark": per cent}. Raises signing.BadSignature."""
    found: dict[str, Any] = signing.loads(sealed, salt=SALT, max_age=A_DAY)
    return found
