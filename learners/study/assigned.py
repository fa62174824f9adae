"""Which courses a person was asked to learn, and by when; the assignments tell it.

Learning does not know the assignments: `learners.assignments` registers its source here when the
apps are ready (ARCHITECTURE.md, imports run one way).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Assigned:
    """`given_by` is the class, or who gave it to the class; `days_left` is negative when over.

    With `anew_from` a run completed before then does not count: opening begins another.
    """

    course_id: int
    given_by: str
    due_on: date
    days_left: int
    note: str
    anew_from: datetime | None

    @property
    def days_over(self) -> int:
        return -self.days_left

    def badge(self) -> dict[str, Any]:
        """As the personal JSON has it."""
        return {"by": self.given_by, "due": self.due_on.isoformat(), "days": self.days_left}


Source = Callable[[Any], Iterable[Assigned]]
_sources: list[Source] = []


def register_source(source: Source) -> None:
    if source not in _sources:
        _sources.append(source)


def assigned_to(user: Any) -> dict[int, Assigned]:
    """By course: one given twice shows once, with the nearest date that is still to come.

    It asks anew when any of them does (PRODUCT.md rule 2).
    """
    given = [one for source in _sources for one in source(user)]
    found: dict[int, Assigned] = {}
    for one in sorted(given, key=lambda a: (a.days_left < 0, abs(a.days_left))):
        found.setdefault(one.course_id, one)
    asks = {one.course_id: one.anew_from for one in given if one.anew_from}
    return {pk: _asking(one, asks.get(pk)) for pk, one in found.items()}


def _asking(one: Assigned, anew_from: datetime | None) -> Assigned:
    return Assigned(one.course_id, one.given_by, one.due_on, one.days_left, one.note, anew_from)


def is_outdated(completed_at: datetime | None, assigned: Assigned | None) -> bool:
    """Whether opening the course begins a new run; an unfinished run goes on."""
    return (
        completed_at is not None
        and assigned is not None
        and assigned.anew_from is not None
        and completed_at < assigned.anew_from
    )
