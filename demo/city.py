"""A whole city of made-up families, by a statement a table: for measuring, never for people.

One child in 400 has a school of its own, one in 40 a class. Of a hundred children 85 have joined
(every fourth with a second guardian), 75 have begun and 55 have finished the course, spread over
the last ten days. Names say that they are made up; nobody of them can sign in.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone

from courses.models import CoursePage, LessonPage
from learners.accounts.models import User
from learners.schools.models import (
    Child,
    ClassMembership,
    District,
    Guardianship,
    School,
    SchoolClass,
)
from learners.schools.school_year import first_day, school_year
from learners.study.lengths import measure
from learners.study.models import Enrolment, Progress, TimeCredit

A_SCHOOL, A_CLASS, DAYS = 400, 40, 10
JOINED, BEGUN, FINISHED = 85, 75, 55  # of a hundred
# Kind of school, its first grade and how many it has; of twenty schools as many as listed.
KINDS = [
    *[("kindergarten", -2, 3)] * 8,
    *[("primary", 1, 6)] * 7,
    *[("junior", 7, 3)] * 3,
    *[("senior", 10, 3)] * 1,
    *[("vocational", 10, 3)] * 1,
]


@dataclass(frozen=True, slots=True)
class City:
    schools: int
    classes: int
    children: int
    guardians: int
    enrolments: int


@transaction.atomic
def build(children: int, course: CoursePage) -> City:
    """Into a database that may hold others already; class figures are not made here."""
    schools, classes = max(1, children // A_SCHOOL), max(1, children // A_CLASS)
    _trust_ourselves()
    places = Places(children, schools, classes, timezone.now())
    places.add_schools()
    places.add_classes()
    places.add_children()
    guardians = places.add_guardians()
    enrolments = places.add_enrolments(course)
    places.add_progress(course, list(course.lessons().select_related("recording")))
    _continue_counting()
    return City(schools, classes, children, guardians, enrolments)


class Places:
    """Each kind of row begins behind the highest id there is, so that rows know each other's."""

    def __init__(self, children: int, schools: int, classes: int, now: datetime) -> None:
        self.children, self.schools, self.classes, self.now = children, schools, classes, now
        # Every class has families of every kind: its children are not a fixed part of a hundred.
        self.luck = f"((i + i / {classes}) % 100)"
        self.year = school_year(timezone.localdate())
        made = (School, SchoolClass, Child, ClassMembership, Guardianship, User, Enrolment)
        self.after = {model: model.objects.aggregate(last=Max("pk"))["last"] or 0 for model in made}

    def add_schools(self) -> None:
        districts = list(District.objects.order_by("code").values_list("pk", flat=True))
        after = self.after[School]
        _insert(School, self.schools, {
            "id": f"{after} + i", "public_id": _uuid(), "code": f"'SIM' || ({after} + i)",
            "name": f"'模拟学校' || ({after} + i)",
            "kind": _pick([f"'{kind}'" for kind, _first, _grades in KINDS], "i"),
            "district_id": _pick([str(pk) for pk in districts], "i"),
        })  # fmt: skip

    def add_classes(self) -> None:
        """The class's school is the one of its number, round and round."""
        number, after = f"(i % {self.schools})", self.after[SchoolClass]
        nth = f"(i / {self.schools})"
        grade = _pick([f"({first} + {nth} % {many})" for _kind, first, many in KINDS], "school_i")
        districts = list(District.objects.order_by("code").values_list("pk", flat=True))
        _insert(SchoolClass, self.classes, {
            "id": f"{after} + i", "public_id": _uuid(), "year": str(self.year),
            "grade": grade.replace("school_i", f"({number} + 1)"),
            "name": f"'模拟' || {nth} || '班'",
            "join_code": f"'S' || {_padded(f'{after} + i', 7)}", "join_open": "TRUE",
            "created_at": _moment(self.now), "school_id": f"{self.after[School]} + {number} + 1",
            "district_id": _pick([str(pk) for pk in districts], f"({number} + 1)"),
        })  # fmt: skip

    def add_children(self) -> None:
        after = self.after[Child]
        _insert(Child, self.children, {
            "id": f"{after} + i", "public_id": _uuid(), "name": f"'模拟' || ({after} + i)",
            "nickname": "''", "student_number": "''", "student_number_hash": "''",
            "birth_month": "''", "due_date": "''", "created_at": _moment(self.now),
        })  # fmt: skip
        _insert(ClassMembership, self.children, {
            "id": f"{self.after[ClassMembership]} + i", "since": f"'{first_day(self.year)}'",
            "child_id": f"{after} + i",
            "school_class_id": f"{self.after[SchoolClass]} + i % {self.classes} + 1",
        })  # fmt: skip

    def add_guardians(self) -> int:
        """The first guardian has the child's number, the second one behind all of them."""
        users, joined = self.after[User], f"{self.luck} < {JOINED}"
        people = {
            "id": f"{users} + i", "password": "'!made up'", "is_superuser": "FALSE",
            "email": "''", "is_staff": "FALSE", "is_active": "TRUE",
            "date_joined": _moment(self.now), "username": f"'simulated-' || ({users} + i)",
            "public_id": _uuid(), "name": "''", "phone": "''", "phone_verified": "FALSE",
            "session_epoch": "0", "language": "'zh-hans'",
        }  # fmt: skip
        made = _insert(User, self.children, people, joined)
        second = f"{joined} AND i % 4 = 0"
        behind = {"id": f"{users} + {self.children} + i"}
        behind["username"] = f"'simulated-' || ({users} + {self.children} + i)"
        made += _insert(User, self.children, {**people, **behind}, second)
        credit = {"user_id": f"{users} + i", "credited_until": _moment(self.now), "version": "0"}
        _insert(TimeCredit, self.children, credit, joined)
        for number, who in enumerate((joined, second)):
            self._claim(number, who)
        return made

    def _claim(self, number: int, who: str) -> None:
        behind = number * self.children
        _insert(Guardianship, self.children, {
            "id": f"{self.after[Guardianship]} + {behind} + i", "public_id": _uuid(),
            "relation": "'mother'" if number == 0 else "'father'", "basis": "'phone'",
            "claimed_at": _moment(self.now), "consent_version": "'simulated'",
            "child_id": f"{self.after[Child]} + i",
            "user_id": f"{self.after[User]} + {behind} + i",
        }, who)  # fmt: skip

    def add_enrolments(self, course: CoursePage) -> int:
        days = [_moment(self.now - timedelta(days=DAYS - day)) for day in range(DAYS)]
        lessons = course.lessons().select_related("recording")
        lengths = [measure(lesson).length for lesson in lessons] or [0]
        at = _pick(days, "i / 100")
        return _insert(Enrolment, self.children, {
            "id": f"{self.after[Enrolment]} + i", "run": "1", "current": "TRUE",
            "enrolled_at": at, "started_at": at,
            "completed_at": f"CASE WHEN {self.luck} < {FINISHED} THEN {at} END",
            "completed_offline": "FALSE", "voluntary": "FALSE", "course_id": str(course.pk),
            "learned_seconds": f"CASE WHEN {self.luck} < {FINISHED} THEN {sum(lengths)}"
            f" ELSE {lengths[0]} END",
            "user_id": f"{self.after[User]} + i",
        }, f"{self.luck} < {BEGUN}")  # fmt: skip

    def add_progress(self, course: CoursePage, lessons: list[LessonPage]) -> None:
        """Who began did the first lesson, who finished all of them."""
        for number, lesson in enumerate(lessons):
            measured, at = measure(lesson), _moment(self.now)
            _insert(Progress, self.children, {
                "media_key": f"'{measured.media_key}'", "covered": f"'0-{measured.length}'",
                "covered_seconds": str(measured.length), "position": "0", "position_at": at,
                "first_report_at": at, "last_report_at": at, "offline_seconds": "0",
                "overclaimed_seconds": "0", "completed_at": at, "completed_offline": "FALSE",
                "completed_seconds": str(measured.length), "lesson_id": str(lesson.pk),
                "enrolment_id": f"{self.after[Enrolment]} + i",
            }, f"{self.luck} < {FINISHED if number else BEGUN}")  # fmt: skip


def _insert(model: type, rows: int, columns: dict[str, str], which: str = "TRUE") -> int:
    """`columns` are expressions of `i`, which runs from 1 to `rows`."""
    names, values = ", ".join(columns), ", ".join(columns.values())
    table = model._meta.db_table  # type: ignore[attr-defined]
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({names}) {_series(rows)} SELECT {values} FROM series"
            f" WHERE {which}"
        )
        return cursor.rowcount


def _series(rows: int) -> str:
    if connection.vendor == "sqlite":
        return (
            "WITH RECURSIVE series(i) AS"
            f" (SELECT 1 UNION ALL SELECT i + 1 FROM series WHERE i < {rows})"
        )
    return f"WITH series AS (SELECT generate_series(1, {rows}) AS i)"


def _uuid() -> str:
    return "lower(hex(randomblob(16)))" if connection.vendor == "sqlite" else "gen_random_uuid()"


def _padded(number: str, width: int) -> str:
    if connection.vendor == "sqlite":
        return f"printf('%0{width}d', {number})"
    return f"lpad(CAST({number} AS text), {width}, '0')"


def _moment(moment: datetime) -> str:
    """As the database keeps it: SQLite as text in UTC."""
    text = moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S")
    return f"'{text}'" if connection.vendor == "sqlite" else f"TIMESTAMPTZ '{text}+00'"


def _pick(values: list[str], number: str) -> str:
    """One of the values by the number, round and round."""
    cases = " ".join(f"WHEN {n} THEN {value}" for n, value in enumerate(values))
    return f"CASE ({number}) % {len(values)} {cases} END"


def _trust_ourselves() -> None:
    """Every row here refers to one made here: PostgreSQL need not look each of them up.

    Only a superuser may say so; without it loading takes longer, and that is all.
    """
    if connection.vendor == "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = CURRENT_USER")
        if cursor.fetchone()[0]:
            cursor.execute("SET LOCAL session_replication_role = replica")


def _continue_counting() -> None:
    """PostgreSQL's sequences go on behind the ids that were given here."""
    if connection.vendor == "sqlite":
        return
    made = (School, SchoolClass, Child, ClassMembership, Guardianship, User, Enrolment)
    with connection.cursor() as cursor:
        for model in made:
            table = model._meta.db_table
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), MAX(id)) FROM {table}"
            )
