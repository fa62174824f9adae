"""A person with an account, and what they consented to."""

import uuid
from datetime import datetime
from typing import ClassVar, Self

from django.conf import settings
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from learners.accounts.phone import mask_phone
from learners.accounts.protected import EncryptedTextField, keyed_hash


def new_username() -> str:
    return uuid.uuid4().hex


class PersonQuerySet(models.QuerySet["User"]):
    def with_phone(self, phone: str) -> Self:
        """Whose number this is (E.164), confirmed or not."""
        return self.filter(phone_hash=keyed_hash(phone))

    def unconfirmed(self, before: datetime) -> Self:
        """Made by the sign-in form before then, and never confirmed by a code."""
        return self.filter(
            phone_verified=False,
            phone_hash__isnull=False,
            last_login=None,
            password__startswith=UNUSABLE_PASSWORD_PREFIX,
            date_joined__lt=before,
        )


class PersonManager(UserManager["User"]):
    use_in_migrations = False

    def get_queryset(self) -> PersonQuerySet:
        return PersonQuerySet(self.model, using=self._db)

    def with_phone(self, phone: str) -> PersonQuerySet:
        return self.get_queryset().with_phone(phone)

    def unconfirmed(self, before: datetime) -> PersonQuerySet:
        return self.get_queryset().unconfirmed(before)


class User(AbstractUser):
    """A parent signs in by phone and has a meaningless username; staff sign in by password.

    `phone` is E.164; it is found by `phone_hash` only. `session_epoch` counts "sign out
    everywhere": sessions and learning tokens of an earlier epoch are worth nothing.
    """

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    username = models.CharField(_("username"), max_length=150, unique=True, default=new_username)
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=60, blank=True)
    phone = EncryptedTextField(_("phone"), blank=True)
    phone_hash = models.CharField(max_length=64, unique=True, null=True, editable=False)
    phone_verified = models.BooleanField(default=False, editable=False)
    session_epoch = models.PositiveIntegerField(default=0, editable=False)
    language = models.CharField(
        _("language"),
        max_length=10,
        default="zh-hans",
        choices=[("zh-hans", "简体中文"), ("en", "English")],
    )

    objects: ClassVar[PersonManager] = PersonManager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def __str__(self) -> str:
        """Wagtail writes this into its history, which more people read than may know a parent."""
        return self.get_full_name() if self.has_usable_password() else str(_("A parent"))

    def get_full_name(self) -> str:
        return self.name or (self.username if self.is_staff else str(_("A parent")))

    def get_short_name(self) -> str:
        return self.get_full_name()

    @property
    def masked_phone(self) -> str:
        return mask_phone(self.phone)

    def set_phone(self, phone: str, verified: bool) -> None:
        """`phone` is E.164, or empty for none; the caller saves."""
        self.phone = phone
        self.phone_hash = keyed_hash(phone) if phone else None
        self.phone_verified = bool(phone) and verified

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        # Django's own hash covers the password alone; parents have none to change.
        salt = "learners.accounts.models.User.session"
        value = f"{self.password}:{self.session_epoch}"
        return salted_hmac(salt, value, secret=secret, algorithm="sha256").hexdigest()


class Consent(models.Model):
    """That a person agreed to a purpose, in which words (`version`) and when."""

    wagtail_reference_index_ignore = True

    PRIVACY = "privacy"

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="consents",
        verbose_name=_("person"),
    )
    purpose = models.CharField(_("purpose"), max_length=30)
    version = models.CharField(_("version"), max_length=20)
    given_at = models.DateTimeField(_("given at"), default=timezone.now)

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "purpose", "version"], name="accounts_consent_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.version}"
