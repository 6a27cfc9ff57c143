"""The key that opens the desk of one person, once."""

from __future__ import annotations

import hmac
import secrets
from pathlib import Path

KEY_FILE = "desk.key"


def new_key(folder: Path) -> str:
    """A key for the next opening; one that was not used is worth nothing from now on."""
    key = secrets.token_urlsafe(24)
    path = folder / KEY_FILE
    path.unlink(missing_ok=True)
    path.touch(0o600)
    path.write_text(key, encoding="ascii")
    return key


def take_key(folder: Path, given: str) -> bool:
    """Whether this is the key; it is gone then. Of two who bring it at once one gets in."""
    path = folder / KEY_FILE
    try:
        key = path.read_text(encoding="ascii")
    except OSError:
        return False
    if not key or not hmac.compare_digest(key.encode(), given.encode()):
        return False
    try:
        path.unlink()  # the system lets one of two do it
    except OSError:
        return False
    return True
