"""Signs of one device finishing for many parents, for the school's own administrator alone."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from learners.accounts.account_views import PersonRequest
from learners.assignments import devices
from learners.assignments.forms import ListForm
from learners.assignments.one_device import FEWEST
from learners.schools.ground import ground_of
from learners.schools.models import PersonalDataRead, School
from learners.schools.reading import log_read

DEVICES_A_PAGE = 10


@never_cache
@require_safe
@login_required
def of_school(request: PersonRequest, public_id: Any) -> HttpResponse:
    """404 for teachers, and for districts and the city: only the school can ask its people."""
    schools = School.objects.filter(pk__in=ground_of(request.user).schools)
    own = get_object_or_404(schools, public_id=public_id)
    found = Paginator(devices.weeks_of(own, timezone.now()), DEVICES_A_PAGE)
    page = found.get_page(ListForm(request.GET).number())
    listed = devices.shown(own, list(page)) if page.object_list else []
    if listed:
        log_read(request.user, PersonalDataRead.What.DEVICES, own,
                 children=sum(device.guardians for device in listed))  # fmt: skip
    context = {"school": own, "page": page, "devices": listed, "fewest": FEWEST}
    return render(request, "assignments/devices.html", context)
