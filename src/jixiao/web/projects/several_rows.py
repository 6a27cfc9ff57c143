"""Several rows of one project in a list, one for each source of its money: put together, visibly; what contradicts itself is asked.

Values only. Whether a source is fiscal money is told by the words of the vocabulary (``fiscal_sources``, ``other_sources``).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from jixiao.vocabulary import shipped
from jixiao.web.imports.fields import Amount
from jixiao.web.imports.kinds import Row
from jixiao.web.kernel.acts import Refused
from jixiao.web.projects.models import plain_of

MONEY = ("total", "fiscal", "other")
TELLING = ("source", "function", "economic")
"""Fields by which rows of one project differ without contradicting each other"""
_SHOWN = Amount().shown
_UNSAID = "没写来源"


def together(rows: Sequence[Row]) -> Row | None:
    """One project of its rows; None where two rows are told apart by nothing. Raises Refused where they name different projects
    or units."""
    first = rows[0]
    if len(rows) > 1:
        _same(rows)
        marks = [tuple(row[name] for name in TELLING) for row in rows]
        if len(set(marks)) < len(marks):
            return None
    values = dict(first.values)
    for row in rows[1:]:
        values |= {name: value for name, value in row.values.items() if values.get(name) is None}
    values |= _sums(rows)
    values.pop("source", None)
    values.pop("economic", None)
    if len(rows) > 1 and len({row["function"] for row in rows}) > 1:
        values["function"] = "、".join(dict.fromkeys(row["function"] for row in rows if row["function"]))[:60]
    remarks = [*first.remarks, *([_added(rows)] if len(rows) > 1 else []), *_unsorted(rows)]
    return Row(first.number, {name: value for name, value in values.items() if value is not None}, tuple(remarks))


def _same(rows: Sequence[Row]) -> None:
    for name, label in (("name", "项目名称"), ("unit_code", "单位编码"), ("unit_name", "单位名称")):
        said: dict[str, Row] = {}
        for row in rows:
            if row[name]:
                said.setdefault(plain_of(str(row[name])), row)
        if len(said) > 1:
            told = "、".join(f"第 {row.number} 行“{row[name]}”" for row in list(said.values())[:3])
            raise Refused(
                f"编码{rows[0]['code'] or ''}的{label}不一样：{told}。一个编码只能是一个项目，请核对后改成一样",
                field=name,
            )


def _sums(rows: Sequence[Row]) -> dict[str, Any]:
    """The amounts of all rows; fiscal and other money by the sources, where the list has no columns for them."""
    found: dict[str, Any] = {}
    for name in MONEY:
        given = [row[name] for row in rows if row[name] is not None]
        if given:
            found[name] = sum(given)
    if "fiscal" not in found and "other" not in found and any(row["source"] for row in rows):
        for row in rows:
            kind = _kind(row["source"])
            if kind and row["total"] is not None:
                found[kind] = found.get(kind, 0) + row["total"]
    return found


def _kind(source: str | None) -> str:
    label = shipped().label(source or "")
    if label.is_one_of("fiscal_sources"):
        return "fiscal"
    return "other" if label.is_one_of("other_sources") else ""


def _added(rows: Sequence[Row]) -> str:
    """How the rows came to one, in words: 「第 3、4 行是同一个项目，按资金来源合计：一般公共预算100万元＋单位资金20万元」."""
    numbers = "、".join(str(row.number) for row in rows)
    name = next((name for name in MONEY if any(row[name] is not None for row in rows)), None)
    if name is None:
        return f"第 {numbers} 行是同一个项目，合成一行"
    by = (
        "source"
        if any(row["source"] for row in rows)
        else "function"
        if any(row["function"] for row in rows)
        else "economic"
    )
    sums: dict[str, int] = {}
    for row in rows:
        if row[name] is not None:
            sums[row[by] or _UNSAID] = sums.get(row[by] or _UNSAID, 0) + row[name]
    parts = "＋".join(f"{words}{_SHOWN(fen)}" for words, fen in sums.items())
    how = {"source": "资金来源", "function": "功能科目", "economic": "经济科目"}[by]
    return f"第 {numbers} 行是同一个项目，按{how}合计：{parts}＝{_SHOWN(sum(sums.values()))}"


def _unsorted(rows: Sequence[Row]) -> list[str]:
    """Sources of which nobody knows whether they are fiscal money."""
    if any(row["fiscal"] is not None or row["other"] is not None for row in rows):
        return []
    odd = dict.fromkeys(row["source"] for row in rows if row["source"] and not _kind(row["source"]))
    return [f"资金来源“{words}”分不清是财政资金还是其他资金，只计入预算数" for words in odd]
