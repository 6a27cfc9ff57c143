"""Two versions on a page: the words that changed are marked, what did not is folded away, money says by how much."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from jixiao.domain.indicator import IndicatorKind
from jixiao.domain.plan import Plan
from jixiao.domain.target import MISSING
from jixiao.readers import read_file
from jixiao.web.goals.compare import differences
from jixiao.web.goals.documents import known_again, one_sheet
from jixiao.web.goals.side_by_side import Group, Line, groups
from web.samples import HEALTH


@pytest.fixture(scope="module")
def old() -> Plan:
    return one_sheet(read_file(HEALTH), 0)


def shown(old: Plan, new: Plan) -> dict[str, Group]:
    new = known_again(new, old)
    found = differences(old, new)
    made = groups(old, new, found)
    assert sorted(line.key for line in lines(made)) == sorted(one.key for one in found), "each difference once"
    return {group.title: group for group in made}


def lines(made: list[Group]) -> list[Line]:
    return [line for group in made for part in group.parts for line in part.lines]


def changed(old: Plan, **fields: object) -> Plan:
    (sheet,) = old.goal_sheets
    return replace(old, goal_sheets=(replace(sheet, **fields),))  # type: ignore[arg-type]  # fields of a sheet


def test_only_the_words_that_changed_are_marked(old: Plan) -> None:
    purpose = old.goal_sheets[0].purpose or ""
    found = shown(old, changed(old, purpose=purpose.replace("18元", "20元") + "另购设备3台。"))
    ((line,),) = (part.lines for part in found["表头"].parts)
    assert line.label == "资金用途"
    assert [piece.text for piece in line.before if piece.is_changed] == ["18"]
    assert [piece.text for piece in line.after if piece.is_changed] == ["20", "另购设备3台。"]
    assert "".join(piece.text for piece in line.before) == purpose


def test_texts_with_little_in_common_are_shown_whole(old: Plan) -> None:
    found = shown(old, changed(old, purpose="修桥补路"))
    ((line,),) = (part.lines for part in found["表头"].parts)
    assert [(piece.text, piece.is_changed) for piece in line.after] == [("修桥补路", True)]


def test_money_has_its_unit_and_says_by_how_much(old: Plan) -> None:
    budget = old.goal_sheets[0].budget
    assert budget.total is not None
    found = shown(old, changed(old, budget=replace(budget, total=budget.total - Decimal("48.80"))))
    ((line,),) = (part.lines for part in found["资金"].parts)
    assert (line.label, line.change, line.is_number) == ("预算数", "减少48.8万元", True)
    assert "".join(piece.text for piece in line.after) == "700.00万元"
    assert ("财政资金", "748.80万元") in found["资金"].same


def test_changes_of_a_row_stand_under_it_and_other_rows_are_folded(old: Plan) -> None:
    rows = list(old.goal_sheets[0].indicators)
    rows[3] = replace(rows[3], target=MISSING, kind=IndicatorKind.QUANTITY)
    gone = rows.pop(5)
    found = shown(old, changed(old, indicators=tuple(rows)))["绩效指标"]
    titles = [part.title for part in found.parts]
    assert sum(title.startswith("第4行 数量指标") for title in titles) == 1
    by_label = {line.label: line for part in found.parts for line in part.lines}
    assert [piece.text for piece in by_label["二级指标"].after if piece.is_changed] != [], (
        "levels in words, not in codes"
    )
    assert "".join(piece.text for piece in by_label["二级指标"].after) == "数量指标"
    assert by_label["指标值"].after == ()
    (removed,) = (line for part in found.parts for line in part.lines if line.kind == "removed")
    assert (gone.name or "") in "".join(piece.text for piece in removed.before)
    assert len(found.same) == len(rows) - 1
    assert all(words.startswith("第") for _, words in found.same)


def test_versions_that_are_the_same_have_everything_folded(old: Plan) -> None:
    assert all(not group.count and group.same for group in shown(old, old).values())
