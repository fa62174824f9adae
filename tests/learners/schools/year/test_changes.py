"""Classes rolled forward, put together, split and closed; everything can be taken back."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from learners.schools import appointments, joining, membership
from learners.schools.ground import ground_of
from learners.schools.models import (
    Child,
    ClassChange,
    ClassGuardian,
    ClassMembership,
    JoinRequest,
    RosterContact,
    RosterImport,
    SchoolClass,
    StaffAppointment,
)
from learners.schools.tasks import change_classes, forget_rosters
from learners.schools.year import changes, undoing
from learners.schools.year.plan import CLOSE, LEAVE, MOVE, Wish
from tests.conftest import person
from tests.learners.schools.conftest import (
    MOTHER_PHONE,
    appoint,
    make_child,
    make_class,
    make_guardian,
    make_school,
)

TODAY = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def now(monkeypatch):
    """Noon UTC+8; tests move it by hand."""
    moment = timezone.datetime(2026, 11, 24, 4, tzinfo=timezone.get_fixed_timezone(0))
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment)
    return moment


@pytest.fixture
def last_year(school):
    """A third class with two children and a teacher, and a sixth one with one child."""
    third = make_class(school, "三年级2班", 3, 2025)
    sixth = make_class(school, "六年级1班", 6, 2025)
    for own, name in ((third, "陈小满"), (third, "李乐乐"), (sixth, "王一一")):
        make_child(own, name, phones=[(MOTHER_PHONE, "mother")])
    appoint(person("王老师"), "teacher", third)
    return third, sixth


def roll(school, head, **told):
    wishes = changes.proposal(school, 2026)
    return changes.ask(school, "roll", wishes, head, year=2026, **told)


def snapshot():
    """Everything that a change may touch, as it stands."""
    posts = StaffAppointment.objects.standing()
    rows = (
        ClassMembership.objects.current().values_list("child", "school_class"),
        ClassGuardian.objects.current().values_list("user", "school_class"),
        SchoolClass.objects.unarchived().values_list("year", "name"),
        posts.values_list("user", "school_class", "ends_on"),
        JoinRequest.objects.values_list("pk", "school_class"),
    )
    return [sorted(found, key=str) for found in rows]


def names_in(school, year=2026):
    members = ClassMembership.objects.current().filter(school_class__year=year)
    found = members.filter(school_class__school=school).order_by("child")
    return list(found.values_list("child__name", "school_class__name"))


def test_year_is_rolled_forward(school, last_year, head):
    third, sixth = last_year
    mother = person("陈静", MOTHER_PHONE)
    make_guardian(mother, Child.objects.get(name="陈小满"))
    change = roll(school, head)
    assert (change.counts["moved"], change.counts["left"], names_in(school)) == (2, 1, [])
    changes.apply(change, TODAY)
    assert names_in(school) == [("陈小满", "四年级2班"), ("李乐乐", "四年级2班")]
    # The old class knows who was in it, to the day.
    assert Child.objects.in_class(third, on=date(2026, 8, 31)).count() == 2
    assert Child.objects.in_class(third).count() == 0
    assert not SchoolClass.objects.unarchived().filter(pk__in=[third.pk, sixth.pk]).exists()
    fourth = SchoolClass.objects.get(name="四年级2班")
    teacher = StaffAppointment.objects.standing().get(role="teacher")
    assert (fourth.grade, teacher.school_class, teacher.user.name) == (4, fourth, "王老师")
    assert ground_of(teacher.user).classes == {fourth.pk}
    assert Child.objects.of_guardian(mother).in_class(fourth).count() == 1
    assert changes.earlier_classes(school, 2026) == []


def test_everything_is_taken_back(school, last_year, head):
    third, _sixth = last_year
    joining.ask_teacher(person("陈大山"), third, child_name="陈小满", guardian_name="陈大山",
                        relation="other", version="1")  # fmt: skip
    before = snapshot()
    change = roll(school, head)
    changes.apply(change, TODAY)
    assert JoinRequest.objects.get().school_class.name == "四年级2班"
    assert snapshot() != before
    assert undoing.can_undo(change) is True
    undoing.undo(change, TODAY, by=head)
    assert (snapshot(), change.state) == (before, "undone")
    # And once more: the class made the first time is opened again, none is doubled.
    again = roll(school, head)
    changes.apply(again, TODAY)
    assert SchoolClass.objects.filter(name="四年级2班").count() == 1
    assert len(names_in(school)) == 2
    undoing.undo(again, TODAY)
    assert snapshot() == before


def test_undoing_ends_when_somebody_was_moved_came_or_left(
    school, last_year, head, now, monkeypatch
):
    change = roll(school, head)
    assert undoing.can_undo(change) is False
    changes.apply(change, TODAY)
    fourth = SchoolClass.objects.get(name="四年级2班")
    graduate, stayed = Child.objects.get(name="王一一"), Child.objects.get(name="陈小满")
    came = make_child(fourth, "新来")
    assert undoing.can_undo(change) is False
    membership.remove_children([fourth.pk], [came.pk], TODAY)
    assert undoing.can_undo(change) is True
    membership.move_child(graduate, make_class(make_school(school.district, "JW02")), TODAY)
    assert undoing.can_undo(change) is False
    ClassMembership.objects.current().filter(child=graduate).delete()
    twin = make_class(school, "三年级2班", 3, 2025)
    assert undoing.can_undo(change) is False
    twin.delete()
    monkeypatch.setattr("django.utils.timezone.now", lambda: now + timedelta(days=15))
    assert undoing.can_undo(change) is False
    monkeypatch.setattr("django.utils.timezone.now", lambda: now)
    membership.remove_children([fourth.pk], [stayed.pk], TODAY)
    with pytest.raises(undoing.CannotUndoError):
        undoing.undo(change, TODAY)
    SchoolClass.objects.filter(name="六年级1班").update(archived_at=None)
    assert undoing.can_undo(change) is False


def test_what_was_promised_must_still_be_so(school, last_year, head):
    change = roll(school, head)
    make_child(last_year[0], "新来")
    before = snapshot()
    with pytest.raises(changes.ChangedMeanwhileError):
        changes.apply(change, TODAY)
    change.state = ClassChange.State.APPLYING
    change.save()
    change_classes.func(change.pk)
    change.refresh_from_db()
    assert (change.state, change.counts["moved"], snapshot()) == ("checked", 3, before)
    change_classes.func(change.pk)
    assert snapshot() == before


def test_import_under_way_stands_in_the_way(school, last_year, head):
    RosterImport.objects.create(school=school, year=2026, state="applying")
    change = roll(school, head)
    assert changes.plan_of(change, TODAY).blockers == [("busy", "")]
    with pytest.raises(changes.ChangedMeanwhileError):
        changes.apply(change, TODAY)


def test_task_that_breaks_leaves_everything(school, last_year, head, monkeypatch):
    change = roll(school, head)
    ClassChange.objects.update(state="applying")
    before = snapshot()
    monkeypatch.setattr(changes.Moving, "_close", lambda self: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        change_classes.func(change.pk)
    change.refresh_from_db()
    assert (change.state, snapshot()) == ("failed", before)


def test_phones_of_graduates_are_forgotten_weeks_later(school, last_year, head, now, monkeypatch):
    changes.apply(roll(school, head), TODAY)
    forget_rosters.func()
    assert RosterContact.objects.count() == 3
    monkeypatch.setattr("django.utils.timezone.now", lambda: now + timedelta(days=22))
    forget_rosters.func()
    assert {contact.child.name for contact in RosterContact.objects.all()} == {"陈小满", "李乐乐"}


def test_guardians_of_a_community_go_along(community, head):
    old = make_class(community, "滨江一班", None, 2025)
    for name in ("甲", "乙"):
        joining.join_class(person(name), old, "1", date(2025, 10, 1))
    # A closed account's place stays where it was, with what it counts for.
    ClassGuardian.objects.create(school_class=old, since=date(2025, 9, 1), consent_version="1")
    before = snapshot()
    change = roll(community, head)
    assert change.counts["moved"] == 2
    changes.apply(change, TODAY)
    fresh = SchoolClass.objects.get(year=2026, school=community)
    assert (fresh.name, fresh.grade) == ("滨江一班", None)
    assert ClassGuardian.objects.current().filter(school_class=fresh).count() == 2
    assert ClassGuardian.objects.current().get(school_class=old).user is None
    undoing.undo(change, TODAY)
    assert snapshot() == before


def test_classes_are_put_together(school, third, other_class, teacher, head):
    make_child(third, "陈小满")
    make_child(other_class, "李乐乐")
    appoint(teacher, "teacher", other_class)
    wishes = [Wish(own.pk, MOVE, "三年级1班", 3, teachers=True) for own in (third, other_class)]
    before = snapshot()
    change = changes.ask(school, "merge", wishes, head, year=2026, together=True)
    changes.apply(change, TODAY)
    assert names_in(school) == [("陈小满", "三年级1班"), ("李乐乐", "三年级1班")]
    assert ground_of(teacher).classes == {other_class.pk}
    undoing.undo(change, TODAY)
    assert snapshot() == before


def test_guardian_of_both_classes_counts_once_when_they_become_one(community, head):
    first, second = (make_class(community, name, None) for name in ("一班", "二班"))
    both = person("甲")
    for own in (first, second):
        joining.join_class(both, own, "1", date(2026, 9, 2))
        joining.ask_teacher(both, own, child_name="x", guardian_name="y", relation="other",
                            version="1")  # fmt: skip
    wishes = [Wish(own.pk, MOVE, "一班") for own in (first, second)]
    before = snapshot()
    change = changes.ask(community, "merge", wishes, head, year=2026, together=True)
    changes.apply(change, TODAY)
    assert ClassGuardian.objects.current().get().school_class == first
    undoing.undo(change, TODAY)
    assert snapshot() == before


def test_class_is_split(school, third, teacher, head):
    going, staying = make_child(third, "陈小满"), make_child(third, "李乐乐")
    late = ClassMembership.objects.get(child=going)
    ClassMembership.objects.filter(pk=late.pk).update(since=TODAY + timedelta(days=3))
    wish = Wish(third.pk, MOVE, "三年级5班", 3, True, frozenset({going.pk}))
    change = changes.ask(school, "split", [wish], head, year=2026)
    assert change.counts["moved"] == 1
    changes.apply(change, TODAY)
    assert names_in(school) == [("陈小满", "三年级5班"), ("李乐乐", "三年级2班")]
    assert Child.objects.in_class(third).get() == staying
    new = SchoolClass.objects.get(name="三年级5班")
    assert ground_of(teacher).classes == {third.pk, new.pk}
    undoing.undo(change, TODAY)
    assert names_in(school) == [("陈小满", "三年级2班"), ("李乐乐", "三年级2班")]
    assert ground_of(teacher).classes == {third.pk}


def test_empty_class_is_closed_and_its_name_is_free(school, third, teacher, head):
    change = changes.ask(school, "close", [Wish(third.pk, CLOSE)], head, year=2026)
    changes.apply(change, TODAY)
    assert (ground_of(teacher).classes, names_in(school)) == (set(), [])
    make_class(school, "三年级2班")
    assert undoing.can_undo(change) is False


def test_appointment_with_an_end_goes_along_with_it(school, last_year, head):
    _third, sixth = last_year
    post = StaffAppointment.objects.get(role="teacher")
    StaffAppointment.objects.filter(pk=post.pk).update(ends_on=date(2027, 1, 31))
    appointments.appoint(person("李老师"), "teacher", sixth, today=TODAY)
    change = roll(school, head)
    changes.apply(change, TODAY)
    carried = StaffAppointment.objects.standing().get(role="teacher")
    assert (carried.ends_on, carried.starts_on) == (date(2027, 1, 31), TODAY)
    undoing.undo(change, TODAY)
    assert StaffAppointment.objects.standing().get(pk=post.pk).ends_on == date(2027, 1, 31)


@pytest.mark.parametrize("children", [3, 100])
def test_statements_do_not_grow_with_children(school, head, children, django_assert_num_queries):
    own, sixth = make_class(school, "三年级2班", 3, 2025), make_class(school, "六年级1班", 6, 2025)
    for number in range(children):
        make_child(own if number % 2 else sixth, f"孩子{number}")
    change = roll(school, head)
    # SQLite has one lock for everything: the people are locked by a statement elsewhere.
    more = connection.vendor == "postgresql"
    with django_assert_num_queries(28 + more):
        changes.apply(change, TODAY)
    with django_assert_num_queries(21 + more):
        undoing.undo(change, TODAY)


def test_leaving_without_closing_anything_else(school, last_year, head):
    """A sixth class alone: the third one waits until somebody says what becomes of it."""
    _third, sixth = last_year
    change = changes.ask(school, "roll", [Wish(sixth.pk, LEAVE)], head, year=2026)
    changes.apply(change, TODAY)
    assert [own.name for own in changes.earlier_classes(school, 2026)] == ["三年级2班"]
    assert (changes.classes_left(school), names_in(school, 2025)) == (
        1, [("陈小满", "三年级2班"), ("李乐乐", "三年级2班")]
    )  # fmt: skip
