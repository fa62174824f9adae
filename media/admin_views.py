"""Beside a recording in the Wagtail admin: how far its conversion is, and which frame it shows."""

import logging
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError
from django.contrib import messages
from django.db.models import ProtectedError, QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from wagtail.documents import get_document_model
from wagtail.documents.views import documents
from wagtail.images import get_image_model
from wagtail.images.views import images
from wagtail.permissions import policy_registry
from wagtailmedia import get_permission_policy
from wagtailmedia.views import media as wagtailmedia_views

from media import conversions, renditions, storing, usage
from media.forms import IdsForm, PosterForm
from media.models import CaptionTrack, Recording

logger = logging.getLogger(__name__)


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


def edit(request: HttpRequest, media_id: int) -> HttpResponse:
    """Wagtailmedia's own page, which asks the storage how large the file is."""
    get_object_or_404(changeable_by(request.user), pk=media_id)
    try:
        answer: HttpResponse = wagtailmedia_views.edit(request, media_id)
    except (BotoCoreError, ClientError):
        logger.exception("recording %s", media_id)
        words = _("The storage does not answer right now. Please try again in a few minutes.")
        messages.error(request, words)
        return redirect("wagtailmedia:index")
    return answer


def delete(request: HttpRequest, media_id: int) -> HttpResponse:
    """Wagtailmedia's own deletion, but what stands on a page stays: the pages are shown instead."""
    recording = get_object_or_404(deletable_by(request.user), pk=media_id)
    if usage.is_used(recording):
        return kept(request, recording)
    captions = recording.caption_files
    try:
        answer: HttpResponse = wagtailmedia_views.delete(request, media_id)
    except ProtectedError:
        return kept(request, recording)
    if not Recording.objects.filter(pk=media_id).exists():
        storing.delete_on_commit(captions)
    return answer


def delete_caption_files(request: HttpRequest, instances: list[Any]) -> None:
    """After their rows are gone."""
    tracks = [one for one in instances if isinstance(one, CaptionTrack)]
    storing.delete_on_commit(str(track.file.name) for track in tracks)


def kept(request: HttpRequest, file: Any) -> HttpResponse:
    words = _("“%(title)s” is used on pages. Take it out there first.")
    messages.error(request, words % {"title": file.title})
    return redirect(file.usage_url)


def delete_file(request: HttpRequest, view: Any, model: Any, **named: int) -> HttpResponseBase:
    """Wagtail's own deletion of pictures and documents tells of uses and deletes all the same."""
    (pk,) = named.values()
    policy = policy_registry.get_by_type(model)
    deletable = policy.instances_user_has_permission_for(request.user, "delete")
    file = get_object_or_404(deletable, pk=pk)
    answer: HttpResponseBase = (
        kept(request, file) if usage.is_used(file) else view(request, **named)
    )
    return answer


class UsageWithDrafts:
    """Of a file on this person's own ground; of others there is none."""

    template_name = "media/usage.html"
    model: Any
    request: HttpRequest

    def get_base_object_queryset(self) -> QuerySet[Any]:
        policy = policy_registry.get_by_type(self.model)
        found: QuerySet[Any] = policy.instances_user_has_permission_for(self.request.user, "change")
        return found


class PictureUsage(UsageWithDrafts, images.UsageView):
    """With the drafts that show it."""


class DocumentUsage(UsageWithDrafts, documents.UsageView):
    """With the drafts that offer it."""


def keep_used_files(
    request: HttpRequest, action_type: str, objects: list[Any], action: Any
) -> HttpResponse | None:
    """Of several that are to be deleted at once none is, when one of them is used."""
    files = (Recording, get_image_model(), get_document_model())
    asked = [one for one in objects if isinstance(one, files)] if action_type == "delete" else []
    used = next((one for one in asked if usage.is_used(one)), None)
    return kept(request, used) if used else None
