"""A class: its code, its children, who has joined, who waits to be confirmed."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from learners.accounts.account_views import PersonRequest, form_view
from learners.schools import join_codes, joining, membership
from learners.schools.counting import with_counts
from learners.schools.models import (
    Child,
    Guardianship,
    JoinRequest,
    PersonalDataRead,
    School,
    SchoolClass,
)
from learners.schools.reading import log_read
from learners.schools.staff_forms import AcceptForm, ChildForm, MoveForm, SearchForm

CHILDREN_A_PAGE = 100
PICTURES = {"svg": "image/svg+xml", "png": "image/png"}


def class_in_ground(request: PersonRequest, public_id: Any) -> Any:
    """404 outside the person's ground, as if there were no such class."""
    classes = with_counts(SchoolClass.objects.in_ground_of(request.user))
    return get_object_or_404(classes.select_related("school__district"), public_id=public_id)


@never_cache
@require_safe
@login_required
def school_class(request: PersonRequest, public_id: Any) -> HttpResponse:
    own = class_in_ground(request, public_id)
    page = Paginator(_roster(own), CHILDREN_A_PAGE).get_page(SearchForm(request.GET).number())
    log_read(request.user, PersonalDataRead.What.ROSTER, own.school, school_class=own,
             children=len(page.object_list))  # fmt: skip
    context = {
        "school_class": own,
        "children": page,
        "requests": _requests(own),
        "address": join_codes.join_address(own),
        "administers": own.archived_at is None and _administers(request, own),
    }
    return render(request, "school/class.html", context)


def _administers(request: PersonRequest, own: SchoolClass) -> bool:
    return School.objects.in_ground_of(request.user).filter(pk=own.school_id).exists()


def _roster(own: SchoolClass) -> Any:
    guardianships = Guardianship.objects.order_by("claimed_at")
    return (
        Child.objects.in_class(own)
        .prefetch_related(Prefetch("guardianships", guardianships))
        .order_by("name", "pk")
    )


def _requests(own: SchoolClass) -> list[dict[str, Any]]:
    asked = list(own.join_requests.pending().order_by("asked_at")[:CHILDREN_A_PAGE])
    children = list(Child.objects.in_class(own).order_by("name")) if asked else []
    choices = [(str(child.public_id), child.name) for child in children]
    return [{"asked": one, "choices": choices} for one in asked]


@never_cache
@require_safe
@login_required
def poster(request: PersonRequest, public_id: Any) -> HttpResponse:
    own = class_in_ground(request, public_id)
    context = {"school_class": own, "address": join_codes.join_address(own)}
    return render(request, "school/poster.html", context)


@never_cache
@require_safe
@login_required
def picture(request: PersonRequest, public_id: Any, kind: str) -> HttpResponse:
    own = class_in_ground(request, public_id)
    response = HttpResponse(join_codes.drawn(own, kind), content_type=PICTURES[kind])
    if kind == "png":
        response["Content-Disposition"] = f'attachment; filename="join-{own.join_code}.png"'
    return response


@never_cache
@require_POST
@login_required
def change_code(request: PersonRequest, public_id: Any, what: str) -> HttpResponse:
    own = class_in_ground(request, public_id)
    if what == "renew":
        join_codes.renew(own)
        messages.success(request, _("There is a new code. The old one no longer works."))
    else:
        join_codes.set_open(own, what == "open")
        opened, closed = _("The class can be joined again."), _("Nobody can join any more.")
        messages.success(request, opened if what == "open" else closed)
    return redirect("schools:class", public_id)


@never_cache
@require_POST
@login_required
def decide(request: PersonRequest, public_id: Any, what: str) -> HttpResponse:
    classes = SchoolClass.objects.in_ground_of(request.user)
    pending = JoinRequest.objects.pending().filter(school_class__in=classes)
    asked = get_object_or_404(pending.select_related("user", "school_class"), public_id=public_id)
    if what == "decline":
        joining.decline(asked, request.user)
        messages.success(request, _("The request was declined."))
    else:
        form = AcceptForm(Child.objects.in_class(asked.school_class), request.POST)
        if form.is_valid():
            joining.accept(asked, form.cleaned_data["child"], request.user)
            messages.success(request, _("Confirmed."))
        else:
            messages.error(request, _("Please choose the child first."))
    return redirect("schools:class", asked.school_class.public_id)


@never_cache
@form_view
@login_required
def add_child(request: PersonRequest, public_id: Any) -> HttpResponse:
    own = class_in_ground(request, public_id)
    if own.counts_guardians:
        raise Http404
    form = ChildForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            membership.add_child(own, form.facts(), timezone.localdate())
            messages.success(request, _("The child was added."))
            return redirect("schools:class", public_id)
        except membership.NumberTakenError:
            form.add_error("student_number", _("Another child of the school has this number."))
    return render(request, "school/child.html", {"school_class": own, "form": form})


def _child_in_ground(request: PersonRequest, public_id: Any) -> tuple[Child, SchoolClass]:
    classes = SchoolClass.objects.in_ground_of(request.user)
    own = get_object_or_404(
        classes.select_related("school"),
        memberships__child__public_id=public_id,
        memberships__until=None,
    )
    return Child.objects.get(public_id=public_id), own


@never_cache
@form_view
@login_required
def child(request: PersonRequest, public_id: Any) -> HttpResponse:
    kept, own = _child_in_ground(request, public_id)
    log_read(request.user, PersonalDataRead.What.CHILD, own.school, school_class=own, child=kept,
             children=1)  # fmt: skip
    form = ChildForm(request.POST if request.method == "POST" else None,
                     initial=ChildForm.initial_of(kept))  # fmt: skip
    if form.is_valid():
        try:
            membership.correct_child(kept, own, form.facts())
            messages.success(request, _("Saved."))
            return redirect("schools:class", own.public_id)
        except membership.NumberTakenError:
            form.add_error("student_number", _("Another child of the school has this number."))
    others = _other_classes(request, own)
    move = MoveForm(others) if others.exists() else None
    page = {"school_class": own, "form": form, "child": kept, "move": move,
            "administers": _administers(request, own)}  # fmt: skip
    return render(request, "school/child.html", page)


def _other_classes(request: PersonRequest, own: SchoolClass) -> Any:
    mine = SchoolClass.objects.in_ground_of(request.user).exclude(pk=own.pk)
    same = mine.filter(school=own.school, year=own.year, archived_at=None)
    return same.order_by("grade", "name")


@never_cache
@require_POST
@login_required
def move_child(request: PersonRequest, public_id: Any) -> HttpResponse:
    kept, own = _child_in_ground(request, public_id)
    form = MoveForm(_other_classes(request, own), request.POST)
    if not form.is_valid():
        messages.error(request, _("Please choose the class."))
        return redirect("schools:child", public_id)
    membership.move_child(kept, form.cleaned_data["school_class"], timezone.localdate())
    messages.success(request, _("The child was moved."))
    return redirect("schools:class", form.cleaned_data["school_class"].public_id)


@never_cache
@require_POST
@login_required
def remove_child(request: PersonRequest, public_id: Any) -> HttpResponse:
    kept, own = _child_in_ground(request, public_id)
    membership.remove_children([own.pk], [kept.pk], timezone.localdate())
    messages.success(request, _("The child is no longer on the roster."))
    return redirect("schools:class", own.public_id)
