"""Sheets to write in."""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

from django.http import HttpResponse
from django.test import Client

from jixiao.domain.plan import Plan
from jixiao.web.accounts.roles import Role
from jixiao.web.editor.models import Draft
from jixiao.web.goals.contents import content_of, reviewed
from jixiao.web.goals.documents import as_plan, one_sheet
from jixiao.web.goals.models import Sheet, SheetKind, SheetVersion
from jixiao.web.goals.services import take_version
from jixiao.web.kernel import clock
from web.make import YEAR, Office
from web.samples import plan_of


def sheet_of(county: Office, project: str = "招商费用", plan: Plan | None = None) -> Sheet:
    """The goal sheet of a project in the pool, with one version."""
    found = one_sheet(plan or plan_of(1), 0)
    content = content_of(found, reviewed(found, "hebei", clock.today()), SheetKind.GOAL)
    pool = county.projects[project]
    version = take_version(
        county.actor(Role.PERFORMANCE_SECTION),
        unit=pool.unit_id,
        project=pool.pk,
        year=YEAR,
        content=content,
        reason="测试",
    )
    return version.sheet


def plan_now(sheet: Sheet) -> Plan:
    """What a sheet says now."""
    draft = Draft.objects.unrestricted("test").filter(sheet=sheet).first()
    if draft is not None:
        return as_plan(draft.document)
    version = SheetVersion.objects.unrestricted("test").filter(sheet=sheet).order_by("-number").first()
    assert version is not None
    return as_plan(version.document)


def rows(sheet: Sheet) -> list[str]:
    return [row.id for row in plan_now(sheet).goal_sheets[0].indicators]


def put(thing: str, cell: str, text: str, was: str = "", key: str = "") -> dict[str, Any]:
    return {"id": key or str(uuid4()), "kind": "put", "thing": thing, "cell": cell, "was": was, "text": text}


def send(
    client: Client, sheet: Sheet, *operations: dict[str, Any], page: str = "page-one-1", seen: int = 0
) -> HttpResponse:
    """What a page sends."""
    data = json.dumps({"client": page, "seen": seen, "operations": operations})
    answer: HttpResponse = client.post(
        f"/{YEAR}/sheets/{sheet.pk}/edit/save",
        data,
        content_type="application/json",
        headers={"Accept": "application/json"},
    )
    return answer
