"""The school's side: what is mine, a school with its classes, its staff."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from learners.accounts.account_views import PersonRequest, form_view
from learners.schools import appointments, touching
from learners.schools.appointment_forms import AppointForm
from learners.schools.counting import with_counts
from learners.schools.ground import ground_of
from learners.schools.listing.lists import import_list
from learners.schools.models import School, SchoolClass, StaffAppointment
from learners.schools.models.staff import Role
from learners.schools.roster.on_file import classes_by_name
from learners.schools.roster.opening import FileRefusedError
from learners.schools.school_year import school_year, year_name
from learners.schools.staff_forms import ClassForm, ListForm, SearchForm
from learners.schools.year import changes

SCHOOLS_A_PAGE, CLASSES_A_PAGE, STAFF_A_PAGE = 30, 60, 60


def school_in_ground(request: PersonRequest, public_id: Any) -> School:
    schools = School.objects.in_ground_of(request.user).select_related("district")
    return get_object_or_404(schools, public_id=public_id)


@never_cache
@require_safe
@login_required
def home(request: PersonRequest) -> HttpResponse:
    ground = ground_of(request.user)
    if not ground:
        raise Http404
    form = SearchForm(request.GET)
    taught = SchoolClass.objects.this_year().filter(pk__in=ground.classes).select_related("school")
    schools = School.objects.in_ground_of(request.user).open().select_related("district")
    if words := form.words():
        schools = schools.filter(Q(name__contains=words) | Q(code=words))
    context = {
        "classes": with_counts(taught),
        "ground": ground,
        "schools": Paginator(schools, SCHOOLS_A_PAGE).get_page(form.number()),
        "words": words,
        "year": year_name(school_year(timezone.localdate())),
    }
    return render(request, "school/home.html", context)


@never_cache
@require_safe
@login_required
def school(request: PersonRequest, public_id: Any) -> HttpResponse:
    ground = ground_of(request.user)
    schools = School.objects.in_ground(ground).select_related("district")
    own = get_object_or_404(schools, public_id=public_id)
    classes = with_counts(own.classes.this_year()).order_by("grade", "name")
    context = {
        "school": own,
        "classes": Paginator(classes, CLASSES_A_PAGE).get_page(SearchForm(request.GET).number()),
        "year": year_name(school_year(timezone.localdate())),
        "left": changes.classes_left(own),
        "is_own": own.pk in ground.schools,
    }
    return render(request, "school/school.html", context)


@never_cache
@form_view
@login_required
def add_class(request: PersonRequest, public_id: Any) -> HttpResponse:
    own = school_in_ground(request, public_id)
    form = ClassForm(own.kind, request.POST if request.method == "POST" else None)
    if form.is_valid():
        grade, name = form.parsed()
        year = school_year(timezone.localdate())
        if name not in classes_by_name(own, year):
            made = SchoolClass.objects.create(
                school=own, district_id=own.district_id, year=year, grade=grade, name=name
            )
            touching.touch([made.pk])
            return redirect("schools:class", made.public_id)
        form.add_error("name", _("There is already a class with this name."))
    return render(request, "school/add_class.html", {"school": own, "form": form})


@never_cache
@form_view
@login_required
def staff(request: PersonRequest, public_id: Any) -> HttpResponse:
    own = school_in_ground(request, public_id)
    form = AppointForm(own.classes.this_year().order_by("grade", "name"),
                       request.POST if request.method == "POST" else None)  # fmt: skip
    if form.is_valid():
        told = form.cleaned_data
        scope = told["school_class"] if told["role"] == Role.TEACHER else own
        appointments.appoint_by_phone(
            told["phone"], told["name"], told["role"], scope,
            today=told["starts_on"], ends_on=told["ends_on"], by=request.user,
        )  # fmt: skip
        messages.success(request, _("Appointed. They sign in with this number and a code."))
        return redirect("schools:staff", public_id)
    search = SearchForm(request.GET)
    posts = Paginator(_staff_of(own, search.ended()), STAFF_A_PAGE).get_page(search.number())
    page = {"school": own, "form": form, "posts": posts, "ended": search.ended()}
    return render(request, "school/staff.html", page)


def _staff_of(own: School, ended: bool) -> Any:
    here = Q(school=own) | Q(school_class__school=own)
    every = StaffAppointment.objects
    posts = (every.ended() if ended else every.standing()).filter(here)
    posts = posts.select_related("user", "school_class", "appointed_by", "ended_by")
    return posts.order_by("role", "school_class__name", "pk")


@never_cache
@require_POST
@login_required
def end_appointment(request: PersonRequest, public_id: Any) -> HttpResponse:
    schools = School.objects.in_ground_of(request.user)
    here = Q(school__in=schools) | Q(school_class__school__in=schools)
    posts = StaffAppointment.objects.standing().filter(here)
    post = get_object_or_404(posts.select_related("school_class__school"), public_id=public_id)
    own = post.school or post.school_class.school  # type: ignore[union-attr]
    appointments.end(post, timezone.localdate(), by=request.user)
    messages.success(request, _("The appointment has ended."))
    return redirect("schools:staff", own.public_id)


@never_cache
@form_view
@login_required
def list_in(request: PersonRequest) -> HttpResponse:
    """Schools, classes and teachers by a file, within the person's own ground."""
    ground = ground_of(request.user)
    if not ground.administers:
        raise Http404
    posted = request.method == "POST"
    form = ListForm(request.POST if posted else None, request.FILES if posted else None)
    result = None
    if form.is_valid():
        told = form.cleaned_data
        try:
            result = import_list(told["file"].read(), ground, timezone.localdate(),
                                 by=request.user, dry_run=told["only_check"])  # fmt: skip
        except FileRefusedError as refusal:
            form.add_error("file", refusal.text)
    context = {"form": form, "result": result, "only_check": form.is_valid() and told["only_check"]}
    return render(request, "school/list_in.html", context)
