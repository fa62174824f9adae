"""Where allauth meets our people: phones, redirects, and its own words left out."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

from learners.accounts import sms
from learners.accounts.landing import home_of
from learners.accounts.models import User


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """allauth's own sign-up stays shut: the sign-in form is the only door."""
        return False

    def is_safe_url(self, url: str) -> bool:
        """Only this very site; allauth would also follow every other allowed host."""
        request = context.request
        return url_has_allowed_host_and_scheme(
            url, allowed_hosts={request.get_host()}, require_https=request.is_secure()
        )

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return home_of(request.user)

    def add_message(self, *args: Any, message: str | None = None, **kwargs: Any) -> None:
        """allauth's remarks ("Successfully signed in as …") would wait for a later page."""
        if message:
            super().add_message(*args, message=message, **kwargs)

    def get_user_by_phone(self, phone: str) -> User | None:
        return User.objects.with_phone(phone).first()

    def get_phone(self, user: Any) -> tuple[str, bool] | None:
        return (user.phone, user.phone_verified) if user.phone else None

    def set_phone(self, user: Any, phone: str, verified: bool) -> None:
        user.set_phone(phone, verified)
        user.save(update_fields=["phone", "phone_hash", "phone_verified"])

    def set_phone_verified(self, user: Any, phone: str) -> None:
        user.phone_verified = True
        user.save(update_fields=["phone_verified"])

    def send_verification_code_sms(self, user: Any, phone: str, code: str, **kwargs: Any) -> None:
        """`phone` is what the session holds, the masked number; the row has the real one."""
        sms.send_code(user.phone, code)
