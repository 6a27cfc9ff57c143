"""Operations with what each asks for beside them: its right, its parameters, nothing else."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Any, cast

from django.http import HttpRequest
from ninja import Router as NinjaRouter
from ninja.operation import Operation as NinjaOperation

from jixiao.web.accounts.scopes import scope_label
from jixiao.web.kernel.acts import NotAllowed, Refused
from jixiao.web.kernel.people import Actor
from jixiao.web.site.pages import Request


class Unknown(Refused):
    """A parameter of the address or a field of a form that the operation does not declare, or one not of the shape it declares."""

    status = 400


def declared(operation: NinjaOperation, *sources: str) -> frozenset[str]:
    """The names of the parameters of an operation that come from ``sources``."""
    found: set[str] = set()
    for model in operation.models:
        if model.__ninja_param_source__ in sources:
            found |= set(getattr(model, "__ninja_flatten_map__", None) or model.model_fields)
    return frozenset(found)


@dataclass(frozen=True)
class Operation:
    """An operation as a function of who acts and its parameters. ``response`` None: a file. ``right`` None: whoever is signed in."""

    method: str
    path: str
    function: Callable[..., Any]
    right: str | None
    name: str
    title: str
    tag: str
    response: Any = None

    def view(self) -> Callable[..., Any]:
        """The function as the router takes it: of a request."""
        function = self.function

        def run(request: HttpRequest, **given: Any) -> Any:
            return function(cast("Request", request).actor, **given)

        _, *parameters = inspect.signature(function, eval_str=True).parameters.values()
        first = inspect.Parameter("request", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=HttpRequest)
        run.__signature__ = inspect.Signature([first, *parameters])  # type: ignore[attr-defined]
        run.__name__ = self.name
        return run


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
        fields: frozenset[str] = frozenset()

        @wraps(view)
        def run(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            actor = cast("Request", request).actor
            unknown = [parameter for parameter in request.GET if parameter not in known]
            if unknown:
                hint = f"可以用的有：{'、'.join(sorted(known))}" if known else "这个操作没有参数"
                raise Unknown(f"不认得参数“{unknown[0]}”。{hint}", field=unknown[0])
            if right is not None and not actor.may(right):
                raise NotAllowed(not_allowed(actor, right))
            unknown = [name for name in (*request.POST, *request.FILES) if name not in fields] if fields else []
            if unknown:
                hint = f"可以有的是：{'、'.join(sorted(fields))}"
                raise Unknown(f"{unknown[0]}：没有这个字段。{hint}", field=unknown[0], status=422)
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
            description="\n\n".join(part for part in (about, _asks(right)) if part),
            tags=list(tags) if tags else None,
            openapi_extra=extra,
        )
        made = self.path_operations[path].operations[-1]
        known, fields = declared(made, "query"), declared(made, "form", "file")


def not_allowed(actor: Actor, right: str) -> str:
    """Why somebody may not do this: the token does not reach so far, or they themselves do not."""
    words = scope_label(right)
    if not actor.covers(right):
        return f"这个令牌的范围里没有“{words}”（{right}）。请在网页的“我的令牌”里新建一个，勾上它"
    return f"您没有“{words}”的权限。需要时请找本单位管理员，或财政部门的安全管理员"


def _asks(right: str | None) -> str:
    return f"权限：{scope_label(right)}（令牌的范围 `{right}`）" if right is not None else "权限：凡是登录的人"
