"""What to go on with after a page: whoever knows better than shared terms says so here.

`search` stands above `cms` and may not be imported; it registers itself when it is ready.
"""

from collections.abc import Callable
from typing import Any

Finder = Callable[[Any, int], list[int]]
"""A page and a number → ids of others, the likest first; none when it does not know the page."""

_finders: list[Finder] = []


def register(finder: Finder) -> None:
    if finder not in _finders:
        _finders.append(finder)


def find(page: Any, number: int) -> list[int]:
    """From the first that knows any."""
    return next((ids for finder in _finders if (ids := finder(page, number))), [])
