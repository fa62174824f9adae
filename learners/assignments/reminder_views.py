"""Reminding by text message, what became of it, and wanting no more of them."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from learners.accounts.account_views import PersonRequest, form_view
from learners.assignments import following, reminding
from learners.assignments.follow_forms import RemindForm
from learners.assignments.follow_views import followed
from learners.assignments.forms import ListForm
from learners.assignments.models import Assignment, Reminder, ReminderOptOut
from learners.schools.models import SchoolClass

REMINDERS_A_PAGE = 100


@never_cache
@require_POST
@login_required
def remind(request: PersonRequest, public_id: Any, class_id: Any) -> HttpResponse:
    """Sends what the page had counted; if it would cost more by now, it is shown again."""
    given, own = followed(request.user, public_id, class_id)
    form = RemindForm(request.POST)
    try:
        queued = _queue(request.user, given, own, form)
    except reminding.NothingSentError as refusal:
        messages.error(request, refusal.message)
        return redirect("assignments:follow", public_id, class_id)
    messages.success(request, _said(queued))
    return redirect("assignments:outcomes", public_id, class_id)


def _queue(by: Any, given: Assignment, own: SchoolClass, form: RemindForm) -> int:
    changed = _("Nothing was sent. Please look at the numbers and try again.")
    if not given.is_open or not form.is_valid():
        raise reminding.NothingSentError(changed)
    rows = following.by_state(following.rows(given, own))[form.cleaned_data["state"]]
    planned = reminding.plan(given, own, rows, timezone.now())
    if planned.cost > form.cleaned_data["messages"]:
        raise reminding.NothingSentError(changed)
    return reminding.queue(by, given, own, planned)


def _said(queued: int) -> str:
    return ngettext(
        "{n} phone gets a reminder.", "{n} phones get a reminder.", queued
    ).format(n=queued)  # fmt: skip


@never_cache
@require_safe
@login_required
def outcomes(request: PersonRequest, public_id: Any, class_id: Any) -> HttpResponse:
    """Each number with what became of its message."""
    given, own = followed(request.user, public_id, class_id)
    sent = Reminder.objects.filter(assignment=given, school_class=own)
    listed = sent.select_related("child").order_by("-created_at", "pk")
    context = {
        "assignment": given,
        "school_class": own,
        "reminders": Paginator(listed, REMINDERS_A_PAGE).get_page(ListForm(request.GET).number()),
        "waiting": sent.queued().exists(),
    }
    return render(request, "assignments/reminders.html", context)


@never_cache
@form_view
def no_reminders(request: HttpRequest, code: str) -> HttpResponse:
    """The address in a message: whoever holds the phone says that they want no more of them."""
    reminder = get_object_or_404(Reminder, code=code)
    if request.method == "POST":
        reminding.refuse(reminder.phone_hash)
    refused = ReminderOptOut.objects.filter(phone_hash=reminder.phone_hash).exists()
    return render(request, "assignments/no_reminders.html", {"refused": refused})
