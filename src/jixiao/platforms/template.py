"""What a template is, and reading it out of data: strictly, whatever is not known is an error, told in Chinese with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, cast

from jixiao.parameters.typed import MisfitError, shaped

VALUES: Mapping[str, str] = MappingProxyType({
    "region_code": "财政区划代码",
    "region_name": "财政区划名称",
    "fiscal_year": "预算年度",
    "department_code": "部门代码",
    "department_name": "部门名称",
    "unit_code": "预算单位代码",
    "unit_name": "预算单位名称",
    "project_code": "项目代码",
    "project_name": "项目名称",
    "goals": "绩效目标",
    "purpose": "资金用途",
    "currency_unit": "金额单位",
    "budget_total": "预算数",
    "budget_fiscal": "财政资金",
    "budget_other": "其他资金",
    "row": "行号",
    "class": "一级指标",
    "kind": "二级指标",
    "name": "三级指标",
    "description": "指标解释",
    "target": "指标值",
    "sign": "计算符号",
    "target_value": "指标值的数",
    "target_unit": "计量单位",
    "weight": "分值",
    "basis": "指标值确定依据",
})  # fmt: skip
"""What a column can hold, and what it is called"""
OF_A_ROW = frozenset(list(VALUES)[list(VALUES).index("row") :])
_OF = ("goals", "indicators")
_ABOUT = ("project", "department")
_HEADS = ("name", "title")
_NAME = re.compile(r"[a-z][a-z0-9-]*")


class TemplateError(ValueError):
    """What is wrong with the data of a template: in Chinese, where and what."""


@dataclass(frozen=True)
class Column:
    """A column: the platform's ``name`` of it and its ``title``, which of ``VALUES`` it holds, or the same ``constant`` in every row.

    Neither: it is left blank for the platform. ``most`` characters fit, 0 where nothing is known; ``needed``: a row without it is
    not taken. ``codes`` names the table of the template by which the words become codes. ``local``: some localities have it.
    """

    name: str
    title: str
    value: str = ""
    constant: str = ""
    most: int = 0
    needed: bool = False
    codes: str = ""
    local: bool = False


@dataclass(frozen=True)
class Sheet:
    """A worksheet: a row for each goal sheet (``of`` goals) or for each of their rows (indicators), ``about`` projects or departments."""

    name: str
    title: str
    of: str
    about: str
    columns: tuple[Column, ...]


@dataclass(frozen=True)
class Source:
    """Where a template is known from; ``verified_on`` is the day on which somebody held it against the platform's own, None where
    nobody did."""

    where: str
    verified_on: date | None = None

    @property
    def told(self) -> str:
        """``……；没有对照平台的模板核对过``."""
        checked = (
            f"{self.verified_on:%Y-%m-%d} 对照平台的模板核对过" if self.verified_on else "没有对照平台的模板核对过"
        )
        return f"{self.where}；{checked}"


@dataclass(frozen=True)
class Template:
    """An import template in one of its versions. ``heads`` are the lines above the rows: names of the columns, titles, or both.

    ``codes`` map words (产出指标) to the platform's codes, by tables; a table may be empty as long as nobody has seen the codes.
    """

    name: str
    title: str
    summary: str
    version: str
    source: Source
    sheets: tuple[Sheet, ...]
    heads: tuple[str, ...] = _HEADS
    codes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True)
class _Source:
    where: str


@dataclass(frozen=True)
class _Written:
    """As ``Template``, as written, without its days."""

    name: str
    title: str
    summary: str
    version: str
    source: _Source
    sheets: tuple[Sheet, ...]
    heads: tuple[str, ...] = _HEADS
    codes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def template_from(data: Any) -> Template:
    """The template that data describes. Raises TemplateError where it says what is unknown or too little."""
    if not isinstance(data, Mapping):
        raise TemplateError("模板应当是对照表，每行一个“名称: 值”")
    source = data.get("source")
    verified = _day(source, "verified_on", "source.") if isinstance(source, Mapping) else None
    bare = {key: value for key, value in data.items() if key not in ("valid_from", "valid_to")}
    if isinstance(source, Mapping):
        bare["source"] = {key: value for key, value in source.items() if key != "verified_on"}
    try:
        written = cast(_Written, shaped(bare, _Written, "模板"))
    except MisfitError as misfit:
        raise TemplateError(str(misfit)) from None
    found = Template(
        written.name, written.title, written.summary, written.version, Source(written.source.where, verified),
        written.sheets, written.heads, written.codes,
    )  # fmt: skip
    for fault in _faults(found):
        raise TemplateError(fault)
    return replace(found, valid_from=_day(data, "valid_from"), valid_to=_day(data, "valid_to"))


def _day(data: Mapping[str, Any], name: str, above: str = "") -> date | None:
    day = data.get(name)
    if day is not None and (not isinstance(day, date) or isinstance(day, datetime)):
        raise TemplateError(f"{above}{name} 应当是日期，如 2026-01-01（不加引号）；不知道的不写")
    return day


def _faults(one: Template) -> Iterator[str]:
    if not _NAME.fullmatch(one.name):
        yield "name 用小写字母、数字和连字符"
    if not one.heads or any(head not in _HEADS for head in one.heads):
        yield f"heads 写 {'、'.join(_HEADS)} 里的一种或两种"
    if not one.sheets:
        yield "sheets 至少写一张"
    names = [sheet.name for sheet in one.sheets]
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield f"工作表“{name}”写了两次"
    for sheet in one.sheets:
        yield from _faults_of(one, sheet)


def _faults_of(one: Template, sheet: Sheet) -> Iterator[str]:
    if sheet.of not in _OF:
        yield f"{sheet.name}.of 只能是 {'、'.join(_OF)}"
    if sheet.about not in _ABOUT:
        yield f"{sheet.name}.about 只能是 {'、'.join(_ABOUT)}"
    if not sheet.columns:
        yield f"{sheet.name}.columns 至少写一列"
    names = [column.name for column in sheet.columns]
    for column in sheet.columns:
        where = f"{sheet.name}.{column.name}"
        if names.count(column.name) > 1:
            yield f"{where} 写了两次"
        if column.value and column.value not in VALUES:
            yield f"{where}：value 没有“{column.value}”，可以是 {'、'.join(VALUES)}"
        if column.value and column.constant:
            yield f"{where}：value 和 constant 只写一个"
        if column.needed and not (column.value or column.constant):
            yield f"{where}：needed 的列要写 value 或 constant"
        if column.value in OF_A_ROW and sheet.of != "indicators":
            yield f"{where}：{VALUES[column.value]}是指标行上的，只能放在 of: indicators 的表里"
        if column.codes and column.codes not in one.codes:
            yield f"{where}：codes 里没有“{column.codes}”这张对照表"
        if column.most < 0:
            yield f"{where}：most 不能小于 0"
