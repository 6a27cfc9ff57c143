"""Signing in by name and password, with a pause after too many failures."""

from __future__ import annotations

import unicodedata
from datetime import timedelta
from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.http import HttpRequest

from jixiao.web.accounts.actors import has_left
from jixiao.web.accounts.models import User
from jixiao.web.kernel import clock

MOST_FAILURES = 5
PAUSE = timedelta(minutes=15)


class Backend(BaseBackend):
    """Names and passwords of ``User``; who is locked or has left gets in by neither."""

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **_: Any
    ) -> User | None:
        del request
        user = User.objects.unrestricted("signing in").filter(username=as_stored(username or "")).first()
        if user is None or has_left(user) or is_locked(user):
            User().set_password(password or "")  # as long as for a name that gets in
            return None
        return user if user.check_password(password or "") else None

    def get_user(self, user_id: int) -> User | None:
        found = User.objects.unrestricted("whose session it is").select_related("organisation", "organisation__region")
        user: User | None = found.filter(pk=user_id, is_active=True).first()
        return None if user is None or has_left(user) else user


def as_stored(username: str) -> str:
    """A user name as it is stored: full-width letters and capitals make no difference."""
    return unicodedata.normalize("NFKC", username).strip().lower()


def is_locked(user: User) -> bool:
    """Whether too many failures have just been made in their name."""
    return user.locked_until is not None and user.locked_until > clock.now()
