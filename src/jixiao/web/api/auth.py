"""Who calls: by a token in ``Authorization: Bearer``, or signed in to the pages, then with the CSRF header for whatever changes."""

from __future__ import annotations

from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest
from ninja.errors import AuthenticationError
from ninja.security.base import AuthBase
from ninja.utils import check_csrf

from jixiao.web.accounts.actors import actor_for
from jixiao.web.accounts.tokens import token_of
from jixiao.web.kernel.acts import NotAllowed
from jixiao.web.site.pages import Request

_FIRST = "初始密码还没有改。请先在网页上登录，改了密码再用接口"


class Token(AuthBase):
    """A token of ``accounts.ApiToken``."""

    openapi_type = "http"
    openapi_scheme = "bearer"
    openapi_description = "在“我的令牌”里新建；有范围和有效期，随时可以吊销"

    def __call__(self, request: HttpRequest) -> Any:
        given = request.headers.get("Authorization")
        if given is None:
            return None
        scheme, _, value = given.partition(" ")
        token = token_of(value.strip()) if scheme.lower() == "bearer" else None
        if token is None:
            raise AuthenticationError
        if token.user.first_password:
            raise NotAllowed(_FIRST)
        asked = cast("Request", request)
        asked.actor = actor_for(
            token.user,
            request_id=asked.request_id,
            scopes=frozenset(token.scopes),
            address=request.META.get("REMOTE_ADDR", ""),
        )
        return token


class Session(AuthBase):
    """The session of somebody signed in to the pages."""

    openapi_type = "apiKey"
    openapi_in = "cookie"
    openapi_name = settings.SESSION_COOKIE_NAME
    openapi_description = "网页上的登录；改动要带请求头 X-CSRFToken"

    def __call__(self, request: HttpRequest) -> Any:
        if not request.user.is_authenticated:
            return None
        if check_csrf(request):
            raise NotAllowed("缺少防伪造的请求头 X-CSRFToken。请从网页上取，或改用令牌")
        if getattr(request.user, "first_password", False):
            raise NotAllowed(_FIRST)
        return request.user
