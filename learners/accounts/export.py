"""Everything about one person, for them to take away, or to be erased with the account.

Each module named in settings.PERSONAL_DATA keeps some of it and has two functions:
`export(user)` gives a dict of sections made of JSON values, `erase(user)` removes what says
who somebody was, inside the transaction that closes the account.
"""

from importlib import import_module
from types import ModuleType
from typing import Any

from django.conf import settings
from django.utils import timezone

from learners.accounts.models import User


def keepers() -> list[ModuleType]:
    return [import_module(name) for name in settings.PERSONAL_DATA]


def everything_about(user: User) -> dict[str, Any]:
    sections: dict[str, Any] = {"exported_at": timezone.localtime().isoformat()}
    for keeper in keepers():
        sections |= keeper.export(user)
    return sections
