"""The words of forms as data: whole, looked up as they are written, and a value that a locality extends."""

from __future__ import annotations

import pickle

import pytest

from jixiao.vocabulary import LISTS, PATTERNS, SLOTS, Column, Field, Vocabulary, shipped, words_of
from jixiao.vocabulary.keys import key_of


def with_words(**groups: object) -> Vocabulary:
    return shipped().extended(words_of(groups, "labels.yaml"))


def test_every_thing_has_words_and_every_list_some() -> None:
    words = shipped().words
    assert [(g, t) for g, things in SLOTS.items() for t in things if not words.slots[g][t] and g not in PATTERNS] == []
    assert [name for name in LISTS if not words.lists[name]] == []


@pytest.mark.parametrize("group", [group for group in SLOTS if group not in PATTERNS])
def test_words_stand_as_they_are_looked_up(group: str) -> None:
    """A word written with what looking up takes off would never be found by it."""
    written = [word for words in shipped().words.slots[group].values() for word in words]
    assert [word for word in written if key_of(group, word) != word] == []


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        ({"columns": {"tagret": ["指标值"]}}, "tagret"),
        ({"colums": {"target": ["指标值"]}}, "colums"),
        ({"columns": {"target": ["要求"], "name": ["要求"]}}, "要求 stands twice"),
    ],
)
def test_faulty_words_are_refused(data: dict[str, object], fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        words_of(data, "x.yaml")


def test_words_of_a_locality_are_added_and_nothing_else_changes() -> None:
    local = with_words(
        columns={"target": ["考核要求（2025年）"]}, kinds={"quantity": ["产出规模指标"]}, tails=["经办人"]
    )
    assert local.label("考核要求").column is Column.TARGET
    assert local.label("考 核 要 求：").column is Column.TARGET
    assert local.label("产出规模").kind is local.label("数量指标").kind is not None
    assert local.label("经办人：某某").is_tail
    assert local.label("指标值").column is Column.TARGET
    for word in ("考核要求", "产出规模", "经办人：某某"):
        label = shipped().label(word)
        assert (label.column, label.kind, label.is_tail) == (None, None, False)


def test_a_locality_says_what_its_words_mean_and_its_words_are_surer() -> None:
    local = with_words(fields={"budget_unit": ["主管部门"]}, columns={"name": ["绩效指标内容"]})
    assert shipped().label("主管部门").field is Field.DEPARTMENT
    assert local.label("主管部门").field is Field.BUDGET_UNIT
    assert local.label("绩效指标内容").column_rank < local.label("三级指标").column_rank


def test_a_vocabulary_goes_to_other_processes() -> None:
    local = with_words(tails=["经办人"])
    assert local.label("经办人").is_tail  # what it looked up stays behind
    again = pickle.loads(pickle.dumps(local))
    assert again.words == local.words
    assert again.label("经办人").is_tail
    assert again.label("项目名称").field is Field.PROJECT_NAME
