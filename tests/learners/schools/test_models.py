import re
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from learners.schools.models import (
    Child,
    ClassMembership,
    District,
    RosterContact,
    School,
    SchoolClass,
    StaffAppointment,
)
from tests.conftest import person
from tests.learners.schools.conftest import appoint, make_child, make_class, make_school

CIPHER = re.compile(r"gAAAAA[\w-]{90,}=*")
"""A whole Fernet token and nothing beside it."""


def test_districts_are_seeded(db):
    assert District.objects.count() == 41
    assert District.objects.get(code="500105").name == "江北区"


def refused(make):
    with pytest.raises(IntegrityError), transaction.atomic():
        make()


def test_child_has_one_current_class(third, other_class):
    child = make_child(third)
    again = {"child": child, "school_class": other_class, "since": date(2026, 10, 1)}
    refused(lambda: ClassMembership.objects.create(**again))
    ClassMembership.objects.update(until=date(2026, 10, 1))
    ClassMembership.objects.create(**again)
    assert list(Child.objects.in_class(third)) == []
    assert list(Child.objects.in_class(third, date(2026, 9, 30))) == [child]
    assert list(Child.objects.in_class(other_class, date(2026, 9, 30))) == []
    assert list(Child.objects.in_class(other_class)) == [child]


def test_class_name_is_unique_in_its_school_and_year(school, third):
    refused(lambda: make_class(school, third.name))
    make_class(school, third.name, grade=3, year=2025)
    assert SchoolClass.objects.in_year(2025).count() == 1


def test_appointment_scope_fits_its_role(db, third, school):
    user = person("王老师")
    refused(lambda: StaffAppointment.objects.create(user=user, role="teacher", school=school))
    refused(lambda: StaffAppointment.objects.create(user=user, role="teacher"))
    refused(lambda: StaffAppointment.objects.create(user=user, role="city", school=school))
    appoint(user, "teacher", third)
    refused(lambda: appoint(user, "teacher", third))
    appoint(user, "city")
    refused(lambda: appoint(user, "city"))


def test_ground_follows_the_appointments(
    third, other_class, foreign_class, community, django_assert_max_num_queries
):
    users = {name: person(name) for name in ("王老师", "周校长", "区县管理员", "市管理员", "李伟")}
    appoint(users["王老师"], "teacher", third)
    appoint(users["周校长"], "school", third.school)
    appoint(users["区县管理员"], "district", third.district)
    appoint(users["市管理员"], "city")
    seen = {}
    for name, user in users.items():
        with django_assert_max_num_queries(4):
            seen[name] = (
                set(SchoolClass.objects.in_ground_of(user)),
                set(School.objects.in_ground_of(user)),
            )
    assert seen == {
        "王老师": ({third}, set()),
        "周校长": ({third, other_class}, {third.school}),
        "区县管理员": ({third, other_class}, {third.school, community}),
        "市管理员": (
            {third, other_class, foreign_class},
            {third.school, community, foreign_class.school},
        ),
        "李伟": (set(), set()),
    }


def test_ended_or_coming_appointment_gives_no_ground(third, other_class):
    user, today = person("王老师"), timezone.localdate()
    appoint(user, "teacher", third, ends_on=today - timedelta(days=1), starts_on=date(2025, 9, 1))
    appoint(user, "teacher", other_class, starts_on=today + timedelta(days=1))
    assert list(SchoolClass.objects.taught_by(user)) == []
    StaffAppointment.objects.filter(school_class=third).update(ends_on=today)
    assert list(SchoolClass.objects.taught_by(user)) == [third]


def test_personal_facts_are_encrypted(xiaoman):
    Child.objects.update(birth_month="2017-05")
    with connection.cursor() as cursor:
        cursor.execute("SELECT student_number, birth_month FROM schools_child")
        stored = [*cursor.fetchone()]
        cursor.execute("SELECT phone FROM schools_rostercontact")
        stored += [row[0] for row in cursor.fetchall()]
    assert [CIPHER.fullmatch(value) is not None for value in stored] == [True] * 4
    # Long enough never to stand in a cipher by chance, as 138 did.
    facts = ("500105", "2017-05", "13800138")
    assert [any(fact in value for fact in facts) for value in stored] == [False] * 4
    child = Child.objects.get()
    assert (child.student_number, child.birth_month) == ("G500105201801010011", "2017-05")
    assert str(child) == f"child {child.pk}"


def test_contact_is_found_by_a_confirmed_phone_alone(xiaoman, chen_jing, li_wei):
    on_file = RosterContact.objects.all()
    assert [contact.relation for contact in on_file.with_phone_of(chen_jing)] == ["mother"]
    assert list(on_file.with_phone_of(li_wei)) == []
    chen_jing.phone_verified = False
    assert list(on_file.with_phone_of(chen_jing)) == []
    RosterContact.objects.filter(relation="mother").update(phone_hash="")
    assert list(on_file.with_phone_of(person("无手机"))) == []


def test_age_stage_follows_the_class_first(xiaoman, third, community):
    xiaoman.birth_month = "2024-01"
    today = date(2026, 11, 24)
    assert xiaoman.age_stage(today, third) == "7-12"
    assert xiaoman.age_stage(today) == "0-3"
    xiaoman.birth_month, xiaoman.due_date = "", "2027-02-01"
    assert xiaoman.age_stage(today) == "expecting"


def test_kind_says_whether_guardians_count(district):
    kinds = ["primary", "community_urban", "community_rural", "workplace", "other"]
    schools = [make_school(district, kind, kind, kind) for kind in kinds]
    assert [school.counts_guardians for school in schools] == [False, True, True, True, False]
    refused(lambda: make_school(district, "x", "x", "prison"))
