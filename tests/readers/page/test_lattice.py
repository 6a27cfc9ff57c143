"""Lines to cells: whatever a table is cut into, its lines give it back."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from jixiao.readers.page.lattice import Slot, lattices, too_many
from jixiao.readers.page.shapes import Rule


@st.composite
def partitions(draw: st.DrawFn) -> tuple[list[float], list[float], list[Slot]]:
    """Edges of columns and rows, and rectangles that fill the table; every edge is used by one of them."""
    widths = draw(st.lists(st.floats(12, 120), min_size=1, max_size=5))
    heights = draw(st.lists(st.floats(12, 80), min_size=1, max_size=5))
    xs, ys = [50.0], [60.0]
    for w in widths:
        xs.append(xs[-1] + w)
    for h in heights:
        ys.append(ys[-1] + h)
    slots = [Slot(r, c, r + 1, c + 1) for r in range(len(heights)) for c in range(len(widths))]
    for _ in range(draw(st.integers(0, 6))):
        a, b = draw(st.sampled_from(slots)), draw(st.sampled_from(slots))
        both = Slot(
            min(a.row, b.row), min(a.column, b.column), max(a.row_end, b.row_end), max(a.column_end, b.column_end)
        )
        inside = [s for s in slots if _within(s, both)]
        if sum(_area(s) for s in inside) == _area(both):
            slots = [s for s in slots if s not in inside] + [both]
    return xs, ys, slots


def _within(s: Slot, t: Slot) -> bool:
    return t.row <= s.row and s.row_end <= t.row_end and t.column <= s.column and s.column_end <= t.column_end


def _area(s: Slot) -> int:
    return (s.row_end - s.row) * (s.column_end - s.column)


def rules_of(xs: list[float], ys: list[float], slots: list[Slot]) -> list[Rule]:
    rules = []
    for s in slots:
        x0, x1, y0, y1 = xs[s.column], xs[s.column_end], ys[s.row], ys[s.row_end]
        rules += [Rule(False, y, x0, x1) for y in (y0, y1)] + [Rule(True, x, y0, y1) for x in (x0, x1)]
    return rules


@given(partitions(), st.floats(-0.8, 0.8))
def test_cells_come_back(table: tuple[list[float], list[float], list[Slot]], off: float) -> None:
    xs, ys, slots = table
    rules = rules_of(xs, ys, slots)
    rules += [Rule(r.vertical, r.at + off, r.start - 1, r.end + 1) for r in rules[::2]]  # the other side of thick lines
    found = lattices(rules)
    if len(slots) == 1:
        assert found == []
        return
    (lattice,) = found
    got = {
        (lattice.xs[s.column], lattice.ys[s.row], lattice.xs[s.column_end], lattice.ys[s.row_end])
        for s in lattice.slots
    }
    want = {(xs[s.column], ys[s.row], xs[s.column_end], ys[s.row_end]) for s in slots}
    assert len(got) == len(want)
    for box in want:
        assert any(all(abs(a - b) <= 2 for a, b in zip(box, other, strict=True)) for other in got)


@given(st.lists(st.tuples(st.booleans(), *[st.floats(0, 800)] * 3), max_size=40))
def test_any_lines_give_rectangles_that_fill_their_tables(lines: list[tuple[bool, float, float, float]]) -> None:
    for lattice in lattices([Rule(v, at, min(a, b), max(a, b)) for v, at, a, b in lines]):
        assert all(a < b for a, b in pairwise(lattice.xs))
        assert all(a < b for a, b in pairwise(lattice.ys))
        assert sum(_area(s) for s in lattice.slots) == (len(lattice.xs) - 1) * (len(lattice.ys) - 1)


def test_a_drawing_is_told_by_its_many_lines() -> None:
    assert too_many([Rule(True, 1, 2, 30)] * 5000)
    assert not too_many([Rule(True, 1, 2, 30)] * 500)
