"""Reads a layout out of data, strictly: whatever is not known is an error, told in Chinese with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from importlib import resources
from typing import Any, TypeVar, cast

from jixiao.domain.form import every_field
from jixiao.domain.indicator import IndicatorClass, IndicatorKind
from jixiao.domain.money import CurrencyUnit
from jixiao.domain.stage import Stage
from jixiao.layouts.form import (
    ACTIVITY,
    PARTS,
    ROW,
    SHEET,
    TARGET_PARTS,
    ActivityPart,
    HeadBlock,
    HeadCell,
    IndicatorColumn,
    Layout,
    LayoutSource,
    PartOne,
    Seen,
)
from jixiao.parameters.typed import MisfitError, shaped
from jixiao.strict_yaml import load_strict

E = TypeVar("E", Stage, Seen, IndicatorClass, IndicatorKind)
_NEEDED_HEAD = (f"{SHEET}project/name", f"{SHEET}budget/currency_unit", f"{SHEET}budget/total", f"{SHEET}goals")
_NEEDED_COLUMNS = tuple(f"{ROW}{name}" for name in ("class", "kind", "name"))
_TARGET = f"{ROW}target"
_NAME = re.compile(r"[a-z][a-z0-9-]*")
_HELD = re.compile(r"\{([a-z_/]+)\}")
_ALIGN = ("", "left", "center", "right")
_STYLES = ("table", "blocks")


class LayoutError(ValueError):
    """What is wrong with the data of a layout: in Chinese, where and what."""


@dataclass(frozen=True)
class _Column:
    """As ``IndicatorColumn``, as written."""

    field: str
    label: str
    width: int
    at: tuple[str, ...] = ()
    long: bool = False


@dataclass(frozen=True)
class _Source:
    seen: str
    where: str
    instrument: str | None = None


@dataclass(frozen=True)
class _Written:
    """As ``Layout``, as written: fields by the end of their paths, kinds and stages by their codes."""

    name: str
    title: str
    summary: str
    stages: tuple[str, ...]
    source: _Source
    form_title: str
    head: tuple[HeadBlock, ...]
    columns: tuple[_Column, ...]
    kinds: Mapping[str, tuple[str, ...]]
    part_one: PartOne
    ruleset: str = ""
    grid: tuple[int, ...] = ()
    upright: int = 8
    year_line: bool = False
    currency_unit: str = "万元"
    hints: Mapping[str, str] = field(default_factory=dict)


def shipped_data() -> Mapping[str, Mapping[str, Any]]:
    """What the files of the layouts that come with the program say, by their names."""
    folder = resources.files("jixiao.layouts") / "data"
    files = sorted((f for f in folder.iterdir() if f.name.endswith(".yaml")), key=lambda f: f.name)
    return {f.name.removesuffix(".yaml"): load_strict(f.read_text(encoding="utf-8"), f.name) for f in files}


def layout_from(data: Any) -> Layout:
    """The layout that data describes; what it does not say, the shipped one says that it is ``based_on``.

    Raises LayoutError where it says what is unknown, too little, or what does not fit together.
    """
    if not isinstance(data, Mapping):
        raise LayoutError("表式应当是对照表，每行一个“名称: 值”")
    data = _whole(data)
    source, verified = data.get("source"), None
    if isinstance(source, Mapping):
        verified = source.get("verified_on")
        source = {key: value for key, value in source.items() if key != "verified_on"}
    if verified is not None and (not isinstance(verified, date) or isinstance(verified, datetime)):
        raise LayoutError("source.verified_on 应当是日期，如 2026-01-01（不加引号）；没有对照原表核对过的不写")
    try:
        written = cast(_Written, shaped({**data, "source": source}, _Written, "表式"))
    except MisfitError as misfit:
        raise LayoutError(str(misfit)) from None
    told = LayoutSource(
        _code(Seen, written.source.seen, "source.seen"), written.source.where, written.source.instrument
    )
    layout = Layout(
        written.name,
        written.title,
        written.summary,
        written.ruleset,
        tuple(_code(Stage, stage, "stages") for stage in written.stages),
        replace(told, verified_on=verified),
        written.form_title,
        tuple(_block(block, f"head 第 {n} 项") for n, block in enumerate(written.head, 1)),
        tuple(_column(column, f"columns 第 {n} 项") for n, column in enumerate(written.columns, 1)),
        {_code(IndicatorClass, c, "kinds"): tuple(_code(IndicatorKind, k, f"kinds.{c}") for k in held)
         for c, held in written.kinds.items()},
        replace(written.part_one, activities=_activities(written.part_one.activities)),
        written.grid,
        written.upright,
        written.year_line,
        written.currency_unit,
        {_path(path, f"hints.{path}", ROW, SHEET): words for path, words in written.hints.items()},
    )  # fmt: skip
    for fault in _faults(layout):
        raise LayoutError(fault)
    return layout


def _whole(data: Mapping[str, Any]) -> Mapping[str, Any]:
    """The data with what the layout that it is based on says otherwise; where it is from is its own to say."""
    if "based_on" not in data:
        return data
    shipped = shipped_data()
    base = data["based_on"]
    if base not in shipped:
        raise LayoutError(f"based_on 只能是自带的表式：{'、'.join(shipped)}")
    inherited = {key: value for key, value in shipped[base].items() if key != "source"}
    return {**inherited, **{key: value for key, value in data.items() if key != "based_on"}}


def _code(codes: type[E], word: str, where: str) -> E:
    if word not in list(codes):
        shown = "、".join(f"{code.value}（{code.label}）" for code in codes)
        raise LayoutError(f"{where} 没有“{word}”，只能是：{shown}")
    return codes(word)


def _path(end: str, where: str, *above: str) -> str:
    """The whole path of a field that is named by its end. Raises LayoutError where there is no such field."""
    known = {path for path, _ in every_field()}
    for prefix in (*above, ""):
        if f"{prefix}{end}" in known:
            return f"{prefix}{end}"
    raise LayoutError(f"{where}：没有栏目“{end}”")


def _block(block: HeadBlock, where: str) -> HeadBlock:
    if bool(block.part) == bool(block.lines):
        raise LayoutError(f"{where}：lines（一行行的栏目）和 part（{'、'.join(PARTS)}）写一个")
    if block.part and block.part not in PARTS:
        raise LayoutError(f"{where}：part 只能是 {'、'.join(PARTS)}")
    if block.part and not block.label:
        raise LayoutError(f"{where}：缺“label”，表上印的字")
    lines = tuple(tuple(_cell(cell, f"{where} 第 {n} 行") for cell in line) for n, line in enumerate(block.lines, 1))
    for n, line in enumerate(lines, 1):
        if sum(not cell.columns for cell in line) != 1:
            raise LayoutError(f"{where} 第 {n} 行：不写 columns 的有且只有一格，它占余下的宽度")
    return replace(block, lines=lines)


def _cell(cell: HeadCell, where: str) -> HeadCell:
    if not cell.field and not cell.label:
        raise LayoutError(f"{where}：field 和 label 至少写一个")
    if cell.align not in _ALIGN:
        raise LayoutError(f"{where}：align 只能是 {'、'.join(_ALIGN[1:])}")
    return replace(cell, field=_path(cell.field, where, SHEET)) if cell.field else cell


def _column(written: _Column, where: str) -> IndicatorColumn:
    at = tuple(_code(Stage, stage, f"{where}.at") for stage in written.at)
    return IndicatorColumn(_path(written.field, where, ROW), written.label, written.width, at, written.long)


def _activities(part: ActivityPart) -> ActivityPart:
    if part.style not in _STYLES:
        raise LayoutError(f"part_one.activities.style 只能是 {'、'.join(_STYLES)}")
    where = "part_one.activities.columns"
    return replace(part, columns=tuple(replace(c, field=_path(c.field, where, ACTIVITY)) for c in part.columns))


def _faults(layout: Layout) -> Iterator[str]:
    """What does not fit together."""
    if not _NAME.fullmatch(layout.name):
        yield "name 用小写字母、数字和连字符"
    if layout.currency_unit not in list(CurrencyUnit):
        yield f"currency_unit 只能是 {'、'.join(CurrencyUnit)}"
    if not layout.stages:
        yield "stages 至少写一种"
    yield from _twice_or_missing(layout)
    yield from _columns_wrong([column.field for column in layout.columns])
    yield from _too_wide(layout)
    yield from _unknown_in_title(layout)


def _twice_or_missing(layout: Layout) -> Iterator[str]:
    places = [path for block in layout.head for path in block.fields]
    both = [*places, *(column.field for column in layout.columns)]
    for path in sorted({path for path in both if both.count(path) > 1}):
        yield f"栏目“{path.removeprefix(SHEET)}”写了两次"
    states = any(block.states_unit or any(c.states_unit for line in block.lines for c in line) for block in layout.head)
    for path in _NEEDED_HEAD:
        if path not in places and not (states and path.endswith("currency_unit")):
            yield f"head 里缺“{path.removeprefix(SHEET)}”"
    activities = [column.field for column in layout.part_one.activities.columns]
    for path in (f"{ACTIVITY}{name}" for name in ("name", "goal", "indicators")):
        if path not in activities:
            yield f"part_one.activities.columns 里缺“{path.removeprefix(ACTIVITY)}”"


def _columns_wrong(held: list[str]) -> Iterator[str]:
    if tuple(held[:3]) != _NEEDED_COLUMNS:
        yield "columns 开头应当依次是 class、kind、name"
    apart = [path in held for path in TARGET_PARTS]
    if (_TARGET in held) == any(apart) or any(apart) != all(apart):
        yield "columns 里写 target（指标值写在一格），或者写全 target/comparator、target/value、target/unit（分三格）"


def _too_wide(layout: Layout) -> Iterator[str]:
    for n, block in enumerate(layout.head, 1):
        for k, line in enumerate(block.lines, 1):
            taken = sum(cell.columns + bool(cell.label) * cell.label_columns for cell in line) + bool(block.label)
            if taken >= layout.narrowest:
                yield f"head 第 {n} 项第 {k} 行：格子占了 {taken} 列，余下的一格没有地方（共 {layout.narrowest} 列）"


def _unknown_in_title(layout: Layout) -> Iterator[str]:
    for word in _HELD.findall(layout.form_title):
        if word != "stage" and f"{SHEET}{word}" not in {path for path, _ in every_field()}:
            yield f"form_title 里没有栏目“{word}”"
