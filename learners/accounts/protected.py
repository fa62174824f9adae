"""Personal facts are encrypted at rest, with a keyed hash where they must be found exactly.

PRODUCT.md rule 9 and ARCHITECTURE.md decision 13. Keys come from FIELD_KEYS (Fernet, newest
first, so that keys can be rotated) and FIELD_HASH_KEY.
"""

import hashlib
import hmac
from functools import lru_cache
from typing import Any

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.db import models


@lru_cache(maxsize=4)
def _cipher(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])


def encrypt(value: str) -> str:
    return _cipher(tuple(settings.FIELD_KEYS)).encrypt(value.encode()).decode()


def decrypt(value: str) -> str:
    """The text that `encrypt` was given; raises InvalidToken under a foreign key."""
    return _cipher(tuple(settings.FIELD_KEYS)).decrypt(value.encode()).decode()


def keyed_hash(value: str) -> str:
    """64 hex digits by which an encrypted value is found, useless without the key."""
    return hmac.new(settings.FIELD_HASH_KEY.encode(), value.encode(), hashlib.sha256).hexdigest()


class EncryptedTextField(models.TextField):
    """Text that reads plain in Python and is stored encrypted; empty stays empty."""

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> str | None:
        return decrypt(value) if value else value

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)
        return encrypt(value) if value else value
