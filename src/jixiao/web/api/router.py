"""Operations with what each asks for beside them: its right, its parameters, nothing else."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any, cast

from django.http import HttpRequest
from ninja import Router as NinjaRouter
from ninja.operation import Operation

from jixiao.web.kernel.acts import NotAllowed, Refused
from jixiao.web.site.pages import Request


class Unknown(Refused):
    """A parameter of the address that the operation does not declare."""

    status = 400


def declared(operation: Operation) -> frozenset[str]:
    """The names of the query parameters of an operation."""
    found: set[str] = set()
    for model in operation.models:
        if model.__ninja_param_source__ == "query":
            found |= set(getattr(model, "__ninja_flatten_map__", None) or model.model_fields)
    return frozenset(found)


class Router(NinjaRouter):
    """Operations refuse parameters they do not declare, and whoever has not their ``right``."""

    def add(
        self,
        method: str,
        path: str,
        view: Callable[..., Any],
        *,
        right: str | None,
        name: str,
        summary: str,
        response: Any,
        about: str = "",
        tags: Sequence[str] | None = None,
        extra: dict[str, Any] | None = None,
    ) -> None:
        """One operation. ``right`` is the action it asks for; None: whoever is signed in."""

        known: frozenset[str] = frozenset()

        @wraps(view)
        def run(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            actor = cast("Request", request).actor
            unknown = [parameter for parameter in request.GET if parameter not in known]
            if unknown:
                hint = f"可以用的有：{'、'.join(sorted(known))}" if known else "这个操作没有参数"
                raise Unknown(f"不认得参数“{unknown[0]}”。{hint}", field=unknown[0])
            if right is not None and not actor.may(right):
                raise NotAllowed("您没有这项权限，或者令牌的范围不包括它。需要时请找本单位管理员")
            return view(request, *args, **kwargs)

        run.right = right  # type: ignore[attr-defined]
        run.__signature__ = inspect.signature(view, eval_str=True)  # type: ignore[attr-defined]
        self.add_api_operation(
            path,
            [method],
            run,
            response=response,
            operation_id=name,
            summary=summary,
            description=about or None,
            tags=list(tags) if tags else None,
            openapi_extra=extra,
        )
        known = declared(self.path_operations[path].operations[-1])
