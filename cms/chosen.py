"""What a page shows is from one's own ground: its files from one's library, its links to pages
that everybody may open or that one may see. The choosers offer nothing else, but a form can be
filled in by hand. What an editor put there before stays."""

from collections import defaultdict
from typing import Any

from django.db.models import ForeignKey, Q, QuerySet
from wagtail.documents import get_document_model
from wagtail.fields import StreamField
from wagtail.images import get_image_model
from wagtail.models import Page
from wagtail.permissions import policy_registry

from cms.ground import pages_seen_by
from media.models import Recording

Chosen = dict[Any, set[str]]
"""Ids by the model of a file, or by Page."""
CHOOSABLE = ["change", "delete", "choose"]


def in_field(field: Any, value: Any) -> Chosen:
    found: Chosen = defaultdict(set)
    if isinstance(field, StreamField) and value:
        for model, pk, _path, _place in field.extract_references(value):
            found[Page if issubclass(model, Page) else model].add(str(pk))
    if isinstance(field, ForeignKey) and value is not None:
        found[field.related_model].add(str(value.pk))
    return found


def foreign(user: Any, now: Chosen, before: Chosen) -> bool:
    """Is there something new that this person cannot have chosen?"""
    for model in (get_image_model(), get_document_model(), Recording, Page):
        added = now.get(model, set()) - before.get(model, set())
        if added and choosable(user, model).filter(pk__in=added).count() != len(added):
            return True
    return False


def choosable(user: Any, model: Any) -> QuerySet[Any]:
    if model is Page:
        return Page.objects.filter(Q(pk__in=pages_seen_by(user).values("pk")) | Q(live=True))
    policy = policy_registry.get_by_type(model)
    found: QuerySet[Any] = policy.instances_user_has_any_permission_for(user, CHOOSABLE)
    return found
