"""The desk of a course: an expert's own courses, their order, their checks, handing them in."""

from typing import Any

from allauth.core import ratelimit
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from wagtail.models import Comment

from courses import desk, inspection, links, release
from courses.desk_forms import DecisionForm, HandInForm, MoveForm, OrderForm
from courses.models import CourseIndexPage, CoursePage, CourseRelease
from courses.tasks import check_links

PER_PAGE = 20
MOST_RELEASES = 10
MOST_COMMENTS = 50


def course_of(request: HttpRequest, pk: int) -> CoursePage:
    found: CoursePage = get_object_or_404(desk.courses_of(request.user), pk=pk)
    return found


def changeable_course_of(request: HttpRequest, pk: int) -> CoursePage | None:
    """Nothing, with a word to the expert, while it is in review."""
    course = course_of(request, pk)
    if desk.may_change(course, request.user):
        return course
    messages.warning(request, _("The course is in review: take it back first to change it."))
    return None


@require_GET
def my_courses(request: HttpRequest) -> HttpResponse:
    courses = Paginator(desk.courses_of(request.user).with_last_release(), PER_PAGE)
    index = CourseIndexPage.objects.first()
    may_add = index is not None and index.permissions_for_user(request.user).can_add_subpage()
    context = {
        # Wagtail's own pager, which the template borrows, says "p".
        "courses": courses.get_page(request.GET.get("p")),
        "states": CourseRelease.State,
        "add": may_add
        and reverse("wagtailadmin_pages:add", args=["courses", "coursepage", index.pk])
        if index
        else "",
    }
    return render(request, "courses/desk/my_courses.html", context)


@require_http_methods(["GET", "POST"])
def course_desk(request: HttpRequest, pk: int) -> HttpResponse:
    """POST hands the course in."""
    course = course_of(request, pk)
    draft = course.get_latest_revision_as_object()
    form = HandInForm(
        request.POST or None,
        initial={"goes_live_at": draft.go_live_at, "expires_at": draft.expire_at},
    )
    lessons = course.draft_lessons()
    findings = inspection.inspect(draft, lessons)
    blocked = any(finding.blocks for finding in findings)
    if request.method == "POST" and form.is_valid() and not blocked:
        return _hand_in(request, course, form)
    if request.method == "POST" and blocked:
        messages.error(request, _("Something still blocks handing in: see “Before handing in”."))
    context = {
        **_standing(request, course),
        "draft": draft,
        "lessons": lessons,
        "findings": findings,
        "blocked": blocked,
        "form": form,
        "decision": DecisionForm(),
        "comments": _comments(course, lessons),
    }
    return render(request, "courses/desk/course.html", context)


def _hand_in(request: HttpRequest, course: CoursePage, form: HandInForm) -> HttpResponse:
    if course.permissions_for_user(request.user).can_publish():
        made = release.publish(course, request.user, form.plan())
        live = made.goes_live_at is None
        said = (
            _("The course and its lessons are published.")
            if live
            else _("The course and its lessons go live together on their day.")
        )
    elif changeable_course_of(request, course.pk):
        release.submit(course, request.user, form.plan())
        said = _("The course and its lessons are with the editors now.")
    else:
        return redirect("course_desk", course.pk)
    messages.success(request, said)
    return redirect("course_desk", course.pk)


def _standing(request: HttpRequest, course: CoursePage) -> dict[str, Any]:
    """Where the course is on its way, and what this person may do about it."""
    releases = list(
        course.releases.select_related("asked_by", "decided_by").newest()[:MOST_RELEASES]
    )
    last = releases[0] if releases else None
    task = course.current_workflow_task
    return {
        "course": course,
        "releases": releases,
        "last": last,
        "states": CourseRelease.State,
        "waits": any(made.state == CourseRelease.State.APPROVED for made in releases),
        "may_change": desk.may_change(course, request.user),
        "may_publish": course.permissions_for_user(request.user).can_publish(),
        "may_decide": bool(task and task.get_actions(course, request.user)),
    }


def _comments(course: CoursePage, lessons: list[Any]) -> Any:
    """Remarks beside fields that nobody has resolved yet, of the course and its lessons."""
    pages = [course.pk, *(lesson.pk for lesson in lessons)]
    found = Comment.objects.filter(page__in=pages, resolved_at=None)
    return found.select_related("user", "page").order_by("page__path", "pk")[:MOST_COMMENTS]


@require_POST
def order_lessons(request: HttpRequest, pk: int) -> HttpResponse:
    """For dragging: answers in JSON, as nothing is to be drawn anew."""
    course = course_of(request, pk)
    form = OrderForm(request.POST)
    if not form.is_valid() or not desk.may_change(course, request.user):
        words = _("The lessons cannot be put in this order now. Please reload the page.")
        told = {"code": "refused", "message": words, "fields": {}}
        return JsonResponse({"error": told}, status=409)
    desk.order(course, form.cleaned_data["order"], request.user)
    return JsonResponse({"order": form.cleaned_data["order"]})


@require_POST
def move_lesson(request: HttpRequest, pk: int) -> HttpResponse:
    course, form = changeable_course_of(request, pk), MoveForm(request.POST)
    place = "#lessons"
    if course is not None and form.is_valid():
        order = [lesson.pk for lesson in course.draft_lessons()]
        if form.cleaned_data["lesson"] in order:
            moved = desk.moved(order, **form.cleaned_data)
            desk.order(course, moved, request.user)
            # From there the keyboard goes on to the next move.
            place = f"#lesson-{form.cleaned_data['lesson']}"
    return redirect(reverse("course_desk", args=[pk]) + place)


@require_POST
def fill_in_minutes(request: HttpRequest, pk: int) -> HttpResponse:
    course = changeable_course_of(request, pk)
    if course is not None:
        filled = desk.fill_in_minutes(course, request.user)
        words = ngettext("Filled in for %(n)s lesson.", "Filled in for %(n)s lessons.", filled)
        messages.success(request, words % {"n": filled})
    return redirect("course_desk", pk)


@require_POST
def try_links(request: HttpRequest, pk: int) -> HttpResponse:
    course = course_of(request, pk)
    if ratelimit.consume(request, action="link_check", key=str(request.user.pk)):
        pages = [course.get_latest_revision_as_object(), *course.draft_lessons()]
        check_links.enqueue([url for page in pages for url in links.links_in(page.body)])
        messages.success(request, _("The links are being tried. Reload this page in a minute."))
    else:
        messages.warning(request, _("The links were tried often just now. Please wait an hour."))
    return redirect("course_desk", pk)


@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    course = course_of(request, pk)
    state = course.current_workflow_state
    if state is not None and state.user_can_cancel(request.user):
        state.cancel(user=request.user)
        messages.success(request, _("The course is back on your desk."))
    elif course.permissions_for_user(request.user).can_publish() and release.call_off(
        course, request.user
    ):
        messages.success(request, _("Called off: the course does not go live on that day."))
    return redirect("course_desk", pk)
