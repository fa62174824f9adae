"""What the city allows teachers to send, and what this month cost."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from learners.accounts.account_views import PersonRequest, form_view
from learners.assignments.models import ReminderMonth, ReminderRules
from learners.assignments.models.reminder_rules import month_of
from learners.assignments.rule_forms import RulesForm
from learners.schools.ground import ground_of


@never_cache
@form_view
@login_required
def reminder_rules(request: PersonRequest) -> HttpResponse:
    """For the city alone; everybody else's messages keep what it says."""
    if not ground_of(request.user).city:
        raise Http404
    latest = ReminderRules.objects.select_related("set_by").order_by("-pk").first()
    form = RulesForm(request.POST if request.method == "POST" else None,
                     instance=_copy(latest))  # fmt: skip
    if form.is_valid():
        form.instance.set_by, form.instance.set_at = request.user, timezone.now()
        form.save()
        messages.success(request, _("Kept. It counts from now on."))
        return redirect("assignments:reminder_rules")
    month = month_of(timezone.localdate())
    used = ReminderMonth.objects.filter(month=month).first()
    context = {
        "form": form,
        "latest": latest,
        "month": month,
        "used": used.messages if used else 0,
        "yuan": latest and latest.yuan(used.messages if used else 0),
    }
    return render(request, "assignments/reminder_rules.html", context)


def _copy(latest: ReminderRules | None) -> ReminderRules:
    """Rules are not changed: new ones take their place."""
    told = {name: getattr(latest, name) for name in RulesForm.Meta.fields} if latest else {}
    return ReminderRules(**told)
