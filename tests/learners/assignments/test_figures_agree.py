"""Whatever happens in whatever order, the figures are what the truth says: drift is zero."""

from datetime import date

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from learners.accounts.closing import close_account
from learners.assignments import assigning, counting, following
from learners.assignments.models import Assignment, ClassFigure
from learners.schools import family, joining, membership, touching, transfers
from learners.schools.models import Child, ClassChange, Guardianship, SchoolClass
from learners.schools.year import changes, undoing
from learners.schools.year.plan import MOVE, Wish
from learners.study import clock, enrolment, reevaluation
from learners.study.models import Enrolment, Progress
from tests.conftest import person
from tests.learners.assignments.conftest import TODAY, add_lesson, complete, start, wish
from tests.learners.schools.conftest import make_child, make_class


class World:
    """Three classes in two districts, four children, three guardians, a course of two lessons."""

    def __init__(self, schools, course, lessons, admin, now):
        self.course, self.lessons, self.admin, self.now = course, lessons, admin, now
        self.classes = [
            make_class(schools[where], f"三年级{number}班")
            for number, where in ((7, 0), (8, 0), (7, 1))
        ]
        self.children = [make_child(self.classes[n % 3], f"孩子{n}") for n in range(4)]
        self.people = [person(f"家长{n}") for n in range(3)]

    def claim(self, who, which):
        user, child = self.people[who % 3], self.children[which % 4]
        if user.is_active:
            joining.claim(user, child, relation="mother", basis="phone", version="1")

    def leave(self, who, which):
        user, child = self.people[who % 3], self.children[which % 4]
        for guardianship in Guardianship.objects.filter(user=user, child=child):
            family.leave_child(guardianship)

    def move(self, which, to):
        into = self.classes[to % len(self.classes)]
        membership.move_child(self.children[which % 4], into, TODAY)

    def remove(self, which, _):
        child = self.children[which % 4]
        classes = [own.pk for own in self.classes]
        membership.remove_children(classes, [child.pk], TODAY)

    def claim_own(self, who, which):
        """A family's own child turns out to be the class's."""
        user, child = self.people[who % 3], self.children[which % 4]
        if user.is_active:
            told = {"nickname": "豆豆", "birth_month": "", "due_date": "", "relation": "mother"}
            own = family.add_own_child(user, **told, version="1")
            joining.claim(user, child, relation="mother", basis="phone", version="1", own=own)

    def start(self, who, _):
        if self.people[who % 3].is_active:
            start(self.people[who % 3], self.course)

    def complete(self, who, which):
        if self.people[who % 3].is_active:
            complete(self.people[who % 3], self.lessons[which % len(self.lessons)])

    def run_again(self, who, _):
        if self.people[who % 3].is_active:
            enrolment.start_again(self.people[who % 3], self.course)

    def assign(self, scope, anew):
        first = self.classes[0]
        wishes = [
            {"scope": "classes", "school": first.school, "classes": [first]},
            {"scope": "school", "school": first.school},
            {"scope": "grade", "school": first.school, "grade": 3},
            {"scope": "district", "district": first.district, "kinds": ["primary"]},
            {"scope": "city", "grades": [3]},
        ]
        given = assigning.assign(
            self.admin, wish(self.course, anew=anew % 2 == 1, **wishes[scope % 5])
        )
        assigning.prepare(given)

    def withdraw(self, which, _):
        found = Assignment.objects.order_by("pk")
        if found:
            assigning.withdraw(found[which % len(found)])

    def extend(self, which, days):
        found = Assignment.objects.standing().order_by("pk")
        if found:
            assigning.change(found[which % len(found)], date(2026, 12, 1 + days % 28), "")
            assigning.prepare(found[which % len(found)])

    def close(self, who, _):
        if self.people[who % 3].is_active:
            close_account(self.people[who % 3])
            self.people[who % 3].refresh_from_db()

    def add_class(self, _, __):
        own = make_class(self.classes[0].school, f"三年级{len(self.classes) + 20}班")
        self.classes.append(own)
        touching.touch([own.pk])

    def drop_lesson(self, which, _):
        lesson = self.lessons[which % len(self.lessons)]
        lesson.refresh_from_db()
        lesson.unpublish()
        reevaluation.reevaluate(self.course.pk, clock.now())

    def add_lesson(self, _, __):
        if len(self.lessons) < 4:
            self.lessons.append(add_lesson(self.course, f"more-{len(self.lessons)}"))

    def _change(self, kind, school, wishes):
        asked = changes.ask(school, kind, wishes, self.admin, year=2026, together=True)
        if changes.plan_of(asked, TODAY).is_ready:
            changes.apply(asked, TODAY)

    def _open(self, school):
        return list(school.classes.unarchived().filter(year=2026).order_by("pk"))

    def merge(self, which, into):
        """Two classes of a school become one of them, or a new one."""
        school = self.classes[which % len(self.classes)].school
        found = self._open(school)
        if len(found) > 1:
            chosen = [found[which % len(found)], found[into % len(found)]]
            name = chosen[1].name if into % 3 else f"三年级{into + 50}班"
            self._change("merge", school, [Wish(own.pk, MOVE, name, 3) for own in chosen])

    def split(self, which, into):
        own = self.classes[which % len(self.classes)]
        found = Child.objects.in_class(own).order_by("pk")[:1]
        if own in self._open(own.school) and found:
            going = frozenset(child.pk for child in found)
            wish = Wish(own.pk, MOVE, f"三年级{into + 90}班", 3, children=going)
            self._change("split", own.school, [wish])

    def late_class(self, which, to):
        """A class of the year before that nobody has rolled forward, with a child in it."""
        school = self.classes[0].school
        name = f"二年级{to + 1}班"
        if not school.classes.filter(year=2025, name=name, archived_at=None).exists():
            old = make_class(school, name, 2, 2025)
            membership.move_child(self.children[which % 4], old, TODAY)

    def roll(self, which, _):
        school = self.classes[which % len(self.classes)].school
        self._change("roll", school, changes.proposal(school, 2026))

    def undo(self, which, _):
        found = ClassChange.objects.filter(state="applied").order_by("pk")
        if found and undoing.can_undo(found[which % len(found)]):
            undoing.undo(found[which % len(found)], TODAY)

    def transfer(self, which, to):
        """Released by one school and received by another."""
        child = self.children[which % 4]
        own = SchoolClass.objects.filter(memberships__child=child, memberships__until=None).first()
        into = self.classes[to % len(self.classes)]
        if own and into in self._open(into.school) and own.school_id != into.school_id:
            transfers.transfer(child, own, into, self.admin, TODAY)

    def time_goes_by(self, days, _):
        self.now.advance(days=days % 9)


DOES = [name for name, made in vars(World).items() if callable(made) and not name.startswith("_")]
STEPS = st.lists(
    st.tuples(st.sampled_from(DOES), st.integers(0, 9), st.integers(0, 30)), max_size=18
)


class Undo(Exception):
    pass


def check(world):
    figures = ClassFigure.objects.open().filter(counted=True)
    assert list(counting.drift(figures)) == []
    assert (counting.rows_missing(), counting.runs_drifted()) == (0, 0)
    for figure in figures.select_related("assignment", "school_class__school"):
        named = following.counts(following.rows(figure.assignment, figure.school_class))
        assert named == {
            "all": figure.children,
            "joined": figure.joined,
            "started": figure.started,
            "finished": figure.finished,
            "late": figure.finished_late,
        }


@settings(
    max_examples=30, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@given(steps=STEPS)
def test_figures_agree_after_anything(steps, school, foreign_class, course, lessons, head, now):
    start_of_test = now.at
    try:
        with transaction.atomic():
            schools = [school, foreign_class.school]
            world = World(schools, course, list(lessons), head, now)
            world.assign(1, 0)
            world.assign(4, 1)
            for name, first, second in steps:
                getattr(world, name)(first, second)
            check(world)
            raise Undo
    except Undo:
        now.set(start_of_test)


def test_world_does_what_it_says(school, foreign_class, course, lessons, head, now):
    """The steps above are not empty: one path through them has figures in every column."""
    world = World([school, foreign_class.school], course, list(lessons), head, now)
    world.assign(1, 0)
    world.claim(0, 0)
    world.complete(0, 0)
    world.time_goes_by(8, 0)
    world.complete(0, 1)
    totals = ClassFigure.objects.totals()
    assert totals == {
        "children": 3, "joined": 1, "started": 1, "finished": 1, "finished_late": 1,
        "guardians": 1, "guardians_started": 1, "guardians_finished": 1, "guardians_late": 1,
        "minutes": 4,
    }  # fmt: skip
    assert Child.objects.count() == SchoolClass.objects.count()
    assert (Enrolment.objects.count(), Progress.objects.count()) == (1, 2)


def test_classes_of_the_world_change_as_they_say(school, foreign_class, course, lessons, head, now):
    """Rolled, put together, split, sent away, taken back: each step does something here."""
    world = World([school, foreign_class.school], course, list(lessons), head, now)
    world.assign(1, 0)
    world.claim(0, 0)
    world.complete(0, 0)
    steps = [("late_class", 1, 3), ("roll", 0, 0), ("merge", 0, 1), ("split", 1, 1), ("undo", 2, 0),
             ("transfer", 0, 2), ("late_class", 3, 7), ("roll", 0, 0)]  # fmt: skip
    for name, first, second in steps:
        getattr(world, name)(first, second)
        check(world)
    kinds = list(ClassChange.objects.order_by("pk").values_list("kind", "state"))
    assert kinds == [("roll", "applied"), ("merge", "applied"), ("split", "undone"),
                     ("roll", "applied")]  # fmt: skip
    assert Child.objects.in_class(world.classes[2]).filter(pk=world.children[0].pk).exists()
