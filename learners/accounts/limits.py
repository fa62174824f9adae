"""How often codes are sent and tried; the rates stand in settings.ACCOUNT_RATE_LIMITS.

One phone gets few codes. One address gets many: the parents of a whole school may share it.
"""

from http import HTTPStatus

from allauth.core import ratelimit
from allauth.core.exceptions import RateLimited
from django.http import HttpRequest
from django.utils.translation import gettext as _

from learners.accounts.protected import keyed_hash


class PhoneLimitedError(Exception):
    """This phone has had its codes for now; `message` says so in plain words."""

    status = HTTPStatus.TOO_MANY_REQUESTS

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


def spend_a_code(request: HttpRequest, phone: str) -> None:
    """Raises RateLimited for the address, PhoneLimitedError for the phone."""
    if not ratelimit.consume(request, action="code_from_address"):
        raise RateLimited
    # The cache must not hold a hash that anybody could compute from a phone number.
    key = keyed_hash(phone)
    if not ratelimit.consume(request, action="code_again", key=key):
        raise PhoneLimitedError(
            _("A code was sent to this number a moment ago. Please wait a minute and try again.")
        )
    if not ratelimit.consume(request, action="code_to_phone", key=key):
        raise PhoneLimitedError(
            _("Too many codes were asked for this number. Please try again later.")
        )


def spend_an_attempt(request: HttpRequest, nonce: str) -> bool:
    """Counts in the cache, under a lock: guesses sent side by side all read one session."""
    return ratelimit.consume(request, action="code_attempt", key=nonce)
