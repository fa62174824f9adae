"""The editors' report: what parents search for, what they do not find, what they choose."""

from datetime import timedelta

from django import forms
from django.contrib.auth.decorators import permission_required
from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from search import asked
from search.models import Incident

PERIODS = (7, 30, 180)
DEFAULT_DAYS = 30


class PeriodForm(forms.Form):
    days = forms.TypedChoiceField(
        coerce=int, choices=[(days, days) for days in PERIODS], required=False, empty_value=None
    )

    def period(self) -> int:
        """7, 30 or 180 days; whatever else was sent is 30."""
        return (self.is_valid() and self.cleaned_data["days"]) or DEFAULT_DAYS


@require_safe
@permission_required("search.view_asked", raise_exception=True)
def report(request: HttpRequest) -> HttpResponse:
    days = PeriodForm(request.GET).period()
    since = timezone.localdate() - timedelta(days=days - 1)
    incidents = Incident.objects.filter(day__gte=since).aggregate(all=Sum("count"))["all"]
    context = {
        "days": days,
        "periods": PERIODS,
        "least": asked.SEEN_LEAST,
        "most_used": asked.most_used(since),
        "not_found": asked.not_found(since),
        "places": asked.places(since),
        "incidents": incidents or 0,
    }
    return render(request, "search/admin/report.html", context)
