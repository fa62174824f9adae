"""Who of the staff read personal data, when, of how many children (PRODUCT.md rule 9)."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from learners.accounts.account_views import PersonRequest
from learners.schools.appointment_forms import LogForm
from learners.schools.ground import ground_of
from learners.schools.models import PersonalDataRead
from learners.schools.workbook import download, workbook

READS_A_PAGE, MOST_IN_A_FILE = 60, 20_000
SHOWN_DAYS = 30


@never_cache
@require_safe
@login_required
def log(request: PersonRequest) -> HttpResponse:
    """The last 30 days, unless other days are asked for."""
    if not ground_of(request.user).administers:
        raise Http404
    told = LogForm(request.GET).told()
    until = told["until"] or timezone.localdate()
    since = told["since"] or until - timedelta(days=SHOWN_DAYS)
    reads = PersonalDataRead.objects.in_ground_of(request.user).between(since, until)
    if told["reader"]:
        reads = reads.filter(user__name__contains=told["reader"])
    reads = reads.select_related("user", "school", "school_class").order_by("-read_at", "-pk")
    if told["format"] == "xlsx":
        return _file(reads, since, until)
    chosen = {"since": since.isoformat(), "until": until.isoformat(), "reader": told["reader"]}
    context = {
        "form": LogForm(initial=chosen),
        "reads": Paginator(reads, READS_A_PAGE).get_page(told["page"] or 1),
        "chosen": urlencode({name: value or "" for name, value in chosen.items()}),
        "most": MOST_IN_A_FILE,
    }
    return render(request, "school/access_log.html", context)


def _file(reads: Any, since: date, until: date) -> HttpResponse:
    head = [_("When"), _("Who read"), _("What"), _("School"), _("Class"), _("Children")]
    content = workbook(_("Access log"), head, _lines(reads[:MOST_IN_A_FILE]))
    return download(content, f"access-log-{since:%Y%m%d}-{until:%Y%m%d}")


def _lines(reads: Any) -> Iterator[list[str | int]]:
    for read in reads:
        yield [
            f"{timezone.localtime(read.read_at):%Y-%m-%d %H:%M:%S}",
            read.user.name if read.user else _("Account closed"),
            read.get_what_display(),
            read.school.name,
            read.school_class.name if read.school_class else "",
            read.children,
        ]
