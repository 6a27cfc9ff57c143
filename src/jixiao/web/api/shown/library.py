"""What the library of indicators proposes for a sheet, and the library as a workbook."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Sequence
from typing import Annotated, Any

from django.http import FileResponse
from pydantic import Field

from jixiao.domain.indicator import IndicatorKind
from jixiao.library import Asked, library
from jixiao.services.indicator_library import to_workbook
from jixiao.web.api.router import Operation
from jixiao.web.api.types import Answer, QueryWords
from jixiao.web.files.answers import attachment
from jixiao.web.kernel import clock
from jixiao.web.kernel.people import Actor
from jixiao.web.library import selectors, services
from jixiao.web.library.models import State
from jixiao.web.library.selectors import Filter


class Proposal(Answer):
    """An indicator that fits, with the reason in words. ``hint``: what its target looks like."""

    code: str
    name: str
    kind: str
    unit_name: str
    hint: str
    explanation: str
    formula: str
    evidence: str
    reason: str


class Proposals(Answer):
    rows: list[Proposal]


def suggestions(
    actor: Actor,
    project: QueryWords | None = None,
    purpose: QueryWords | None = None,
    kind: IndicatorKind | None = None,
    typed: QueryWords | None = None,
    most: Annotated[int, Field(ge=1, le=20)] = 5,
) -> Any:
    """按项目名称、资金用途推荐指标，各说为什么；kind 只要一种二级指标，typed 是已经写的几个字。"""
    asked = Asked(project or "", purpose or "", kind=kind, typed=typed or "")
    return {
        "rows": [
            {
                "code": one.entry.code,
                "name": one.entry.name,
                "kind": one.entry.kind.value,
                "unit_name": one.entry.unit,
                "hint": one.entry.hint,
                "explanation": one.entry.explanation,
                "formula": one.entry.formula,
                "evidence": one.entry.evidence,
                "reason": one.reason,
            }
            for one in selectors.proposed(actor, asked, most)
        ]
    }


def export(
    actor: Actor,
    q: QueryWords | None = None,
    sector: QueryWords | None = None,
    kind: IndicatorKind | None = None,
    state: State | None = None,
) -> FileResponse:
    """本级指标库的指标（Excel）：条件同 /library-indicators，全部页。"""
    narrowed = Filter((q or "").strip(), sector or "", kind.value if kind else "", state.value if state else "")
    rows = list(selectors.listed(actor, narrowed).order_by("code"))
    title = f"指标库（{len(rows)}条）"
    data = to_workbook([one.entry for one in rows], library().sectors, clock.today(), title)
    services.note_export(actor, count=len(rows), digest=hashlib.sha256(data).hexdigest())
    return attachment(io.BytesIO(data), f"{title}.xlsx", "xlsx")


OPERATIONS: Sequence[Operation] = (
    Operation(
        "GET", "/library-proposals", suggestions, "library.view", "library_proposals", "推荐指标", "指标库", Proposals
    ),
    Operation("GET", "/library-export", export, "library.view", "export_library", "导出指标库", "指标库"),
)
