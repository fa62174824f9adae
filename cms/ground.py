"""Whoever may only add pages — an expert — sees their own and the way there, nothing beside it.

Wagtail lets everybody look through a whole branch in which they may add one page. In the explorer,
its search, the choosers, the reports and the admin's API it asks these policies instead.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet
from wagtail.models import Page
from wagtail.permission_policies.collections import CollectionOwnershipPermissionPolicy
from wagtail.permission_policies.pages import PagePermissionPolicy

BEYOND_OWN = {"change", "publish", "lock", "unlock", "bulk_delete"}


class OwnPagesPolicy(PagePermissionPolicy):
    """Seen: what one may work on, what lies below one's own pages, and the way there."""

    def explorable_instances(self, user: Any) -> QuerySet[Page]:
        pages: QuerySet[Page] = super().explorable_instances(user)
        if user.is_superuser or not user.is_active:
            return pages
        own = self.model._default_manager.filter(owner=user)
        path = ExpressionWrapper(OuterRef("path"), output_field=CharField())
        above = own.annotate(below=path).filter(below__startswith=F("path"))
        workable = self.instances_user_has_any_permission_for(user, BEYOND_OWN)
        seen = self.model._default_manager.filter(
            Q(Exists(above)) | Q(pk__in=workable.values("pk")) | Q(pk__in=self._way(user))
        )
        # By their ids: the search of the admin's API understands nothing else.
        return pages.filter(pk__in=seen.values("pk"))

    def _way(self, user: Any) -> QuerySet[Page]:
        """The pages that rights were given on, and those above them."""
        found = self.model._default_manager.none()
        for right in self.get_cached_permissions_for_user(user):
            found |= self.model._default_manager.ancestor_of(right.page, inclusive=True)
        return found.order_by().values("pk")


class OwnFilesPolicy(CollectionOwnershipPermissionPolicy):
    """To choose a picture or a document that is not one's own takes the right to change it."""

    def instances_user_has_any_permission_for(
        self, user: Any, actions: Iterable[str]
    ) -> QuerySet[Any]:
        found = super().instances_user_has_any_permission_for(user, actions)
        if user.is_superuser or "choose" not in actions:
            return found
        shared = self._collections_with_perm(user, ["change"])
        return found.filter(
            Q(**{self.owner_field_name: user}) | Q(collection__in=shared.values("pk"))
        )

    def user_has_any_permission_for_instance(
        self, user: Any, actions: Iterable[str], instance: Any
    ) -> bool:
        allowed: bool = super().user_has_any_permission_for_instance(user, actions, instance)
        if not allowed or user.is_superuser or "choose" not in actions:
            return allowed
        return getattr(instance, self.owner_field_name) == user or bool(
            self._check_perm(user, ["change"], collection=instance.collection)
        )


def pages_seen_by(user: Any) -> QuerySet[Page]:
    """In the admin; with the root, from which choosers begin."""
    seen = OwnPagesPolicy(Page).explorable_instances(user)
    return Page.objects.filter(Q(pk__in=seen.values("pk")) | Q(depth=1))


def sees_own_only(user: Any) -> bool:
    """Holds for experts: nowhere more than the right to add."""
    return not OwnPagesPolicy(Page).user_has_any_permission(user, BEYOND_OWN - {"change"})
