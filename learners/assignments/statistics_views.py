"""Figures for administrators: the city's districts, a district's schools, a school's classes.

Everything is a sum over class rows, so that every level agrees with every other at any moment.
"""

from dataclasses import replace
from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.contrib.humanize.templatetags.humanize import intcomma
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from courses.models import CoursePage
from learners.accounts.account_views import PersonRequest
from learners.assignments import levels, subjects, trends, workbooks
from learners.assignments.file_views import in_wechat
from learners.assignments.forms import ListForm
from learners.assignments.levels import Level
from learners.assignments.models import Assignment
from learners.assignments.statistics_forms import FiguresForm, FileForm
from learners.assignments.subjects import Subject
from learners.schools.ground import ground_of
from learners.schools.workbook import download
from learners.study import charts
from learners.study.figures import of_courses

LINES_A_PAGE, SUBJECTS_A_PAGE = 50, 20
COURSES = "study.view_course_statistics"


@never_cache
@require_safe
@login_required
def home(request: PersonRequest) -> HttpResponse:
    """What can be looked at: assignments, newest first."""
    if not ground_of(request.user).administers and request.user.has_perm(COURSES):
        return redirect("statistics:courses")
    levels.administered(request.user)
    form = ListForm(request.GET)
    given = Assignment.objects.standing().seen_by(request.user)
    if form.words():
        given = given.filter(course__title__contains=form.words())
    listed = given.select_related("course", "school", "district")
    context = {
        "assignments": Paginator(listed, SUBJECTS_A_PAGE).get_page(form.number()),
        "words": form.words(),
        "sees_courses": request.user.has_perm(COURSES),
    }
    return render(request, "statistics/assignments.html", context)


@never_cache
@require_safe
@login_required
def assignment(request: PersonRequest, public_id: Any, **place: Any) -> HttpResponse:
    level = levels.level(request.user, **place)
    seen = Assignment.objects.standing().seen_by(request.user)
    given = get_object_or_404(
        seen.select_related("course", "school", "district"), public_id=public_id
    )
    return _shown(request, level, subjects.of_assignment(given))


@never_cache
@require_safe
@login_required
def course(request: PersonRequest, course_id: int, **place: Any) -> HttpResponse:
    """All assignments of a course this school year; a class that got it twice counts twice."""
    level = levels.level(request.user, **place)
    found = get_object_or_404(CoursePage, pk=course_id)
    return _shown(request, level, subjects.of_course(found))


def _shown(request: PersonRequest, level: Level, subject: Subject) -> HttpResponse:
    form = FiguresForm(request.GET)
    lines = levels.lines(level, form.narrowed(level.figures(subject.figures)))
    if form.told("format"):
        return _file(level, subject, lines)
    total = levels.total(lines)
    context = {
        "form": form,
        "level": level,
        "subject": subject,
        "asked": _asked(level, subject, form),
        "in_wechat": in_wechat(request),
        "trail": _trail(level, subject),
        "total": total,
        "beside": _beside(level, subject),
        "share": levels.share(total),
        "funnel": _funnel(total),
        "lines": Paginator(_linked(level, subject, lines), LINES_A_PAGE).get_page(
            form.told("page") or 1
        ),
        "trend_is_kept": level.kind in {levels.CITY, levels.DISTRICT} or form.told("grade") is None,
        "trend": _trend(level, subject, form, total),
    }
    return render(request, "statistics/assignment.html", context)


def _asked(level: Level, subject: Subject, form: FiguresForm) -> FileForm:
    """What a workbook of this page is asked for with, as hidden fields."""
    told = {
        subject.name: subject.key,
        "district": level.district.code if level.kind == levels.DISTRICT and level.district else "",
        "school": level.school.public_id if level.school else "",
        "kind": form.told("kind"),
        "grade": form.told("grade"),
    }
    return FileForm(Assignment.objects.none(), initial=told, auto_id=False)


def _linked(level: Level, subject: Subject, lines: list[levels.Line]) -> list[levels.Line]:
    return [replace(line, url=_below(level, subject, line.key)) for line in lines]


def _below(level: Level, subject: Subject, key: str) -> str:
    """A school's classes have their own page each, for an assignment."""
    if level.kind == levels.CITY:
        return subject.url(district=key)
    if level.kind != levels.SCHOOL:
        return subject.url(school=key)
    if subject.name == "assignment":
        return reverse("assignments:follow", args=[subject.key, key])
    return reverse("schools:class", args=[key])


def _trail(level: Level, subject: Subject) -> list[tuple[str, str]]:
    """The levels above this one that the person may see, as pairs of title and address."""
    trail = []
    if level.kind != levels.CITY and level.ground.city:
        trail.append((_("The whole city"), subject.url()))
    if level.school and level.district:
        if level.ground.city or level.district.pk in level.ground.districts:
            trail.append((level.district.name, subject.url(district=level.district.code)))
        elif len(level.ground.schools) > 1:
            trail.append((_("My schools"), subject.url()))
    return trail


def _funnel(total: dict[str, int]) -> list[dict[str, Any]]:
    """From the roster to the end; where guardians count alone, without a roster."""
    steps = [(_("On the roster"), "children"), (_("Joined"), "joined"),
             (_("Started"), "started"), (_("Finished"), "finished")]  # fmt: skip
    if not total["children"]:
        steps = [(_("Joined"), "guardians"), (_("Started"), "guardians_started"),
                 (_("Finished"), "guardians_finished")]  # fmt: skip
    whole = total[steps[0][1]]
    return [
        {"name": name, "number": total[key], "share": charts.per_cent(total[key], whole)}
        for name, key in steps
    ]


def _trend(
    level: Level, subject: Subject, form: FiguresForm, total: dict[str, int]
) -> dict[str, Any] | None:
    """None until there is a night to look back on."""
    today: date = timezone.localdate()
    nights = level.snapshots(subject.snapshots, form.told("kind") or "", form.told("grade"))
    days = trends.days(nights, today, total) if nights is not None else []
    if len(days) < 2:
        return None
    started, finished = [day.started for day in days], [day.finished for day in days]
    top = charts.ceiling(max(started))
    return {
        "top": top,
        "started": charts.line(started, top),
        "finished": charts.line(finished, top),
        "area": charts.area(finished, top),
        "days": days,
    }


def _beside(level: Level, subject: Subject) -> str:
    """Of a course in the whole city: those who learn it without being asked."""
    voluntary = subject.voluntary() if level.kind == levels.CITY else None
    if voluntary is None:
        return ""
    counts = {name: intcomma(getattr(voluntary, name)) for name in of_courses.HAPPENED}
    said = _(
        "Not counted here: %(enrolled)s parents took the course of their own accord this school"
        " year; %(started)s of them started, %(finished)s finished."
    )
    return said % counts


def _file(level: Level, subject: Subject, lines: list[levels.Line]) -> HttpResponse:
    about = f"{subject.about} {_beside(level, subject)}".rstrip()
    content = workbooks.statistics(f"{level.title} · {subject.title}", about, lines)
    return download(content, f"{level.title}-{timezone.localdate():%Y-%m-%d}")
