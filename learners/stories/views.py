"""A parent's own stories: written in steps, sent, followed, withdrawn."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cms.filters import PageForm
from learners.stories import editing, sending, withdrawal
from learners.stories.forms import SendForm, WithdrawForm, WriteForm
from learners.stories.models import Story
from learners.stories.states import NotThatWay

A_PAGE = 12
View = Callable[..., HttpResponseBase]
form_view = require_http_methods(["GET", "HEAD", "POST"])


def own(view: View) -> View:
    """Signed in, never cached; what an editor did meanwhile is told on the story's page."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except NotThatWay:
            words = _("The story has moved on meanwhile; this is how it stands now.")
            messages.error(request, words)
            return redirect("stories:story", kwargs["pk"])

    return login_required(cache_control(private=True, no_store=True)(guarded))


def mine(request: HttpRequest, pk: UUID) -> Story:
    return get_object_or_404(Story.objects.of(request.user), pk=pk)


def mine_to_change(request: HttpRequest, pk: UUID) -> Story:
    """Raises NotThatWay."""
    story = mine(request, pk)
    if not story.is_editable:
        raise NotThatWay(story.state)
    return story


@own
@require_safe
def stories(request: HttpRequest) -> HttpResponse:
    found = Story.objects.of(request.user).select_related("page").order_by("-changed_at", "pk")
    page = Paginator(found, A_PAGE).get_page(PageForm(request.GET).number())
    return render(request, "stories/stories.html", {"stories": page})


@own
@require_safe
def new(request: HttpRequest) -> HttpResponse:
    """An id from the start: a form sent twice over a weak network makes one story."""
    return redirect("stories:write", uuid4())


@own
@form_view
def write(request: HttpRequest, pk: UUID) -> HttpResponse:
    person: Any = request.user
    story = Story.objects.filter(pk=pk).first() or Story(pk=pk, author=person)
    if story.author_id != person.pk:
        raise Http404
    if not story.is_editable:
        raise NotThatWay(story.state)
    form = WriteForm(request.POST if request.method == "POST" else None, instance=story)
    if form.is_valid():
        try:
            editing.write(request.user, pk, **form.cleaned_data)
            return redirect("stories:pictures", pk)
        except editing.TooManyDrafts:
            form.add_error(
                None, _("You have ten stories begun. Please finish or delete one of them first.")
            )
    context = {"form": form, "story": story, "begun": not story._state.adding}
    return render(request, "stories/write.html", context)


@own
@require_safe
def story(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = mine(request, pk)
    if not found.seen:
        Story.objects.filter(pk=pk, seen=False).update(seen=True)
    context = {"story": found, "steps": found.steps.all(), "photos": found.photos.all()}
    return render(request, "stories/story.html", context)


@own
@form_view
def send(request: HttpRequest, pk: UUID) -> HttpResponse:
    story = mine_to_change(request, pk)
    form = SendForm(story, request.POST if request.method == "POST" else None)
    if form.is_valid() and _sent(story, form):
        messages.success(request, _("Thank you! An editor reads it, usually within a week."))
        return redirect("stories:story", pk)
    context = {"form": form, "story": story, "photos": story.photos.all()}
    return render(request, "stories/send.html", context)


def _sent(story: Story, form: SendForm) -> bool:
    try:
        sending.send(story)
    except sending.EnoughForToday:
        form.add_error(None, _("You have sent three stories today. Please send this one tomorrow."))
    except sending.NotWhole:
        form.add_error(None, _("Title, pen name and story must be written first."))
    return form.is_valid()


@own
@require_POST
def take_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    sending.take_back(mine(request, pk))
    messages.success(request, _("It is yours again. Send it when it is ready."))
    return redirect("stories:story", pk)


@own
@require_POST
def take_suggestion(request: HttpRequest, pk: UUID) -> HttpResponse:
    editing.take_suggestion(mine_to_change(request, pk))
    messages.success(request, _("The editor's version is yours now. Look at it, then send it."))
    return redirect("stories:send", pk)


@own
@require_POST
def discard(request: HttpRequest, pk: UUID) -> HttpResponse:
    editing.discard(mine(request, pk))
    messages.success(request, _("The draft is deleted."))
    return redirect("stories:stories")


@own
@form_view
def withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    story = mine(request, pk)
    if not story.may_be_withdrawn:
        raise NotThatWay(story.state)
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return render(request, "stories/withdraw.html", {"form": form, "story": story})
    withdrawal.withdraw(story)
    messages.success(request, _("Your story is withdrawn. Words, photos and video are deleted."))
    return redirect("stories:story", pk)
