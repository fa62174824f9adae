"""A class's way to assigning, and what it was given."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from learners.accounts.account_views import PersonRequest
from learners.assignments import places
from learners.assignments.forms import ListForm
from learners.schools.ground import ground_of
from learners.schools.models import SchoolClass

ASSIGNMENTS_A_PAGE = 20


def class_in_ground(request: PersonRequest, public_id: Any) -> SchoolClass:
    classes = SchoolClass.objects.in_ground_of(request.user).select_related("school")
    return get_object_or_404(classes, public_id=public_id)


@never_cache
@require_safe
@login_required
def assign(request: PersonRequest, public_id: Any) -> HttpResponse:
    """On to choosing a course, the class chosen already."""
    own = class_in_ground(request, public_id)
    place = [places.SCHOOL, str(own.school.public_id)]
    if own.pk in ground_of(request.user).classes:
        place = [places.CLASSES, "mine"]
    query = urlencode({"of": str(own.public_id)})
    return redirect(f"{reverse('assignments:choose', args=place)}?{query}")


@never_cache
@require_safe
@login_required
def given(request: PersonRequest, public_id: Any) -> HttpResponse:
    """What the class was given, newest first, with what became of it."""
    own = class_in_ground(request, public_id)
    figures = own.figures.filter(assignment__withdrawn_at=None)
    listed = figures.select_related("assignment__course").order_by("-assignment__created_at")
    number = ListForm(request.GET).number()
    context = {
        "school_class": own,
        "figures": Paginator(listed, ASSIGNMENTS_A_PAGE).get_page(number),
    }
    return render(request, "assignments/of_class.html", context)
