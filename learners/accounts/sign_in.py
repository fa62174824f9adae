"""One sign-in form for known and unknown phones (ARCHITECTURE.md decision 12).

An unknown phone gets an unconfirmed account first; from there allauth's login-by-code runs
the same for both. docs/decisions/0010-one-sign-in-form.md tells why.
"""

import secrets
import time
from enum import Enum
from typing import Any, Self

from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.models import Login
from allauth.account.stages import LoginByCodeStage, LoginStageController
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.http import HttpRequest, HttpResponse

from learners.accounts import limits, sms
from learners.accounts.models import Consent, User
from learners.accounts.protected import keyed_hash

WAIT = 60  # seconds before a code may be sent again


def person_with_phone(phone: str) -> User:
    """Whose phone (E.164) this is; an unknown one gets an unconfirmed account.

    Two requests at once make one account: `phone_hash` is unique, the later one reads it.
    """
    user, _created = User.objects.get_or_create(
        phone_hash=keyed_hash(phone), defaults={"phone": phone, "password": make_password(None)}
    )
    return user


@transaction.atomic
def confirm(user: User, consent: str) -> None:
    """The code was right: from here the account counts."""
    if not user.phone_verified:
        user.phone_verified = True
        user.save(update_fields=["phone_verified"])
    Consent.objects.get_or_create(user=user, purpose=Consent.PRIVACY, version=consent)


class Answer(Enum):
    RIGHT = "right"
    WRONG = "wrong"
    OVER = "over"


class SignInProcess(LoginCodeVerificationProcess):
    """allauth's process, whose session holds neither the phone nor the code.

    state["phone"] is the masked number that the page shows, state["code"] a keyed hash;
    state["shown"] is the code itself, only while no real gateway is chosen.
    """

    @classmethod
    def begin(cls, request: HttpRequest, user: User, consent: str) -> Self:
        """Sends the first code; `consent` is the version of the privacy page agreed to."""
        login = Login(user=user)
        login.state["stages"] = {"current": LoginByCodeStage.key}
        stage = LoginByCodeStage(LoginStageController(request, login), request, login)
        stage.state.update(
            cls.initial_state(user=user, phone=user.masked_phone),
            initiated_by_user=True,
            nonce=secrets.token_hex(8),
            consent=consent,
        )
        process = cls(stage=stage)
        process.send()
        process.persist()
        return process

    @classmethod
    def pending(cls, request: HttpRequest) -> Self | None:
        """The sign-in this browser has begun, unless it expired."""
        stage = LoginStageController.enter(request, LoginByCodeStage.key)
        process = cls(stage=stage) if stage else None
        return process.abort_if_invalid() if process else None

    def is_valid(self) -> bool:
        return self.user is not None and super().is_valid()

    def is_for(self, phone: str) -> bool:
        return self.user.phone_hash == keyed_hash(phone)

    @property
    def seconds_to_wait(self) -> int:
        return max(0, round(self.state["at"] + WAIT - time.time()))

    def generate_code(self) -> str:
        code = super().generate_code()
        self.state["code"] = keyed_hash(code)
        self.state["shown"] = code if sms.shows_codes() else ""
        return code

    def add_sent_message(self, context: dict[str, Any]) -> None:
        """The page itself says where the code went."""

    def resend(self) -> None:
        """A fresh code with its own five minutes; the attempts go on counting."""
        limits.spend_a_code(self.request, self.user.phone)
        self.send()
        self.state["at"] = time.time()
        self.record_resend()
        self.persist()

    def check(self, code: str) -> "Answer":
        """What this guess is; a wrong one costs an attempt, the last one ends the process."""
        if not limits.spend_an_attempt(self.request, self.state["nonce"]):
            self.abort()
            return Answer.OVER
        if secrets.compare_digest(self.code, keyed_hash(code)):
            return Answer.RIGHT
        return Answer.WRONG if self.record_invalid_attempt() else Answer.OVER

    def finish(self, redirect_url: str | None) -> HttpResponse:
        if self.user.is_active:
            confirm(self.user, self.state["consent"])
        # Else allauth would note the number in the session for as long as it lasts.
        del self.state["phone"]
        return super().finish(redirect_url)


def ask_for_code(request: HttpRequest, phone: str, consent: str) -> None:
    """Sends a code to this phone, known or not; a double tap sends only one.

    Raises RateLimited, PhoneLimitedError, SMSFailedError.
    """
    process = SignInProcess.pending(request)
    if process and process.is_for(phone) and process.seconds_to_wait:
        return
    limits.spend_a_code(request, phone)
    # The row is committed before anything is sent: no gateway is waited for in a transaction.
    SignInProcess.begin(request, person_with_phone(phone), consent)
