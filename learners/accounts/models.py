"""A person with an account, and what they consented to."""

import uuid

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from learners.accounts.protected import EncryptedTextField


def new_username() -> str:
    return uuid.uuid4().hex


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

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def __str__(self) -> str:
        return self.get_full_name()

    def get_full_name(self) -> str:
        return self.name or (self.username if self.is_staff else str(_("Parent")))

    def get_short_name(self) -> str:
        return self.get_full_name()
