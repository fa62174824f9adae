"""Carrying out a plan for classes; the caller holds the transaction and the school's row."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any

from django.utils import timezone

from learners.schools import appointments, touching
from learners.schools.models import (
    ClassGuardian,
    ClassMembership,
    JoinRequest,
    School,
    SchoolClass,
    StaffAppointment,
)
from learners.schools.year.plan import MOVE, Plan, Step

BATCH = 500
Progress = Callable[[int], None]
Trace = dict[str, list[Any]]
TRACED = ("made", "ended", "places_made", "places_ended", "created", "opened", "closed",
          "posts_made", "posts_ended", "requests")  # fmt: skip


def batches(rows: list[Any]) -> Iterator[list[Any]]:
    for start in range(0, len(rows), BATCH):
        yield rows[start : start + BATCH]


class Moving:
    """A few statements for every 500 who move, however many classes there are."""

    def __init__(self, school: School, year: int, today: date) -> None:
        self.school, self.year, self.today = school, year, today
        self.trace: Trace = {name: [] for name in TRACED}
        self.touched: set[int] = set()

    def apply(self, plan: Plan, progress: Progress) -> Trace:
        """What was done, by ids, so that it can be undone."""
        self.trace["steps"] = [step.line for step in plan.steps]
        self.steps = {step.source.id: step for step in plan.steps}
        self.targets = self._targets(plan.steps)
        self.touched |= {*self.steps, *(own.pk for own in self.targets.values())}
        self._move_children(progress)
        self._move_places()
        self._move_requests()
        self._move_teachers()
        self._close()
        self._follow()
        return self.trace

    def _targets(self, steps: Iterable[Step]) -> dict[str, SchoolClass]:
        """By name: there already, opened again after an undone change, or new."""
        wanted = {step.name: step.grade for step in steps if step.what == MOVE}
        of_year = self.school.classes.filter(year=self.year, name__in=wanted).order_by("pk")
        found = {own.name: own for own in of_year if own.archived_at is None}
        closed = {own.name: own for own in of_year if own.name not in found}
        self.trace["opened"] = sorted(own.pk for own in closed.values())
        SchoolClass.objects.filter(pk__in=self.trace["opened"]).update(archived_at=None)
        made = SchoolClass.objects.bulk_create(
            SchoolClass(school=self.school, district_id=self.school.district_id,
                        year=self.year, grade=grade, name=name)
            for name, grade in wanted.items()
            if name not in found and name not in closed
        )  # fmt: skip
        self.trace["created"] = [own.pk for own in made]
        return {**found, **closed, **{own.name: own for own in made}}

    def _target_of(self, class_id: int) -> SchoolClass | None:
        """None for those who leave."""
        step = self.steps[class_id]
        return self.targets[step.name] if step.what == MOVE else None

    def _goes(self, member: ClassMembership) -> bool:
        chosen = self.steps[member.school_class_id].children
        return chosen is None or member.child_id in chosen

    def _move_children(self, progress: Progress) -> None:
        current = ClassMembership.objects.current().filter(school_class__in=self.steps)
        members = [member for member in current.order_by("pk") if self._goes(member)]
        done = 0
        for batch in batches(members):
            self._end(ClassMembership, [member.pk for member in batch], "ended")
            targets = [(member, self._target_of(member.school_class_id)) for member in batch]
            made = ClassMembership.objects.bulk_create(
                ClassMembership(child_id=member.child_id, school_class=into, since=self.today)
                for member, into in targets
                if into
            )
            self.trace["made"] += [member.pk for member in made]
            done += len(batch)
            progress(done)

    def _end(self, model: Any, ids: list[int], traced: str) -> None:
        """What has not begun yet ends on its first day."""
        rows = model.objects.filter(pk__in=ids)
        rows.filter(since__gt=self.today).update(since=self.today)
        rows.update(until=self.today)
        self.trace[traced] += ids

    def _move_places(self) -> None:
        """Guardians of classes that count them, once a class; those of closed accounts stay."""
        current = ClassGuardian.objects.current().filter(user__isnull=False)
        places = list(current.filter(school_class__in=self.steps).order_by("pk"))
        targets = [own.pk for own in self.targets.values()]
        there: set[tuple[Any, int]] = set(
            current.filter(school_class__in=targets).values_list("user_id", "school_class_id")
        )
        made = []
        for place in places:
            into = self._target_of(place.school_class_id)
            if into and (place.user_id, into.pk) not in there:
                there.add((place.user_id, into.pk))
                made.append(ClassGuardian(user_id=place.user_id, school_class=into,
                                          since=self.today,
                                          consent_version=place.consent_version))  # fmt: skip
        for batch in batches([place.pk for place in places]):
            self._end(ClassGuardian, batch, "places_ended")
        rows = ClassGuardian.objects.bulk_create(made, batch_size=BATCH)
        self.trace["places_made"] = [place.pk for place in rows]

    def _move_requests(self) -> None:
        """Who waits to be confirmed waits in the class the children went to."""
        whole = [pk for pk, step in self.steps.items() if not step.is_kept]
        asked = JoinRequest.objects.pending().filter(school_class__in=whole).order_by("pk")
        targets = [own.pk for own in self.targets.values()]
        there = set(
            JoinRequest.objects.pending()
            .filter(school_class__in=targets)
            .values_list("user_id", "school_class_id")
        )
        moved: dict[int, list[int]] = defaultdict(list)
        for request in asked:
            into = self._target_of(request.school_class_id)
            if into and (request.user_id, into.pk) not in there:
                there.add((request.user_id, into.pk))
                moved[into.pk].append(request.pk)
                self.trace["requests"].append([request.pk, request.school_class_id])
        for class_id, ids in moved.items():
            JoinRequest.objects.filter(pk__in=ids).update(school_class=class_id)

    def _move_teachers(self) -> None:
        """Appointments of closed classes end; of those who go along a new one begins."""
        posts = list(
            StaffAppointment.objects.standing()
            .filter(school_class__in=self.steps)
            .select_related("school_class")
            .order_by("pk")
        )
        targets = [own.pk for own in self.targets.values()]
        there = set(
            StaffAppointment.objects.standing()
            .filter(school_class__in=targets)
            .values_list("user_id", "school_class_id")
        )
        made = []
        for post in posts:
            step, into = self.steps[post.school_class.pk], self._target_of(post.school_class.pk)  # type: ignore[union-attr]
            if into and step.teachers and (post.user_id, into.pk) not in there:
                there.add((post.user_id, into.pk))
                made.append(self._post_like(post, into))
            if not step.is_kept:
                ended = post.ends_on.isoformat() if post.ends_on else None
                self.trace["posts_ended"].append([post.pk, ended])
                appointments.end(post, self.today)
        rows = StaffAppointment.objects.bulk_create(made)
        self.trace["posts_made"] = [post.pk for post in rows]

    def _post_like(self, post: StaffAppointment, into: SchoolClass) -> StaffAppointment:
        return StaffAppointment(
            user_id=post.user_id,
            role=post.role,
            school_class=into,
            starts_on=max(post.starts_on, self.today),
            ends_on=post.ends_on,
            appointed_by_id=post.appointed_by_id,
        )

    def _close(self) -> None:
        whole = [pk for pk, step in self.steps.items() if not step.is_kept]
        self.trace["closed"] = whole
        SchoolClass.objects.filter(pk__in=whole).update(archived_at=timezone.now())

    def _follow(self) -> None:
        """What was given to a class of this year stays given to those who went on from it."""
        for step in self.steps.values():
            if step.what == MOVE and step.source.year == self.year:
                touching.followed(step.source.id, self.targets[step.name].pk)
