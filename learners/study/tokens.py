"""A learning token says who learns which lesson in which run since when, signed.

ARCHITECTURE.md decisions 3 and 4: a heartbeat needs no session. It also carries what the
report is measured against, so that no heartbeat reads a page's body.
"""

from dataclasses import dataclass
from functools import lru_cache

from django.core.signing import BadSignature, Signer

IDENTIFIES_FOR = 30 * 24 * 3600.0


class BadToken(ValueError):
    """Forged, damaged, or older than a token can be."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Token:
    """`length` and `required` are whole media (or reading) seconds, `opened_at` seconds since
    1970, `media_key` the first 12 hex digits of the file's hash, empty for an article."""

    user: int
    epoch: int
    enrolment: int
    lesson: int
    opened_at: int
    length: int
    required: int
    media_key: str


@lru_cache(maxsize=1)
def _signer() -> Signer:
    return Signer(salt="learning-token")


def issue(token: Token) -> str:
    numbers = (
        token.user,
        token.epoch,
        token.enrolment,
        token.lesson,
        token.opened_at,
        token.length,
        token.required,
    )
    return _signer().sign(".".join(map(str, numbers)) + "." + token.media_key)


def read(text: str, now: float) -> Token:
    """The token behind the text; raises BadToken with code `bad-token` or `token-expired`."""
    try:
        *numbers, media_key = _signer().unsign(text).split(".")
    except BadSignature:
        raise BadToken("bad-token") from None
    user, epoch, enrolment, lesson, opened_at, length, required = map(int, numbers)
    token = Token(user, epoch, enrolment, lesson, opened_at, length, required, media_key)
    if now - token.opened_at > IDENTIFIES_FOR:
        raise BadToken("token-expired")
    return token
