"""Deciding about a course as a whole, and looking at it before: its versions, its previews."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from courses import comparison
from courses.desk_forms import CompareForm, DecisionForm, PreviewForm
from courses.desk_views import course_of
from courses.models import CoursePage, LessonPage


@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Approving publishes the course with its lessons; sending back tells the expert why."""
    course, form = course_of(request, pk), DecisionForm(request.POST)
    task, state = course.current_workflow_task, course.current_workflow_task_state
    if task is None or state is None or not task.get_actions(course, request.user):
        raise Http404
    if not form.is_valid():
        messages.error(request, " ".join(str(e) for errors in form.errors.values() for e in errors))
        return redirect("course_desk", pk)
    action, comment = form.cleaned_data["action"], form.cleaned_data["comment"]
    task.on_action(state.specific, request.user, action, comment=comment)
    done = _("Approved: the course and its lessons go live together.")
    messages.success(request, done if action == "approve" else _("The expert has it back."))
    return redirect("course_desk", pk)


@require_GET
def compare(request: HttpRequest, pk: int) -> HttpResponse:
    course, form = course_of(request, pk), CompareForm(request.GET)
    if not form.is_valid():
        raise Http404
    before = _version(course, form.cleaned_data["earlier"] or 0, comparison.public)
    after = _version(course, form.cleaned_data["later"] or 0, comparison.draft)
    context = {
        "course": course,
        "releases": course.releases.newest().select_related("asked_by"),
        "chosen": form.cleaned_data,
        "differences": comparison.compare(request, before, after),
        "order_changed": comparison.order_changed(before, after),
    }
    return render(request, "courses/desk/compare.html", context)


def _version(course: CoursePage, made: int, otherwise: Any) -> comparison.Version:
    if not made:
        found: comparison.Version = otherwise(course)
        return found
    return comparison.released(get_object_or_404(course.releases, pk=made))


@require_GET
def preview(request: HttpRequest, pk: int, page: int) -> HttpResponse:
    """The draft of the course or of a lesson, in a frame as wide as a phone and as a desktop."""
    course = course_of(request, pk)
    pages = [course.get_latest_revision_as_object(), *course.draft_lessons()]
    shown = next((one for one in pages if one.pk == page), None)
    if shown is None:
        raise Http404
    mode = LessonPage.QUIZ if PreviewForm(request.GET).wants_quiz() else ""
    context = {"course": course, "pages": pages, "shown": shown, "mode": mode}
    return render(request, "courses/desk/preview.html", context)
