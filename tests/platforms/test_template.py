"""Import templates are data: those of the program are whole, a locality's stand beside them, faults are told with their place."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from jixiao.platforms import TemplateError, template_from, templates, templates_in

LOCAL = """\
name: qingyuan
title: 清源平台
summary: 一张表
version: "2026"
valid_from: 2026-07-01
source: {where: 平台导出的空模板, verified_on: 2026-07-02}
heads: [title]
codes: {lv1: {产出指标: "01"}}
sheets:
  - name: 指标
    title: 指标
    of: indicators
    about: project
    columns:
      - {name: lv1, title: 一级, value: class, codes: lv1, needed: true}
      - {name: val, title: 指标值, value: target, most: 4}
"""


def data() -> dict[str, Any]:
    """A template with one column, to be spoilt."""
    column = {"name": "a", "title": "甲", "value": "name"}
    sheet = {"name": "S", "title": "表", "of": "indicators", "about": "project", "columns": [column]}
    return {"name": "x", "title": "甲", "summary": "乙", "version": "1", "source": {"where": "某处"}, "sheets": [sheet]}


def test_those_of_the_program_say_that_nobody_checked_them() -> None:
    assert list(templates()) == ["kpi-lv", "lv-perf-ind", "standard"]
    for one in templates().values():
        assert one.source.told.endswith("没有对照平台的模板核对过")
        assert {(sheet.of, sheet.about) for sheet in one.sheets} == {
            (of, about) for of in ("goals", "indicators") for about in ("project", "department")
        }


@pytest.mark.parametrize(
    ("template", "names"), [("kpi-lv", "kpi_lv1 kpi_lv3"), ("lv-perf-ind", "LV1_PERF_IND_CODE LV3_PERF_IND_NAME")]
)
def test_namings_differ(template: str, names: str) -> None:
    columns = {column.name for sheet in templates()[template].sheets for column in sheet.columns}
    assert set(names.split()) <= columns


def test_limits_are_those_of_the_platform() -> None:
    limits = {c.name.lower(): c.most for t in templates().values() for s in t.sheets for c in s.columns if c.most}
    assert (limits["kpi_val"], limits["kpi_target"]) == (60, 2000)


def test_a_locality_lays_a_file_beside_them(tmp_path: Path) -> None:
    (tmp_path / "qingyuan.yaml").write_text(LOCAL, encoding="utf-8")
    found = templates_in(tmp_path)
    assert set(found) == {*templates(), "qingyuan"}
    own = found["qingyuan"]
    assert (own.heads, own.valid_from, own.codes["lv1"]) == (("title",), date(2026, 7, 1), {"产出指标": "01"})
    assert own.source.told == "平台导出的空模板；2026-07-02 对照平台的模板核对过"
    assert templates_in(tmp_path / "qingyuan.yaml") == found
    assert templates_in(tmp_path / "没有这个文件夹") == templates()


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("standard", LOCAL.replace("qingyuan", "standard"), "已经有叫“standard”的模板"),
        ("other", LOCAL, "文件名应当与模板同名：qingyuan.yaml"),
        ("qingyuan", "name: [", "qingyuan.yaml"),
    ],
)
def test_a_faulty_file_is_named(name: str, text: str, told: str, tmp_path: Path) -> None:
    (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(TemplateError, match=told):
        templates_in(tmp_path)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"value": "nonsense"}, "S.a：value 没有“nonsense”"),
        ({"constant": "2"}, "S.a：value 和 constant 只写一个"),
        ({"codes": "lv1"}, "S.a：codes 里没有“lv1”"),
        ({"most": -1}, "S.a：most 不能小于 0"),
        ({"most": "六十"}, "应当是整数"),
        ({"colour": "red"}, "没有“colour”这一项"),
        ({"value": "", "needed": True}, "S.a：needed 的列要写"),
    ],
)
def test_what_is_wrong_with_a_column_is_told(change: dict[str, Any], told: str) -> None:
    spoilt = data()
    spoilt["sheets"][0]["columns"][0] |= change
    with pytest.raises(TemplateError, match=told):
        template_from(spoilt)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"of": "goals"}, "三级指标是指标行上的"),
        ({"of": "rows"}, "S.of 只能是"),
        ({"about": "all"}, "S.about 只能是"),
        ({"columns": []}, "S.columns 至少写一列"),
    ],
)
def test_what_is_wrong_with_a_sheet_is_told(change: dict[str, Any], told: str) -> None:
    spoilt = data()
    spoilt["sheets"][0] |= change
    with pytest.raises(TemplateError, match=told):
        template_from(spoilt)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"heads": ["label"]}, "heads 写"),
        ({"sheets": []}, "sheets 至少写一张"),
        ({"name": "甲"}, "name 用小写字母"),
        ({"valid_from": "2026"}, "valid_from 应当是日期"),
        ({"source": {"where": "某处", "verified_on": "2026"}}, "source.verified_on 应当是日期"),
    ],
)
def test_what_is_wrong_with_the_whole_is_told(change: dict[str, Any], told: str) -> None:
    with pytest.raises(TemplateError, match=told):
        template_from(data() | change)
    with pytest.raises(TemplateError, match="对照表"):
        template_from([])
