"""The ground the cast stands on: a school with two classes, a community, another district."""

from datetime import date

import pytest

from learners.schools.models import (
    Child,
    ClassMembership,
    District,
    Guardianship,
    RosterContact,
    School,
    SchoolClass,
    StaffAppointment,
)
from tests.conftest import person

TODAY = date(2026, 11, 24)
MOTHER_PHONE, GRANDFATHER_PHONE = "+8613800138001", "+8613800138002"


@pytest.fixture(autouse=True)
def own_var(settings, tmp_path):
    """Uploaded rosters and limits of one test are nobody else's."""
    settings.VAR_DIR = tmp_path
    own = {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": str(tmp_path / "cache"),
    }
    settings.CACHES = {"default": own}


@pytest.fixture
def district(db):
    return District.objects.get(code="500105")


@pytest.fixture
def other_district(db):
    return District.objects.get(code="500101")


def make_school(district, code="JW01", name="江湾小学", kind="primary"):
    return School.objects.create(code=code, name=name, kind=kind, district=district)


def make_class(school, name="三年级2班", grade=3, year=2026, **fields):
    return SchoolClass.objects.create(
        school=school, district=school.district, name=name, grade=grade, year=year, **fields
    )


def make_child(school_class, name="陈小满", number="", phones=()):
    """On the roster since 1 September; `phones` are pairs of phone and relation."""
    child = Child(name=name)
    child.set_student_number(number)
    child.save()
    ClassMembership.objects.create(
        child=child, school_class=school_class, since=date(school_class.year, 9, 1)
    )
    for phone, relation in phones:
        RosterContact.for_phone(child, phone, relation).save()
    return child


def make_guardian(user, child, relation="mother"):
    return Guardianship.objects.create(
        user=user, child=child, relation=relation, basis="phone", consent_version="2026-11"
    )


def appoint(user, role, scope=None, **fields):
    names = {"teacher": "school_class", "school": "school", "district": "district"}
    ground = {names[role]: scope} if scope else {}
    return StaffAppointment.objects.create(
        user=user, role=role, **{"starts_on": date(2026, 9, 1), **ground, **fields}
    )


@pytest.fixture
def school(district):
    return make_school(district)


@pytest.fixture
def third(school):
    return make_class(school)


@pytest.fixture
def other_class(school):
    return make_class(school, "三年级1班")


@pytest.fixture
def community(district):
    return make_school(district, "SQ01", "滨江社区家长学校", "community_urban")


@pytest.fixture
def foreign_class(other_district):
    """In another district: data that could leak."""
    return make_class(make_school(other_district, "SM01", "石门小学"))


@pytest.fixture
def xiaoman(third):
    """The child of 陈静 and 陈建国, both phones on file."""
    phones = [(MOTHER_PHONE, "mother"), (GRANDFATHER_PHONE, "grandparent")]
    return make_child(third, "陈小满", "G500105201801010011", phones)


@pytest.fixture
def teacher(third):
    user = person("王老师")
    appoint(user, "teacher", third)
    return user


@pytest.fixture
def head(school):
    """周校长."""
    user = person("周校长")
    appoint(user, "school", school)
    return user


@pytest.fixture
def district_admin(district):
    user = person("区县管理员")
    appoint(user, "district", district)
    return user


@pytest.fixture
def city_admin(db):
    user = person("市管理员")
    appoint(user, "city")
    return user
