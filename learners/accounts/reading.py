"""Staff who read personal data leave a trace (PRODUCT.md rule 9).

The entries stand in Wagtail's history (Reports, Site history) and in the person's own download.
They name nobody: a log of names would be one more list of people.
"""

from collections.abc import Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from wagtail.models import ModelLogEntry

from learners.accounts.models import User

READ = "accounts.read"


def note(reader: User, people: Iterable[User], where: str) -> None:
    """In one statement for any number of people; reading about oneself is nobody's concern."""
    common = {
        "content_type": ContentType.objects.get_for_model(User),
        "label": str(User._meta.verbose_name),
        "action": READ,
        "timestamp": timezone.now(),
        "user": reader,
        "data": {"where": where},
    }
    ModelLogEntry.objects.bulk_create(
        ModelLogEntry(object_id=str(person.pk), **common)
        for person in people
        if person.pk != reader.pk
    )


def of(person: User) -> list[dict[str, Any]]:
    """When staff read about this person, and on which page; not who: they are people too."""
    entries = ModelLogEntry.objects.for_instance(person).filter(action=READ).order_by("timestamp")
    return [
        {"at": timezone.localtime(at).isoformat(), "where": data["where"]}
        for at, data in entries.values_list("timestamp", "data")
    ]


def forget_names(person: User) -> None:
    """Wagtail writes into its history what somebody was called when they were changed."""
    entries = ModelLogEntry.objects.for_instance(person)
    entries.exclude(action=READ).update(label=str(User._meta.verbose_name), data={})
