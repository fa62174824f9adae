"""The demonstration's schools: invented names, a class or two each, the cast in their places."""

from datetime import date
from itertools import product

from django.utils import timezone

from learners.accounts.models import User
from learners.accounts.privacy import VERSION
from learners.schools import appointments, joining
from learners.schools.membership import Facts, add_child
from learners.schools.models import Child, District, School, SchoolClass
from learners.schools.models.staff import Role
from learners.schools.school_year import first_day, school_year

DISTRICT = "500105"
SCHOOLS = [
    ("JW001", "江湾小学", "primary"),
    ("SM001", "石门幼儿园", "kindergarten"),
    ("BJ001", "滨江社区家长学校", "community_urban"),
]
CLASSES = [
    ("JW001", 3, "三年级1班", 28),
    ("JW001", 3, "三年级2班", 30),
    ("JW001", 1, "一年级1班", 26),
    ("SM001", 0, "大1班", 24),
    ("SM001", -2, "小1班", 20),
    ("BJ001", None, "秋季班", 0),
]
SURNAMES = "王李张刘杨黄赵吴周徐孙马朱胡郭何林高罗郑"
GIVEN = ["一诺", "子涵", "梓轩", "雨桐", "浩然", "欣怡", "宇航", "思源", "可馨", "俊熙"]
# The child, the class, who claimed it with which phone; the first phone is on file.
FAMILIES = [
    ("陈小满", "三年级2班", [("+8613800138001", "mother"), ("+8613800138002", "grandparent")]),
    ("李乐乐", "三年级1班", [("+8613800138003", "father")]),
]
STAFF = [
    ("王老师", "+8613800138010", Role.TEACHER, "三年级2班"),
    ("何老师", "+8613800138012", Role.TEACHER, "三年级1班"),
    ("周校长", "+8613800138011", Role.SCHOOL, "JW001"),
]


def load() -> None:
    """Nothing when the schools are there already."""
    if School.objects.filter(code=SCHOOLS[0][0]).exists():
        return
    district = District.objects.get(code=DISTRICT)
    today = timezone.localdate()
    schools = {
        code: School.objects.create(code=code, name=name, kind=kind, district=district)
        for code, name, kind in SCHOOLS
    }
    classes = {}
    for number, (code, grade, name, size) in enumerate(CLASSES):
        classes[name] = _fill(schools[code], grade, name, number * 100, size)
    for child, class_name, guardians in FAMILIES:
        _family(child, classes[class_name], guardians)
    for name, phone, role, where in STAFF:
        scope = classes.get(where) or schools[where]
        appointments.appoint_by_phone(phone, name, role, scope, today=today)
    community = User.objects.with_phone("+8613800138003").get()
    joining.join_class(community, classes["秋季班"], VERSION, today)


def administer(district_login: str, city_login: str) -> None:
    """The two administrators who sign in with a password."""
    today = timezone.localdate()
    district = District.objects.get(code=DISTRICT)
    ground = [(district_login, Role.DISTRICT, district), (city_login, Role.CITY, None)]
    for login, role, scope in ground:
        appointments.appoint(User.objects.get(username=login), role, scope, today=today)


def _fill(school: School, grade: int | None, name: str, start: int, size: int) -> SchoolClass:
    year = school_year(timezone.localdate())
    school_class = SchoolClass.objects.create(
        school=school, district=school.district, year=year, grade=grade, name=name
    )
    names = [surname + given for given, surname in product(GIVEN, SURNAMES)]
    for number in range(start, start + size):
        facts = Facts(
            names[number % len(names)],
            f"G{DISTRICT}{school.code}{number:05}",
            _birth_month(year, grade, number),
            [(f"+8613800138{100 + number % 900}", "mother", "")],
        )
        add_child(school_class, facts, first_day(year))
    return school_class


def _birth_month(year: int, grade: int | None, number: int) -> str:
    return f"{date(year - 6 - (grade or 0), 1 + number % 8, 1):%Y-%m}"


def _family(name: str, school_class: SchoolClass, guardians: list[tuple[str, str]]) -> None:
    on_file = [(phone, relation, "") for phone, relation in guardians]
    child: Child = add_child(
        school_class, Facts(name, contacts=on_file), first_day(school_class.year)
    )
    for phone, relation in guardians:
        user = User.objects.with_phone(phone).get()
        joining.claim(user, child, relation=relation, basis="phone", version=VERSION)
