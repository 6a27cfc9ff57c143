"""Documents of the example county, damaged as the field damages forms: the same plan, or told; never other values."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from random import Random
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from plain import as_printed
from readers.damage import DAMAGES, blocks_of_raw, cell_per_line, cells_of_filled, nested, with_words_in_covered_cells
from readers.form_grid import FORMATS, as_html, as_tabs, drawn
from readers.test_cut_tables import FORMS
from readers.write import Block

from jixiao.domain.plan import Plan
from jixiao.readers import UnreadableFileError, read_bytes
from jixiao.readers.registry import read_raw

pytestmark = pytest.mark.fuzz

COUNTY = Path(__file__).resolve().parents[2] / "examples/county/files"
FILES = sorted(path for path in COUNTY.iterdir() if path.suffix in (".docx", ".xlsx"))
ALL = {**FORMATS, "tabs.txt": as_tabs}
LOSSES = {
    "unplaced",
    "table.order_lost",
    "column.not_kept",
    "row.not_kept",
    "hidden.left_out",
    "indicator.labels_only",
    "amount.unread",
}


@cache
def county(n: int) -> list[Block]:
    """The first sheets of a document, small enough to be written many times."""
    path = FILES[n]
    blocks = blocks_of_raw(read_raw(path.read_bytes(), path.name))
    tables = [i for i, block in enumerate(blocks) if not isinstance(block, str)]
    return blocks[: tables[min(3, len(tables) - 1)] + 1]


@cache
def right(n: int, written: str) -> Plan:
    return read_bytes(ALL[written](county(n)), f"原.{written}")


def fields(sheet: SimpleNamespace) -> dict[str, object]:
    """What a sheet says, apart from its rows and its number."""
    return {k: v for k, v in vars(sheet).items() if k not in ("indicators", "sequence", "rows", "id", "goals")}


def other_values(damaged: Sequence[SimpleNamespace], base: Sequence[SimpleNamespace]) -> list[str]:
    """Values that stand on a damaged document's sheets and not on those that they were made from."""
    found: list[str] = []
    for sheet in damaged:
        same = next((s for s in base if s.project == sheet.project), None)
        if same is None:
            found.append(f"project {sheet.project}")
            continue
        rows = [vars(row) for row in same.indicators]
        for row in sheet.indicators:
            said = {k: v for k, v in vars(row).items() if v is not None and k != "id"}
            if not any(all(one.get(k) == v for k, v in said.items()) for one in rows):
                found.append(f"row {row.name} {row.target.text} {row.class_} {row.kind}")
        if len(sheet.indicators) > len(same.indicators):
            found.append(f"{len(sheet.indicators)} rows of {len(same.indicators)}")
        if {goal.text for goal in sheet.goals} - {goal.text for goal in same.goals}:
            found.append(f"goals {sheet.goals}")
        found += [
            f"{name} {getattr(sheet.budget, name)}"
            for name in ("total", "fiscal", "other", "currency_unit")
            if getattr(sheet.budget, name) not in (None, getattr(same.budget, name))
        ]
        found += [f"purpose {sheet.purpose}"] if sheet.purpose not in (None, same.purpose) else []
    return found


def check(data: bytes, name: str, base_plan: Plan) -> None:
    """The same sheets, or less and told."""
    base = as_printed(base_plan)
    try:
        plan = read_bytes(data, name)
    except UnreadableFileError as refused:
        told = refused
    else:
        damaged = as_printed(plan)
        assert other_values(damaged, base) == []
        whole = [[fields(s), len(s.indicators)] for s in damaged] == [[fields(s), len(s.indicators)] for s in base]
        before = {(note.code, note.message) for note in base_plan.notes}
        assert whole or any(note.code in LOSSES and (note.code, note.message) not in before for note in plan.notes)
        return
    assert told.remedy


@pytest.mark.parametrize("written", ALL)
@pytest.mark.parametrize("damage", DAMAGES)
@settings(deadline=None, derandomize=True, max_examples=2)
@given(n=st.integers(0, len(FILES) - 1), seed=st.integers(0, 10_000))
def test_one_damage(damage: str, written: str, n: int, seed: int) -> None:
    """One damage leaves nothing to guess: the plan is the same."""
    base = right(n, written)
    plan = read_bytes(ALL[written](DAMAGES[damage](county(n), Random(seed))), f"损.{written}")
    assert as_printed(plan) == as_printed(base)


@settings(deadline=None, derandomize=True, max_examples=40)
@given(
    n=st.integers(0, len(FILES) - 1),
    seed=st.integers(0, 10_000),
    written=st.sampled_from(sorted(ALL)),
    damages=st.lists(st.sampled_from(sorted(DAMAGES)), min_size=2, max_size=4),
)
def test_several_damages_at_once(n: int, seed: int, written: str, damages: list[str]) -> None:
    blocks, rng = county(n), Random(seed)
    for damage in damages:
        blocks = DAMAGES[damage](blocks, rng)
    check(ALL[written](blocks), f"损.{written}", right(n, written))


@pytest.mark.parametrize("n", range(len(FILES)))
@pytest.mark.parametrize("words", ["产出指标", "旧稿", "绩效指标", "80"])
def test_words_left_in_covered_cells(n: int, words: str) -> None:
    """Word does not show them: they change nothing and are told."""
    data = with_words_in_covered_cells(ALL["docx"](county(n)), words)
    plan = read_bytes(data, "损.docx")
    assert as_printed(plan) == as_printed(right(n, "docx"))
    assert any(note.code == "hidden.left_out" and words in note.message for note in plan.notes)


@pytest.mark.parametrize("n", range(len(FILES)))
@pytest.mark.parametrize("seed", range(3))
def test_indicators_in_a_table_inside_a_cell(n: int, seed: int) -> None:
    plan = read_bytes(nested(county(n), Random(seed)), "损.html")
    assert as_printed(plan) == as_printed(right(n, "html"))


@pytest.mark.parametrize("n", range(len(FILES)))
@pytest.mark.parametrize("write", [cell_per_line, cells_of_filled])
def test_a_cell_per_line(n: int, write: Callable[[list[Block]], bytes]) -> None:
    check(write(county(n)), "损.txt", right(n, "docx"))


_BROKEN = ("预算数", "指标值", "完成值", "效益指标", "对象满意度指标", "执行数", "资金总额", "原因分析及改进措施")


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("write", [cell_per_line, cells_of_filled])
@settings(deadline=None, derandomize=True, max_examples=8)
@given(data=st.data())
def test_a_cell_per_line_as_web_pages_break_it(
    form: str, write: Callable[[list[Block]], bytes], data: st.DataObject
) -> None:
    """Labels broken over lines, rows nobody filled in, blank lines gone: right, or refused and told."""
    text = write(drawn(FORMS[form])).decode()
    gap = data.draw(st.sampled_from(("\n", "\n\n", " ")))
    for word in data.draw(st.sets(st.sampled_from(_BROKEN))):
        text = text.replace(word, f"{word[:2]}{gap}{word[2:]}" if len(word) > 3 else f"{word[:1]}{gap}{word[1:]}")
    if data.draw(st.booleans()):
        unfilled = ["指标2", *[" "] * 5] if write is cell_per_line else ["指标2", "……"]
        text = text.replace("质量指标", "\n\n".join([*unfilled, "质量指标"]))
    if data.draw(st.booleans()):
        text = text.replace("\n\n", "\n")
    check(text.encode(), "损.txt", read_bytes(as_html(drawn(FORMS[form])), "原.html"))
