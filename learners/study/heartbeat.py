"""Progress reports are answered before sessions, cookies and CSRF: the token is the authority.

ARCHITECTURE.md decision 4: session and user look-ups alone would take two thirds of the speed.
"""

from collections.abc import Callable
from dataclasses import asdict

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from learners.study import clock, coverage, devices, tokens
from learners.study.merging import Report
from learners.study.progress import record
from learners.study.refusal import Refusal, json_view
from learners.study.schema import ProgressReport, body, invalid

PATH = "/learn/progress/"


class HeartbeatMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info == PATH:
            request.get_host()  # refuses a forged Host, as CommonMiddleware would
            return progress(request)
        return self.get_response(request)


@csrf_exempt
@require_POST
@json_view
def progress(request: HttpRequest) -> HttpResponse:
    now = clock.now()
    sent = body(request, ProgressReport)
    token = token_for(sent.token, sent.lesson, now)
    outcome = record(token, _report(sent, token, now), now, devices.mark_of(request))
    return JsonResponse(asdict(outcome))


def token_for(text: str, lesson: int, now: float) -> tokens.Token:
    """The token, which must be for this lesson; refuses with 401 or 400."""
    try:
        token = tokens.read(text, now)
    except tokens.BadToken as error:
        raise Refusal(401, error.code, _("Please open the lesson again.")) from None
    if token.lesson != lesson:
        raise invalid({"lesson": _("The token is for another lesson.")})
    return token


def _report(sent: ProgressReport, token: tokens.Token, now: float) -> Report:
    played, position = sent.played, sent.position
    if sent.read is not None:
        position = sent.read * token.length
        played = [*played, (0.0, position)]
    try:
        covered = coverage.from_played(played, token.length)
    except coverage.OutOfRange as error:
        raise invalid({"played": str(error)}) from None
    return Report(covered, min(position, float(token.length)), now - sent.age)
