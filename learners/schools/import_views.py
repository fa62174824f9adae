"""A roster's way in: upload, findings, questions, apply, who is missing."""

import base64
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from learners.accounts.account_views import PersonRequest, form_view
from learners.schools import membership
from learners.schools.class_views import class_in_ground
from learners.schools.models import PersonalDataRead, RosterImport, School, SchoolClass
from learners.schools.reading import log_read
from learners.schools.roster import imports
from learners.schools.roster.checking import findings_of
from learners.schools.roster.opening import REFUSED
from learners.schools.school_views import school_in_ground
from learners.schools.staff_forms import AnswersForm, MissingForm, SearchForm, UploadForm
from learners.schools.tasks import apply_roster, check_roster
from learners.schools.year import changes

ROWS_A_PAGE, MOST_LISTED, MOST_ASKED = 100, 200, 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
State = RosterImport.State


@never_cache
@form_view
@login_required
def upload_for_school(request: PersonRequest, public_id: Any) -> HttpResponse:
    return _upload(request, school_in_ground(request, public_id), None)


@never_cache
@form_view
@login_required
def upload_for_class(request: PersonRequest, public_id: Any) -> HttpResponse:
    own = class_in_ground(request, public_id)
    return _upload(request, own.school, own)


def _upload(request: PersonRequest, school: School, only: SchoolClass | None) -> HttpResponse:
    if school.counts_guardians:
        raise Http404
    posted = request.method == "POST"
    form = UploadForm(request.POST if posted else None, request.FILES if posted else None)
    if form.is_valid():
        file = form.cleaned_data["file"]
        with transaction.atomic():
            roster = imports.begin(school, request.user, file.name, file.read(), only)
            transaction.on_commit(lambda: check_roster.enqueue(roster.pk))
        return redirect("schools:import", roster.public_id)
    left = changes.classes_left(school)
    page = {"school": school, "only": only, "form": form, "left": left}
    return render(request, "school/upload.html", page)


def _own(request: PersonRequest, public_id: Any) -> RosterImport:
    mine = RosterImport.objects.in_ground_of(request.user)
    return get_object_or_404(mine.select_related("school", "school_class"), public_id=public_id)


@never_cache
@require_safe
@login_required
def show(request: PersonRequest, public_id: Any) -> HttpResponse:
    roster = _own(request, public_id)
    report = imports.report(roster)
    rows = sorted(report["rows"], key=lambda row: ORDER.index(row["what"]))
    page = Paginator(rows, ROWS_A_PAGE).get_page(SearchForm(request.GET).number())
    if report["rows"] or report["missing"]:
        log_read(request.user, PersonalDataRead.What.IMPORT, roster.school,
                 school_class=roster.school_class, children=len(page.object_list))  # fmt: skip
    context = _lists(report) | _state(roster)
    shown = [{**row, "said": findings_of(row)} for row in page]
    return render(request, "school/import.html", {**context, "rows": page, "shown": shown})


def _lists(report: dict[str, Any]) -> dict[str, Any]:
    listed, asked = report["missing"][:MOST_LISTED], report["questions"][:MOST_ASKED]
    return {
        "report": report,
        "listed": listed,
        "most": MOST_LISTED,
        "more_missing": len(report["missing"]) > MOST_LISTED,
        "answers": AnswersForm(asked) if asked else None,
        "missing": MissingForm(listed) if listed else None,
    }


def _state(roster: RosterImport) -> dict[str, Any]:
    done, total = imports.progress_of(roster)
    stopped = roster.counts.get("ask") or roster.counts.get("error")
    return {
        "roster": roster,
        "refusal": REFUSED.get(roster.refusal),
        "ready": roster.state == State.CHECKED and not stopped,
        "nothing": not any(roster.counts.get(what) for what in ("new", "changed", "moved")),
        "done": done,
        "total": total,
    }


ORDER = ["error", "ask", "moved", "changed", "new", "unchanged"]


@never_cache
@require_safe
@login_required
def annotated(request: PersonRequest, public_id: Any) -> HttpResponse:
    roster = _own(request, public_id)
    if not roster.annotated:
        raise Http404
    log_read(request.user, PersonalDataRead.What.EXPORT, roster.school,
             school_class=roster.school_class, children=sum(roster.counts.values()))  # fmt: skip
    response = HttpResponse(base64.b64decode(roster.annotated), content_type=XLSX)
    response["Content-Disposition"] = 'attachment; filename="roster-checked.xlsx"'
    return response


@never_cache
@require_POST
@login_required
def answer(request: PersonRequest, public_id: Any) -> HttpResponse:
    roster = _own(request, public_id)
    form = AnswersForm(imports.report(roster)["questions"][:MOST_ASKED], request.POST)
    if roster.state == State.CHECKED and form.is_valid():
        imports.answer(roster, form.answers())
        transaction.on_commit(lambda: check_roster.enqueue(roster.pk))
    return redirect("schools:import", public_id)


@never_cache
@require_POST
@login_required
def apply(request: PersonRequest, public_id: Any) -> HttpResponse:
    roster = _own(request, public_id)
    waiting = RosterImport.objects.filter(pk=roster.pk, state__in=[State.CHECKED, State.FAILED])
    # Two taps apply once: only one of them finds it waiting.
    if roster.content and waiting.update(state=State.APPLYING):
        transaction.on_commit(lambda: apply_roster.enqueue(roster.pk))
    return redirect("schools:import", public_id)


@never_cache
@require_POST
@login_required
def remove_missing(request: PersonRequest, public_id: Any) -> HttpResponse:
    roster = _own(request, public_id)
    missing = imports.report(roster)["missing"] if roster.state == State.APPLIED else []
    form = MissingForm(missing, request.POST)
    if not form.is_valid():
        messages.error(request, _("Please tick who has left."))
        return redirect("schools:import", public_id)
    classes = roster.school.classes.filter(year=roster.year).values_list("pk", flat=True)
    left = membership.remove_children(classes, form.cleaned_data["children"], timezone.localdate())
    imports.forget_missing(roster, form.cleaned_data["children"])
    messages.success(request, _("Taken off the roster: {count}").format(count=left))
    return redirect("schools:import", public_id)


@never_cache
@require_POST
@login_required
def discard(request: PersonRequest, public_id: Any) -> HttpResponse:
    roster = _own(request, public_id)
    own, only = roster.school, roster.school_class
    roster.delete()
    messages.success(request, _("The list was thrown away. Nothing was changed."))
    if only is not None:
        return redirect("schools:class", only.public_id)
    return redirect("schools:school", own.public_id)
