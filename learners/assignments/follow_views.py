"""One class and one assignment: who has not joined, not started, not finished; nobody is ranked."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.signing import BadSignature, TimestampSigner
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from learners.accounts.account_views import PersonRequest
from learners.accounts.models import User
from learners.assignments import following, reminding
from learners.assignments.follow_forms import FollowForm
from learners.assignments.models import Assignment
from learners.assignments.workbooks import follow_up
from learners.schools.models import PersonalDataRead, SchoolClass
from learners.schools.reading import log_read
from learners.schools.workbook import download

SIGNED_FOR = 10 * 60  # seconds: long enough to open another app
SIGNER = "learners.assignments.follow_up"


def followed(user: Any, public_id: Any, class_id: Any) -> tuple[Assignment, SchoolClass]:
    """404 unless the assignment reaches the class and the class is in the person's ground."""
    classes = SchoolClass.objects.in_ground_of(user).select_related("school")
    own = get_object_or_404(classes, public_id=class_id)
    given = Assignment.objects.standing().filter(figures__school_class=own)
    return get_object_or_404(given.select_related("course"), public_id=public_id), own


@never_cache
@require_safe
@login_required
def follow(request: PersonRequest, public_id: Any, class_id: Any) -> HttpResponse:
    given, own = followed(request.user, public_id, class_id)
    form = FollowForm(request.GET)
    rows = following.rows(given, own)
    if form.wants_xlsx():
        return _file(request.user, given, own, rows)
    _log(request.user, own, PersonalDataRead.What.ROSTER, len(rows))
    by_state = following.by_state(rows)
    state = form.chosen() or _first(by_state)
    context = {
        "assignment": given,
        "school_class": own,
        "counts": following.counts(rows),
        "tabs": [(name, len(by_state[name])) for name in following.STATES],
        "state": state,
        "rows": by_state[state],
        "plan": _plan(given, own, by_state, state),
        "group_message": group_message(given, own, following.counts(rows)),
        "in_wechat": "MicroMessenger" in request.headers.get("User-Agent", ""),
        "outside": _signed_address(request, given, own),
    }
    return render(request, "assignments/follow.html", context)


def _first(by_state: dict[str, list[following.Row]]) -> str:
    """Not yet first: the first tab with anybody in it."""
    return next((state for state in following.STATES if by_state[state]), following.WAITING)


def _plan(
    given: Assignment,
    own: SchoolClass,
    by_state: dict[str, list[following.Row]],
    state: str,
) -> reminding.Plan | None:
    if state == following.DONE or not given.is_open:
        return None
    return reminding.plan(given, own, by_state[state], timezone.now())


def group_message(given: Assignment, own: SchoolClass, counts: dict[str, Any]) -> str:
    """For the class's chat: asks and thanks, and names nobody."""
    return _(
        "Dear parents of {place}: “{course}” is to be finished by {day}. {done} of {all} families"
        " have finished, thank you. If you have not yet: open {link}, a few minutes are enough, and"
        " you can stop at any time."
    ).format(
        place=own.name,
        course=given.course.title,
        day=date_format(given.due_on, "MONTH_DAY_FORMAT"),
        done=counts["finished"],
        all=counts["all"],
        link=given.course.full_url,
    )


def _log(user: Any, own: SchoolClass, what: str, children: int) -> None:
    log_read(user, what, own.school, school_class=own, children=children)


def _file(
    user: Any, given: Assignment, own: SchoolClass, rows: list[following.Row]
) -> HttpResponse:
    _log(user, own, PersonalDataRead.What.EXPORT, len(rows))
    return download(follow_up(given, own, rows), f"{own.name}-{given.due_on:%Y-%m-%d}")


def _signed_address(request: PersonRequest, given: Assignment, own: SchoolClass) -> str:
    """Opens in another app without signing in, for ten minutes."""
    what = [request.user.pk, str(given.public_id), str(own.public_id)]
    token = TimestampSigner(salt=SIGNER).sign_object(what)
    return request.build_absolute_uri(reverse("assignments:file", args=[token]))


@never_cache
@require_safe
def file(request: PersonRequest, token: str) -> HttpResponse:
    """The signed link of a follow-up; the person's ground of this moment counts."""
    try:
        pk, public_id, class_id = TimestampSigner(salt=SIGNER).unsign_object(
            token, max_age=SIGNED_FOR
        )
    except BadSignature:
        raise Http404 from None
    user = get_object_or_404(User, pk=pk, is_active=True)
    given, own = followed(user, public_id, class_id)
    return _file(user, given, own, following.rows(given, own))
