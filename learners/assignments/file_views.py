"""Asking for a workbook of figures, waiting for it, fetching it."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.signing import BadSignature, TimestampSigner
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from learners.accounts.account_views import PersonRequest
from learners.assignments import files
from learners.assignments.models import Assignment, FigureFile
from learners.assignments.statistics_forms import FileForm
from learners.schools.workbook import download

SIGNED_FOR = 10 * 60  # seconds: long enough to open another app
SIGNER = "learners.assignments.figures"


@never_cache
@require_POST
@login_required
def ask(request: PersonRequest) -> HttpResponse:
    """Short ones are answered at once; inside WeChat, which downloads nothing, none is."""
    seen = Assignment.objects.standing().seen_by(request.user)
    form = FileForm(seen, request.POST)
    if not form.is_valid():
        raise Http404
    file = form.file(request.user)
    level, subject = files.level_of(file), files.subject_of(file)
    short = files.figures_of(file, level, subject).count() <= files.SHORT
    if (short or file.rows == FigureFile.Rows.PLACES) and not in_wechat(request):
        name = f"{level.title}-{timezone.localdate():%Y-%m-%d}"
        return download(files.content(file, level, subject), name)
    files.ask(file)
    return redirect("assignment_statistics:file", file.public_id)


def in_wechat(request: PersonRequest) -> bool:
    return "MicroMessenger" in request.headers.get("User-Agent", "")


@never_cache
@require_safe
@login_required
def file(request: PersonRequest, public_id: Any) -> HttpResponse:
    """How far it is; then an address for ten minutes, which whoever asked alone gets."""
    own = FigureFile.objects.filter(asked_by=request.user).defer("content")
    found = get_object_or_404(own, public_id=public_id)
    token = TimestampSigner(salt=SIGNER).sign(str(found.public_id))
    address = reverse("assignment_statistics:fetch", args=[token])
    context = {
        "file": found,
        "address": request.build_absolute_uri(address),
        "in_wechat": in_wechat(request),
    }
    return render(request, "statistics/file.html", context)


@never_cache
@require_safe
def fetch(request: PersonRequest, token: str) -> HttpResponse:
    """Without signing in, since another app opens it."""
    try:
        public_id = TimestampSigner(salt=SIGNER).unsign(token, max_age=SIGNED_FOR)
    except BadSignature:
        raise Http404 from None
    found = get_object_or_404(FigureFile.objects.exclude(name=""), public_id=public_id)
    if not found.asked_by.is_active:
        raise Http404
    return download(bytes(found.content or b""), found.name)
