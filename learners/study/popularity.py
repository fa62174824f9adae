"""How often a resource was finished, written where lists and search read it."""

from django.db.models import Count, F, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from cms.models import ResourcePage
from learners.study.models import Enrolment, Progress


def write() -> int:
    """Writes the counts of courses and lessons that changed; returns how many."""
    courses = Enrolment.objects.exclude(completed_at=None).filter(course=OuterRef("pk"))
    lessons = Progress.objects.completed().filter(lesson=OuterRef("pk"))
    return _write(courses, "course") + _write(lessons, "lesson")


def _write(finished: QuerySet, by: str) -> int:
    counted = finished.order_by().values(by).annotate(times=Count("pk")).values("times")
    times = Coalesce(Subquery(counted, output_field=IntegerField()), 0)
    kind = ResourcePage.objects.filter(**{f"{_CHILD[by]}__isnull": False})
    return kind.annotate(times=times).exclude(popularity=F("times")).update(popularity=times)


_CHILD = {"course": "coursepage", "lesson": "lessonpage"}
