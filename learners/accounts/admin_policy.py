"""Whom an administrator may manage: staff. Only a superuser reaches parents and superusers.

Rule 9 of PRODUCT.md: parents are nobody's list to browse; and whoever could set a superuser's
password would be one.
"""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from wagtail.permission_policies import ModelPermissionPolicy

from learners.accounts.models import PersonQuerySet, User


class PeoplePolicy(ModelPermissionPolicy):
    def user_has_permission_for_instance(self, user: Any, action: str, instance: User) -> bool:
        return self.user_has_permission(user, action) and may_manage(user, instance)

    def instances_user_has_any_permission_for(
        self, user: Any, actions: Iterable[str]
    ) -> PersonQuerySet:
        people = super().instances_user_has_any_permission_for(user, actions)
        if user.is_superuser:
            return people
        parents = {"password__startswith": UNUSABLE_PASSWORD_PREFIX}
        return people.filter(is_superuser=False).exclude(**parents)


def may_manage(user: Any, person: User) -> bool:
    return user.is_superuser or (person.has_usable_password() and not person.is_superuser)
