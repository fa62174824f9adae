"""Anybody may check a certificate by its number; guessing numbers is slow.

Only misses count against an address, so that a school may check as many real ones as it likes.
The status says what the page says: 200 valid, 410 revoked, 404 unknown, 429 too many misses.
"""

from http import HTTPStatus

from allauth.core.internal import ratelimit
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from learners.study.certificates import numbers
from learners.study.certificates.forms import NumberForm
from learners.study.certificates.numbers import BadNumber, shown
from learners.study.models import Certificate

MISS = "certificate_miss"


@require_safe
@cache_control(private=True, no_store=True)
def ask(request: HttpRequest) -> HttpResponse:
    form = NumberForm(request.GET if "number" in request.GET else None)
    if form.is_valid():
        return redirect("certificates:check", shown(form.cleaned_data["number"]))
    status = HTTPStatus.BAD_REQUEST if form.is_bound else HTTPStatus.OK
    return render(request, "certificates/ask.html", {"form": form}, status=status)


@require_safe
@cache_control(private=True, no_store=True)
def check(request: HttpRequest, number: str) -> HttpResponse:
    if not may_miss(request):
        return render(request, "certificates/wait.html", status=HTTPStatus.TOO_MANY_REQUESTS)
    try:
        canonical = numbers.parse(number)
    except BadNumber:
        return unknown(request)
    if number != shown(canonical):
        return redirect("certificates:check", shown(canonical))
    certificate = Certificate.objects.filter(number=canonical).first()
    return verdict(request, certificate) if certificate else unknown(request)


def verdict(request: HttpRequest, certificate: Certificate) -> HttpResponse:
    status = HTTPStatus.GONE if certificate.revoked_at else HTTPStatus.OK
    corrected = certificate.corrections.last()
    context = {
        "certificate": certificate,
        "number": shown(certificate.number),
        "corrected_at": corrected and corrected.corrected_at,
    }
    return render(request, "certificates/check.html", context, status=status)


def unknown(request: HttpRequest) -> HttpResponse:
    may_miss(request, counted=True)
    form = NumberForm()
    context = {"form": form}
    return render(request, "certificates/unknown.html", context, status=HTTPStatus.NOT_FOUND)


def may_miss(request: HttpRequest, counted: bool = False) -> bool:
    """Whether this address may try another number; `counted` says that this one was a miss."""
    # The public function lets every GET pass.
    return bool(
        ratelimit.consume(
            request, app="allauth.account", action=MISS, dry_run=not counted, limit_get=True
        )
    )
