"""Which row is which child on file: by student number, else by name within the class.

A number counts in the whole school, also for children whom nobody took into this year yet; of
those a name alone is a question. Namesakes are asked about and never guessed (issue of schools,
2); who is on file in the classes of the list and not in it is missing, and nothing happens to
them by themselves.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from learners.schools.roster.rows import GuardianEntry, RosterRow, join

What = Literal["new", "changed", "unchanged", "moved", "ask", "error"]
NEW_CHILD, SAME_CHILD = "new", "same"
KINDS = ("new", "changed", "unchanged", "moved", "ask", "error")


@dataclass(frozen=True, slots=True)
class OnFile:
    """A child as the school has it now, decrypted.

    `earlier` names the class of a year before in which it still is, `grade` is this year's.
    """

    child: int
    name: str
    class_name: str
    student_number: str = ""
    birth_month: str = ""
    contacts: frozenset[tuple[str, str, str]] = frozenset()  # phone, relation, name
    earlier: str = ""
    grade: int | None = None


class Earlier:
    """The children whom nobody took into this year yet, of those on file."""

    def __init__(self, on_file: Iterable[OnFile]) -> None:
        self.by_name: dict[str, list[OnFile]] = defaultdict(list)
        self.by_number: dict[str, OnFile] = {}
        for child in on_file:
            if child.earlier:
                self.by_name[child.name].append(child)
                self.by_number[child.student_number] = child

    def like(self, row: RosterRow) -> list[OnFile]:
        """With the row's number; else named alike, of a grade that fits, with no other number."""
        if row.student_number in self.by_number and row.student_number:
            return [self.by_number[row.student_number]]
        return [
            child
            for child in self.by_name.get(row.name, [])
            if not (row.student_number and child.student_number)
            and (row.grade is None or child.grade is None or row.grade == child.grade)
        ]


@dataclass(slots=True)
class Outcome:
    """What would happen to a row.

    Asked about: is it one of `candidates`, the child of the row `same_as`, or a new child?
    """

    row: RosterRow
    what: What
    child: int | None = None
    candidates: list[int] = field(default_factory=list)
    same_as: str = ""


@dataclass(slots=True)
class Plan:
    outcomes: list[Outcome]
    missing: list[OnFile]

    @property
    def counts(self) -> dict[str, int]:
        counted = Counter(str(outcome.what) for outcome in self.outcomes)
        return {**{kind: counted[kind] for kind in KINDS}, "missing": len(self.missing)}

    @property
    def is_ready(self) -> bool:
        """No row has an error and no question is open."""
        return not any(outcome.what in {"ask", "error"} for outcome in self.outcomes)


def make_plan(
    rows: Iterable[RosterRow], on_file: Iterable[OnFile], answers: Mapping[str, str]
) -> Plan:
    """`answers` are row keys with the child's id, `new`, or `same` for the row named alike.

    What does not fit is asked again.
    """
    return _Matcher(list(rows), list(on_file), answers).plan()


class _Matcher:
    def __init__(
        self, rows: list[RosterRow], on_file: list[OnFile], answers: Mapping[str, str]
    ) -> None:
        self.answers, self.on_file = answers, on_file
        self.twins: dict[str, RosterRow] = {}
        self.rows = list(self._apart(rows))
        self.earlier = Earlier(on_file)
        numbered = sorted(on_file, key=lambda child: not child.earlier)
        self.by_number = {c.student_number: c for c in numbered if c.student_number}
        self.by_name: dict[tuple[str, str], list[OnFile]] = defaultdict(list)
        for child in on_file:
            self.by_name[child.class_name, child.name].append(child)
        self.taken: set[int] = set()

    def _apart(self, rows: list[RosterRow]) -> Iterator[RosterRow]:
        """Rows named alike in one class, unless somebody said that they are one child."""
        first: dict[tuple[str, str], RosterRow] = {}
        for row in rows:
            twin = first.setdefault((row.class_name, row.name), row)
            if twin is row or row.has_errors or (row.student_number and twin.student_number):
                yield row
            elif self.answers.get(row.key) == SAME_CHILD:
                join(twin, row)
            else:
                self.twins[row.key] = twin
                yield row

    def plan(self) -> Plan:
        rows = [row for row in self.rows if not row.has_errors]
        found = {row.key: child for row in rows if (child := self._by_number(row))}
        self.taken = {child.child for child in found.values()}
        rows = [row for row in rows if row.key not in found]
        found |= self._by_phone(rows)
        self.taken |= {child.child for child in found.values()}
        unmatched = [row for row in rows if row.key not in found]
        self.namesakes = Counter((row.class_name, row.name) for row in unmatched)
        outcomes = [self._outcome(row, found.get(row.key)) for row in self.rows]
        _ask_again_about_twins(outcomes)
        return Plan(outcomes, self._missing(outcomes))

    def _missing(self, outcomes: list[Outcome]) -> list[OnFile]:
        """A child that a question may be about is not missing yet."""
        named = {row.class_name for row in self.rows if row.class_name}
        seen = {outcome.child for outcome in outcomes}
        seen |= {child for outcome in outcomes for child in outcome.candidates}
        return [c for c in self.on_file if c.class_name in named and c.child not in seen]

    def _by_number(self, row: RosterRow) -> OnFile | None:
        return self.by_number.get(row.student_number) if row.student_number else None

    def _candidates(self, row: RosterRow) -> list[OnFile]:
        """Of that name in that class, else in the one before it, and no other row's."""
        here = [c for c in self.by_name[row.class_name, row.name] if c.child not in self.taken]
        return here or [c for c in self.earlier.like(row) if c.child not in self.taken]

    def _by_phone(self, rows: list[RosterRow]) -> dict[str, OnFile]:
        """Of several namesakes, the one with a phone of this very row: that is no guess."""
        shared: dict[int, list[tuple[RosterRow, OnFile]]] = defaultdict(list)
        for row in rows:
            phones = {guardian.phone for guardian in row.guardians}
            alike = [c for c in self._candidates(row) if phones & {x[0] for x in c.contacts}]
            if len(alike) == 1 and not (row.student_number and alike[0].student_number):
                shared[alike[0].child].append((row, alike[0]))
        return {pairs[0][0].key: pairs[0][1] for pairs in shared.values() if len(pairs) == 1}

    def _outcome(self, row: RosterRow, child: OnFile | None) -> Outcome:
        if row.has_errors:
            return Outcome(row, "error")
        return _compared(row, child) if child else self._by_name(row)

    def _by_name(self, row: RosterRow) -> Outcome:
        candidates, answer = self._candidates(row), self.answers.get(row.key, "")
        twin = self.twins.get(row.key)
        chosen = next((c for c in candidates if str(c.child) == answer), None)
        if chosen is None and self._is_plain(row, candidates):
            chosen = candidates[0]
        if answer == NEW_CHILD or not (candidates or twin):
            return Outcome(row, "new")
        if chosen:
            return _compared(row, chosen)
        ids = [child.child for child in candidates]
        return Outcome(row, "ask", candidates=ids, same_as=twin.key if twin else "")

    def _is_plain(self, row: RosterRow, candidates: list[OnFile]) -> bool:
        """One child in the class, one row, and no two numbers that contradict each other."""
        if (
            len(candidates) != 1
            or candidates[0].earlier
            or self.namesakes[row.class_name, row.name] > 1
        ):
            return False
        return not (row.student_number and candidates[0].student_number)


def _ask_again_about_twins(outcomes: list[Outcome]) -> None:
    """Two rows answered with the same child: the later one is asked again."""
    seen: set[int] = set()
    for outcome in outcomes:
        if outcome.child is not None and outcome.child in seen:
            outcome.candidates, outcome.what, outcome.child = [outcome.child], "ask", None
        elif outcome.child is not None:
            seen.add(outcome.child)


def _compared(row: RosterRow, child: OnFile) -> Outcome:
    if row.class_name != child.class_name:
        return Outcome(row, "moved", child.child)
    same = (
        row.name == child.name
        and (not row.student_number or row.student_number == child.student_number)
        and (not row.birth_month or row.birth_month == child.birth_month)
        and contacts_after(row, child) == child.contacts
    )
    return Outcome(row, "unchanged" if same else "changed", child.child)


def contacts_after(row: RosterRow, child: OnFile) -> frozenset[tuple[str, str, str]]:
    """The list's phones replace those on file; a list without phones leaves them alone."""
    told = _contacts(row.guardians)
    return told or child.contacts


def _contacts(guardians: Iterable[GuardianEntry]) -> frozenset[tuple[str, str, str]]:
    by_phone = {g.phone: (g.phone, g.relation, g.name) for g in guardians if g.phone}
    return frozenset(by_phone.values())
