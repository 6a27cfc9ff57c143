"""Indicators out of a list: a library that a province published, or our own after it was worked on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from jixiao.domain.indicator import IndicatorKind
from jixiao.library import Certainty, library
from jixiao.library.duplicates import like
from jixiao.services.indicator_library import code_of, measure_of
from jixiao.web.imports.fields import Choice, Code, Field, Text
from jixiao.web.imports.kinds import Change, Difference, Kind, PlanRow, Row, Scope, register
from jixiao.web.kernel.acts import Refused
from jixiao.web.library.models import LONGEST_TEXT, LibraryIndicator, State, plain_of
from jixiao.web.library.selectors import listed
from jixiao.web.library.services import take_in

_KINDS = Choice({one.value: (one.label, one.label.removesuffix("指标")) for one in IndicatorKind})
_SECTORS = Choice({key: (one.label,) for key, one in library().sectors.items()})
_CERTAINTIES = Choice({one.value: (one.label,) for one in Certainty})
_LONG = Text(LONGEST_TEXT)
FIELDS = (
    Field("code", "指标编码", Code(20), aliases=("指标代码", "编码"), hint="没有这一列就按行业、二级指标和名称认"),
    Field("sector", "行业", _SECTORS, aliases=("行业领域", "领域"), hint="空着算通用"),
    Field("kind", "二级指标", _KINDS, required=True, aliases=("二级指标名称", "指标类别")),
    Field("name", "指标名称", Text(120), required=True, aliases=("三级指标", "三级指标名称")),
    Field("comparator", "比较符号", Text(20), aliases=("指标方向", "指标性质", "符号"), hint="≥、≤、=，或正向、反向"),
    Field("unit_name", "计量单位", Text(20), aliases=("单位", "度量单位")),
    Field("explanation", "指标解释", _LONG, aliases=("指标说明", "指标内容", "解释")),
    Field("formula", "计算公式", _LONG, aliases=("计算方法", "公式")),
    Field("evidence", "佐证资料", _LONG, aliases=("数据来源", "取数来源", "佐证材料")),
    Field("source", "来源", Text(200), aliases=("出处",), hint="公布它的文件，如实写"),
    Field("certainty", "来源性质", _CERTAINTIES),
)
_FIELD = {one.name: one for one in FIELDS}


def plan(scope: Scope, rows: Sequence[Row]) -> PlanRow:
    """What each row means: an indicator that is there with what differs, or a new one, with what it may be the same as."""
    del rows
    there = list(listed(scope.actor, right="library.review").order_by("code"))
    by_code = {one.code: one for one in there}
    by_name = {(one.sector, one.kind, plain_of(one.name)): one for one in there}
    in_use = [one.entry for one in there if one.state == State.IN_USE]

    def one(row: Row) -> Change:
        given = _given(row)
        known = by_code.get(given.get("code", "")) or by_name.get(
            (given["sector"], given["kind"], plain_of(given["name"]))
        )
        if known is not None:
            changed = {name: value for name, value in given.items() if value != getattr(known, name)}
            found = tuple(_difference(known, name, value) for name, value in changed.items())
            return Change("library", given["name"], str(known.pk), found, payload=(known.pk, changed))
        if not given.get("explanation") and not given.get("formula"):
            raise Refused("指标解释和计算公式至少写一样，别人才知道数的是什么", field="explanation")
        given.setdefault("code", code_of(given["name"], IndicatorKind(given["kind"]), given["sector"]))
        new = LibraryIndicator(**given).entry
        near = [f"{pair.other.code} {pair.other.name}" for pair in like(new, in_use)[:3]]
        remarks = (f"和库里的{'、'.join(near)}近似，是一回事导入后合并",) if near else ()
        return Change("library", given["name"], "", (), remarks, payload=(None, given))

    return one


def _given(row: Row) -> dict[str, Any]:
    """What a row says, as the fields of an indicator: a direction in words is a sign."""
    given = {name: row[name] for name in _FIELD if row[name] is not None}
    given.setdefault("sector", "common")
    if "comparator" in given or "unit_name" in given:
        sign, unit = measure_of(given.get("comparator", ""), given.get("unit_name", ""))
        given["comparator"] = sign.value if sign else ""
        if "unit_name" in given:
            given["unit_name"] = unit
    return given


def _difference(known: LibraryIndicator, name: str, value: str) -> Difference:
    type_ = _FIELD[name].type
    return Difference(_FIELD[name].label, type_.shown(getattr(known, name)), type_.shown(value))


def apply(scope: Scope, changes: Sequence[Change]) -> list[str]:
    """Store them, through the library's own service."""
    return [
        str(take_in(scope.actor, indicator=key, fields=fields).pk) for key, fields in (one.payload for one in changes)
    ]


KIND = register(
    Kind(
        "library",
        "指标",
        "library.review",
        FIELDS,
        ("sector", "kind", "name"),
        plan,
        apply,
        note="Excel 的指标库直接传上来；Word 的请从“指标库”页的“导入公布的指标库”传",
        done_view="library",
    )
)
