"""A sheet to begin with 「起一张」: blank as the form of the year prescribes it, or copied from another sheet. Values and reading only.

What the pool says of a project (code, name, unit, money) is filled in. What is copied keeps its words, years in them too: they are
for whoever writes to change, and for the rules to find. Its things get ids of their own; which ones they had is kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from hashlib import sha256
from typing import Any, TypeVar, cast

from jixiao.domain.cells import cell_text
from jixiao.domain.form import Kind, every_field
from jixiao.domain.goal_sheet import Budget, GoalSheet, Project
from jixiao.domain.identity import COLLECTIONS, identified, pointers
from jixiao.domain.indicator import Indicator
from jixiao.domain.money import CurrencyUnit, Money
from jixiao.domain.organisation import Organisation
from jixiao.domain.period import FiscalYear
from jixiao.domain.plan import Plan, Source
from jixiao.layouts import Layout, blank
from jixiao.library import Entry
from jixiao.parameters import rulesets
from jixiao.web.editor.models import Begun
from jixiao.web.editor.selectors import layout_by
from jixiao.web.goals.contents import Content, content_of, reviewed
from jixiao.web.goals.documents import as_plan, part_one
from jixiao.web.goals.models import Sheet, SheetKind
from jixiao.web.kernel import clock
from jixiao.web.organisations.models import Organisation as Unit
from jixiao.web.projects.models import ProjectYear

Thing = TypeVar("Thing")
WHOLE_DEPARTMENT = "部门整体支出"
"""What the sheet of a whole department calls its project, by which it is told from those of projects"""
_CENT = Decimal("0.01")
_BASE_32 = "abcdefghijklmnopqrstuvwxyz234567"
_FROM_THE_POOL = frozenset({"project/code", "project/name", "budget_unit/code", "budget_unit/name"})
_MONEY = frozenset({"budget/currency_unit", "budget/total", "budget/fiscal", "budget/other"})
_OF_THE_UNIT = frozenset({"department/code", "department/name", "currency_unit", "fiscal_year"})
_NO_CELLS = (Kind.ID, Kind.PART, Kind.PARTS, Kind.COUNT, Kind.STAGE, Kind.YEAR, Kind.CURRENCY)


@dataclass(frozen=True)
class Of:
    """What a sheet is to be of: a project as the pool lists it in the year, or a unit; by the ruleset of the year."""

    kind: SheetKind
    unit: Unit
    year: int
    ruleset: str
    listed: ProjectYear | None = None


@dataclass(frozen=True)
class Beginning:
    """A sheet to begin with; ``things`` and ``cells`` as ``models.Begun`` keeps them."""

    way: Begun.Way
    content: Content
    reason: str
    source: int | None = None
    things: Mapping[str, str] | None = None
    cells: Mapping[str, Mapping[str, str]] | None = None


def from_nothing(of: Of) -> Beginning:
    """The blank form: rows and points as it prescribes them, nothing in them."""
    by = rulesets().get(of.ruleset)
    plan = blank(
        layout_by(of.ruleset),
        project=_project(of),
        budget_unit=_organisation(of.unit),
        department=_organisation(of.unit.department or of.unit),
        year=FiscalYear(of.year),
        ruleset=by,
    )
    plan = replace(plan, source=_source("起自空白表"))
    if of.kind is SheetKind.PART_ONE:
        plan = identified(replace(part_one(plan), title=f"{of.unit.name}{of.year}年部门预算绩效文本"))
    else:
        (sheet,) = plan.goal_sheets
        plan = replace(plan, goal_sheets=(replace(sheet, budget=_money(of, sheet.budget)),))
    return Beginning(Begun.Way.BLANK, _content(of, plan), "从空白表起填")


def from_library(of: Of, entries: Sequence[Entry]) -> Beginning:
    """The blank form with indicators of the library in the rows of their second levels, without targets; rows that it prescribes and
    none of them fills stay empty."""
    begun = from_nothing(of)
    plan = as_plan(begun.content.document)
    (sheet,) = plan.goal_sheets
    kinds = [kind for held in layout_by(of.ruleset).kinds.values() for kind in held]
    chosen = [row for entry in entries if (row := entry.row(kinds)) is not None]
    filled = {row.kind for row in chosen} | {row.class_ for row in chosen}
    rows = [row for row in sheet.indicators if (row.kind or row.class_) not in filled] + chosen
    rows.sort(key=lambda row: _level(row, layout_by(of.ruleset)))
    named = identified(
        replace(plan, goal_sheets=(replace(sheet, indicators=tuple(rows)),), source=_source("起自指标库"))
    )
    return Beginning(Begun.Way.LIBRARY, _content(of, named), f"从指标库的{len(chosen)}条指标起填")


def _level(row: Indicator, layout: Layout) -> tuple[int, int]:
    """Where a row stands by its levels in a form; one whose second level is to be chosen at the end of its first."""
    for number, (class_, kinds) in enumerate(layout.kinds.items()):
        if row.class_ is class_:
            return number, kinds.index(row.kind) if row.kind in kinds else len(kinds)
    return len(layout.kinds), 0


def copied_from(of: Of, source: Sheet, plan: Plan, way: Begun.Way) -> Beginning:
    """The sheet that ``source`` says as ``plan``, for another year or project."""
    told = f"{source.year}年“{source.title}”第{source.version}版"
    where = _source(f"起自{source.year}年{source.title}第{source.version}版")
    alone = replace(plan.with_later_sheets(()), source=where, provenance=_typed(plan), notes=())
    own, things = with_new_ids(alone, f"{of.kind}-{of.unit.pk}-{of.listed and of.listed.project_id}-{of.year}")
    own = replace(
        own,
        fiscal_year=FiscalYear(of.year),
        department=_organisation(of.unit.department or of.unit),
        goal_sheets=tuple(_of_project(of, sheet) for sheet in own.goal_sheets),
    )
    reason = f"从{'去年的表' if way is Begun.Way.LAST_YEAR else '另一个项目的表'}起填：{told}"
    cells = _cells(own, _given(of))
    return Beginning(way, _content(of, own), reason, source.pk, things, cells)


def _source(words: str) -> Source:
    """Where a version comes from that was begun on the pages; named without quotation marks, letters put it in some."""
    plain = words.translate({ord(mark): None for mark in "“”"})
    return Source(f"网页填报第1版（{plain}）"[:200], "0" * 64, "web")


def _typed(plan: Plan) -> dict[str, Any]:
    """Words that somebody typed where no value could be read of them stay what a cell shows; places in files do not."""
    return {p: place for p, place in plan.provenance.items() if place.text and not place.label}


def _of_project(of: Of, sheet: GoalSheet) -> GoalSheet:
    return replace(
        sheet,
        sequence=1,
        fiscal_year=None,
        project=_project(of),
        budget_unit=_organisation(of.unit),
        budget=_money(of, sheet.budget),
    )


def _content(of: Of, plan: Plan) -> Content:
    return content_of(plan, reviewed(plan, of.ruleset, clock.today()), of.kind)


def _project(of: Of) -> Project:
    if of.listed is None:
        return Project(None, WHOLE_DEPARTMENT)
    return Project(of.listed.code or None, of.listed.name)


def _organisation(unit: Unit) -> Organisation:
    return Organisation(unit.code or None, unit.name)


def _money(of: Of, budget: Budget) -> Budget:
    """The money of the pool, in the unit of the form; that of the form where the pool knows none."""
    listed = of.listed
    if listed is None or listed.total_fen is None:
        return budget
    unit = budget.currency_unit or CurrencyUnit.TEN_THOUSAND_YUAN
    amounts = (listed.total_fen, listed.fiscal_fen, listed.other_fen)
    return Budget(unit, *(None if fen is None else _in(unit, fen) for fen in amounts))


def _in(unit: CurrencyUnit, fen: int) -> Decimal:
    exact = Money(Decimal(fen) / 100).in_unit(unit)
    return exact.quantize(_CENT) if exact == exact.quantize(_CENT) else exact


# --- ids --------------------------------------------------------------------------------------------------


def with_new_ids(plan: Plan, seed: str) -> tuple[Plan, dict[str, str]]:
    """The plan with ids that are new for all of its things, made of the ones they had and of ``seed``; new → old."""
    old: dict[str, str] = {}

    def renamed(thing: Thing) -> Thing:
        held = {name: tuple(map(renamed, getattr(thing, name))) for name in COLLECTIONS if hasattr(thing, name)}
        if (was := getattr(thing, "id", "")) and isinstance(was, str):
            new = f"{was.partition('_')[0]}_{_ten(f'{seed}/{was}')}"
            old[new] = was
            held["id"] = new  # type: ignore[assignment]  # a word among lists
        return cast(Thing, replace(cast("Any", thing), **held))

    return renamed(plan), old


def _ten(words: str) -> str:
    bits = int.from_bytes(sha256(words.encode()).digest()[:8], "big")
    return "".join(_BASE_32[bits >> (5 * n) & 31] for n in range(10))


# --- cells ------------------------------------------------------------------------------------------------


def _given(of: Of) -> frozenset[str]:
    """Fields that were not copied: the pool and the year say them."""
    money = _MONEY if of.listed is not None and of.listed.total_fen is not None else frozenset()
    return _FROM_THE_POOL | money | _OF_THE_UNIT


def _cells(plan: Plan, given: frozenset[str]) -> dict[str, dict[str, str]]:
    """By the id of its thing and the pointer below it what each cell says, those of ``given`` and empty ones left out."""
    found: dict[str, dict[str, str]] = {}
    for id_, pointer in pointers(plan).items():
        own = {}
        for below in _fields_of(re.sub(r"/\d+(?=/|$)", "/*", pointer)):
            text = cell_text(plan, f"{pointer}/{below}" if below else pointer)
            if text and below not in given:
                own[f"/{below}" if below else ""] = text
        if own:
            found[id_] = own
    return found


@cache
def _fields_of(pattern: str) -> tuple[str, ...]:
    """Of a sort of thing (``/goal_sheets/*/indicators/*``) the fields that are cells, as paths below it; ``""`` is the thing
    itself, where it is words: a goal."""
    return tuple(_below(pattern.removeprefix("/")))


def _below(pattern: str) -> Iterator[str]:
    whole = ""
    for path, one in every_field():
        if one.kind is Kind.GOALS and f"{path}/*" == pattern:
            yield ""
        below = path.removeprefix(f"{pattern}/") if pattern else path
        if (pattern and below == path) or "*" in below or one.is_later:
            continue
        if whole and below.startswith(f"{whole}/"):
            continue  # a part of a value that is a cell
        if one.kind in (Kind.GOALS, *_NO_CELLS):
            continue
        whole = below if one.kind is Kind.TARGET else ""
        yield below


_YEAR = re.compile(r"(?<![\d〔\[(（])(?:19|20)\d\d(?=\s*(?:年|[-.—/]\d))")


def must_change(below: str, text: str) -> bool:
    """Whether a copied cell says what was true of its year only: a value, or a year."""
    return below.rpartition("/")[2] == "target" or _YEAR.search(text) is not None
