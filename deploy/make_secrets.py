"""Adds the secrets that an environment file lacks: python make_secrets.py var/env [NAME ...].

Further names get a random word each. Runs before any package is needed; what the file already
says is never changed.
"""

import base64
import os
import secrets
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

SECRETS: dict[str, Callable[[], str]] = {
    "SECRET_KEY": lambda: secrets.token_urlsafe(48),
    # The format of a Fernet key.
    "FIELD_KEYS": lambda: base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(),
    "FIELD_HASH_KEY": lambda: secrets.token_urlsafe(32),
}


def add_secrets(path: Path, further: Sequence[str] = ()) -> list[str]:
    """Writes the missing ones and returns their names."""
    makers = SECRETS | dict.fromkeys(further, secrets.token_urlsafe)
    path.parent.mkdir(parents=True, exist_ok=True)
    text = path.read_text() if path.exists() else ""
    present = {line.partition("=")[0].strip() for line in text.splitlines()}
    missing = [name for name in makers if name not in present]
    if missing:
        lines = "".join(f"{name}={makers[name]()}\n" for name in missing)
        separator = "" if not text or text.endswith("\n") else "\n"
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "a") as file:
            file.write(separator + lines)
    path.chmod(0o600)
    return missing


if __name__ == "__main__":
    written = add_secrets(Path(sys.argv[1]), sys.argv[2:])
    if written:
        print(f"Fresh random secrets in {sys.argv[1]}: {', '.join(written)}")
