"""The parent's looking back: months, finished runs, certificates."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from cms.filters import PageForm
from learners.study import charts
from learners.study import history as past
from learners.study.clock import moment, now

RUNS_A_PAGE = 20


@login_required
@require_safe
@cache_control(private=True, no_store=True)
def history(request: HttpRequest) -> HttpResponse:
    months = past.by_month(request.user, timezone.localdate(moment(now())))
    number = PageForm(request.GET).number()
    context = {
        "months": months,
        "totals": past.totals(request.user),
        "charts": [chart("minutes", months), chart("lessons", months)],
        "runs": Paginator(past.finished_runs(request.user), RUNS_A_PAGE).get_page(number),
    }
    return render(request, "study/history.html", context)


def chart(of: str, months: list[past.Month]) -> dict[str, Any]:
    values = [getattr(month, of) for month in months]
    return {"of": of, "top": charts.ceiling(max(values)), "bars": charts.bars(values)}
