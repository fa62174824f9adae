"""Beside a recording in the Wagtail admin: how far its conversion is, and which frame it shows."""

from typing import Any

from django.contrib import messages
from django.db.models import ProtectedError, QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from wagtailmedia import get_permission_policy
from wagtailmedia.views import media as wagtailmedia_views

from media import conversions, renditions
from media.forms import IdsForm, PosterForm
from media.models import Recording


def changeable_by(user: Any) -> QuerySet[Recording]:
    """The recordings on this person's own ground."""
    found: QuerySet[Recording] = get_permission_policy().instances_user_has_permission_for(
        user, "change"
    )
    return found


def deletable_by(user: Any) -> QuerySet[Recording]:
    found: QuerySet[Recording] = get_permission_policy().instances_user_has_permission_for(
        user, "delete"
    )
    return found


@require_GET
def states(request: HttpRequest) -> HttpResponse:
    form = IdsForm(request.GET)
    if not form.is_valid():
        return JsonResponse(
            {"error": {"code": "invalid", "message": "", "fields": form.errors}}, status=400
        )
    recordings = changeable_by(request.user).filter(pk__in=form.cleaned_data["ids"])
    told = conversions.of(recordings.only("content_hash"))
    return JsonResponse({str(pk): conversion.as_json() for pk, conversion in told.items()})


@require_POST
def convert(request: HttpRequest, pk: int) -> HttpResponse:
    recording = get_object_or_404(changeable_by(request.user), pk=pk)
    renditions.ask(recording)
    messages.success(request, _("The conversion is in the queue."))
    return redirect("wagtailmedia:edit", pk)


@require_POST
def choose_poster(request: HttpRequest, pk: int) -> HttpResponse:
    recording = get_object_or_404(changeable_by(request.user), pk=pk)
    form = PosterForm(request.POST, recording=recording)
    if form.is_valid():
        renditions.change_poster(recording, form.cleaned_data["frame"])
        messages.success(request, _("The poster is changed."))
    else:
        messages.error(request, _("Choose one of the frames."))
    return redirect("wagtailmedia:edit", pk)


def delete(request: HttpRequest, media_id: int) -> HttpResponse:
    """Wagtailmedia's own deletion, but what stands on a page stays: the pages are shown instead."""
    recording = get_object_or_404(deletable_by(request.user), pk=media_id)
    try:
        if recording.get_usage().count():  # in a text, where the database does not protect it
            raise ProtectedError("", set())
        answer: HttpResponse = wagtailmedia_views.delete(request, media_id)
    except ProtectedError:
        words = _("“%(title)s” is used on pages. Take it out there first.")
        messages.error(request, words % {"title": recording.title})
        return redirect("wagtailmedia:media_usage", media_id)
    return answer
