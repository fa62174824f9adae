import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils import timezone

from courses.models import CoursePage
from demo import city
from learners.assignments import assigning
from learners.assignments.models import Assignment, Scope
from learners.schools.school_year import school_year
from learners.study.figures import daily


class Command(BaseCommand):
    help = "Fills the city with made-up families who learn a course, and assigns it to all of them."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--children", type=int, default=20_000)

    def handle(self, *args: Any, children: int, **options: Any) -> None:
        course = CoursePage.objects.live().order_by("pk").first()
        if course is None:
            raise CommandError("There is no course to learn: load_demo makes some.")
        if children < 1:
            raise CommandError("At least one child.")
        began = time.monotonic()
        made = city.build(children, course)
        self._analyse()
        loaded = time.monotonic()
        self.stdout.write(f"{made} in {loaded - began:.1f} s")
        counted = _assign(course) + _others()
        daily.recount(timezone.localdate())
        self.stdout.write(f"{counted} classes counted in {time.monotonic() - loaded:.1f} s")

    def _analyse(self) -> None:
        """The planner must know the new rows at once."""
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def _others() -> int:
    """The new classes fall under what was assigned before them, too."""
    return sum(assigning.prepare(given) for given in Assignment.objects.open())


def _assign(course: CoursePage) -> int:
    today = timezone.localdate()
    wish = assigning.Wish(course=course, scope=Scope.CITY, year=school_year(today), due_on=today)
    return assigning.prepare(assigning.assign(None, wish))
