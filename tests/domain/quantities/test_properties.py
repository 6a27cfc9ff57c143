"""What must hold of any quantity: it is read back as written, alike in a cell and in prose, and never as its contrary."""

from __future__ import annotations

import time
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

import pytest
from domain.any_text import texts
from hypothesis import example, given, settings
from hypothesis import strategies as st

from examples import examples
from jixiao.domain.measure_units import COUNT, MEASURE, MONEY
from jixiao.domain.quantities import Bracketed, Moment, Node, Quantity, parse
from jixiao.domain.quantities.printer import worded
from jixiao.domain.target import Comparator, TargetType
from jixiao.domain.target_grammar import parse_target

# --- what is written ---------------------------------------------------------------------------------------

_UNITS = sorted(
    {*MONEY, *COUNT, *MEASURE, "万元", "亿元", "万人次", "元/亩", "元/人·月", "台(套)", "次/年", "%", "‰"}
    - {"‰", "G", "M"}
)
units = st.sampled_from(_UNITS)
numbers = st.decimals(min_value=0, max_value=Decimal("99999999"), places=2).map(
    lambda d: d.quantize(Decimal(1)) if d == d.to_integral_value() else d
)
comparators = st.sampled_from(Comparator)


@given(st.none() | comparators, numbers, units)
def test_what_is_printed_is_read_back(comparator: Comparator | None, value: Decimal, unit: str) -> None:
    (node,) = parse(worded(comparator, value, unit)).nodes
    assert isinstance(node, Quantity)
    assert node.meaning == (comparator, value, None, unit, None)


@example(Decimal("2033.9"), Decimal("2033.95"), "%")
@given(numbers, numbers, units)
def test_a_printed_range_is_read_back(one: Decimal, other: Decimal, unit: str) -> None:
    low, high = sorted((one, other))
    (node,) = parse(worded(None, low, unit, high)).nodes
    assert isinstance(node, Quantity)
    assert node.meaning == (None, low, high, unit, None)


@given(comparators, numbers, units)
def test_a_printed_target_is_read_back(comparator: Comparator, value: Decimal, unit: str) -> None:
    parsed = parse_target(worded(comparator, value, unit))
    assert not parsed.remarks
    target = parsed.target
    assert (target.type, target.comparator, target.value, target.unit) == (TargetType.NUMERIC, comparator, value, unit)


# --- a cell and the same words in prose ------------------------------------------------------------------------

_BEFORE = (
    "",
    "≥",
    "≤",
    ">",
    "＜",
    "=",
    "不低于",
    "不得超过",
    "至少",
    "最多",
    "大于或等于",
    "控制在",
    "达到",
    "约",
    "不少于",
    "未超过",
    "低于",
)
_BEHIND = ("", "以上", "以内", "（含）以上", "以下（不含）", "左右", "及以上")
cells = st.builds(
    "{}{}{}{}".format,
    st.sampled_from(_BEFORE),
    st.sampled_from(["5", "95", "1,200", "3.5", "十二", "3-5", "２０"]),
    st.sampled_from(["家", "%", "万元", "人次", "个工作日", "台（套）"]),
    st.sampled_from(_BEHIND),
)
sentences = st.sampled_from(
    [
        "{}",
        "全年培训人数{}",
        "覆盖率{}，群众满意。",
        "一是整治，{}；二是巡查。",
        "（目标{}）",
        "数量指标：{}",
        "完成任务 {} 。",
    ]
)


@given(cells, sentences)
def test_a_cell_says_the_same_in_prose(cell: str, sentence: str) -> None:
    (alone,) = parse(cell).quantities
    if "十" in cell and alone.comparator is None and not sentence.startswith(("{", "一")):
        return  # a bare numeral counts only where it is a clause of its own
    (within,) = parse(sentence.format(cell)).quantities
    assert within.meaning == alone.meaning
    target = parse_target(cell).target
    if target.type is TargetType.NUMERIC:
        assert target.comparator is (alone.comparator or Comparator.EXACTLY)
        assert (target.value, target.unit) == (alone.value, alone.unit)
    else:
        assert target.type is TargetType.RANGE or alone.without_end
        assert (target.value, target.upper) in ((alone.value, alone.upper), (None, None))


# --- negation ---------------------------------------------------------------------------------------------------

_NEGATIONS = (
    *(
        "不",
        "未",
        "没有",
        "不得",
        "不能",
        "不应",
        "不应当",
        "不可",
        "不可以",
        "不宜",
        "不许",
        "不准",
        "不允许",
        "不会",
        "不要",
        "不再",
        "不得再",
    ),
    *("禁止", "严禁", "未曾", "不能够", "不得明显", "不应大幅"),
)
_MORE = ("大于", "多于", "高于", "超过", "突破")
_LESS = ("小于", "少于", "低于")
_ADVERBS = ("", "原则上", "全年", "年均", "应", "必须", "每年")


def holds(comparator: Comparator | None, value: Decimal, actual: Decimal) -> bool:
    """Whether ``actual`` keeps to what is said."""
    return {
        Comparator.AT_LEAST: actual >= value,
        Comparator.AT_MOST: actual <= value,
        Comparator.MORE_THAN: actual > value,
        Comparator.LESS_THAN: actual < value,
        Comparator.EXACTLY: actual == value,
        None: True,
    }[comparator]


@settings(max_examples=examples(400))
@given(
    st.sampled_from(_ADVERBS),
    st.sampled_from(["", *_NEGATIONS]),
    st.sampled_from([*_MORE, *_LESS]),
    st.sampled_from(["", "或等于", "等于"]),
    st.integers(1, 10_000),
    st.sampled_from(["家", "%", "万元", "天", "人次", ""]),
)
def test_a_negated_comparison_is_never_its_contrary(
    adverb: str, negation: str, way: str, equal: str, number: int, unit: str
) -> None:
    if negation and equal:
        return
    value = Decimal(number)
    (q,) = parse(f"{adverb}{negation}{way}{equal}{number}{unit}").quantities
    more = (way in _MORE) is not bool(negation)  # more is asked for, or allowed
    assert q.comparator is not None
    assert q.comparator.is_floor is more
    assert holds(q.comparator, value, value) is bool(negation or equal)
    steps = [holds(q.comparator, value, value + d) for d in (-1000, -1, 0, 1, 1000)]
    assert steps == sorted(steps, reverse=not more)


@given(st.sampled_from(_NEGATIONS), st.sampled_from([*_MORE, *_LESS]), st.integers(1, 99))
def test_denying_a_comparison_leaves_the_other_numbers(negation: str, way: str, number: int) -> None:
    (said,) = parse(f"{way}{number}家").quantities
    (denied,) = parse(f"{negation}{way}{number}家").quantities
    for actual in map(Decimal, (0, number - 1, number, number + 1, 1000)):
        assert holds(said.comparator, said.value, actual) is not holds(denied.comparator, denied.value, actual)


# --- any text ---------------------------------------------------------------------------------------------------


def leaves(nodes: tuple[Node, ...]) -> Iterator[Node]:
    for node in nodes:
        if isinstance(node, Bracketed):
            yield from leaves(node.nodes)
        else:
            yield node


def check_cover(nodes: tuple[Node, ...], start: int, end: int) -> None:
    """Nodes stand side by side from ``start`` to ``end``; those in brackets between the brackets, parts in their quantity."""
    assert [n.start for n in nodes] == [start, *(n.end for n in nodes[:-1])] if nodes else start == end
    assert not nodes or nodes[-1].end == end
    for node in nodes:
        assert node.start < node.end
        if isinstance(node, Bracketed):
            check_cover(node.nodes, node.start + 1, node.end - 1)
        if isinstance(node, Quantity):
            assert all(node.start <= part.start < part.end <= node.end for part in node.parts)
            assert all(a.end <= b.start for a, b in pairwise(node.parts))


@settings(max_examples=examples(1500), deadline=None)
@given(texts)
def test_any_text_becomes_a_tree_that_covers_it(text: str) -> None:
    tree = parse(text)
    check_cover(tree.nodes, 0, len(text))
    assert tuple(n for n in leaves(tree.nodes) if isinstance(n, Quantity | Moment)) == tree.found
    for q in tree.quantities:
        assert q.value.is_finite()
        assert q.upper is None or q.comparator is None


@pytest.mark.parametrize(
    "piece",
    [
        "1人",
        "10次、",
        "≥1%",
        " ",
        "9",
        "9,",
        "月",
        "(",
        "10-",
        "2026年",
        "不得",
        "不得低于",
        "至少",
        "一",
        "十百",
        "（5",
        "5）",
        "（5家）",
        "合格数/总数×100%",
        "《",
        "1:",
        "3±",
        "百分之",
        "12月",
        "2026.",
        "投资额的",
        "，",
        "10年至",
    ],
)
def test_endless_texts_end(piece: str) -> None:
    """Time grows with the length: ten times the text takes nowhere near a hundred times as long."""

    def seconds(times: int) -> float:
        text = piece * times + "不"
        start = time.process_time()
        tree = parse(text)
        assert tree.nodes
        return time.process_time() - start

    short, long = min(seconds(1_000) for _ in range(5)), min(seconds(10_000) for _ in range(2))
    assert long < max(50 * short, 0.5)
