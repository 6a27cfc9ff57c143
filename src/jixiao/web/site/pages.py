"""Views: what right a page asks for stands at its function, so that a test can walk them all.

Filters live in the address. A parameter that a page does not know is named in a banner, trackers (utm_…) are dropped; it is
never silently ignored.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Collection, Mapping
from typing import Any, Concatenate, ParamSpec, Protocol, cast

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_http_methods

from jixiao.web.kernel.acts import NotAllowed
from jixiao.web.kernel.people import Actor
from jixiao.web.site.again import ended
from jixiao.web.site.errors import problem

P = ParamSpec("P")
_TRACKERS = re.compile(r"^(utm_\w+|spm|from|share_\w+|fbclid|gclid|_t)$")


class Request(HttpRequest):
    """A request of somebody signed in, as ``page`` hands it to a view."""

    actor: Actor
    request_id: str
    unknown: list[str]
    """Parameters of the address that this page does not know"""
    about: tuple[str, int] | None
    """The object the page shows, as the audit log names it (``projects.project``, id): the frame links its history"""


InYear = Callable[..., Mapping[str, Any] | None]
"""Of (actor, year=…, …): what of a page's address differs in another fiscal year; None where that year has no such page"""


About = tuple[str, str]
"""(kind of object, argument of the address with its id; empty: whoever is signed in)"""


class Page(Protocol):
    """A view with what it asks for."""

    right: str | None
    parameters: frozenset[str]
    methods: frozenset[str]
    signed_in: bool
    in_year: InYear | None
    about: About | None

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase: ...


def page(
    right: str | None,
    *,
    parameters: Collection[str] = (),
    methods: Collection[str] = ("GET",),
    signed_in: bool = True,
    in_year: InYear | None = None,
    about: About | None = None,
) -> Callable[[Callable[Concatenate[Request, P], HttpResponseBase]], Page]:
    """Make a view of a function. ``right`` is the action it asks for (None: all who are signed in; with ``signed_in`` False:
    everybody), ``parameters`` are those of the address that it knows. ``in_year`` says where a page about one object stands
    in another fiscal year; ``about`` says which object that is (a view that finds it out by itself sets ``request.about``)."""

    known = frozenset(parameters)

    def make(function: Callable[Concatenate[Request, P], HttpResponseBase]) -> Page:
        @functools.wraps(function)
        def view(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            asked = cast("Request", request)
            if signed_in and not request.user.is_authenticated:
                return _sign_in_first(request)
            if signed_in and right is not None and not asked.actor.may(right):
                raise NotAllowed("您没有打开这一页的权限。需要时请找本单位管理员，或财政部门的安全管理员")
            asked.unknown = [name for name in request.GET if name not in known and not _TRACKERS.match(name)]
            asked.about = _about(about, asked, kwargs)
            return function(asked, *args, **kwargs)

        made = cast("Any", require_http_methods([*methods, *(("HEAD",) if "GET" in methods else ())])(view))
        made.right, made.parameters, made.signed_in = right, known, signed_in
        made.methods, made.in_year, made.about = frozenset(methods), in_year, about
        return cast("Page", made)

    return make


def _about(about: About | None, request: Request, kwargs: Mapping[str, Any]) -> tuple[str, int] | None:
    if about is None:
        return None
    kind, argument = about
    key = kwargs.get(argument) if argument else request.actor.id
    return (kind, int(key)) if key is not None else None


def _sign_in_first(request: HttpRequest) -> HttpResponse:
    if request.headers.get("HX-Request"):
        return HttpResponse("登录已超时，请在新窗口重新登录，再回来接着办。这一页上填的内容没有丢", status=401)
    if request.method != "GET":
        if "application/json" in request.headers.get("Accept", ""):
            return problem(401, "登录已超时，请重新登录再送一次。填的内容没有丢")
        return ended(request)
    return redirect_to_login(request.get_full_path())
