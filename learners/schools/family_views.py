"""A parent's children: added, called by name, left."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from learners.accounts import privacy
from learners.accounts.account_views import PersonRequest, form_view
from learners.schools import family, joining
from learners.schools.forms import GuardianshipForm, OwnChildForm
from learners.schools.models import (
    ClassGuardian,
    ClassMembership,
    Guardianship,
    JoinRequest,
    SchoolClass,
)


@never_cache
@require_safe
@login_required
def children(request: PersonRequest) -> HttpResponse:
    guardianships = list(
        Guardianship.objects.of(request.user).select_related("child").order_by("claimed_at")
    )
    members = ClassMembership.objects.current().select_related("school_class__school")
    of_child = {m.child_id: m for m in members.filter(child__guardianships__user=request.user)}
    page = {
        "cards": [_card(one, of_child.get(one.child_id)) for one in guardianships],
        "classes": ClassGuardian.objects.of(request.user)
        .current()
        .select_related("school_class__school"),
        "pending": JoinRequest.objects.filter(user=request.user)
        .pending()
        .select_related("school_class__school"),
    }
    return render(request, "school/children.html", page)


def _card(guardianship: Guardianship, member: ClassMembership | None) -> dict[str, Any]:
    child = guardianship.child
    school_class = member.school_class if member else None
    return {
        "guardianship": guardianship,
        "name": child.family_name,
        "school_class": school_class,
        "stage": child.age_stage(timezone.localdate(), school_class),
    }


@never_cache
@form_view
@login_required
def add_child(request: PersonRequest) -> HttpResponse:
    form = OwnChildForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        told = form.cleaned_data
        joining.record_consent(request.user, privacy.VERSION)
        family.add_own_child(
            request.user,
            nickname=told["nickname"],
            birth_month=told["birth_month"],
            due_date=told["due_date"].isoformat() if told["due_date"] else "",
            relation=told["relation"],
            version=privacy.VERSION,
        )
        return redirect("schools:children")
    return render(request, "school/add_own_child.html", {"form": form})


@never_cache
@form_view
@login_required
def child(request: PersonRequest, public_id: str) -> HttpResponse:
    mine = Guardianship.objects.of(request.user).select_related("child")
    guardianship = get_object_or_404(mine, public_id=public_id)
    form = GuardianshipForm(
        request.POST if request.method == "POST" else None,
        instance=guardianship,
        initial={"nickname": guardianship.child.nickname},
    )
    if form.is_valid():
        form.save()
        _call(guardianship, form.cleaned_data["nickname"])
        messages.success(request, _("Saved."))
        return redirect("schools:children")
    page = {"form": form, "guardianship": guardianship, "name": guardianship.child.family_name}
    return render(request, "school/my_child.html", page)


def _call(guardianship: Guardianship, nickname: str) -> None:
    """A child of the family alone keeps some name."""
    child = guardianship.child
    child.nickname = nickname or ("" if child.name else child.nickname)
    child.save(update_fields=["nickname"])


@never_cache
@require_POST
@login_required
def leave_child(request: PersonRequest, public_id: str) -> HttpResponse:
    mine = Guardianship.objects.of(request.user).select_related("child")
    family.leave_child(get_object_or_404(mine, public_id=public_id))
    messages.success(request, _("The child was taken off your list."))
    return redirect("schools:children")


@never_cache
@require_POST
@login_required
def leave_class(request: PersonRequest, public_id: str) -> HttpResponse:
    members = ClassGuardian.objects.of(request.user).current()
    mine = SchoolClass.objects.filter(pk__in=members.values("school_class_id"))
    joining.leave_class(
        request.user, get_object_or_404(mine, public_id=public_id), timezone.localdate()
    )
    messages.success(request, _("You have left the class."))
    return redirect("schools:children")


@never_cache
@require_POST
@login_required
def withdraw_request(request: PersonRequest, public_id: str) -> HttpResponse:
    asked = JoinRequest.objects.filter(user=request.user).pending()
    get_object_or_404(asked, public_id=public_id).delete()
    return redirect("schools:children")
