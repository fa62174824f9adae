"""How often one address is counted; the rate stands in settings.ACCOUNT_RATE_LIMITS."""

from allauth.core import ratelimit
from django.http import HttpRequest


def may_count_click(request: HttpRequest) -> bool:
    """Nobody alone says which results are chosen. What was searched for is not kept with it."""
    return bool(ratelimit.consume(request, action="search_click"))
