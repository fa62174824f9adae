"""The city administrator's page of figures, on the screen and as xlsx. Nobody else knows it."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from learners.schools.workbook import download
from learners.study import charts
from learners.study.figures import of_courses
from learners.study.figures.forms import StatisticsForm, with_defaults
from learners.study.figures.of_courses import CourseFigures, DayFigures
from learners.study.figures.workbook import workbook

COURSES_A_PAGE = 100


def city_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponse:
        if not request.user.has_perm("study.view_course_statistics"):
            raise Http404
        return view(request)

    return login_required(guarded, login_url="accounts:staff")


@require_safe
@cache_control(private=True, no_store=True)
@city_only
def courses(request: HttpRequest) -> HttpResponse:
    form = StatisticsForm(with_defaults(request.GET, timezone.localdate()))
    if not form.is_valid():
        return render(
            request, "statistics/courses.html", {"form": form}, status=HTTPStatus.BAD_REQUEST
        )
    filters = form.filters()
    rows, days = of_courses.by_course(filters), of_courses.by_day(filters)
    if form.cleaned_data["format"]:
        return download(workbook(filters, rows, days), f"courses-{filters.first}-{filters.last}")
    figures = {**shown(rows, form.cleaned_data["page"] or 1), **trend(days)}
    context = {"form": form, "query": _query(form), **figures}
    return render(request, "statistics/courses.html", context)


def shown(rows: list[CourseFigures], page: int) -> dict[str, Any]:
    return {
        "total": of_courses.total(row.figures for row in rows),
        "rows": Paginator(rows, COURSES_A_PAGE).get_page(page),
    }


def trend(days: list[DayFigures]) -> dict[str, Any]:
    enrolled = [day.figures.enrolled for day in days]
    finished = [day.figures.finished for day in days]
    top = charts.ceiling(max([*enrolled, *finished]))
    return {
        "days": days,
        "happened": of_courses.total(day.figures for day in days),
        "busiest": max(days, key=lambda day: day.figures.enrolled),
        "trend": {
            "top": top,
            "enrolled": charts.line(enrolled, top),
            "finished": charts.line(finished, top),
            "area": charts.area(finished, top),
        },
    }


def _query(form: StatisticsForm) -> str:
    """The address's filters, without the page and the format."""
    kept = ("first", "last", "kind", "age", "why")
    return urlencode({name: form.data[name] for name in kept if form.data.get(name)})
