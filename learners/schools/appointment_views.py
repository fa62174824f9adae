"""Administrators are appointed by those above them: the city's and districts', the schools'."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Case, IntegerField, Value, When
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from learners.accounts.account_views import PersonRequest, form_view
from learners.schools import appointments
from learners.schools.appointment_forms import AdministratorForm
from learners.schools.ground import Ground, ground_of
from learners.schools.models import StaffAppointment
from learners.schools.models.staff import Role
from learners.schools.staff_forms import SearchForm

POSTS_A_PAGE = 60
HIGHEST_FIRST = Case(
    When(role=Role.CITY, then=Value(0)),
    When(role=Role.DISTRICT, then=Value(1)),
    default=Value(2),
    output_field=IntegerField(),
)


def _appointing(request: PersonRequest) -> Ground:
    """404 for schools and teachers: a school has a page of its own staff."""
    ground = ground_of(request.user)
    if not (ground.city or ground.districts):
        raise Http404
    return ground


def _posts(ground: Ground) -> Any:
    """Those the person may give and end."""
    posts = StaffAppointment.objects.exclude(role=Role.TEACHER)
    if ground.city:
        return posts
    return posts.filter(role=Role.SCHOOL, school__district_id__in=ground.districts)


@never_cache
@form_view
@login_required
def home(request: PersonRequest) -> HttpResponse:
    ground = _appointing(request)
    form = AdministratorForm(ground, request.POST if request.method == "POST" else None)
    if form.is_valid():
        told = form.cleaned_data
        appointments.appoint_by_phone(
            told["phone"], told["name"], told["role"], told["scope"],
            today=told["starts_on"], ends_on=told["ends_on"], by=request.user,
        )  # fmt: skip
        messages.success(request, _("Appointed. They sign in with this number and a code."))
        return redirect("schools:appointments")
    search, posts = SearchForm(request.GET), _posts(ground)
    posts = posts.ended() if search.ended() else posts.standing()
    listed = posts.select_related("user", "school", "district", "appointed_by", "ended_by")
    page = Paginator(listed.order_by(HIGHEST_FIRST, "district__code", "school__code", "pk"),
                     POSTS_A_PAGE)  # fmt: skip
    context = {"form": form, "posts": page.get_page(search.number()), "ended": search.ended()}
    return render(request, "school/appointments.html", context)


@never_cache
@require_POST
@login_required
def end(request: PersonRequest, public_id: Any) -> HttpResponse:
    posts = _posts(_appointing(request)).standing()
    post = get_object_or_404(posts, public_id=public_id)
    if post.user_id == request.user.pk:
        messages.error(request, _("Nobody ends their own appointment: ask a colleague."))
    else:
        appointments.end(post, timezone.localdate(), by=request.user)
        messages.success(request, _("The appointment has ended."))
    return redirect("schools:appointments")
