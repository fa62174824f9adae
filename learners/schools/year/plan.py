"""Which class goes where when classes are rearranged, and what stands in the way.

Issue of schools, 7: rolling a year forward, graduation, merge and split, a dry run first. The
figures of a year are frozen when it ends (ARCHITECTURE.md decision 5), so nothing leaves a class
of this year for the next before 1 September.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Self

from learners.schools.grades import BY_KIND
from learners.schools.school_year import first_day

MOVE, LEAVE, CLOSE, STAY = "move", "leave", "close", "stay"


@dataclass(frozen=True, slots=True)
class Source:
    """A class with whoever is in it: children, or guardians where they count."""

    id: int
    name: str
    grade: int | None
    year: int
    members: int
    teachers: int = 0


@dataclass(frozen=True, slots=True)
class Wish:
    """What becomes of a class: into the class `name`, out of the school, closed, or nothing.

    Only an empty class is closed. `children` are those who go when a class is split; None is
    everybody. `teachers` go along.
    """

    source: int
    what: str
    name: str = ""
    grade: int | None = None
    teachers: bool = False
    children: frozenset[int] | None = None

    def as_dict(self) -> dict[str, Any]:
        children = None if self.children is None else sorted(self.children)
        return {"source": self.source, "what": self.what, "name": self.name, "grade": self.grade,
                "teachers": self.teachers, "children": children}  # fmt: skip

    @classmethod
    def from_dict(cls, told: Mapping[str, Any]) -> Self:
        chosen = told["children"]
        return cls(**{**told, "children": None if chosen is None else frozenset(chosen)})


@dataclass(frozen=True, slots=True)
class Step:
    """`moving` of the source's members go; `is_kept` when it is not closed afterwards."""

    source: Source
    what: str
    name: str
    grade: int | None
    moving: int
    teachers: int
    is_new: bool
    is_kept: bool
    children: frozenset[int] | None = None

    @property
    def line(self) -> dict[str, Any]:
        """A row of the page, as JSON values."""
        return {"source": self.source.name, "what": self.what, "name": self.name,
                "moving": self.moving, "teachers": self.teachers, "new": self.is_new}  # fmt: skip


@dataclass(slots=True)
class Plan:
    """`blockers` and `remarks` are a code and the name of a class, or nothing."""

    steps: list[Step]
    blockers: list[tuple[str, str]] = field(default_factory=list)
    remarks: list[tuple[str, str]] = field(default_factory=list)

    @property
    def is_ready(self) -> bool:
        return not self.blockers

    @property
    def counts(self) -> dict[str, int]:
        """What is promised, and must still be so when it is carried out."""
        moved = [step for step in self.steps if step.what == MOVE]
        return {
            "moved": sum(step.moving for step in moved),
            "left": sum(step.moving for step in self.steps if step.what == LEAVE),
            "new": len({step.name for step in moved if step.is_new}),
            "closed": sum(not step.is_kept for step in self.steps),
            "teachers": sum(step.teachers for step in moved),
        }


def make_plan(
    sources: Iterable[Source],
    wishes: Sequence[Wish],
    members: Mapping[str, int],
    *,
    kind: str,
    year: int,
    today: date,
    together: bool = False,
    busy: bool = False,
) -> Plan:
    """`members` are the school's classes of `year` with how many are in them; `together` allows
    several classes to become one; `busy` when a roster is being applied just now.
    """
    known = {source.id: source for source in sources}
    told = [wish for wish in wishes if wish.source in known and _does(wish, known, year)]
    plan = Plan([_step(known[wish.source], wish, members) for wish in told])
    plan.blockers += _blockers(plan, kind, year, today, together)
    if busy:
        plan.blockers.append(("busy", ""))
    plan.remarks += _remarks(plan, members)
    return plan


def _does(wish: Wish, known: Mapping[int, Source], year: int) -> bool:
    """A class that others are put into moves nowhere itself."""
    source = known[wish.source]
    return wish.what != STAY and not (source.year == year and wish.name == source.name)


def _step(source: Source, wish: Wish, members: Mapping[str, int]) -> Step:
    return Step(
        source=source,
        what=wish.what,
        name=wish.name,
        grade=wish.grade,
        moving=source.members if wish.children is None else len(wish.children),
        teachers=source.teachers if wish.teachers else 0,
        is_new=wish.what == MOVE and wish.name not in members,
        is_kept=wish.children is not None,
        children=wish.children,
    )


def _blockers(
    plan: Plan, kind: str, year: int, today: date, together: bool
) -> list[tuple[str, str]]:
    found = []
    if today < first_day(year):
        found.append(("early", ""))
    if not plan.steps:
        found.append(("nothing", ""))
    for step in plan.steps:
        if step.what == MOVE and not step.name:
            found.append(("name", step.source.name))
        elif step.is_new and step.grade is None and kind in BY_KIND:
            found.append(("grade", step.name))
        if step.children is not None and not step.children:
            found.append(("nobody", step.source.name))
        if step.what == CLOSE and step.moving:
            found.append(("full", step.source.name))
    if not together:
        found += [("together", name) for name in _shared(plan)]
    return found


def _shared(plan: Plan) -> list[str]:
    named = Counter(step.name for step in plan.steps if step.what == MOVE and step.name)
    return [name for name, times in named.items() if times > 1]


def _remarks(plan: Plan, members: Mapping[str, int]) -> list[tuple[str, str]]:
    """New classes without a teacher, and classes that have children already."""
    moved = [step for step in plan.steps if step.what == MOVE]
    taught = {step.name for step in moved if step.teachers}
    alone = dict.fromkeys(s.name for s in moved if s.is_new and s.name not in taught)
    taken = dict.fromkeys(step.name for step in moved if members.get(step.name))
    return [*(("teacher", name) for name in alone), *(("taken", name) for name in taken)]
