"""The interface put together."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.apps import apps
from ninja import NinjaAPI

from jixiao import __version__
from jixiao.web.api import acts, approving, offered, opinions, problems, resources, reviewing, sets, transfer
from jixiao.web.api.auth import Session, Token
from jixiao.web.api.openapi import finished
from jixiao.web.api.reading import RESOURCES
from jixiao.web.api.router import Router
from jixiao.web.kernel.acts import Service


class Api(NinjaAPI):
    """With refusals declared for every operation."""

    def get_openapi_schema(self, **options: Any) -> Any:
        return finished(super().get_openapi_schema(**options))


def load_services() -> None:
    """Import every module that may register services: those an app calls ``services``, and those beside it."""
    for config in apps.get_app_configs():
        if config.name.startswith("jixiao.web."):
            for module in _modules(config.name):
                import_module(module)


def _modules(package: str) -> list[str]:
    spec = find_spec(package)
    found = []
    for place in (spec.submodule_search_locations or []) if spec is not None else []:
        for file in sorted(Path(place).rglob("*.py")):
            parts = file.relative_to(place).with_suffix("").parts
            if "migrations" not in parts and "@service(" in file.read_text(encoding="utf-8"):
                found.append(".".join([package, *(part for part in parts if part != "__init__")]))
    return found


def make() -> NinjaAPI:
    """The interface with every list and every service there is."""
    api = Api(
        title="绩效工作平台接口",
        version="1",
        description=f"jixiao {__version__}。网页能办的都能用接口办。出错时回答 application/problem+json，写明哪个字段、怎么改。",
        urls_namespace="api",
        docs_url=None,
        openapi_url="/openapi.json",
        auth=[Token(), Session()],
    )
    problems.install(api)
    router = Router()
    for tag, some in RESOURCES.items():
        for resource in some:
            resources.add(router, resource, tag)
    load_services()
    transfer.add(router)
    approving.add(router)
    sets.add(router)
    reviewing.add(router)
    opinions.add(router)
    for service in acts.services():
        if (function := done_by(service)) is not None:
            acts.add(router, service, function, tag_of(service))
    for code, (title, right, function) in offered.BESIDES.items():
        service = Service(code, title, right, function)
        acts.add(router, service, function, tag_of(service))
    api.add_router("", router)
    return api


def done_by(service: Service) -> Callable[..., Any] | None:
    """What does a service for a program; None where its name is offered to none."""
    return service.function if service.code in offered.THEMSELVES else offered.INSTEAD.get(service.code)


def tag_of(service: Service) -> str:
    """What operations of a subject are filed under."""
    subject = service.code.partition(".")[0]
    return _TAGS.get(subject, subject)


_TAGS = {
    "region": "单位和年度",
    "organisation": "单位和年度",
    "responsibility": "单位和年度",
    "reform": "单位和年度",
    "year": "单位和年度",
    "round": "单位和年度",
    "person": "人员",
    "account": "人员",
    "right": "人员",
    "token": "人员",
    "project": "项目库",
    "sheet": "报送的表",
    "point": "报送的表",
    "explanation": "报送的表",
    "comment": "报送的表",
    "library": "指标库",
    "intake": "收件台",
    "finding": "收件台",
    "approval": "审核和批复",
    "approvals": "审核和批复",
    "flow": "审核和批复",
    "sheets": "审核和批复",
    "audit": "审计日志",
    "import": "导入",
    "operation": "运行",
}
