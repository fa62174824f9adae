"""Where a parent says what to recommend."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods

from learners.study import interests as choices
from learners.study.forms import InterestsForm


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(private=True, no_store=True)
def interests(request: HttpRequest) -> HttpResponse:
    chosen = choices.of(request.user)
    initial = {"age_stages": chosen.age_stages, "circumstances": chosen.circumstances}
    form = InterestsForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        now = choices.Chosen(tuple(form.codes("age_stages")), tuple(form.codes("circumstances")))
        choices.choose(request.user, now)
        messages.success(request, _("Saved. You can change it at any time."))
        return redirect("study:learn")
    return render(request, "study/interests.html", {"form": form})
