"""A form that was sent after the session ended: its content goes round through the sign-in and is sent again, nothing is lost."""

from __future__ import annotations

from dataclasses import dataclass

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

_SALT = "jixiao.again"
_NEVER = frozenset({"csrfmiddlewaretoken", "password", "old", "new", "again", "code", "carried"})
"""What is not carried: tokens and secrets"""
_LONGEST = 24 * 3600
_MOST = 1_000_000


@dataclass(frozen=True)
class Carried:
    """A form on its way: where it goes, its fields in order, whether files were left behind."""

    path: str
    fields: tuple[tuple[str, str], ...]
    had_files: bool


def carry(request: HttpRequest) -> str:
    """The form of a request, signed, so that nobody prepares one for another; empty where it is too long or a secret."""
    fields = [(name, value) for name in request.POST if name not in _NEVER for value in request.POST.getlist(name)]
    if any(name in request.POST for name in _NEVER - {"csrfmiddlewaretoken"}):
        return ""
    text = signing.dumps([request.get_full_path(), fields, bool(request.FILES)], salt=_SALT, compress=True)
    return text if len(text) <= _MOST else ""


def carried(text: str) -> Carried | None:
    """What ``carry`` wrote; None for anything else."""
    try:
        path, fields, had_files = signing.loads(text, salt=_SALT, max_age=_LONGEST)
        return Carried(path, tuple((name, value) for name, value in fields), bool(had_files))
    except (signing.BadSignature, ValueError, TypeError):
        return None


def ended(request: HttpRequest) -> HttpResponse:
    """The answer to a form sent without a session: sign in here, then it goes on. 401."""
    content = {"carried": carry(request), "had_files": bool(request.FILES)}
    return render(request, "jixiao/ended.html", content, status=401)
