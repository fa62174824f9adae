"""How many children a class has, how many have joined, who waits: subqueries, no loop."""

from datetime import date
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from learners.schools.models import ClassGuardian, ClassMembership, JoinRequest, SchoolClass


def with_counts(classes: QuerySet[SchoolClass], on: date | None = None) -> QuerySet[Any]:
    """Adds `children`, `joined` (children with a guardian), `guardians` (of a class that counts
    them) and `pending` requests; of who was there on a day, now when none is given.
    """
    members = ClassMembership.objects.current(on)
    joined = members.filter(child__guardianships__isnull=False)
    return classes.annotate(
        children=_count(members, "child"),
        joined=_count(joined, "child"),
        guardian_count=_count(ClassGuardian.objects.current(on), "pk"),
        pending=_count(JoinRequest.objects.pending(), "pk"),
    )


def _count(rows: Any, what: str) -> Coalesce:
    counted = (
        rows.filter(school_class=OuterRef("pk"))
        .order_by()
        .values("school_class")
        .annotate(n=Count(what, distinct=True))
        .values("n")
    )
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)
