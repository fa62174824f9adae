"""Captions of one recording in one language, written beside its player."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from media import library, storing
from media.admin_views import changeable_by
from media.forms import CaptionTextForm
from media.models import Recording

LANGUAGES = {"zh-Hans": "中文", "zh-Hant": "繁體中文", "en": "English"}


@require_http_methods(["GET", "POST"])
def edit_captions(request: HttpRequest, pk: int, language: str) -> HttpResponse:
    recording = get_object_or_404(changeable_by(request.user), pk=pk)
    if language not in LANGUAGES:
        raise Http404
    if request.method == "POST":
        form = CaptionTextForm(request.POST, request.FILES)
        if form.is_valid() and written(recording, form, language):
            messages.success(request, _("The captions are saved."))
            return redirect("wagtailmedia:edit", pk)
    else:
        form = CaptionTextForm(initial={"text": present(recording, language)})
    context = {"recording": recording, "form": form, "label": LANGUAGES[language]}
    return render(request, "media/captions.html", context)


def written(recording: Recording, form: CaptionTextForm, language: str) -> bool:
    """Else the form says why not, and keeps what was typed."""
    vtt, label = form.cleaned_data["vtt"], LANGUAGES[language]
    try:
        library.write_captions(recording, vtt, language=language, label=label)
    except storing.NotStored as error:
        form.add_error(None, str(error))
    return form.is_valid()


def present(recording: Recording, language: str) -> str:
    track = recording.captions.filter(language=language).first()
    if track is None:
        return "WEBVTT\n\n"
    with track.file.open("rb") as file:
        return str(file.read().decode("utf-8-sig"))
