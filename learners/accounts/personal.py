"""What the accounts themselves know about a person."""

import uuid
from functools import partial
from typing import Any

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils import timezone
from wagtail.users.models import UserProfile

from learners.accounts import reading
from learners.accounts.models import User, new_username

# What Wagtail keeps of somebody's work in its admin; pages, comments and history stay, nameless.
AT_WORK = ("api_tokens", "editing_sessions", "wagtail_form_states", "page_subscriptions")


def export(user: User) -> dict[str, Any]:
    return {
        "account": {
            "id": str(user.public_id),
            "name": user.name,
            "username": user.username if user.has_usable_password() else None,
            "phone": user.phone,
            "email": user.email,
            "language": user.language,
            "joined_at": _moment(user.date_joined),
            "last_sign_in_at": _moment(user.last_login),
            "roles": sorted(user.groups.values_list("name", flat=True)),
        },
        "consents": [
            {"purpose": purpose, "version": version, "given_at": _moment(given_at)}
            for purpose, version, given_at in user.consents.order_by("given_at").values_list(
                "purpose", "version", "given_at"
            )
        ],
        "read_by_staff": reading.of(user),
    }


def _moment(value: Any) -> str | None:
    return timezone.localtime(value).isoformat() if value else None


def erase(user: User) -> None:
    """The row stays, nameless: what others count and what was published hangs on it."""
    user.set_phone("", verified=False)
    user.username, user.name, user.email = new_username(), "", ""
    user.public_id = uuid.uuid4()  # the old one stands in what the person downloaded
    user.date_joined = timezone.localtime(user.date_joined).replace(
        hour=0, minute=0, second=0, microsecond=0
    )
    user.language = User._meta.get_field("language").default
    user.set_unusable_password()
    user.is_active = user.is_staff = user.is_superuser = False
    user.last_login = None
    user.session_epoch += 1
    user.save()
    user.groups.clear()
    user.user_permissions.clear()
    user.consents.all().delete()
    EmailAddress.objects.filter(user=user).delete()
    reading.forget_names(user)
    _erase_work(user)


def _erase_work(user: User) -> None:
    for name in AT_WORK:
        getattr(user, name).all().delete()
    user.expert_pages.update(user=None)
    for profile in UserProfile.objects.filter(user=user):
        if profile.avatar:
            transaction.on_commit(partial(profile.avatar.storage.delete, profile.avatar.name))
        profile.delete()
