"""A child changes school: the old one releases, the new one receives; or who administers both."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from learners.accounts.account_views import PersonRequest, form_view
from learners.schools import limits, transfers
from learners.schools.membership import NumberTakenError
from learners.schools.models import Child, PersonalDataRead, School, SchoolClass, Transfer
from learners.schools.reading import log_read
from learners.schools.school_views import school_in_ground
from learners.schools.staff_forms import MoveForm
from learners.schools.year_forms import ReceiveForm, SchoolCodeForm


def _child_of_administrator(request: PersonRequest, public_id: Any) -> tuple[Child, SchoolClass]:
    schools = School.objects.in_ground_of(request.user)
    own = get_object_or_404(
        SchoolClass.objects.filter(school__in=schools).select_related("school"),
        memberships__child__public_id=public_id,
        memberships__until=None,
    )
    return Child.objects.get(public_id=public_id), own


@never_cache
@form_view
@login_required
def release(request: PersonRequest, public_id: Any) -> HttpResponse:
    kept, own = _child_of_administrator(request, public_id)
    if request.method == "POST":
        transfers.release(kept, own, request.user)
        return redirect("schools:release", public_id)
    log_read(request.user, PersonalDataRead.What.CHILD, own.school, school_class=own, child=kept,
             children=1)  # fmt: skip
    form = SchoolCodeForm(request.GET)
    into = _receiving(request, form, own)
    context = {
        "child": kept,
        "school_class": own,
        "waiting": Transfer.objects.of(kept).waiting().first(),
        "form": form,
        "others": School.objects.in_ground_of(request.user).exclude(pk=own.school_id).exists(),
        "into": into,
        "move": MoveForm(_classes(into)) if into else None,
    }
    return render(request, "school/release.html", context)


def _receiving(request: PersonRequest, form: SchoolCodeForm, own: SchoolClass) -> School | None:
    """Another school that the person administers too."""
    mine = School.objects.in_ground_of(request.user).open().exclude(pk=own.school_id)
    code = form.code()
    school = mine.filter(code=code).first() if code else None
    if code and (school is None or school.counts_guardians):
        form.add_error("school", _("You look after no school with this code."))
        return None
    return school


def _classes(school: School) -> Any:
    return school.classes.this_year().order_by("grade", "name")


@never_cache
@require_POST
@login_required
def take_back(request: PersonRequest, public_id: Any) -> HttpResponse:
    kept, _own = _child_of_administrator(request, public_id)
    transfers.take_back(kept)
    messages.success(request, _("The child stays. The code no longer works."))
    return redirect("schools:child", public_id)


@never_cache
@require_POST
@login_required
def transfer(request: PersonRequest, public_id: Any, school_id: Any) -> HttpResponse:
    """At once, into a school that the person administers too."""
    kept, own = _child_of_administrator(request, public_id)
    school = school_in_ground(request, school_id)
    form = MoveForm(_classes(school), request.POST)
    if not form.is_valid() or school.pk == own.school_id:
        messages.error(request, _("Please choose the class."))
        return redirect("schools:release", public_id)
    into = form.cleaned_data["school_class"]
    try:
        transfers.transfer(kept, own, into, request.user, timezone.localdate())
    except NumberTakenError:
        messages.error(request, _("Another child of the school has this number."))
        return redirect("schools:release", public_id)
    messages.success(request, _("The child was moved."))
    return redirect("schools:class", into.public_id)


@never_cache
@form_view
@login_required
def receive(request: PersonRequest, public_id: Any) -> HttpResponse:
    own = school_in_ground(request, public_id)
    if own.counts_guardians:
        raise Http404
    form = ReceiveForm(_classes(own), request.POST if request.method == "POST" else None)
    if form.is_valid() and (into := _received(request, form)):
        messages.success(request, _("The child is now on the roster of your school."))
        return redirect("schools:class", into.public_id)
    return render(request, "school/receive.html", {"school": own, "form": form})


def _received(request: PersonRequest, form: ReceiveForm) -> SchoolClass | None:
    """None with an error in the form."""
    told = form.cleaned_data
    if not limits.spend_a_transfer(request):
        form.add_error(None, _("Too many tries. Please wait an hour."))
        return None
    waiting = transfers.waiting_with(told["code"], told["name"])
    try:
        if waiting is None or waiting.from_class.school_id == told["school_class"].school_id:
            raise transfers.NotWaitingError
        transfers.receive(waiting, told["school_class"], request.user, timezone.localdate())
        return told["school_class"]
    except transfers.NotWaitingError:
        form.add_error("code", _("No child of this name is released with this code."))
    except NumberTakenError:
        form.add_error("name", _("Another child of the school has this number."))
    return None
