"""Styles, scripts and pictures 「静态文件」: under an address with a digest of all of them, kept by browsers for a year.

The digest stands in the folder, not in the name: ``/static/-3f2a…/jixiao/app.js``. So scripts that import one another and styles that name
pictures find them beside themselves, and nothing has to be collected and renamed before the server starts. Another release has another
digest, so nobody sees old styles with new pages. Without the digest the same files are answered too, to be kept a minute.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import StaticFilesStorage
from whitenoise.middleware import WhiteNoiseMiddleware

_LENGTH = 16


def _every() -> dict[str, str]:
    """Name → path of all static files; of two with one name the first counts, as where they are served."""
    found: dict[str, str] = {}
    for finder in finders.get_finders():
        for name, storage in finder.list(None):
            found.setdefault(name.replace("\\", "/"), storage.path(name))
    return found


@cache
def stamp() -> str:
    """``-`` and the digest of all static files: the folder they are served in."""
    whole = hashlib.sha256()
    for name, path in sorted(_every().items()):
        with Path(path).open("rb") as content:
            whole.update(f"{name}\0{hashlib.file_digest(content, 'sha256').hexdigest()}\n".encode())
    return f"-{whole.hexdigest()[:_LENGTH]}"


class Stamped(StaticFilesStorage):
    """Addresses of static files, with the stamp."""

    def url(self, name: str | None) -> str:
        return super().url(f"{stamp()}/{name}")


class Static(WhiteNoiseMiddleware):  # type: ignore[misc]  # it has no types
    """Serves them with the stamp (a year, never asked for again) and without it (a minute)."""

    FOREVER = 365 * 24 * 3600

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        for name, path in _every().items():
            self.add_file_to_dictionary(f"{self.static_prefix}{stamp()}/{name}", path)

    def immutable_file_test(self, path: str, url: str) -> bool:
        del path
        return bool(url.startswith(f"{self.static_prefix}{stamp()}/"))
