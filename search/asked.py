"""What people search for, counted by day for the editors: without persons, times or filters."""

from datetime import date, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, Sum
from django.utils import timezone

from search.door import Found
from search.folding import fold
from search.models import Asked, ClickedPlace
from search.remembering import may_be_counted

KEPT_DAYS = 180
SEEN_LEAST = 3
"""A text that fewer searches had could point at somebody: it is in no report."""


def note(found: Found) -> None:
    """The first page of a search with words; turning pages and narrowing are the same search."""
    text = fold(found.query.text)
    if found.query.page > 1 or found.query.is_narrowed() or not may_be_counted(text):
        return
    add = {"times": 1, "empty": int(not found.hits.counts.total)}
    _count(Asked, {"day": timezone.localdate(), "text": text}, add)


def note_click(typed: str, place: int) -> None:
    text, today = fold(typed), timezone.localdate()
    if may_be_counted(text) and Asked.objects.filter(day=today, text=text).exists():
        _count(Asked, {"day": today, "text": text}, {"clicked": 1})
        _count(ClickedPlace, {"day": today, "place": place}, {"times": 1})


def _count(model: Any, row: dict[str, Any], add: dict[str, int]) -> None:
    """One statement for a row that is there; the first of a day may race."""
    more = {name: F(name) + number for name, number in add.items()}
    if model.objects.filter(**row).update(**more):
        return
    try:
        with transaction.atomic():
            model.objects.create(**row, **add)
    except IntegrityError:
        model.objects.filter(**row).update(**more)


def forget() -> None:
    before = timezone.localdate() - timedelta(days=KEPT_DAYS)
    for model in (Asked, ClickedPlace):
        model.objects.filter(day__lt=before).delete()


# -- for the report -----------------------------------------------------------------------
def _texts(since: date) -> Any:
    counted: Any = Asked.objects.filter(day__gte=since).values("text")
    sums = {name: Sum(name) for name in ("times", "empty", "clicked")}
    return counted.annotate(**{f"all_{name}": total for name, total in sums.items()}).filter(
        all_times__gte=SEEN_LEAST
    )


def most_used(since: date, number: int = 50) -> list[dict[str, Any]]:
    return list(_texts(since).order_by("-all_times", "text")[:number])


def not_found(since: date, number: int = 50) -> list[dict[str, Any]]:
    """What was searched for and, mostly, not found."""
    return list(_texts(since).filter(all_empty__gt=0).order_by("-all_empty", "text")[:number])


def places(since: date) -> list[dict[str, Any]]:
    """Clicks by place, each with its share of the most clicked one in percent."""
    counted = ClickedPlace.objects.filter(day__gte=since).values("place")
    rows = list(counted.annotate(all_times=Sum("times")).order_by("place")[:24])
    most = max((row["all_times"] for row in rows), default=1)
    return [{**row, "share": 100 * row["all_times"] // most} for row in rows]
