"""A parent's own certificates: asking for one, seeing it, keeping it on the phone, printing it."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

import segno
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from learners.study.certificates import issuing, printing
from learners.study.certificates.forms import HolderForm
from learners.study.certificates.numbers import shown
from learners.study.certificates.sheet import check_address, facts
from learners.study.models import Certificate, Enrolment

never_stored = cache_control(private=True, no_store=True)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_stored
def claim(request: HttpRequest, course_id: int, run: int) -> HttpResponse:
    """The name is asked once a certificate; a second tap or tab finds the one that is there."""
    runs = Enrolment.objects.of(request.user).finished().select_related("course", "certificate")
    enrolment = get_object_or_404(runs, course=course_id, run=run)
    if hasattr(enrolment, "certificate"):
        return redirect("study:certificate", enrolment.certificate.pk)
    suggested = {"name": issuing.last_name(request.user)}
    form = HolderForm(request.POST if request.method == "POST" else None, initial=suggested)
    if form.is_valid():
        certificate = issuing.issue(enrolment, form.cleaned_data["name"])
        return redirect("study:certificate", certificate.pk)
    return render(request, "study/claim.html", {"form": form, "enrolment": enrolment})


@login_required
@require_safe
@never_stored
def certificate(request: HttpRequest, certificate_id: UUID) -> HttpResponse:
    found = own(request.user, certificate_id)
    address = check_address(found)
    context = {
        "certificate": found,
        "number": shown(found.number),
        "facts": facts(found),
        "address": address,
        "qr": qr_svg(address),
    }
    return render(request, "study/certificate.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_stored
def correct(request: HttpRequest, certificate_id: UUID) -> HttpResponse:
    """A misspelt name; nothing of a revoked certificate can be mended."""
    valid = Certificate.objects.of(request.user).valid()
    found = get_object_or_404(valid, pk=certificate_id)
    data = request.POST if request.method == "POST" else None
    form = HolderForm(data, initial={"name": found.name})
    status = HTTPStatus.OK
    if form.is_valid():
        if _corrected(found, form):
            messages.success(request, _("The name is corrected. The number stays the same."))
            return redirect("study:certificate", found.pk)
        status = HTTPStatus.TOO_MANY_REQUESTS
    page = {"form": form, "certificate": found, "number": shown(found.number)}
    return render(request, "study/correct.html", page, status=status)


def _corrected(found: Certificate, form: HolderForm) -> bool:
    try:
        issuing.correct(found, form.cleaned_data["name"])
    except Certificate.DoesNotExist:  # revoked since it was fetched
        raise Http404 from None
    except issuing.TooManyCorrectionsError:
        form.add_error("name", _("Three corrections in thirty days are enough. Please wait."))
        return False
    return True


@login_required
@require_safe
@never_stored
def picture(request: HttpRequest, certificate_id: UUID) -> HttpResponse:
    found = own(request.user, certificate_id)
    return HttpResponse(printing.png(found), content_type="image/png")


@login_required
@require_safe
@never_stored
def paper(request: HttpRequest, certificate_id: UUID) -> HttpResponse:
    found = own(request.user, certificate_id)
    name = f'inline; filename="{shown(found.number)}.pdf"'
    return HttpResponse(
        printing.pdf(found),
        content_type="application/pdf",
        headers={"Content-Disposition": name},
    )


def own(user: Any, certificate_id: UUID) -> Certificate:
    return get_object_or_404(Certificate.objects.of(user), pk=certificate_id)


def qr_svg(address: str) -> SafeString:
    code = segno.make(address, error="m", micro=False)
    return mark_safe(code.svg_inline(omitsize=True, border=2, light="#fff", dark="#1f2328"))
