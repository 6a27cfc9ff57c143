"""Answers of the interface that Django gives by itself, in the form of all others."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from jixiao.web.site.errors import problem


class Methods:
    """A method that an address does not know: problem+json, with ``Allow``."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if response.status_code != 405 or not request.path.startswith("/api/"):
            return response
        allowed = response.headers.get("Allow", "")
        told = problem(405, f"这个地址不能用 {request.method}，可以用 {allowed}")
        told.headers["Allow"] = allowed
        return told
