"""Labels put together from parts: one meaning each, parts that a locality extends, patterns that are refused where wrong."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, product

import pytest

from jixiao.vocabulary import PARTS, PATTERNS, SLOTS, Column, Field, MoneyColumn, shipped, words_of
from jixiao.vocabulary.composed import Composed, Token, tokens_of

PARTS_OF = {name: shipped().words.lists[name] for name in PARTS}


def some_words(tokens: tuple[Token, ...]) -> Iterator[str]:
    """Words that a pattern matches: every place with a few of its words, at both ends of the list, or left out."""
    choices = []
    for words, many in tokens:
        some = [word.replace("N", "2") for word in dict.fromkeys((*words[:3], *words[-3:]))]
        choices.append(["", *some] if many in ("*", "?") else some)
    yield from islice(("".join(parts) for parts in product(*choices)), 4000)


@pytest.mark.parametrize("group", PATTERNS)
def test_no_word_put_together_names_two_things(group: str) -> None:
    slots = shipped().words.slots[group]
    alone = {thing: Composed({thing: slots[thing]}, PARTS_OF) for thing in SLOTS[group] if slots[thing]}
    listed = {w for g in ("fields", "columns", "money_columns") for ws in shipped().words.slots[g].values() for w in ws}
    doubled = set()
    for thing, patterns in slots.items():
        for pattern in patterns:
            for word in some_words(tokens_of(pattern, PARTS_OF)):
                named = [other.value for other, one in alone.items() if one.of(word) is not None]
                if len(word) <= 24 and word not in listed and named != [thing.value]:
                    doubled.add((word, *named))
    assert sorted(doubled) == []


@pytest.mark.parametrize(
    ("word", "field", "column"),
    [
        ("2026年预期指标值及单位", None, Column.TARGET),
        ("预期2026年实现值", None, Column.TARGET),
        ("2025年实现值", None, Column.ACTUAL),
        ("全年预计完成值", None, Column.EXPECTED),
        ("上年实际完成值", None, Column.OTHER),
        ("中期指标值", None, Column.OTHER),
        ("县级主管部门", Field.DEPARTMENT, None),
        ("县级财政部门", Field.BACKGROUND, None),
        ("资金使用单位名称", Field.BUDGET_UNIT, None),
        ("计量单位", None, Column.UNIT),
        ("转移支付（项目）名称", Field.PROJECT_NAME, None),
        ("指标名称", None, Column.NAME),
        ("中期绩效总目标", Field.LONG_TERM_GOALS, None),
        ("本年度绩效总目标", Field.GOALS, None),
        ("其中：省级财政资金", Field.MONEY_PART, None),
        ("其中：2026年财政拨款", Field.FISCAL, None),
        ("项目总预算", Field.TOTAL, None),
        ("项目编码及名称", Field.PROJECT_NAME, None),
        ("项目编码", Field.PROJECT_CODE, None),
        ("其中：政府性基金预算拨款", Field.MONEY_PART, None),
        ("维修养护水库数量", None, None),
        ("工程验收合格率", None, None),
        ("补助资金发放及时", None, None),
        ("市级以上项目数", None, None),
        ("资金支付进度", None, None),
    ],
)
def test_parts_say_what_a_label_names(word: str, field: Field | None, column: Column | None) -> None:
    label = shipped().label(word)
    assert (label.field, label.column) == (field, column)


def test_names_of_amounts_are_put_together() -> None:
    words = {
        "2026年预算数": MoneyColumn.REVISED,
        "1-7月实际支出金额": MoneyColumn.EXECUTED,
        "全年资金支付率": MoneyColumn.RATE,
    }
    assert {word: shipped().label(word).money_column for word in words} == words


@pytest.mark.parametrize("pattern", ["", "[tims]*指标值", "[times*指标值", "指标值)", "target"])
def test_patterns_written_wrong_are_refused(pattern: str) -> None:
    with pytest.raises(ValueError, match="is no"):
        tokens_of(pattern, PARTS_OF)


def test_a_locality_adds_a_part_and_a_pattern() -> None:
    added = {"levels": ["兵团级"], "column_patterns": {"target": ["[times]*考核[goal_values]?要求"]}}
    local = shipped().extended(words_of(added, "labels.yaml"))
    assert local.label("兵团级主管部门").field is Field.DEPARTMENT
    assert local.label("2026年考核要求").column is Column.TARGET
    assert shipped().label("兵团级主管部门").field is shipped().label("2026年考核要求").column is None
    assert local.label("2026年指标值").column is Column.TARGET


def test_words_of_a_locality_stand_with_the_year_before_them() -> None:
    local = shipped().extended(words_of({"fields": {"project_name": ["立项名目"]}}, "labels.yaml"))
    assert local.label("2026年度立项名目").field is Field.PROJECT_NAME


def test_words_of_a_repeated_place_are_taken_apart_in_one_way() -> None:
    """Or a long cell of 市县市县… would be taken apart in thousands."""
    slots = shipped().words.slots
    patterns = {pattern for group in PATTERNS for some in slots[group].values() for pattern in some}
    repeated = [words for pattern in patterns for words, many in tokens_of(pattern, PARTS_OF) if many in ("*", "+")]
    doubled = {a + b for words in repeated for a in words for b in words if a + b in words}
    assert doubled == set()
