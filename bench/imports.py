"""A school's list of 2000 children: checking and applying it, beside bare inserts of its rows."""

import time
from datetime import date
from io import BytesIO
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.utils import timezone
from openpyxl import Workbook

from learners.schools.models import (
    Child,
    ClassMembership,
    District,
    RosterContact,
    RosterImport,
    School,
    SchoolClass,
)
from learners.schools.roster import imports
from learners.schools.school_year import school_year

CHILDREN, A_CLASS, GRADES = 2000, 40, 6


def measure() -> dict[str, float]:
    """Seconds; the second import finds everything unchanged."""
    today = timezone.localdate()
    first, again = (imports.begin(_school(), None, "bench.xlsx", _list()) for _ in range(2))
    again.school = first.school
    again.save()
    found = {"check": _clocked(lambda: imports.check(first))}
    found["apply"] = _clocked(lambda: imports.apply(first, today))
    found["check again"] = _clocked(lambda: imports.check(again))
    found["bare inserts"] = _clocked(lambda: _bare(today))
    if RosterImport.objects.get(pk=first.pk).counts.get("new") != CHILDREN:
        raise RuntimeError(first.counts)
    return found


def _clocked(act: Any) -> float:
    began = time.monotonic()
    act()
    return time.monotonic() - began


def _school() -> School:
    district = District.objects.order_by("code").first()
    code = f"BENCH{uuid4().hex[:6]}"
    return School.objects.create(district=district, code=code, name="量一量小学", kind="primary")


def _list() -> bytes:
    book = Workbook()
    sheet = book.active
    sheet.append(["年级", "班级", "学号", "姓名", "家长姓名", "家长手机", "关系"])
    for n in range(CHILDREN):
        grade = n * GRADES // CHILDREN + 1
        own = f"{grade}年级{n // A_CLASS % 9 + 11}班"
        phone = f"13800138{n % 1000:03d}"
        sheet.append([f"{grade}年级", own, f"B{n:06d}", f"量{n}", f"家长{n}", phone, "母亲"])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


@transaction.atomic
def _bare(today: date) -> None:
    """The floor: the same rows, encrypted too, that nobody checked."""
    school = _school()
    own = SchoolClass.objects.create(
        school=school, district=school.district, year=school_year(today), name="1班", grade=1
    )
    children = [Child(name=f"量{n}") for n in range(CHILDREN)]
    for n, child in enumerate(children):
        child.set_student_number(f"B{n:06d}")
    Child.objects.bulk_create(children)
    ClassMembership.objects.bulk_create(
        ClassMembership(child=child, school_class=own, since=today) for child in children
    )
    RosterContact.objects.bulk_create(
        RosterContact.for_phone(child, f"+8613800138{n % 1000:03d}", "mother", f"家长{n}")
        for n, child in enumerate(children)
    )
