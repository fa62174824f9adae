"""Assigning a course: three taps, a page that says whom it reaches, and what becomes of it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from courses.models import CoursePage
from learners.accounts.account_views import PersonRequest, form_view
from learners.assignments import assigning, places
from learners.assignments.assigning import Wish
from learners.assignments.forms import ChangeForm, ClassParameterForm, GiveForm, ListForm
from learners.assignments.models import Assignment
from learners.schools.ground import ground_of
from learners.schools.models import ClassMembership

COURSES_A_PAGE, ASSIGNMENTS_A_PAGE, CLASSES_A_PAGE = 12, 20, 60


@never_cache
@require_safe
@login_required
def home(request: PersonRequest) -> HttpResponse:
    """Everything that reaches the person's ground, newest first."""
    if not ground_of(request.user):
        raise Http404
    given = Assignment.objects.standing().seen_by(request.user)
    listed = given.select_related("course", "school", "district", "given_by")
    number = ListForm(request.GET).number()
    context = {
        "assignments": Paginator(listed, ASSIGNMENTS_A_PAGE).get_page(number),
        "places": places.offered(request.user),
    }
    return render(request, "assignments/home.html", context)


@never_cache
@require_safe
@login_required
def choose(request: PersonRequest, kind: str, code: str) -> HttpResponse:
    """The first tap: a course."""
    form = ListForm(request.GET)
    context = {
        "place": places.place(request.user, kind, code),
        "courses": Paginator(_courses(form.words()), COURSES_A_PAGE).get_page(form.number()),
        "words": form.words(),
        "of": ClassParameterForm(request.GET).public_id(),
    }
    return render(request, "assignments/choose.html", context)


def _courses(words: str) -> QuerySet[CoursePage]:
    courses = CoursePage.objects.live().public().select_related("cover")
    if words:
        courses = courses.filter(title__contains=words)
    return courses.order_by("-popularity", "title")


@never_cache
@form_view
@login_required
def give(request: PersonRequest, kind: str, code: str, course_id: int) -> HttpResponse:
    """The second tap: to whom, until when. The third: yes."""
    place = places.place(request.user, kind, code)
    course = get_object_or_404(CoursePage.objects.public(), pk=course_id)
    data = request.POST if request.method == "POST" else None
    form = GiveForm(place, course, timezone.localdate(), data, initial=_initial(request, place))
    if form.is_valid():
        if form.cleaned_data["confirmed"]:
            return _given(request, form.wishes())
        context = {"form": form, "place": place, "wishes": [_reach(w) for w in form.wishes()]}
        return render(request, "assignments/confirm.html", context)
    return render(request, "assignments/give.html", {"form": form, "place": place})


def _initial(request: PersonRequest, place: places.Place) -> dict[str, Any]:
    """The class the person came from, else all of a teacher's; in a week."""
    came_from = ClassParameterForm(request.GET).public_id()
    chosen = [own.public_id for own in place.classes] if place.kind == places.CLASSES else []
    if came_from:
        chosen = [came_from]
    return {"scope": place.scopes[0], "classes": chosen, "day": "week"}


def _reach(wish: Wish) -> dict[str, Any]:
    """How many it reaches now; a city's children would take too long to count for a question."""
    classes = assigning.reached(wish)
    found = {"wish": wish, "classes": classes.count()}
    if not wish.is_broad:
        members = ClassMembership.objects.current().filter(school_class__in=classes)
        found["children"] = members.count()
        found["names"] = [own.name for own in classes.order_by("grade", "name")[:CLASSES_A_PAGE]]
    return found


def _given(request: PersonRequest, wishes: list[Wish]) -> HttpResponse:
    given = [assigning.assign(request.user, wish) for wish in wishes]
    messages.success(request, _("Assigned. Parents see it first when they open “Mine”."))
    if len(given) > 1:
        return redirect("assignments:home")
    return redirect("assignments:assignment", given[0].public_id)


def seen(request: PersonRequest, public_id: Any) -> Assignment:
    """404 when it does not reach the person's ground."""
    given = Assignment.objects.standing().seen_by(request.user)
    related = given.select_related("course", "school", "district", "given_by")
    return get_object_or_404(related, public_id=public_id)


def changeable(request: PersonRequest, public_id: Any) -> Assignment:
    """404 for whoever only sees it: a school may not change what the city gave."""
    given = Assignment.objects.open().changeable_by(request.user)
    return get_object_or_404(given.select_related("course", "school", "district"),
                             public_id=public_id)  # fmt: skip


@never_cache
@require_safe
@login_required
def assignment(request: PersonRequest, public_id: Any) -> HttpResponse:
    """Its classes in the person's ground, with what became of it."""
    given = seen(request, public_id)
    ground = ground_of(request.user)
    figures = given.figures.in_ground(ground)
    overview = figures.overview()
    listed = figures.select_related("school_class", "school").order_by(
        "district", "school_id", "pk"
    )
    pages = Paginator(listed, CLASSES_A_PAGE)
    pages.count = overview["classes"]
    context = {
        "assignment": given,
        "totals": overview,
        "figures": pages.get_page(ListForm(request.GET).number()),
        "may_change": given.is_open
        and Assignment.objects.changeable_by(request.user).filter(pk=given.pk).exists(),
        "preparation": assigning.preparation(given, overview["counted"] if ground.city else None),
        "administers": ground.administers,
    }
    return render(request, "assignments/assignment.html", context)


@never_cache
@form_view
@login_required
def change(request: PersonRequest, public_id: Any) -> HttpResponse:
    given = changeable(request, public_id)
    data = request.POST if request.method == "POST" else None
    form = ChangeForm(given, timezone.localdate(), data)
    if form.is_valid():
        assigning.change(given, form.cleaned_data["due_on"], form.cleaned_data["note"])
        messages.success(request, _("Changed. Parents see the new day at once."))
        return redirect("assignments:assignment", given.public_id)
    return render(request, "assignments/change.html", {"form": form, "assignment": given})


@never_cache
@form_view
@login_required
def withdraw(request: PersonRequest, public_id: Any) -> HttpResponse:
    """Asks first; what was learned stays learned."""
    given = changeable(request, public_id)
    if request.method == "POST":
        assigning.withdraw(given)
        messages.success(request, _("Withdrawn. What parents learned stays theirs."))
        return redirect("assignments:home")
    return render(request, "assignments/withdraw.html", {"assignment": given})
