"""Sheets as files to take away 「导出」: the core's own outputs, of one sheet or of all that a list shows."""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import BinaryIO, cast

from django.db.models import F, QuerySet

from jixiao.domain.plan import Plan
from jixiao.services.files import Document, stems
from jixiao.services.reviewing import batch_of
from jixiao.web.goals.contents import reviewed
from jixiao.web.goals.documents import as_plan, together
from jixiao.web.goals.models import Sheet, SheetKind, SheetVersion
from jixiao.web.goals.platforms import forms, is_platform, workbook
from jixiao.web.goals.selectors import Shown, Wanted, sheets
from jixiao.web.jobs import results
from jixiao.web.jobs.models import Job
from jixiao.web.kernel import clock
from jixiao.web.kernel.acts import Refused
from jixiao.web.kernel.people import Actor
from jixiao.web.organisations.models import FiscalYear, Organisation
from jixiao.writers.registry import writer_named
from jixiao.writers.reviewed import Reviewed

OF_ONE: Mapping[str, str] = {
    "docx": "表（Word）", "xlsx": "表（Excel）", "html": "表（网页）", "opinion": "审核意见（Word）", "json": "数据（JSON）"
}  # fmt: skip
"""What one sheet is taken away as"""
OF_MANY: Mapping[str, str] = {
    "letters": "审核意见（一家一份，压缩包）", "workbook": "审核总表（Excel）", "report": "审核报告（网页）",
    "docx": "文本（一家一份Word，压缩包）", "xlsx": "文本（一家一份Excel，压缩包）", "html": "文本（一家一份网页，压缩包）",
}  # fmt: skip
"""What all sheets of a list are taken away as"""


def forms_of_many() -> Mapping[str, str]:
    """These, and rows for the budget platform by every template there is."""
    return {**OF_MANY, **forms()}


MOST_SHEETS = 3_000
AT_ONCE = 200
"""Sheets up to which a person waits for the answer: two seconds (9 ms a sheet reviewed and written, on the two cores an office has); more
are made in the background"""
_NONE = "这个条件下没有表，没有可导出的"
_NO_LETTER = "只有绩效文本第一部分，没有绩效目标表，不单独评等级、出审核意见。要和绩效目标表一起审"
_STAGES = {SheetKind.MONITORING: "监控", SheetKind.SELF_EVALUATION: "自评"}


@dataclass(frozen=True)
class Taken:
    """A file to be taken away: its name, what it is (``docx``), its content, the sheets in it."""

    name: str
    kind: str
    content: BinaryIO
    sheets: tuple[int, ...]


def forms_of(shown: Shown) -> Mapping[str, str]:
    """What a sheet is taken away as: of Part One alone there is no letter, a text is graded with its goal sheets."""
    return {form: words for form, words in OF_ONE.items() if form != "opinion" or shown.plan.goal_sheets}


def one(shown: Shown, form: str) -> Taken:
    """One sheet in the official form, or the letter about it."""
    sheet = shown.sheet
    kind = "" if sheet.project is None else str(sheet.get_kind_display())
    title = f"{sheet.unit.name}{sheet.year}年{sheet.title}{kind}"
    plan = replace(shown.plan, title=shown.plan.title or title)
    if form == "opinion":
        if not shown.plan.goal_sheets:
            raise Refused(_NO_LETTER, status=404)
        content = writer_named("opinion").write(Reviewed(plan, shown.review, title))
        return Taken(f"{title}.审核意见.docx", "docx", held(content), (sheet.pk,))
    if form not in OF_ONE:
        raise Refused(f"没有“{form}”这种导出", status=404)
    name = f"{title}-第{shown.version.number}版.{form}"
    return Taken(name, form, held(writer_named(form).write(plan)), (sheet.pk,))


@dataclass(frozen=True)
class DepartmentSet:
    """What a list shows of one department at one stage, as one plan."""

    department: Organisation
    stage: str
    plan: Plan

    @property
    def name(self) -> str:
        """``清源县商务局``, ``清源县商务局自评``."""
        return f"{self.department.name}{self.stage}"


Progress = Callable[[int, int, str], object]


def is_large(rows: QuerySet[Sheet]) -> bool:
    """Whether nobody is to wait for a list of these sheets to be made into a file."""
    return rows.order_by().values("pk")[: AT_ONCE + 1].count() > AT_ONCE


def many(
    actor: Actor, year: int, rows: QuerySet[Sheet], what: str, as_of: date, progress: Progress = lambda *_: None
) -> Taken:
    """All sheets of a list; reviewed anew by the rules of the year, department by department. ``progress`` is told (departments
    done, all, whose turn it is).

    Raises Refused where there are none or too many, or no such output.
    """
    if what not in forms_of_many():
        raise Refused(f"没有“{what}”这种导出", status=404)
    versions = _versions(actor, rows)
    keys = tuple(version.sheet_id for version in versions)
    if is_platform(what):
        progress(0, 1, "照模板写各行")
        title = f"{year}年{forms()[what].replace('：', ' ')}"
        content = workbook([(one.sheet, as_plan(one.document)) for one in versions], what, title, as_of)
        return Taken(f"{title}.xlsx", "xlsx", held(content), keys)
    sets = list(_sets(versions))
    told = _Told(len(sets), progress)
    names = stems([Document(Path(one.name), f"{one.name}.docx") for one in sets])
    title = f"{year}年{sets[0].department.name if len(sets) == 1 else ''}部门预算绩效文本"
    if what in ("docx", "xlsx", "html"):
        files = (
            (f"{n}{year}年绩效文本.{what}", writer_named(what).write(s.plan))
            for n, s in zip(names, told.each(sets), strict=True)
        )
        return Taken(f"{title}.zip", "zip", _zipped(files), keys)
    if what == "letters" and not any(one.plan.goal_sheets for one in sets):
        raise Refused(_NO_LETTER, status=404)
    rulesets = _rulesets(actor, year, sets)
    found = [
        Reviewed(s.plan, reviewed(s.plan, rulesets.get(s.department.region_id, ""), as_of), n)
        for n, s in zip(names, told.each(sets), strict=True)
    ]
    told.last("写成文件")
    if what == "letters":
        return Taken(f"{title}审核意见.zip", "zip", _zipped(_letters(found)), keys)
    batch = batch_of([Document(Path(r.stem), r.stem) for r in found], dict(enumerate(found)), title, as_of)
    if what == "workbook":
        return Taken(f"{title}审核总表.xlsx", "xlsx", held(writer_named("summary").write(batch)), keys)
    return Taken(f"{title}审核报告.html", "html", held(writer_named("report").write(batch)), keys)


def _letters(found: Sequence[Reviewed]) -> Iterator[tuple[str, bytes]]:
    """The letters, and the departments that have none."""
    opinion = writer_named("opinion")
    yield from ((opinion.file_name(one.stem), opinion.write(one)) for one in found if one.plan.goal_sheets)
    if left := [one.stem for one in found if not one.plan.goal_sheets]:
        yield "没有审核意见的.txt", "".join(f"{stem}：{_NO_LETTER}\n" for stem in left).encode()


def ask_for_many(actor: Actor, year: int, wanted: Wanted, what: str) -> Job:
    """As ``many``, in the background: the job of which the result is to come (``jobs.results``). Raises Refused where there are none."""
    if not sheets(actor, year, wanted).exists():
        raise Refused(_NONE, status=404)
    day = clock.today().isoformat()
    title = f"{year}年{forms_of_many()[what]}"
    return results.ask(actor, "sheet.export", title=title, year=year, wanted=vars(wanted), what=what, day=day)


class _Told:
    """Tells how far it is: a step a department, one for the file."""

    def __init__(self, count: int, progress: Progress) -> None:
        self.total, self._progress = count + 1, progress

    def each(self, sets: Sequence[DepartmentSet]) -> Iterator[DepartmentSet]:
        for done, one in enumerate(sets):
            self._progress(done, self.total, one.name)
            yield one

    def last(self, words: str) -> None:
        self._progress(self.total - 1, self.total, words)


def _versions(actor: Actor, rows: QuerySet[Sheet]) -> list[SheetVersion]:
    keys = list(rows.order_by().values_list("pk", flat=True)[: MOST_SHEETS + 1])
    if not keys:
        raise Refused(_NONE, status=404)
    if len(keys) > MOST_SHEETS:
        raise Refused(f"超过 {MOST_SHEETS} 张，一次导不完。请加条件（如按部门）再导", status=413)
    found = SheetVersion.objects.restrict(actor, "sheet.export").filter(sheet__in=keys, number=F("sheet__version"))
    ordered = found.select_related("sheet__unit__department", "sheet__unit__region").defer("findings")
    return list(
        ordered.order_by("sheet__unit__department__order", "sheet__unit__department", "sheet__unit__order", "sheet")
    )


def _sets(versions: Sequence[SheetVersion]) -> Iterator[DepartmentSet]:
    grouped: dict[tuple[int, str], list[SheetVersion]] = {}
    for version in versions:
        sheet = version.sheet
        department = sheet.unit.department or sheet.unit
        grouped.setdefault((department.pk, _STAGES.get(SheetKind(sheet.kind), "")), []).append(version)
    for (_, stage), found in grouped.items():
        place = found[0].sheet.unit.department or found[0].sheet.unit
        whole = [as_plan(v.document) for v in found if v.sheet.kind == SheetKind.PART_ONE]
        rest = [as_plan(v.document) for v in found if v.sheet.kind != SheetKind.PART_ONE]
        yield DepartmentSet(place, stage, together(whole[0] if whole else None, rest))


def _rulesets(actor: Actor, year: int, sets: Sequence[DepartmentSet]) -> dict[int, str]:
    regions = {one.department.region_id for one in sets}
    rows = FiscalYear.objects.restrict(actor, "year.view").filter(year=year, region__in=regions)
    return dict(rows.values_list("region", "ruleset"))


def held(content: bytes) -> BinaryIO:
    """Content as a temporary file, to be sent from its beginning; it goes when it is closed."""
    made = tempfile.TemporaryFile(prefix="jixiao-")  # noqa: SIM115 - the answer closes it
    made.write(content)
    made.seek(0)
    return cast("BinaryIO", made)


def _zipped(files: Iterator[tuple[str, bytes]]) -> BinaryIO:
    made = tempfile.TemporaryFile(prefix="jixiao-")  # noqa: SIM115 - the answer closes it
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    made.seek(0)
    return cast("BinaryIO", made)
