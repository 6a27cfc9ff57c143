"""What single rows and cells of heads are told by."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from jixiao.readers.sheets.execution import is_money_header
from jixiao.readers.sheets.table import Cell, Row, Table
from jixiao.vocabulary import Field
from jixiao.vocabulary.cell_values import amount_of, is_coded_organisation, one_line, unit_of
from jixiao.vocabulary.labelled_lines import labelled_values

_LABEL_AND_VALUE = re.compile(r"(?P<label>[^:：\n]{2,20})[:：]\s*(?P<value>\S.*)", re.DOTALL)
LIKE_A_LABEL = re.compile(r"[一-鿿（）()：:、/]{2,14}")
"""What words look like that may be a label"""
_AMOUNTS = (Field.TOTAL, Field.FISCAL, Field.OTHER)


def is_unit_row(row: Row) -> bool:
    """A row that holds nothing but a budget unit with its code: the unit of amounts was left out."""
    return len(row.words) == 1 and is_coded_organisation(row.words[0].text)


def is_part_of_results(row: Row) -> bool:
    """A row that only self-evaluation and monitoring forms have: 年初预算数 | 全年执行数, 预期目标 | 实际完成情况, 项目名称 and unit.

    Some print each part of the form as a table of its own, the project and its unit first.
    """
    fields = row.fields
    if is_money_header(row) or (Field.GOALS in fields and Field.GOALS_REACHED in fields):
        return True
    named = len(fields) == 4 and fields[0] is Field.PROJECT_NAME and fields[2] in (Field.BUDGET_UNIT, Field.DEPARTMENT)
    return named and fields[1] is None and fields[3] is None


def is_money_alone(cell: Cell) -> bool:
    """Whether a label announces money, and not its use as well."""
    return cell.label.field is Field.MONEY and "用途" not in cell.text


def parts_of(table: Table, cell: Cell) -> tuple[Cell, ...]:
    """A cell, or labels and values apart where they stand in it: 项目名称：招商经费  项目单位：某局, 其他资金 80."""
    if cell.label.field is not None:
        return (cell,)
    values = labelled_values(cell.text, table.vocabulary)
    amounts = bool(values) and all(value.field in _AMOUNTS and amount_of(value.value) for value in values)
    if amounts or (len(values) > 1 and all(value.field and value.label.endswith((":", "：")) for value in values)):
        return tuple(table.reworded(cell, word) for value in values for word in (value.label, value.value) if word)
    m = _LABEL_AND_VALUE.fullmatch(cell.text) if ":" in cell.text or "：" in cell.text else None
    if m is None or table.vocabulary.label(m["label"]).field is None:
        return (cell,)
    return table.reworded(cell, m["label"]), table.reworded(cell, m["value"])


def units_in(cells: Sequence[Cell]) -> list[Cell]:
    """The labels that state the unit of the amounts in their row, be their own words known or not: 年度预算申请（万元）."""
    if not any(cell.label.field in _AMOUNTS for cell in cells):
        return []
    labels = (
        c for c in cells if c.label.field in _AMOUNTS or ("元" in c.text and LIKE_A_LABEL.fullmatch(one_line(c.text)))
    )
    return [cell for cell in labels if unit_of(cell.text)]


def unknown_word(cell: Cell) -> str:
    """What a note says of a cell that belongs to nothing known."""
    return f"表中“{one_line(cell.text)}”不属于本软件认得的栏目，未读入。"


def unknown_words(cells: Sequence[Cell]) -> Iterator[str]:
    """What notes say of cells without a known label: a label that is not known with the words behind it, once."""
    rest = list(cells)
    while rest:
        cell = rest.pop(0)
        behind = rest[0].text.rstrip() if rest else ""
        if not behind or behind.endswith((":", "：")) or not LIKE_A_LABEL.fullmatch(one_line(cell.text)):
            yield unknown_word(cell)
            continue
        label, value = one_line(cell.text), one_line(rest.pop(0).text)
        yield f"表头“{label}”不认得，写着“{value}”，未读入，不算没有填写；要审核的，请告诉审核人员是哪一栏，登记后重新审核。"
