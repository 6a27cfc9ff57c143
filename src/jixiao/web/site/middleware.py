"""Around every request: headers of safety, who it is, answers in words where something is refused."""

from __future__ import annotations

import re
import secrets
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from jixiao.web.kernel.acts import Refused
from jixiao.web.kernel.people import Actor
from jixiao.web.kernel.reach import Reach
from jixiao.web.site.errors import problem, told

Answer = Callable[[HttpRequest], HttpResponseBase]
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; manifest-src 'self'"
)
_SLIDES_EVERY = 600
_ID = re.compile(r"^[A-Za-z0-9-]{8,40}$")


ActorOf = Callable[[Any, str, str], Actor]
_ACTORS: list[ActorOf] = []


def actors_by(function: ActorOf) -> None:
    """How a signed-in user, with the id and address of a request, becomes an actor; the app of accounts says so."""
    _ACTORS[:] = [function]


class Headers:
    """What every answer says to the browser: no script or style but our own, no frames, nothing kept by proxies."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("Permissions-Policy", "camera=(self), geolocation=(), microphone=()")
        if not request.path.startswith(settings.STATIC_URL):
            response.headers.setdefault("Cache-Control", "no-store")
        return response


class Who:
    """``request.actor``, ``request.request_id``; who still has a first password sees no other page than that of a new one."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        given = request.headers.get("X-Request-Id", "")
        request.request_id = given if _ID.match(given) else secrets.token_hex(8)  # type: ignore[attr-defined]
        request.actor = SimpleLazyObject(lambda: _actor(request))  # type: ignore[attr-defined]
        user = request.user
        if user.is_authenticated and getattr(user, "first_password", False) and not _is_open(request.path):
            return redirect("password")
        if user.is_authenticated:
            _slide(request)
        response = self.get_response(request)
        response.headers["X-Request-Id"] = request.request_id  # type: ignore[attr-defined]
        return response


def _slide(request: HttpRequest) -> None:
    """The session lasts from the last use on; written anew every ten minutes at most, not with every page."""
    now = int(time.time())
    if now - int(request.session.get("used", 0)) >= _SLIDES_EVERY:
        request.session["used"] = now


def _is_open(path: str) -> bool:
    own = path in (reverse("password"), reverse("logout"))
    return own or path.startswith((settings.STATIC_URL, "/api/"))  # the interface refuses by itself, in its own form


def _actor(request: HttpRequest) -> Actor:
    address = request.META.get("REMOTE_ADDR", "")
    if not request.user.is_authenticated:
        return Actor(None, "", lambda _: Reach(), request_id=request.request_id, address=address)  # type: ignore[attr-defined]
    (actor_of,) = _ACTORS
    return actor_of(request.user, request.request_id, address)  # type: ignore[attr-defined]


class Answers:
    """What a service or a selector refused becomes an answer in words, with its status."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, Refused):
            return None
        return answer(request, error)


def answer(request: HttpRequest, error: Refused) -> HttpResponse:
    """The refusal as problem+json for programs, as a page for people, as a line for a part of a page."""
    wants: Any = request.headers.get("Accept", "")
    if request.path.startswith("/api/") or "application/json" in wants:
        return problem(error.status, error.message, error.field)
    return told(request, error.status, error.message)
