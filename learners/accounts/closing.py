"""Ending sessions, and ending an account."""

from django.db import transaction
from django.db.models import F

from learners.accounts.export import keepers
from learners.accounts.models import User


def sign_out_everywhere(user: User) -> None:
    """Every session and learning token handed out so far is worth nothing from now on."""
    User.objects.filter(pk=user.pk).update(session_epoch=F("session_epoch") + 1)


@transaction.atomic
def close_account(user: User) -> None:
    """Nobody can be recognised afterwards; completions stay, nameless (PRODUCT.md rule 9)."""
    # The person's row first: the one order of locks (ARCHITECTURE.md decision 11).
    person = User.objects.select_for_update().get(pk=user.pk)
    for keeper in reversed(keepers()):
        keeper.erase(person)
