"""The project pool as a workbook: exactly the list that is shown, all its pages."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from jixiao.documents.value import A4_LANDSCAPE, Column, Document, Section, listing
from jixiao.documents.xlsx import to_xlsx
from jixiao.web.projects.models import ProjectYear

_COLUMNS = (
    Column("项目编码", 24),
    Column("项目名称", 36),
    Column("单位编码", 12),
    Column("单位名称", 26),
    Column("项目类别", 14),
    Column("预算数（万元）", 16, format="#,##0.00####"),
    Column("财政资金（万元）", 16, format="#,##0.00####"),
    Column("其他资金（万元）", 16, format="#,##0.00####"),
    Column("起始年度", 10),
    Column("终止年度", 10),
    Column("重点项目", 10),
    Column("上级文号", 24),
)
"""Called as the import calls them, so that a list taken away can be brought back"""


def workbook(rows: Sequence[ProjectYear], title: str, day: date) -> bytes:
    """The rows with all digits of their money."""
    table = listing(_COLUMNS, (_row(one) for one in rows), frozen=2)
    return to_xlsx(Document(title, day, (Section((table,), A4_LANDSCAPE, "项目"),)))


def _row(one: ProjectYear) -> tuple[str | Decimal | None, ...]:
    project = one.project
    return (
        one.code or None,
        one.name,
        project.unit.code,
        project.unit.name,
        project.get_project_class_display() or None,
        _wan(one.total_fen),
        _wan(one.fiscal_fen),
        _wan(one.other_fen),
        str(project.starts_in) if project.starts_in else None,
        str(project.ends_in) if project.ends_in else None,
        "是" if project.is_key else "否",
        project.upper_document or None,
    )


def _wan(fen: int | None) -> Decimal | None:
    return None if fen is None else Decimal(fen) / 1_000_000
