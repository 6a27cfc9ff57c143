"""Self-evaluation and monitoring forms of many places, read and reviewed: what is said, and what must not be."""

from __future__ import annotations

from datetime import date

import pytest
from readers import test_self_evaluation as forms
from readers.form_grid import read_form

from jixiao.domain.finding import Review
from jixiao.parameters import rulesets
from jixiao.review import review_plan
from jixiao.rules import RULES

NOT_ASKED = {
    "basis-missing", "missing-dimension", "missing-code", "plan-incomplete", "purpose-vague", "budget-parts", "indicator-count",
}  # fmt: skip
"""what a goal sheet must have and a later form need not"""


def reviewed(form: str, ruleset: str = "hebei") -> Review:
    return review_plan(read_form(form, "html"), RULES, rulesets()[ruleset], date(2026, 3, 1))


@pytest.mark.parametrize("ruleset", ["hebei", "national-88", "national-101"])
@pytest.mark.parametrize("form", forms.FORMS)
def test_a_later_form_is_not_held_to_what_a_goal_sheet_must_have(form: str, ruleset: str) -> None:
    assert {f.problem for f in reviewed(form, ruleset).findings} & NOT_ASKED == set()


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        (forms.CENTRAL, {("A07", "/goal_sheets/0/indicators/3/deviation")}),
        (forms.POVERTY, {("A05", "/goal_sheets/0/indicators/2/actual")}),
        (forms.HUBEI, set()),
        (forms.SICHUAN, set()),
        (forms.CHONGQING, {("A03", "/goal_sheets/0/indicators/1/score")}),
        (forms.HEBEI, {("A07", "/goal_sheets/0/indicators/0/deviation")}),
        (forms.YUNNAN, set()),
        (forms.XINJIANG, {("A02", "/goal_sheets/0/indicators")}),
        (forms.SHORT, set()),
        (forms.MONITORING, set()),
    ],
)
def test_what_is_said_of_the_results(form: str, expected: set[tuple[str, str]]) -> None:
    said = {(f.rule, f.pointer) for f in reviewed(form).findings if f.rule.startswith("A") and f.severity != "advice"}
    assert said == expected


def test_a_scoring_standard_of_the_form_goes_before_proportion() -> None:
    own = forms.XINJIANG.replace(
        "按完成比例赋分 | 验收单 | 12公里 | 100%", "少1公里扣1分 | 验收单 | 11公里 | 91.7%"
    ).replace("超支不得分", "超支扣分")
    plain = forms.CENTRAL.replace("9公里 | 20 | 18 |", "9公里 | 20 | 20 |")
    assert "A03" not in {f.rule for f in reviewed(own).findings}
    assert "A03" in {f.rule for f in reviewed(plain).findings}


def test_a_reason_given_once_for_the_whole_form_counts() -> None:
    assert "A07" not in {f.rule for f in reviewed(forms.HUBEI).findings}
    assert "A07" in {f.rule for f in reviewed(forms.HUBEI.replace("一场推介会改期。", "无")).findings}


def test_the_cut_off_may_stand_in_the_title_of_the_form() -> None:
    behind = forms.MONITORING.replace("| 60 |", "| 20 |").replace("30%", "10%")
    told = behind.replace("项目支出绩效目标执行监控表", "2025年1-7月项目支出绩效目标执行监控表")
    severities = [next(f.severity for f in reviewed(form).findings if f.rule == "A14") for form in (behind, told)]
    assert severities == ["advice", "warning"]
