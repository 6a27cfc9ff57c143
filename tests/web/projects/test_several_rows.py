"""Several rows of one project, one for each source of money, are put together visibly; what contradicts itself is asked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from jixiao.web.accounts.roles import Role
from jixiao.web.imports import reading, running, selectors
from jixiao.web.imports.models import ImportRow, ImportSession
from jixiao.web.kernel.people import Actor
from jixiao.web.projects.models import ProjectYear
from web.imports.books import xlsx
from web.make import Office

HEAD = ("单位编码", "单位名称", "项目编码", "项目名称", "资金来源", "预算数（万元）")
SHOP = ("301", "清源县商务局", "T001", "招商费用")
CENTRE = ("301002", "清源县投资促进中心", "T002", "驻点招商")


@pytest.fixture(autouse=True)
def _read_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "read", reading.workbook_of)


def tried(actor: Actor, rows: Sequence[Sequence[Any]], head: Sequence[str] = HEAD) -> ImportSession:
    session = running.begin(actor, kind="projects", name="项目.xlsx", data=xlsx([head, *rows]), year=2027)
    return running.attempt(actor, session.pk)


def rows_of(session: ImportSession) -> list[ImportRow]:
    return list(ImportRow.objects.unrestricted("test").filter(session=session).order_by("number"))


def pool() -> list[tuple[Any, ...]]:
    rows = ProjectYear.objects.unrestricted("test").order_by("code")
    return list(rows.values_list("code", "total_fen", "fiscal_fen", "other_fen"))


def test_rows_of_one_project_are_summed_by_source(county: Office) -> None:
    section = county.actor(Role.PERFORMANCE_SECTION)
    session = tried(
        section,
        [
            (*SHOP, "一般公共预算资金", "100"),
            (*CENTRE, "一般公共预算资金", "80"),
            (*SHOP, "政府性基金预算资金", "50"),
            (*SHOP, "单位资金", "20.5"),
        ],
    )
    first, other, *parts = rows_of(session)[1:]
    assert (first.state, other.state) == ("changed", "changed"), "projects of the county that are not listed yet"
    assert [(row.state, row.sort) for row in parts] == [("", "part"), ("", "part")]
    assert first.remarks == [
        "第 2、4、5 行是同一个项目，按资金来源合计：一般公共预算资金100万元＋政府性基金预算资金50万元＋单位资金20.5万元＝170.5万元"
    ]
    assert [one.words for one in selectors.money_sums(section, session)] == ["250.5万元（按万元读）"]
    running.apply(section, session.pk)
    assert pool() == [("T001", 170_500_000, 150_000_000, 20_500_000), ("T002", 80_000_000, 80_000_000, None)]
    again = tried(section, [(*SHOP, "单位资金", "20.5"), (*SHOP, "政府性基金预算资金", "150")])
    assert rows_of(again)[1].state == "same" or not rows_of(again)[1].differences[0][0].startswith("预算数")


def test_tried_again_after_a_part_was_imported_it_comes_to_the_same(county: Office) -> None:
    section = county.actor(Role.PERFORMANCE_SECTION)
    rows = [(*SHOP, "一般公共预算资金", "100"), (*SHOP, "单位资金", "20")]
    session = tried(section, rows)
    running.apply(section, session.pk)
    running.attempt(section, session.pk)
    assert [row.state for row in rows_of(session)[1:]] == ["taken", ""]
    assert [row.state for row in rows_of(tried(section, rows))[1:]] == ["same", ""]


@pytest.mark.parametrize(
    ("second", "words"),
    [
        ((*SHOP[:3], "招商引资", "单位资金", "20"), "编码T001的项目名称不一样：第 2 行“招商费用”、第 3 行“招商引资”"),
        ((*CENTRE[:2], *SHOP[2:], "单位资金", "20"), "编码T001的单位编码不一样"),
        ((*SHOP, "单位资金", "二十"), "和第 3 行是同一个项目，那一行有错"),
        ((*SHOP, "一般公共预算资金", "20"), "和第 2 行是同一个（T001）。请留一行"),
    ],
)
def test_what_contradicts_itself_is_asked(county: Office, second: tuple[str, ...], words: str) -> None:
    session = tried(county.actor(Role.PERFORMANCE_SECTION), [(*SHOP, "一般公共预算资金", "100"), second])
    told = [message for row in rows_of(session)[1:] for _, message in row.problems]
    assert any(words in message for message in told), told
    if "请留一行" not in words:
        assert {row.state for row in rows_of(session)[1:]} == {"error"}, "half of a project is not imported"


def test_a_source_nobody_knows_is_told_and_counts_in_the_total_only(county: Office) -> None:
    section = county.actor(Role.PERFORMANCE_SECTION)
    session = tried(section, [(*SHOP, "一般公共预算资金", "100"), (*SHOP, "财政专户管理资金", "30")])
    assert any("“财政专户管理资金”分不清" in words for words in rows_of(session)[1].remarks)
    running.apply(section, session.pk)
    assert pool() == [("T001", 130_000_000, 100_000_000, None)]


def test_columns_of_fiscal_and_other_money_are_summed_as_they_are(county: Office) -> None:
    section = county.actor(Role.PERFORMANCE_SECTION)
    head = (*HEAD[:4], "支出功能分类科目", "预算数（元）", "财政资金（元）", "其他资金（元）")
    rows = [(*SHOP, "2160219", "1000", "900", "100"), (*SHOP, "2160299", "500", "500", "0")]
    session = tried(section, rows, head)
    assert "按功能科目合计：21602190.1万元" in rows_of(session)[1].remarks[0].replace(" ", "")
    running.apply(section, session.pk)
    assert pool() == [("T001", 150_000, 140_000, 10_000)]


def test_new_projects_far_from_what_projects_have_are_told(county: Office) -> None:
    section = county.actor(Role.PERFORMANCE_SECTION)
    usual = [("301", "清源县商务局", f"U{n}", f"项目{n}", "一般公共预算资金", str(80 + n)) for n in range(6)]
    running.apply(section, tried(section, usual).pk)
    new = [("301", "清源县商务局", f"V{n}", f"别的事{n}", "一般公共预算资金", str(900_000 + n)) for n in range(6)]
    assert "约是1万倍" in selectors.unit_doubt(section, tried(section, new))
    same = [("301", "清源县商务局", f"W{n}", f"另外的事{n}", "一般公共预算资金", str(200 + n)) for n in range(6)]
    assert selectors.unit_doubt(section, tried(section, same)) == ""
