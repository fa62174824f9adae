"""A school's year: classes rolled forward, put together, split, closed; a dry run first."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from learners.accounts.account_views import PersonRequest, form_view
from learners.schools.counting import with_counts
from learners.schools.models import Child, ClassChange, PersonalDataRead, School, SchoolClass
from learners.schools.reading import log_read
from learners.schools.school_views import CLASSES_A_PAGE, school_in_ground
from learners.schools.school_year import coming_year, last_day, school_year, year_name
from learners.schools.staff_forms import SearchForm
from learners.schools.tasks import change_classes
from learners.schools.year import changes, undoing
from learners.schools.year.plan import CLOSE, Wish
from learners.schools.year_forms import MergeForm, RollForm, SplitForm

CHANGES_A_PAGE = 20
Kind, State = ClassChange.Kind, ClassChange.State
IN_THE_WAY = {
    "early": gettext_lazy(
        "This can be carried out from 1 September on: until then the figures of the old year run."
    ),
    "nothing": gettext_lazy("Nothing would change."),
    "name": gettext_lazy("{name}: the new name is missing."),
    "grade": gettext_lazy("{name}: no grade can be seen in the name, for example 四年级2班."),
    "nobody": gettext_lazy("{name}: nobody was chosen."),
    "full": gettext_lazy("{name}: there are still children or guardians in it."),
    "together": gettext_lazy(
        "{name}: several classes would get this name. If they are to be one class, tick so."
    ),
    "busy": gettext_lazy("A roster of the school is being imported. Please wait a minute."),
    "teacher": gettext_lazy("{name}: has no class teacher yet."),
    "taken": gettext_lazy("{name}: exists already; those who come join the ones in it."),
}


def _said(found: list[tuple[str, str]]) -> list[str]:
    return [str(IN_THE_WAY[code]).format(name=name) for code, name in found]


@never_cache
@form_view
@login_required
def year(request: PersonRequest, public_id: Any) -> HttpResponse:
    own = school_in_ground(request, public_id)
    coming = coming_year(timezone.localdate())
    classes, wishes = changes.earlier_classes(own, coming), changes.proposal(own, coming)
    form = RollForm(classes, wishes, own.kind, request.POST if request.method == "POST" else None)
    if classes and form.is_valid():
        change = changes.ask(own, Kind.ROLL, form.wishes(), request.user, year=coming,
                             together=form.cleaned_data["together"])  # fmt: skip
        return redirect("schools:change", change.public_id)
    done = own.class_changes.exclude(state=State.CHECKED).order_by("-asked_at")
    context = {
        "school": own,
        "form": form,
        "year": year_name(coming),
        "changes": Paginator(done, CHANGES_A_PAGE).get_page(SearchForm(request.GET).number()),
        "years": _years(own),
    }
    return render(request, "school/year.html", context)


def _years(own: School) -> list[tuple[int, str]]:
    """With closed classes, newest first."""
    closed = own.classes.exclude(archived_at=None).order_by("-year")
    return [(year, year_name(year)) for year in closed.values_list("year", flat=True).distinct()]


@never_cache
@require_safe
@login_required
def archive(request: PersonRequest, public_id: Any, year: int) -> HttpResponse:
    """Classes that are closed, with how many were in them when the year ended or they closed."""
    own = school_in_ground(request, public_id)
    closed = own.classes.filter(year=year).exclude(archived_at=None)
    counted = with_counts(closed, on=min(last_day(year), timezone.localdate()))
    page = Paginator(counted.order_by("grade", "name", "pk"), CLASSES_A_PAGE)
    context = {
        "school": own,
        "classes": page.get_page(SearchForm(request.GET).number()),
        "year": year_name(year),
    }
    return render(request, "school/archive.html", context)


@never_cache
@form_view
@login_required
def merge(request: PersonRequest, public_id: Any) -> HttpResponse:
    own = school_in_ground(request, public_id)
    classes = own.classes.this_year().order_by("grade", "name")
    form = MergeForm(classes, own.kind, request.POST if request.method == "POST" else None)
    if form.is_valid():
        change = changes.ask(own, Kind.MERGE, form.wishes(), request.user,
                             year=_this_year(), together=True)  # fmt: skip
        return redirect("schools:change", change.public_id)
    return render(request, "school/merge.html", {"school": own, "form": form})


def _this_year() -> int:
    return school_year(timezone.localdate())


def _class_of_administrator(request: PersonRequest, public_id: Any) -> SchoolClass:
    """Of this year, of a school the person administers: its teacher alone does not suffice."""
    schools = School.objects.in_ground_of(request.user)
    classes = SchoolClass.objects.this_year().filter(school__in=schools)
    return get_object_or_404(classes.select_related("school"), public_id=public_id)


@never_cache
@form_view
@login_required
def split(request: PersonRequest, public_id: Any) -> HttpResponse:
    own = _class_of_administrator(request, public_id)
    if own.counts_guardians:
        raise Http404
    children = Child.objects.in_class(own).order_by("name", "pk")
    form = SplitForm(own, children, request.POST if request.method == "POST" else None)
    if form.is_valid():
        change = changes.ask(own.school, Kind.SPLIT, [form.wish()], request.user,
                             year=own.year)  # fmt: skip
        return redirect("schools:change", change.public_id)
    log_read(request.user, PersonalDataRead.What.ROSTER, own.school, school_class=own,
             children=len(children))  # fmt: skip
    return render(request, "school/split.html", {"school_class": own, "form": form})


@never_cache
@require_POST
@login_required
def close(request: PersonRequest, public_id: Any) -> HttpResponse:
    own = _class_of_administrator(request, public_id)
    change = changes.ask(own.school, Kind.CLOSE, [Wish(own.pk, CLOSE)], request.user,
                         year=own.year)  # fmt: skip
    return redirect("schools:change", change.public_id)


def _own(request: PersonRequest, public_id: Any) -> ClassChange:
    mine = ClassChange.objects.in_ground_of(request.user)
    return get_object_or_404(mine.select_related("school", "asked_by"), public_id=public_id)


@never_cache
@require_safe
@login_required
def change(request: PersonRequest, public_id: Any) -> HttpResponse:
    own = _own(request, public_id)
    done, total = changes.progress_of(own)
    context = {
        "change": own,
        "school": own.school,
        "year": year_name(own.year),
        "done": done,
        "total": total,
        "lines": own.trace.get("steps", []),
        "can_undo": undoing.can_undo(own),
        "days": undoing.DAYS,
    }
    if own.state in {State.CHECKED, State.FAILED}:
        plan = changes.plan_of(own, timezone.localdate())
        context |= {
            "lines": [step.line for step in plan.steps],
            "blockers": _said(plan.blockers),
            "remarks": _said(plan.remarks),
            "ready": plan.is_ready,
            "stale": plan.counts != own.counts,
        }
    return render(request, "school/change.html", context)


@never_cache
@require_POST
@login_required
def apply(request: PersonRequest, public_id: Any) -> HttpResponse:
    own = _own(request, public_id)
    if own.state not in {State.CHECKED, State.FAILED}:
        return redirect("schools:change", public_id)
    if changes.plan_of(own, timezone.localdate()).counts != own.counts:
        changes.check_again(own)
        messages.error(request, _("Something changed meanwhile. Please look again."))
        return redirect("schools:change", public_id)
    waiting = ClassChange.objects.filter(pk=own.pk, state__in=[State.CHECKED, State.FAILED])
    # Two taps carry it out once: only one of them finds it waiting.
    if waiting.update(state=State.APPLYING):
        transaction.on_commit(lambda: change_classes.enqueue(own.pk))
    return redirect("schools:change", public_id)


@never_cache
@require_POST
@login_required
def undo(request: PersonRequest, public_id: Any) -> HttpResponse:
    own = _own(request, public_id)
    try:
        undoing.undo(own, timezone.localdate(), by=request.user)
        messages.success(request, _("Undone: everybody is where they were."))
    except undoing.CannotUndoError:
        messages.error(request, _("This can no longer be undone: somebody was moved since."))
    return redirect("schools:change", public_id)


@never_cache
@require_POST
@login_required
def discard(request: PersonRequest, public_id: Any) -> HttpResponse:
    own = _own(request, public_id)
    if own.state in {State.CHECKED, State.FAILED}:
        own.delete()
        messages.success(request, _("Nothing was changed."))
    return redirect("schools:year", own.school.public_id)
