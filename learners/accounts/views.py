"""Signing in: a phone and a code for everybody, a password for staff."""

from http import HTTPStatus

from allauth.account.views import LoginView
from allauth.core.exceptions import RateLimited
from allauth.core.ratelimit import respond_429
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from learners.accounts import privacy, sms
from learners.accounts.forms import CodeForm, PhoneForm
from learners.accounts.landing import asked_for, home_of, may_enter_admin, with_next
from learners.accounts.limits import PhoneLimitedError
from learners.accounts.sign_in import Answer, SignInProcess, ask_for_code
from learners.accounts.sms import SMSFailedError

form_view = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@form_view
def sign_in(request: HttpRequest) -> HttpResponse:
    next_url = asked_for(request)
    if request.user.is_authenticated:
        return redirect(next_url or home_of(request.user))
    form = PhoneForm(request.POST if request.method == "POST" else None)
    status = HTTPStatus.OK
    if form.is_valid():
        try:
            ask_for_code(request, form.cleaned_data["phone"], privacy.VERSION)
            return redirect(with_next("accounts:code", next_url))
        except RateLimited:
            return respond_429(request)
        except (PhoneLimitedError, SMSFailedError) as refusal:
            form.add_error("phone", refusal.message)
            status = refusal.status
    page = {"form": form, "next": next_url}
    return render(request, "account/sign_in.html", page, status=status)


@never_cache
@form_view
def code(request: HttpRequest) -> HttpResponse:
    next_url = asked_for(request)
    if request.user.is_authenticated:
        return redirect(next_url or home_of(request.user))
    process = SignInProcess.pending(request)
    if process is None:
        return start_again(request, _("This code is no longer valid. Please ask for a new one."))
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        answer = process.check(form.cleaned_data["code"])
        if answer is Answer.RIGHT:
            return process.finish(next_url or None)
        if answer is Answer.OVER:
            return start_again(request, _("Too many wrong codes. Please ask for a new one."))
        form.add_error("code", _("This code is wrong. Please look at the message again."))
    page = {
        "form": form,
        "next": next_url,
        "process": process,
        "shown_code": process.state["shown"] if sms.shows_codes() else "",
    }
    return render(request, "account/code.html", page)


def start_again(request: HttpRequest, reason: str) -> HttpResponse:
    messages.error(request, reason)
    return redirect(with_next("accounts:sign_in", asked_for(request)))


@never_cache
@require_POST
def resend(request: HttpRequest) -> HttpResponse:
    process = SignInProcess.pending(request)
    if process is None:
        return start_again(request, _("This code is no longer valid. Please ask for a new one."))
    try:
        process.resend()
        messages.success(request, _("A new code is on its way."))
    except RateLimited:
        return respond_429(request)
    except (PhoneLimitedError, SMSFailedError) as refusal:
        messages.error(request, refusal.message)
    return redirect(with_next("accounts:code", asked_for(request)))


class StaffLoginView(LoginView):
    template_name = "account/staff.html"


@never_cache
@form_view
def staff(request: HttpRequest) -> HttpResponse:
    """Redirecting a signed-in parent would send them round between here and the admin."""
    if not request.user.is_authenticated:
        return StaffLoginView.as_view()(request)
    if may_enter_admin(request.user):
        return redirect(asked_for(request) or home_of(request.user))
    return render(request, "account/not_staff.html", status=HTTPStatus.FORBIDDEN)


@never_cache
def inactive(request: HttpRequest) -> HttpResponse:
    return render(request, "account/inactive.html", status=HTTPStatus.FORBIDDEN)
