"""The editors' desk for families' stories, in the Wagtail admin. It shows no more of a family
than it chose to tell; who opens a story leaves a trace (PRODUCT.md rule 9)."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cms.models import StoryIndexPage
from learners.accounts import reading
from learners.accounts.models import User
from learners.stories import delivery, sending
from learners.stories.desk_forms import GiveBackForm, PublishForm, RefuseForm, ShownForm
from learners.stories.forms import found_in
from learners.stories.models import Story
from learners.stories.publishing import publish
from learners.stories.states import Move, NotThatWay
from media.probing import Unplayable

A_PAGE = 30
View = Callable[..., HttpResponseBase]
MOVES = {
    Move.GIVE_BACK: (GiveBackForm, gettext_lazy("The story is back with the family.")),
    Move.REFUSE: (RefuseForm, gettext_lazy("The family reads that it is not taken, and why.")),
}


def may_moderate(user: Any) -> bool:
    """Whoever may publish among the stories."""
    index = StoryIndexPage.objects.first()
    return index is not None and index.permissions_for_user(user).can_publish_subpage()


def for_editors(view: View) -> View:
    """What the family did meanwhile is told, not overrun."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_moderate(request.user):
            raise PermissionDenied
        try:
            return view(request, *args, **kwargs)
        except NotThatWay:
            messages.warning(request, _("The story has moved on meanwhile; nothing was changed."))
            return redirect("story_desk")

    kept: View = cache_control(private=True, no_store=True)(guarded)
    return kept


def waiting(pk: UUID) -> Story:
    """Only while it waits: before and after, it is the family's own."""
    return get_object_or_404(Story.objects.waiting(), pk=pk)


class EditorRequest(HttpRequest):
    """Of somebody who may moderate."""

    user: User


@for_editors
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    shown = ShownForm(request.GET)
    facts = shown.cleaned_data if shown.is_valid() else {}
    answered = bool(facts.get("answered"))
    found = Story.objects.answered() if answered else Story.objects.waiting()
    page = Paginator(found.select_related("page"), A_PAGE).get_page(facts.get("page") or 1)
    return render(request, "stories/desk/desk.html", {"stories": page, "answered": answered})


@for_editors
@require_safe
def read(request: EditorRequest, pk: UUID) -> HttpResponse:
    story = waiting(pk)
    reading.note(request.user, [story.author], "story_desk")
    return shown(request, story)


def shown(request: HttpRequest, story: Story, **bound: Any) -> HttpResponse:
    context = {
        "story": story,
        "photos": story.photos.all(),
        "steps": story.steps.select_related("editor"),
        "findings": found_in(story),
        "publish_form": PublishForm(story),
        "give_back_form": GiveBackForm(story),
        "refuse_form": RefuseForm(story),
        **bound,
    }
    return render(request, "stories/desk/story.html", context)


@for_editors
@require_POST
def publish_story(request: HttpRequest, pk: UUID) -> HttpResponse:
    story = waiting(pk)
    form = PublishForm(story, request.POST)
    if not form.is_valid():
        return shown(request, story, publish_form=form)
    try:
        page = publish(story, request.user, form.chosen())
    except Unplayable as refusal:
        messages.error(request, str(refusal))
        return shown(request, story, publish_form=form)
    messages.success(request, _("“%(title)s” is published.") % {"title": page.title})
    return redirect("story_desk")


@for_editors
@require_http_methods(["POST"])
def answer(request: HttpRequest, pk: UUID, move: Move) -> HttpResponse:
    story = waiting(pk)
    form_class, words = MOVES[move]
    form: Any = form_class(story, request.POST)
    if not form.is_valid():
        return shown(request, story, **{f"{move}_form": form})
    words_to_family = form.cleaned_data["words"]
    sending.answer(story, request.user, move, words_to_family, form.suggestion())
    messages.success(request, words)
    return redirect("story_desk")


@for_editors
@require_safe
def photo(request: HttpRequest, pk: UUID, photo: UUID) -> HttpResponseBase:
    found = get_object_or_404(waiting(pk).photos, pk=photo)
    return delivery.private(request, str(found.file.name))


@for_editors
@require_safe
def film(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    found = waiting(pk).film_or_none
    if found is None:
        raise Http404
    return delivery.private(request, str(found.file.name))
