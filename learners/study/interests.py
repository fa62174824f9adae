"""What a person wants to be recommended: chosen by them, changed and forgotten by them."""

import json
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from learners.accounts.models import Consent
from learners.study.models import Interests

CONSENT, CONSENT_VERSION = "circumstances", "2026-11"
"""To keep circumstances, recorded when they are; the form says what for."""


@dataclass(frozen=True)
class Chosen:
    age_stages: tuple[str, ...] = ()
    circumstances: tuple[str, ...] = ()


def of(user: Any) -> Chosen:
    row = Interests.objects.filter(user=user).first()
    if row is None:
        return Chosen()
    return Chosen(tuple(row.age_stages), tuple(json.loads(row.circumstances or "[]")))


@transaction.atomic
def choose(user: Any, chosen: Chosen) -> None:
    """Replaces what was chosen; without circumstances their consent ends too."""
    kept = json.dumps(list(chosen.circumstances)) if chosen.circumstances else ""
    Interests.objects.update_or_create(
        user=user, defaults={"age_stages": list(chosen.age_stages), "circumstances": kept}
    )
    consent = {"user": user, "purpose": CONSENT, "version": CONSENT_VERSION}
    if kept:
        Consent.objects.get_or_create(**consent)
    else:
        Consent.objects.filter(user=user, purpose=CONSENT).delete()


def export(user: Any) -> dict[str, Any]:
    chosen = of(user)
    return {
        "interests": {
            "age_stages": list(chosen.age_stages),
            "circumstances": list(chosen.circumstances),
        }
    }


def erase(user: Any) -> None:
    Interests.objects.filter(user=user).delete()
