"""Putting a checked list into effect; the caller holds the transaction."""

from collections.abc import Callable, Iterable
from datetime import date

from django.db.models import Q

from learners.schools.membership import end_memberships
from learners.schools.models import (
    Child,
    ClassMembership,
    RosterContact,
    School,
    SchoolClass,
)
from learners.schools.roster.matching import Outcome, Plan
from learners.schools.roster.rows import RosterRow

BATCH = 500
Progress = Callable[[int], None]


class Applying:
    """Two statements for a kind of row and batch, however many children there are."""

    def __init__(
        self, school: School, year: int, classes: dict[str, SchoolClass], today: date
    ) -> None:
        self.school, self.year, self.classes, self.today = school, year, classes, today
        self.touched: set[int] = set()

    def apply(self, plan: Plan, progress: Progress) -> set[int]:
        """The ids of the classes whose children changed."""
        self._add_classes(plan)
        todo = [o for o in plan.outcomes if o.what in {"new", "changed", "moved"}]
        for start in range(0, len(todo), BATCH):
            batch = todo[start : start + BATCH]
            self._add([o for o in batch if o.what == "new"])
            self._change([o for o in batch if o.what in {"changed", "moved"}])
            self._move([o for o in batch if o.what == "moved"])
            progress(start + len(batch))
        return self.touched

    def _add_classes(self, plan: Plan) -> None:
        grades = {o.row.class_name: o.row.grade for o in plan.outcomes}
        missing = [
            SchoolClass(
                school=self.school,
                district_id=self.school.district_id,
                year=self.year,
                name=name,
                grade=grade,
            )
            for name, grade in grades.items()
            if name not in self.classes
        ]
        for school_class in SchoolClass.objects.bulk_create(missing):
            self.classes[school_class.name] = school_class
            self.touched.add(school_class.pk)

    def _class_of(self, row: RosterRow) -> SchoolClass:
        school_class = self.classes[row.class_name]
        self.touched.add(school_class.pk)
        return school_class

    def _add(self, outcomes: list[Outcome]) -> None:
        children = []
        for outcome in outcomes:
            child = Child(name=outcome.row.name, birth_month=outcome.row.birth_month)
            child.set_student_number(outcome.row.student_number)
            children.append(child)
        Child.objects.bulk_create(children)
        pairs = list(zip(children, (o.row for o in outcomes), strict=True))
        ClassMembership.objects.bulk_create(
            ClassMembership(child=child, school_class=self._class_of(row), since=self.today)
            for child, row in pairs
        )
        self._add_contacts(pairs)

    def _add_contacts(self, pairs: Iterable[tuple[Child, RosterRow]]) -> None:
        """The first of two entries with one phone counts."""
        contacts: dict[tuple[int, str], RosterContact] = {}
        for child, row in pairs:
            for guardian in row.guardians:
                if guardian.phone:
                    contact = RosterContact.for_phone(
                        child, guardian.phone, guardian.relation, guardian.name
                    )
                    contacts.setdefault((child.pk, guardian.phone), contact)
        RosterContact.objects.bulk_create(contacts.values())

    def _change(self, outcomes: list[Outcome]) -> None:
        rows = {o.child: o.row for o in outcomes}
        children = list(Child.objects.filter(pk__in=[pk for pk in rows if pk]))
        for child in children:
            row = rows[child.pk]
            child.name = row.name
            child.birth_month = row.birth_month or child.birth_month
            if row.student_number:
                child.set_student_number(row.student_number)
            self._class_of(row)
        fields = ["name", "birth_month", "student_number", "student_number_hash"]
        Child.objects.bulk_update(children, fields)
        told = [(c, rows[c.pk]) for c in children if any(g.phone for g in rows[c.pk].guardians)]
        RosterContact.objects.filter(child__in=[child.pk for child, _row in told]).delete()
        self._add_contacts(told)

    def _move(self, outcomes: list[Outcome]) -> None:
        moved = {o.child: self._class_of(o.row) for o in outcomes if o.child}
        self.touched.update(end_memberships(Q(child__in=list(moved)), self.today))
        ClassMembership.objects.bulk_create(
            ClassMembership(child_id=child, school_class=school_class, since=self.today)
            for child, school_class in moved.items()
        )
