"""The project pool of a year, as its page lists it and as a workbook."""

from __future__ import annotations

import hashlib
import io
from typing import Annotated, Any, Literal

from django.http import FileResponse
from pydantic import Field

from jixiao.web.api.router import Operation
from jixiao.web.api.types import Answer, Cursor, Key, QueryWords, QueryYesNo, Year
from jixiao.web.files.answers import attachment
from jixiao.web.kernel import clock
from jixiao.web.kernel.keyset import page_of
from jixiao.web.kernel.people import Actor
from jixiao.web.projects import selectors, services
from jixiao.web.projects.export import workbook
from jixiao.web.projects.models import ProjectClass
from jixiao.web.projects.selectors import Filter

Changed = Literal["new", "up", "down", "same"]
_ORDER = ("project__unit__order", "project__unit_id", "code")


class PoolRow(Answer):
    """A project in a year; money in fen. ``last_fen`` is that of the year before."""

    id: int
    project: int
    year: int
    code: str
    name: str
    unit: int
    project_class: str
    is_key: bool
    total_fen: int | None
    fiscal_fen: int | None
    other_fen: int | None
    last_fen: int | None


class PoolSums(Answer):
    """Over the whole list. ``unknown`` have no amount."""

    count: int
    total_fen: int | None
    fiscal_fen: int | None
    unknown: int


class Pool(Answer):
    rows: list[PoolRow]
    after: Annotated[str, Field(description="下一页的 after；空为最后一页")]
    total: int
    sums: PoolSums


def pool(
    actor: Actor,
    year: Year,
    q: QueryWords | None = None,
    department: Key | None = None,
    unit: Key | None = None,
    project_class: ProjectClass | None = None,
    key: QueryYesNo | None = None,
    change: Changed | None = None,
    dropped: QueryYesNo | None = None,
    after: Cursor | None = None,
    size: Annotated[int, Field(ge=1, le=200)] = 50,
) -> Any:
    """项目库一个年度的项目，连上年的数和合计。key 重点项目；change 与上年比；dropped 上年有、今年没列。"""
    rows = selectors.listed(
        actor,
        year,
        Filter(
            (q or "").strip(),
            department,
            unit,
            project_class.value if project_class else "",
            bool(key),
            change or "",
            bool(dropped),
        ),
    )
    found = page_of(rows, _ORDER, after or "", size=size)
    sums = selectors.sums(rows)
    return {
        "rows": [_row(one) for one in found.rows],
        "after": found.after,
        "total": found.total,
        "sums": {
            "count": sums.count,
            "total_fen": sums.total_fen,
            "fiscal_fen": sums.fiscal_fen,
            "unknown": sums.unknown,
        },
    }


def _row(one: Any) -> dict[str, Any]:
    own = {
        name: getattr(one, name)
        for name in ("year", "code", "name", "total_fen", "fiscal_fen", "other_fen", "last_fen")
    }
    project = one.project
    of_project = {"unit": project.unit_id, "project_class": project.project_class, "is_key": project.is_key}
    return {"id": one.pk, "project": one.project_id, **own, **of_project}


def export_projects(
    actor: Actor,
    year: Year,
    q: QueryWords | None = None,
    department: Key | None = None,
    unit: Key | None = None,
    project_class: ProjectClass | None = None,
    key: QueryYesNo | None = None,
    change: Changed | None = None,
    dropped: QueryYesNo | None = None,
) -> FileResponse:
    """项目清单（Excel）：条件同 /pool，全部页。"""
    narrowed = Filter(
        (q or "").strip(),
        department,
        unit,
        project_class.value if project_class else "",
        bool(key),
        change or "",
        bool(dropped),
    )
    rows = list(selectors.listed(actor, year, narrowed, "sheet.export").order_by(*_ORDER, "pk"))
    title = f"{year}年度项目（{len(rows)}个）"
    content = workbook(rows, title, clock.today())
    digest = hashlib.sha256(content).hexdigest()
    services.note_export(actor, projects=[one.project_id for one in rows], digest=digest, what=f"导出{title}")
    return attachment(io.BytesIO(content), f"{title}.xlsx", "xlsx")


OPERATIONS = (
    Operation("GET", "/pool", pool, "project.view", "project_pool", "项目库的一年", "项目库", Pool),
    Operation("GET", "/projects-export", export_projects, "sheet.export", "export_projects", "导出项目清单", "项目库"),
)
