"""Revoking a certificate, in the Wagtail admin. It is found by its number alone: nobody browses
who learned what (PRODUCT.md rule 9), and the name is masked here too."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cms.filters import PageForm
from learners.study.certificates import issuing
from learners.study.certificates.forms import NumberForm, RevokeForm
from learners.study.certificates.numbers import shown
from learners.study.models import Certificate

REVOKED_A_PAGE = 50


def may_revoke(user: Any) -> bool:
    return user.has_perm("study.revoke_certificate")


def city_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Wagtail has let them into the admin by now, and shows a refusal in its own way."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_revoke(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


@city_only
@require_safe
def find(request: HttpRequest) -> HttpResponse:
    form = NumberForm(request.GET if "number" in request.GET else None)
    found = None
    if form.is_valid():
        found = Certificate.objects.filter(number=form.cleaned_data["number"]).first()
    revoked = Certificate.objects.revoked().select_related("revoked_by").order_by("-revoked_at")
    page = Paginator(revoked, REVOKED_A_PAGE).get_page(PageForm(request.GET).number())
    context = {"form": form, "found": found, "revoked": page, "asked": form.is_bound}
    return render(request, "certificates/admin/find.html", context)


@city_only
@require_http_methods(["GET", "HEAD", "POST"])
def revoke(request: HttpRequest, number: str) -> HttpResponse:
    certificate = get_object_or_404(Certificate, number=number)
    form = RevokeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        _tell(request, issuing.revoke(certificate, form.cleaned_data["reason"], request.user))
        return redirect("certificate_admin")
    context = {"form": form, "certificate": certificate, "number": shown(number)}
    return render(request, "certificates/admin/revoke.html", context)


def _tell(request: HttpRequest, revoked: bool) -> None:
    if revoked:
        messages.success(request, _("The certificate is revoked; the public check says so."))
    else:
        messages.warning(request, _("It had been revoked before; nothing was changed."))
