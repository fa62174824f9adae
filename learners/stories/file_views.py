"""Photos and the video of a parent's own story: sent, looked at, taken away."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from learners.stories import delivery, films, incoming, photos
from learners.stories.files import Refused
from learners.stories.forms import DescriptionForm, FilmForm, PhotosForm
from learners.stories.models import MOST_PHOTOS, Photo, Story
from learners.stories.views import mine, mine_to_change, own


@own
@require_safe
def pictures(request: HttpRequest, pk: UUID) -> HttpResponse:
    story = mine_to_change(request, pk)
    found = list(story.photos.all())
    context = {
        "story": story,
        "photos": [(photo, described(photo)) for photo in found],
        "photos_form": PhotosForm() if len(found) < MOST_PHOTOS else None,
        "film_form": FilmForm(),
        "most": MOST_PHOTOS,
    }
    return render(request, "stories/pictures.html", context)


def described(photo: Photo, data: Any = None) -> DescriptionForm:
    return DescriptionForm(data, instance=photo, auto_id=f"%s-{photo.pk}")


@incoming.in_bounds
@own
@require_POST
def add_photos(request: HttpRequest, pk: UUID) -> HttpResponse:
    story = mine_to_change(request, pk)
    form = PhotosForm(request.POST, request.FILES)
    if not form.is_valid():
        return answered(request, story, "photos", str(form.errors["photos"][0]))
    try:
        for file in form.cleaned_data["photos"]:
            incoming.spend(request)
            photos.add(story, file)
    except Refused as refusal:
        return answered(request, story, "photos", str(refusal))
    return answered(request, story, "photos")


@incoming.in_bounds
@own
@require_POST
def add_film(request: HttpRequest, pk: UUID) -> HttpResponse:
    story = mine_to_change(request, pk)
    form = FilmForm(request.POST, request.FILES)
    if not form.is_valid():
        return answered(request, story, "film", str(form.errors["film"][0]))
    try:
        incoming.spend(request)
        films.add(story, form.cleaned_data["film"])
    except Refused as refusal:
        return answered(request, story, "film", str(refusal))
    return answered(request, story, "film")


def answered(request: HttpRequest, story: Story, part: str, words: str = "") -> HttpResponse:
    """For the script with the progress bar, or for a browser without one."""
    if incoming.wants_json(request):
        return incoming.refusal(words, 422) if words else JsonResponse({"kept": True}, status=201)
    if words:
        messages.error(request, words)
    return redirect(back_to(story, part))


def back_to(story: Story, part: str) -> str:
    return f"{reverse('stories:pictures', args=[story.pk])}#{part}"


@own
@require_safe
def photo(request: HttpRequest, pk: UUID, photo: UUID) -> HttpResponseBase:
    found = get_object_or_404(mine(request, pk).photos, pk=photo)
    return delivery.private(request, str(found.file.name))


@own
@require_safe
def film(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    found = mine(request, pk).film_or_none
    if found is None:
        raise Http404
    return delivery.private(request, str(found.file.name))


@own
@require_POST
def describe(request: HttpRequest, pk: UUID, photo: UUID) -> HttpResponse:
    story = mine_to_change(request, pk)
    form = described(get_object_or_404(story.photos, pk=photo), request.POST)
    if form.is_valid():
        photos.describe(form.instance, form.cleaned_data["description"])
        messages.success(request, _("Saved."))
    else:
        messages.error(request, _("At most 120 characters, please."))
    return redirect(back_to(story, "photos"))


@own
@require_POST
def remove_photo(request: HttpRequest, pk: UUID, photo: UUID) -> HttpResponse:
    story = mine_to_change(request, pk)
    photos.remove(get_object_or_404(story.photos, pk=photo))
    return redirect(back_to(story, "photos"))


@own
@require_POST
def remove_film(request: HttpRequest, pk: UUID) -> HttpResponse:
    story = mine_to_change(request, pk)
    films.remove(story)
    return redirect(back_to(story, "film"))
