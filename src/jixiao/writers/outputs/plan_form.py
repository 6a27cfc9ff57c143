"""The plan in the official forms, the usual one or one of a layout: to be read, printed, or filled in further."""

from __future__ import annotations

from jixiao.documents import to_docx, to_html, to_xlsx
from jixiao.domain.plan import Plan
from jixiao.layouts import Layout
from jixiao.writers.plan_form import plan_document
from jixiao.writers.registry import writer


@writer("docx", "整理稿.docx", Plan, asked=True)
def plan_docx(plan: Plan, layout: Layout | None = None) -> bytes:
    """The plan as a Word file."""
    return to_docx(plan_document(plan, layout))


@writer("xlsx", "整理稿.xlsx", Plan, asked=True)
def plan_xlsx(plan: Plan, layout: Layout | None = None) -> bytes:
    """The plan as a workbook, a worksheet for every project."""
    return to_xlsx(plan_document(plan, layout))


@writer("html", "整理稿.html", Plan, asked=True)
def plan_html(plan: Plan, layout: Layout | None = None) -> bytes:
    """The plan as a web page."""
    return to_html(plan_document(plan, layout)).encode()
