"""Schools, classes and teachers come in by a list: all or nothing, and again changes nothing."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from learners.accounts.models import User
from learners.accounts.protected import keyed_hash
from learners.schools import touching
from learners.schools.ground import Ground
from learners.schools.listing.rows import PlaceRow, read_places
from learners.schools.models import District, School, SchoolClass, StaffAppointment
from learners.schools.models.staff import Role
from learners.schools.roster.on_file import one_name
from learners.schools.roster.opening import FileRefusedError, open_sheets
from learners.schools.school_year import school_year

ERRORS = {
    "code": _("The school's code is missing, or is no code: “{text}”."),
    "kind": _("“{text}” is not a kind of school we know."),
    "grade": _("No grade can be seen for the class “{text}”. Please add the grade."),
    "phone": _("“{text}” is not a mobile number."),
    "post": _("“{text}” has a phone but neither a class nor the role of an administrator."),
    "district": _("There is no district “{text}”."),
    "ground": _("The school “{text}” is not among those you look after."),
    "incomplete": _("A new school needs name, kind and district: “{text}”."),
}


@dataclass(slots=True)
class Result:
    """`errors` are (sheet, row, words); with any of them nothing was changed."""

    errors: list[tuple[str, int, str]] = field(default_factory=list)
    schools: int = 0
    classes: int = 0
    appointments: int = 0


@transaction.atomic
def import_list(
    data: bytes, ground: Ground, today: date, by: Any = None, dry_run: bool = False
) -> Result:
    """FileRefusedError when it is no such list."""
    rows = _read(data)
    listing = _Listing(rows, ground, today, by)
    listing.check()
    if not listing.result.errors:
        listing.apply()
    if dry_run:
        transaction.set_rollback(True)
    return listing.result


def _read(data: bytes) -> list[PlaceRow]:
    kinds = dict(School.objects.values_list("code", "kind"))
    read = [read_places(sheet, kinds) for sheet in open_sheets(data)]
    found = [rows for rows in read if rows is not None]
    if not found:
        raise FileRefusedError("no_list")
    return [row for rows in found for row in rows]


class _Listing:
    """A few statements for each of the three tables, however many rows there are."""

    def __init__(self, rows: list[PlaceRow], ground: Ground, today: date, by: Any) -> None:
        self.rows, self.ground, self.today, self.by = rows, ground, today, by
        self.result = Result()
        self.year = school_year(today)
        self.districts = {district.name: district for district in District.objects.all()}
        codes = {row.code for row in rows}
        self.schools = {s.code: s for s in School.objects.filter(code__in=codes)}
        self.new: dict[str, PlaceRow] = {}

    def check(self) -> None:
        for row in self.rows:
            code = next(iter(row.errors), None) or self._wrong(row)
            if code:
                words = str(ERRORS[code[0]]).format(text=code[1])
                self.result.errors.append((row.sheet, row.row, words))

    def _wrong(self, row: PlaceRow) -> tuple[str, str] | None:
        school = self.schools.get(row.code)
        if school is not None:
            return None if self._is_mine(school) else ("ground", row.code)
        if row.code in self.new:
            return None
        if row.district and row.district not in self.districts:
            return "district", row.district
        if not (row.school and row.kind and row.district):
            return "incomplete", row.code
        district = self.districts[row.district]
        if not (self.ground.city or district.pk in self.ground.districts):
            return "ground", row.code
        self.new[row.code] = row
        return None

    def _is_mine(self, school: School) -> bool:
        ground = self.ground
        return ground.city or school.pk in ground.schools or school.district_id in ground.districts

    def apply(self) -> None:
        made = School.objects.bulk_create(
            School(code=code, name=row.school[:80], kind=row.kind,
                   district=self.districts[row.district])
            for code, row in self.new.items()
        )  # fmt: skip
        self.schools |= {school.code: school for school in made}
        self.result.schools = len(made)
        self._add_classes()
        self._appoint()

    def _add_classes(self) -> None:
        self.classes: dict[tuple[int, str], SchoolClass] = {}
        kinds = {school.pk: school.kind for school in self.schools.values()}
        open_classes = SchoolClass.objects.unarchived().filter(school__in=kinds, year=self.year)
        for one in open_classes.order_by("pk"):
            self.classes[one.school_id, one_name(one.name, kinds[one.school_id])] = one
        new: dict[tuple[int, str], SchoolClass] = {}
        for row in self.rows:
            school = self.schools[row.code]
            key = (school.pk, row.class_name)
            if row.class_name and key not in self.classes:
                new[key] = SchoolClass(
                    school=school, district_id=school.district_id, year=self.year,
                    grade=row.grade, name=row.class_name,
                )  # fmt: skip
        SchoolClass.objects.bulk_create(new.values())
        self.classes |= new
        self.result.classes = len(new)
        touching.touch(one.pk for one in new.values())

    def _appoint(self) -> None:
        rows = [row for row in self.rows if row.phone]
        users = _people(rows)
        wanted: dict[tuple[int, str, int], StaffAppointment] = {}
        for row in rows:
            user, school = users[keyed_hash(row.phone)], self.schools[row.code]
            post = StaffAppointment(user=user, starts_on=self.today, appointed_by=self.by)
            if row.administers:
                post.role, post.school = Role.SCHOOL, school
                wanted[user.pk, Role.SCHOOL, school.pk] = post
            else:
                own = self.classes[school.pk, row.class_name]
                post.role, post.school_class = Role.TEACHER, own
                wanted[user.pk, Role.TEACHER, own.pk] = post
        current = StaffAppointment.objects.filter(ends_on=None, user__in=users.values())
        for user_id, role, school_id, class_id in current.values_list(
            "user_id", "role", "school_id", "school_class_id"
        ):
            wanted.pop((user_id, role, school_id or class_id), None)
        self.result.appointments = len(StaffAppointment.objects.bulk_create(wanted.values()))


def _people(rows: Iterable[PlaceRow]) -> dict[str, User]:
    """By the hash of the phone; who is not known yet gets an account that waits for them."""
    by_hash = {keyed_hash(row.phone): row for row in rows}
    users = {str(u.phone_hash): u for u in User.objects.filter(phone_hash__in=by_hash)}
    new = [
        User(
            phone=row.phone,
            phone_hash=hashed,
            name=row.teacher[:60] or str(_("Teacher")),
            password=make_password(None),
        )
        for hashed, row in by_hash.items()
        if hashed not in users
    ]
    return users | {str(user.phone_hash): user for user in User.objects.bulk_create(new)}
