"""Which ruleset a plan is reviewed by, when nobody names one: told from the form itself."""

from __future__ import annotations

import re
from datetime import date

from jixiao.domain.goal_sheet import GoalSheet
from jixiao.domain.indicator import IndicatorClass
from jixiao.domain.plan import Plan
from jixiao.parameters.rulesets import Ruleset, rulesets
from jixiao.parameters.store import parameters

_MONTH = re.compile(r"(\d{1,2})\s*月")


def choose_ruleset(plan: Plan) -> tuple[Ruleset, str]:
    """The ruleset that fits the plan's form, and the reason in Chinese for the user to see.

    Cost as a first-level class is the newer national catalogue; a disbursement plan with Hebei's four points or a
    project code of Hebei's shape is the Hebei form; everything else is reviewed by the older national catalogue.
    """
    for sheet in plan.goal_sheets:
        if any(row.class_ is IndicatorClass.COST for row in sheet.indicators):
            return _chosen("national-101", f"项目“{sheet.label}”把成本指标列为一级指标，是财预〔2021〕101号的分类")
    for sheet in plan.goal_sheets:
        if sign := _hebei_sign(sheet):
            return _chosen("hebei", f"项目“{sheet.label}”{sign}，是河北的表式")
    return _chosen("national-88", "没有见到成本一级指标，也没有见到地方表式的特征，按全国通用的分类审核")


def _chosen(name: str, reason: str) -> tuple[Ruleset, str]:
    return rulesets()[name], reason


def _hebei_sign(sheet: GoalSheet) -> str | None:
    """What shows the sheet to be of the Hebei form, in words; None where nothing does."""
    # The signs of a form are not law that changes on a day: the newest list recognises the older forms too.
    signs = parameters()["hebei_signs"].at(date.max)
    found = (_MONTH.search(step.by) for step in sheet.disbursement_plan)
    months = {int(m.group(1)) for m in found if m}
    if months == set(signs["months"]):
        return f"的资金支出计划按{'、'.join(str(m) for m in signs['months'])}月底四个时点填写"
    code = sheet.project.code or ""
    if any(re.fullmatch(shape, code) for shape in signs["codes"]):
        return f"的项目编码“{code}”是河北的式样"
    return None
