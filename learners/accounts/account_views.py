"""A person's own page: what we call them, what we know, and how to leave."""

from allauth.account.internal.flows.logout import logout
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from learners.accounts import closing, privacy
from learners.accounts.export import everything_about
from learners.accounts.forms import AboutMeForm, CloseAccountForm
from learners.accounts.models import Consent, User


class PersonRequest(HttpRequest):
    """Of somebody who is signed in."""

    user: User


form_view = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@form_view
@login_required
def account(request: PersonRequest) -> HttpResponse:
    form = AboutMeForm(request.POST if request.method == "POST" else None, instance=request.user)
    if form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect("accounts:account")
    consents = request.user.consents.filter(purpose=Consent.PRIVACY)
    consent = consents.order_by("-given_at").first()
    return render(request, "account/account.html", {"form": form, "consent": consent})


@never_cache
@require_GET
@login_required
def download(request: PersonRequest) -> HttpResponse:
    return JsonResponse(
        everything_about(request.user),
        json_dumps_params={"ensure_ascii": False, "indent": 2},
        headers={"Content-Disposition": 'attachment; filename="parent-school.json"'},
    )


@never_cache
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request, show_message=False)
    return redirect("/")


@never_cache
@require_POST
@login_required
def sign_out_everywhere(request: PersonRequest) -> HttpResponse:
    closing.sign_out_everywhere(request.user)
    logout(request, show_message=False)
    messages.success(request, _("You are signed out on every device."))
    return redirect("accounts:sign_in")


@never_cache
@form_view
@login_required
def close(request: PersonRequest) -> HttpResponse:
    form = CloseAccountForm(request.user, request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return render(request, "account/close.html", {"form": form})
    closing.close_account(request.user)
    logout(request, show_message=False)
    return redirect("accounts:closed")


def closed(request: HttpRequest) -> HttpResponse:
    return render(request, "account/closed.html")


def privacy_page(request: HttpRequest) -> HttpResponse:
    page = {
        "version": privacy.VERSION,
        "operator": settings.OPERATOR_NAME,
        "contact": settings.OPERATOR_CONTACT,
    }
    return render(request, "account/privacy.html", page)
