"""How often codes, names and digits may be guessed; the rates stand in ACCOUNT_RATE_LIMITS.

A whole school may share one address, so that only wrong codes count there; digits count for the
person and for the child that is guessed at.
"""

import logging

from allauth.core import ratelimit
from allauth.core.internal import ratelimit as counting
from django.http import HttpRequest

from learners.accounts.protected import keyed_hash
from learners.schools.models import SchoolClass

logger = logging.getLogger(__name__)


def may_guess_codes(request: HttpRequest) -> bool:
    return _count_code(request, dry_run=True)


def _count_code(request: HttpRequest, dry_run: bool) -> bool:
    """Codes are guessed by GET, which allauth's public function never limits."""
    return bool(
        counting.consume(
            request, app="allauth.account", action="join_code", limit_get=True, dry_run=dry_run
        )
    )


def note_wrong_code(request: HttpRequest) -> None:
    _count_code(request, dry_run=False)
    logger.warning("a class code that does not exist was tried")


def spend_a_guess(request: HttpRequest, school_class: SchoolClass, name: str) -> bool:
    """Before looking: a right answer counts too, so that nobody learns when to stop."""
    person = f"{request.user.pk}"
    # The cache must not hold a name that anybody could read.
    child = keyed_hash(f"{school_class.pk}:{name}")
    allowed = ratelimit.consume(request, action="join_guess", key=person)
    allowed = ratelimit.consume(request, action="join_child", key=child) and allowed
    if not allowed:
        logger.warning("person %s guesses in class %s too often", person, school_class.pk)
    return bool(allowed)


def note_wrong_guess(request: HttpRequest, school_class: SchoolClass) -> None:
    logger.warning("person %s named no child of class %s", request.user.pk, school_class.pk)


def spend_a_question(request: HttpRequest) -> bool:
    """Asking a teacher to confirm."""
    return bool(ratelimit.consume(request, action="join_ask", key=f"{request.user.pk}"))


def spend_a_transfer(request: HttpRequest) -> bool:
    """Receiving with a code: a right one counts too."""
    return bool(ratelimit.consume(request, action="transfer", key=f"{request.user.pk}"))
