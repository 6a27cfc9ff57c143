"""Rows for a budget platform: under its names, nothing cut, what it would not take is told."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest

import jixiao
from jixiao.cli import main
from jixiao.domain.goal import goals_of
from jixiao.domain.goal_sheet import GoalSheet, Project
from jixiao.domain.indicator import Indicator, IndicatorClass, IndicatorKind
from jixiao.domain.period import FiscalYear
from jixiao.domain.plan import Plan, Source
from jixiao.domain.target_grammar import parse_target
from jixiao.platforms import templates
from jixiao.writers.platform import FilledTemplate, filled, records_of, to_block, to_platform_xlsx

COUNTY = Path(__file__).parents[2] / "examples" / "county" / "files"
REGION = {"region_code": "139900"}
ROW = Indicator(
    IndicatorClass.OUTPUT, IndicatorKind.QUANTITY, "检查次数", "按台账计", parse_target("≥12次").target, "年度计划"
)
SHEET = GoalSheet(1, project=Project("0012", "检查经费"), goals=goals_of(["查到位", "查及时"]), indicators=(ROW,))


def plan(*sheets: GoalSheet) -> Plan:
    return Plan(Source("甲.docx", "0" * 64, "docx"), fiscal_year=FiscalYear(2026), goal_sheets=sheets)


def written(name: str, *sheets: GoalSheet) -> FilledTemplate:
    return filled(templates()[name], records_of(plan(*sheets), REGION))


def row_of(found: FilledTemplate, sheet: str) -> dict[str, str]:
    """The first row of a worksheet by the names of its columns."""
    ((one, rows),) = [(s, rows) for s, rows in found.sheets if s.name == sheet]
    return dict(zip([column.name for column in one.columns], rows[0], strict=True))


def test_a_row_stands_under_the_older_names() -> None:
    found = written("kpi-lv", SHEET)
    row = row_of(found, "PM_PERF_INDICATOR")
    assert not found.faults
    assert (row["mof_div_code"], row["fiscal_year"], row["pro_code"]) == ("139900", "2026", "0012")
    assert [row[f"kpi_lv{n}"] for n in (1, 2, 3)] == ["产出指标", "数量指标", "检查次数"]
    assert [row[name] for name in ("computesign", "kpi_val", "meterunit")] == ["≥", "12", "次"]
    assert (row["kpi_content"], row["kpi_remark"], row["is_deleted"]) == ("按台账计", "年度计划", "2")


def test_the_standard_keeps_the_value_whole() -> None:
    assert row_of(written("standard", SHEET), "PM_PERF_INDICATOR")["kpi_val"] == "≥12次"


def test_codes_nobody_has_seen_stay_blank_and_are_told() -> None:
    found = written("lv-perf-ind", SHEET)
    row = row_of(found, "PM_PERF_INDICATOR")
    assert (row["LV1_PERF_IND_CODE"], row["LV1_PERF_IND_NAME"]) == ("", "产出指标")
    assert not found.stopping
    assert any("LV1_PERF_IND_CODE" in fault.told and "留空" in fault.told for fault in found.faults)


def test_codes_of_a_locality_are_used_and_a_word_without_one_is_told() -> None:
    template = replace(templates()["lv-perf-ind"], codes={"lv1": {"产出指标": "01"}, "lv2": {"质量指标": "0102"}})
    found = filled(template, records_of(plan(SHEET), REGION))
    assert row_of(found, "PM_PERF_INDICATOR")["LV1_PERF_IND_CODE"] == "01"
    assert [f.what for f in found.stopping] == ["“数量指标”在模板的代码表里没有代码"]


def test_goals_are_numbered_where_there_are_several() -> None:
    assert row_of(written("standard", SHEET), "PM_PERF_GOAL_INFO")["kpi_target"] == "1.查到位\n2.查及时"


@pytest.mark.parametrize(("length", "stops"), [(60, False), (61, True)])
def test_what_is_too_long_is_told_and_not_cut(length: int, stops: bool) -> None:
    long = replace(ROW, target=parse_target("按" * length).target)
    found = written("standard", replace(SHEET, indicators=(ROW, long)))
    assert [f.told for f in found.stopping] == (
        ["“1. 检查经费”第2行“指标值”（kpi_val）：有61个字，平台最多收60个。请在表上压缩1个字以上；这里没有截断"]
        if stops
        else []
    )
    assert "按" * length in to_block(found, "PM_PERF_INDICATOR")


def test_what_is_missing_is_told_with_who_has_to_fill_it() -> None:
    bare = replace(SHEET, project=Project(None, "检查经费"))
    found = filled(templates()["standard"], records_of(plan(replace(bare, indicators=(replace(ROW, name=None),)))))
    told = [fault.told for fault in found.stopping]
    assert any("财政区划代码" in one and "--region" in one for one in told)
    assert any("“三级指标”（kpi_lv3）：没有填" in one and "补填" in one for one in told)
    assert any("项目代码" in one for one in told)


def test_a_sheet_of_a_department_goes_to_its_own_worksheets() -> None:
    wide = replace(SHEET, project=Project(), title="部门整体支出绩效目标表")
    found = filled(templates()["standard"], records_of(plan(wide), {**REGION, "department_code": "366"}))
    assert {sheet.name: len(rows) for sheet, rows in found.sheets} == {
        "PM_PERF_GOAL_INFO": 0, "PM_PERF_INDICATOR": 0, "BGT_PERF_GOAL_INFO": 1, "BGT_PERF_INDICATOR": 1
    }  # fmt: skip
    only_projects = replace(templates()["standard"], sheets=templates()["standard"].sheets[:2])
    (fault,) = filled(only_projects, records_of(plan(wide), REGION)).stopping
    assert "没有部门整体绩效目标的表" in fault.told


def test_a_sheet_without_rows_is_told() -> None:
    found = written("standard", replace(SHEET, indicators=()))
    assert [f.told for f in found.stopping] == ["“1. 检查经费”：一行指标也没有。请先填指标，再导出"]


def test_the_workbook_has_the_names_on_top_and_text_below() -> None:
    found = written("standard", SHEET)
    content = to_platform_xlsx(found, "甲", date(2026, 1, 1))
    assert content == to_platform_xlsx(found, "甲", date(2026, 1, 1))
    sheet = openpyxl.load_workbook(io.BytesIO(content))["PM_PERF_INDICATOR"]
    rows = list(sheet.values)
    assert rows[0][:3] == ("mof_div_code", "fiscal_year", "pro_code")
    assert rows[1][:3] == ("财政区划代码", "预算年度", "项目代码")
    assert rows[2][:3] == ("139900", "2026", "0012")
    assert len(rows) == 3


def test_a_block_is_the_rows_without_heads() -> None:
    (line,) = to_block(written("standard", SHEET), "PM_PERF_INDICATOR").split("\n")
    assert line.split("\t")[2:6] == ["0012", "产出指标", "数量指标", "检查次数"]


# --- from the command line --------------------------------------------------------------------------------

FILE = COUNTY / "清源县教育和体育局2026年部门预算绩效文本.docx"


def test_a_file_is_written_by_a_template_of_ones_own(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own = tmp_path / "own.yaml"
    own.write_text(
        'name: own\ntitle: 本地\nsummary: 一张\nversion: "1"\nsource: {where: 某处}\nheads: [title]\nsheets:\n'
        "  - {name: 表, title: 表, of: indicators, about: project, columns: [{name: a, title: 三级, value: name}]}\n",
        encoding="utf-8",
    )
    assert main(["export", str(FILE), "--template", str(own), "-o", str(tmp_path / "结果")]) == 0
    book = openpyxl.load_workbook(tmp_path / "结果" / f"{FILE.stem}.一体化.own.xlsx")
    names = [row.name for sheet in jixiao.read_plan(FILE).goal_sheets for row in sheet.indicators]
    assert [one[0] for one in list(book["表"].values)[1:]] == names


def test_nothing_is_written_while_the_platform_would_refuse_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["export", str(FILE), "--template", "standard", "-o", str(tmp_path / "结果")]) == 1
    assert not (tmp_path / "结果").exists()
    assert "财政区划代码" in capsys.readouterr().err


def test_templates_are_listed_and_a_wrong_one_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export"]) == 0
    assert "没有对照平台的模板核对过" in capsys.readouterr().out
    assert main(["export", str(FILE), "--template", "nonsense", "-o", "x"]) == 2
    assert "没有模板“nonsense”" in capsys.readouterr().err
