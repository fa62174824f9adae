"""Who counts learners hears, in the same transaction, what one person just started or completed.

Figures are recounted, never incremented (ARCHITECTURE.md decision 5), but learning does not know
the figures: `learners.assignments` registers its recount here when the apps are ready. A report
that starts and completes nothing tells nobody.
"""

from collections.abc import Callable

Recount = Callable[[int, int], object]
_recounts: list[Recount] = []


def register_recount(recount: Recount) -> None:
    """`recount(user_id, course_id)` runs under the person's lock."""
    if recount not in _recounts:
        _recounts.append(recount)


def touch(user_id: int | None, course_id: int) -> None:
    """First starts, completions, new runs and re-evaluations end with this."""
    if user_id is None:
        return
    for recount in _recounts:
        recount(user_id, course_id)
