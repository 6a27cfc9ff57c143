"""Sheets with findings that were explained and handed in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from jixiao.domain.plan import Plan
from jixiao.domain.target_grammar import parse_target
from jixiao.web.accounts.roles import Role
from jixiao.web.editor.answering import explain, unanswered_now
from jixiao.web.goals.models import Sheet, SheetKind
from web.editor.sheets import sheet_of
from web.make import YEAR, Office
from web.samples import plan_of
from web.workflow.on_the_way import handed_in
from web.workflow.sets import excused


def explained_and_handed_in(county: Office, projects: Sequence[str], plan: Plan) -> list[Sheet]:
    """Sheets of projects that stand in the pool, all of ``plan``, at the first step."""
    excused(county, SheetKind.PART_ONE, SheetKind.DEPARTMENT_WIDE)
    clerk, made = county.actor(Role.CLERK), [sheet_of(county, name, plan) for name in projects]
    for sheet in made:
        for one in unanswered_now(clerk, year=YEAR, key=sheet.pk):
            assert one.finding is not None
            explain(clerk, year=YEAR, key=sheet.pk, words="以后补", finding=one.finding.id)
    handed_in(county)
    for sheet in made:
        sheet.refresh_from_db()
    return made


def with_findings() -> Plan:
    """A sheet with three findings: a value that is missing in two rows, and one that says nothing that can be checked."""
    plan = plan_of(1)
    sheet = plan.goal_sheets[0]
    rows = list(sheet.indicators)
    for n, text in enumerate(("", "显著提升", "")):
        rows[n] = replace(rows[n], target=parse_target(text).target)
    return replace(plan, goal_sheets=(replace(sheet, indicators=tuple(rows)),))
