"""The class's QR leads here: a public page, then the parent's own way in."""

from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from learners.accounts import privacy
from learners.accounts.account_views import PersonRequest, form_view
from learners.schools import family, joining, limits
from learners.schools.codes import parse_code
from learners.schools.forms import AskForm, ClaimForm, CodeForm, EnterForm, NameForm
from learners.schools.masking import mask_name
from learners.schools.models import (
    ClassGuardian,
    Guardianship,
    JoinRequest,
    RosterContact,
    SchoolClass,
)


class NoSuchClassError(Exception):
    """The code is wrong, renewed or closed; or somebody guesses."""

    def __init__(self, status: HTTPStatus) -> None:
        super().__init__(status)
        self.status = status


def open_class(request: HttpRequest, code: str) -> SchoolClass:
    if not limits.may_guess_codes(request):
        raise NoSuchClassError(HTTPStatus.TOO_MANY_REQUESTS)
    school_class = joining.class_with_code(parse_code(code))
    if school_class is None:
        limits.note_wrong_code(request)
        raise NoSuchClassError(HTTPStatus.NOT_FOUND)
    return school_class


def no_such_class(request: HttpRequest, refusal: NoSuchClassError) -> HttpResponse:
    if refusal.status == HTTPStatus.TOO_MANY_REQUESTS:
        return render(request, "429.html", status=refusal.status)
    return render(request, "school/no_class.html", status=refusal.status)


@never_cache
@require_safe
def landing(request: HttpRequest, code: str) -> HttpResponse:
    """The school's and the class's name, nothing else, the same for everybody."""
    try:
        school_class = open_class(request, code)
    except NoSuchClassError as refusal:
        return no_such_class(request, refusal)
    return render(request, "school/landing.html", {"school_class": school_class})


@never_cache
@form_view
@login_required
def enter_code(request: PersonRequest) -> HttpResponse:
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        return redirect("schools:joining", form.cleaned_data["code"])
    return render(request, "school/enter_code.html", {"form": form})


@never_cache
@form_view
@login_required
def join(request: PersonRequest, code: str, way: str = "") -> HttpResponse:
    try:
        school_class = open_class(request, code)
    except NoSuchClassError as refusal:
        return no_such_class(request, refusal)
    if school_class.counts_guardians:
        return _enter(request, school_class)
    form = _bound(request, way)
    if form is not None and form.is_valid() and WAYS[way](request, school_class, form):
        return redirect("schools:joining", code)
    return render(request, "school/join.html", _page(request, school_class, way, form))


def _enter(request: PersonRequest, school_class: SchoolClass) -> HttpResponse:
    form = EnterForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        joining.join_class(request.user, school_class, privacy.VERSION, timezone.localdate())
        return redirect("schools:joining", school_class.join_code)
    members = ClassGuardian.objects.of(request.user).current()
    page = {
        "school_class": school_class,
        "form": form,
        "joined": members.filter(school_class=school_class).exists(),
    }
    return render(request, "school/enter.html", page)


def _bound(request: PersonRequest, way: str) -> forms.Form | None:
    if request.method != "POST" or way not in WAYS:
        return None
    if way == "ask":
        return AskForm(request.POST)
    own = family.own_children(request.user)
    return ClaimForm(own, request.POST) if way == "claim" else NameForm(own, request.POST)


def _claim(request: PersonRequest, school_class: SchoolClass, form: forms.Form) -> bool:
    told = form.cleaned_data
    offers = {c.child.public_id: c.child for c in joining.offered(request.user, school_class)}
    child = offers.get(told["child"])
    if child is not None:
        _claimed(request, child, told, Guardianship.Basis.PHONE)
    return True


def _name(request: PersonRequest, school_class: SchoolClass, form: forms.Form) -> bool:
    told = form.cleaned_data
    if not limits.spend_a_guess(request, school_class, told["name"]):
        form.add_error(
            None, _("Too many tries. Please ask the class teacher to confirm you, below.")
        )
        return False
    child = joining.child_named(school_class, told["name"], told["digits"])
    if child is None:
        limits.note_wrong_guess(request, school_class)
        form.add_error(
            None,
            _(
                "Name and digits do not fit together. Please check both,"
                " or ask the class teacher to confirm you, below."
            ),
        )
        return False
    _claimed(request, child, told, Guardianship.Basis.DIGITS)
    return True


def _claimed(request: PersonRequest, child: Any, told: dict[str, Any], basis: str) -> None:
    joining.claim(
        request.user,
        child,
        relation=told["relation"],
        basis=basis,
        version=privacy.VERSION,
        own=told.get("own"),
    )
    messages.success(request, _("You have joined."))


def _ask(request: PersonRequest, school_class: SchoolClass, form: forms.Form) -> bool:
    told = form.cleaned_data
    if not limits.spend_a_question(request):
        form.add_error(None, _("You have asked several times today. Please try again tomorrow."))
        return False
    joining.ask_teacher(
        request.user,
        school_class,
        child_name=told["child_name"],
        guardian_name=told["guardian_name"],
        relation=told["relation"],
        version=privacy.VERSION,
    )
    return True


WAYS = {"claim": _claim, "name": _name, "ask": _ask}


def _page(
    request: PersonRequest, school_class: SchoolClass, way: str, bound: forms.Form | None
) -> dict[str, Any]:
    own = family.own_children(request.user)
    mine = Guardianship.objects.of(request.user).in_class(school_class).select_related("child")
    pending = JoinRequest.objects.filter(user=request.user, school_class=school_class).pending()
    forms_shown = {
        "name_form": NameForm(own, auto_id="name_%s"),
        "ask_form": AskForm(auto_id="ask_%s"),
    }
    if bound is not None and way != "claim":
        forms_shown[f"{way}_form"] = bound
    return {
        "school_class": school_class,
        "joined": list(mine),
        "offers": [_offer(c, own, bound if way == "claim" else None) for c in
                   joining.offered(request.user, school_class)],
        "pending": pending.exists(),
        "open_way": way if bound is not None else "",
        **forms_shown,
    }  # fmt: skip


def _offer(contact: RosterContact, own: Any, bound: forms.Form | None) -> dict[str, Any]:
    child = contact.child
    initial = {"child": child.public_id, "relation": contact.relation}
    form = ClaimForm(own, initial=initial, auto_id=f"claim_{contact.pk}_%s")
    if bound is not None and bound.data.get("child") == str(child.public_id):
        form = bound  # type: ignore[assignment]
    return {"name": mask_name(child.name), "form": form}
