"""A sheet to take away as it is written now 「导出现在的样子」: its draft in the form of its year, marked as one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from django.utils import timezone

from jixiao.documents import to_docx, to_xlsx
from jixiao.web.editor.selectors import Written, layout_of_sheet
from jixiao.web.goals.exports import Taken, held
from jixiao.web.goals.models import SheetKind
from jixiao.web.goals.platforms import forms, is_platform, workbook
from jixiao.web.kernel import clock
from jixiao.web.kernel.acts import Refused
from jixiao.web.kernel.people import Actor
from jixiao.writers.plan_form import plan_document
from jixiao.writers.typed_words import marked, with_typed_words

AS_IT_IS: Mapping[str, str] = {"docx": "Word", "xlsx": "Excel"}
"""What a draft is taken away as"""


def forms_of(found: Written) -> Mapping[str, str]:
    """These, and rows for the budget platform where the sheet has such."""
    has_rows = found.sheet.kind in (SheetKind.GOAL, SheetKind.DEPARTMENT_WIDE)
    return {**AS_IT_IS, **(forms() if has_rows else {})}


def state_of(found: Written) -> str:
    """How a sheet stands, in words: 「草稿：第2版之后第7次改动」, 「第2版」."""
    draft = found.draft
    if draft is None or not draft.is_ahead:
        return f"第{found.sheet.version}版"
    return f"草稿：第{found.sheet.version}版之后改动{draft.revision - draft.named}次（第{draft.revision}次改动）"


def title_of(found: Written) -> str:
    """What files of it are called."""
    sheet = found.sheet
    kind = "" if sheet.project is None else str(sheet.get_kind_display())
    return f"{sheet.unit.name}{sheet.year}年{sheet.title}{kind}"


def as_written(actor: Actor, found: Written, form: str) -> Taken:
    """The sheet as its cells show it, with its ids inside. Raises Refused for a form there is not."""
    if is_platform(form):
        name = f"{title_of(found)}-{state_of(found).split('：')[0]}-{form}"
        content = workbook([(found.sheet, found.plan)], form, name, timezone.localtime(clock.now()).date())
        return Taken(f"{name}.xlsx", "xlsx", held(content), (found.sheet.pk,))
    if form not in AS_IT_IS:
        raise Refused(f"没有“{form}”这种导出，可以是 {'、'.join(AS_IT_IS)}", field="form", status=404)
    title = title_of(found)
    plan = replace(found.plan, title=found.plan.title or title)
    document = with_typed_words(plan_document(plan, layout_of_sheet(actor, found.sheet)), plan)
    day = timezone.localtime(clock.now())
    document = marked(document, f"{state_of(found)}，{day:%Y-%m-%d %H:%M}导出")
    content = to_docx(document) if form == "docx" else to_xlsx(document)
    words = state_of(found).split("：")[0]
    name = f"{title}-{words}{found.revision or ''}.{form}" if words == "草稿" else f"{title}-{words}.{form}"
    return Taken(name, form, held(content), (found.sheet.pk,))
