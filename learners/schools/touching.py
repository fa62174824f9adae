"""Who counts children and guardians hears which classes changed, in the same transaction.

Figures are recounted, never incremented (ARCHITECTURE.md decision 5), but the schools do not
know the figures: `learners.assignments` registers its recount here when the apps are ready.
"""

from collections.abc import Callable, Iterable

Recount = Callable[[list[int]], object]
Merge = Callable[[int, int], object]
_recounts: list[Recount] = []
Follow = Callable[[int, int], object]
_merges: list[Merge] = []
_follows: list[Follow] = []


def register_recount(recount: Recount) -> None:
    """`recount` takes ids of classes in rising order, inside the transaction that changed them."""
    if recount not in _recounts:
        _recounts.append(recount)


def touch(class_ids: Iterable[int | None]) -> None:
    """Joins, claims, leavings, moves, roster changes and erasures end with this."""
    ids = sorted({class_id for class_id in class_ids if class_id is not None})
    for recount in _recounts if ids else ():
        recount(ids)


def register_merge(merge: Merge) -> None:
    """`merge(from_child, into_child)` moves rows that hang on a child about to be deleted."""
    if merge not in _merges:
        _merges.append(merge)


def merged(from_child: int, into_child: int) -> None:
    for merge in _merges:
        merge(from_child, into_child)


def register_follow(follow: Follow) -> None:
    """`follow(from_class, into_class)`: children went from one class of a year into another."""
    if follow not in _follows:
        _follows.append(follow)


def followed(from_class: int, into_class: int) -> None:
    """When classes are put together or split, before the classes are touched."""
    for follow in _follows:
        follow(from_class, into_class)
