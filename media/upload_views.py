"""The server side of resumable uploads (tus 1.0), for people who may add recordings."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST
from wagtailmedia.permissions import MediaPermissionPolicyChecker

from media import tus, uploads
from media.forms import FinishForm
from media.models import Upload
from media.probing import NotNow, Unplayable

checker = MediaPermissionPolicyChecker()
ALWAYS = {"Tus-Resumable": tus.VERSION, "Cache-Control": "no-store"}

REFUSALS: dict[type[Exception], tuple[int, str, Any]] = {
    tus.Malformed: (400, "malformed", ""),
    uploads.WrongOffset: (409, "offset", ""),
    uploads.Busy: (423, "busy", ""),
    uploads.TooLarge: (413, "too_large", None),
    uploads.TooMuch: (413, "too_much", None),
    uploads.NoRecording: (415, "no_recording", None),
    NotNow: (503, "not_now", None),
    Unplayable: (422, "unplayable", None),
    # The disk is full or the connection is lost: what has arrived stays, and it goes on later.
    OSError: (
        507,
        "not_stored",
        gettext_lazy(
            "The server cannot store more at present. What has arrived is kept: try again later, "
            "or tell whoever runs the school."
        ),
    ),
}
"""Status, code, and words; without these the refusal has its own. Subclasses come first."""


def refused(refusal: Exception) -> HttpResponse:
    status, code, words = next(told for kind, told in REFUSALS.items() if isinstance(refusal, kind))
    return error(status, code, str(refusal if words is None else words))


def error(status: int, code: str, message: str = "") -> HttpResponse:
    told = {"error": {"code": code, "message": message, "fields": {}}}
    return JsonResponse(told, status=status, headers=ALWAYS)


@checker.require("add")
@require_http_methods(["GET", "OPTIONS", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """The page; what this server can; the beginning of one upload."""
    if request.method == "POST":
        return begin(request)
    if request.method == "OPTIONS":
        can = {"Tus-Version": tus.VERSION, "Tus-Extension": "creation,termination"}
        most = {"Tus-Max-Size": str(settings.MEDIA_UPLOAD_MAX_BYTES)}
        return HttpResponse(status=204, headers={**ALWAYS, **can, **most})
    form = FinishForm(user=request.user)
    return render(request, "media/upload.html", {"collections": form.allowed})


def begin(request: HttpRequest) -> HttpResponse:
    if request.headers.get("Tus-Resumable") != tus.VERSION:
        return error(412, "version")
    try:
        size = tus.number(request.headers, "Upload-Length")
        facts = tus.metadata(request.headers.get("Upload-Metadata", ""))
        made = uploads.begin(request.user, facts.get("filename", ""), size)
    except tuple(REFUSALS) as refusal:
        return refused(refusal)
    address = reverse("upload_part", args=[made.pk])
    return HttpResponse(status=201, headers={**ALWAYS, "Location": address})


@checker.require("add")
@require_http_methods(["HEAD", "PATCH", "DELETE"])
def upload_part(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(Upload, pk=pk, user=request.user)
    if request.headers.get("Tus-Resumable") != tus.VERSION:
        return error(412, "version")
    if request.method == "PATCH":
        return append(request, found)
    if request.method == "DELETE":
        uploads.discard(found)
        return HttpResponse(status=204, headers=ALWAYS)
    facts = {"Upload-Offset": str(uploads.arrived(found)), "Upload-Length": str(found.size)}
    return HttpResponse(headers={**ALWAYS, **facts})


def append(request: HttpRequest, found: Upload) -> HttpResponse:
    if request.content_type != tus.CONTENT_TYPE:
        return error(415, "content_type")
    try:
        offset = uploads.append(found, tus.number(request.headers, "Upload-Offset"), request.read)
    except tuple(REFUSALS) as refusal:
        return refused(refusal)
    return HttpResponse(status=204, headers={**ALWAYS, "Upload-Offset": str(offset)})


@checker.require("add")
@require_POST
def finish(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(Upload, pk=pk, user=request.user)
    form = FinishForm(request.POST, user=request.user)
    if not form.is_valid():
        fields: dict[str, Any] = dict(form.errors)
        return JsonResponse(
            {"error": {"code": "invalid", "message": "", "fields": fields}}, status=400
        )
    if uploads.arrived(found) != found.size:
        return error(409, "incomplete", _("The file is not complete yet."))
    try:
        made = uploads.finish(found, form.cleaned_data["title"], form.cleaned_data["collection"])
    except tuple(REFUSALS) as refusal:
        return refused(refusal)
    return JsonResponse({"id": made.pk, "url": reverse("wagtailmedia:edit", args=[made.pk])})
