"""The table of kinds: where rows belong by their clues, and the reasons it gives."""

from __future__ import annotations

import time

import pytest

from jixiao.domain.indicator import IndicatorKind as K
from jixiao.domain.target_grammar import parse_target
from jixiao.lexicon import lexicon
from jixiao.lexicon.kinds import INPUT, LABELS, ROUTINE, VALUE, WORD, RowFacts, Table, ValueSort, clues, table
from jixiao.readings.belongs import facts_of


def facts(name: str, value: str) -> RowFacts:
    target = parse_target(value).target
    return facts_of(name, target, target.unit)


# Names that stand neither in the lessons nor in any file of the program.
BELONGS = [
    ("牌坊修缮座数", "≥3座", K.QUANTITY),
    ("戏台抢修加固面积", "≥260平方米", K.QUANTITY),
    ("茶叶栽培技术讲习班期数", "≥4期", K.QUANTITY),
    ("闸门启闭机验收合格率", "=100%", K.QUALITY),
    ("电子票据开具准确率", "≥99%", K.QUALITY),
    ("泄洪闸检修完成时间", "2026年5月底前", K.TIMELINESS),
    ("丧葬补贴按月发放及时率", "=100%", K.TIMELINESS),
    ("每场路演平均费用", "≤2万元/场", K.COST),
    ("茶农人均增收额", "≥800元", K.ECONOMIC),
    ("河口湿地水质达标率", "≥90%", K.ECOLOGICAL),
    ("茶博馆参观游客满意度", "≥92%", K.BENEFICIARY_SATISFACTION),
    ("闸门管护长效机制", "健全", K.SUSTAINED_IMPACT),
    ("贷款本息资金到位率", "100%", INPUT),
    ("茶博馆资产管理制度健全性", "健全", ROUTINE),
]


@pytest.mark.parametrize(("name", "value", "label"), BELONGS)
def test_rows_nobody_listed_go_where_they_belong(name: str, value: str, label: str) -> None:
    row = facts(name, value)
    assert table().odds(row, lexicon().ending(name)).best() == label


def test_shares_are_shares() -> None:
    odds = table().odds(facts("牌坊修缮座数", "≥3座"), None)
    assert sum(odds.of) == pytest.approx(1)
    assert odds.share(*LABELS) == pytest.approx(1)
    assert odds.best(K.QUANTITY) != K.QUANTITY


def test_a_row_that_says_nothing_is_left_open() -> None:
    """Without name and value the table knows only how often kinds are met: no finding could rest on that."""
    odds = table().odds(RowFacts("", ValueSort.NONE), None)
    assert max(odds.of) < 0.5


def test_the_value_decides_where_the_name_does_not() -> None:
    name = "河堤加固"
    best = {value: table().odds(facts(name, value), None).best() for value in ("≥3公里", "2026年6月底前")}
    assert best == {"≥3公里": K.QUANTITY, "2026年6月底前": K.TIMELINESS}


def test_reasons_are_words_of_the_name() -> None:
    name = "革命旧址修缮处数"
    row = facts(name, "≥4处")
    found = table().reasons(row, lexicon().ending(name), K.QUANTITY, K.SOCIAL)
    assert 1 <= len(found) <= 3
    assert "修缮" in found
    assert all(piece in name for piece in found)
    assert VALUE in found, "what is counted speaks too"


def test_reasons_do_not_cut_words() -> None:
    name = "储粮成本核算率"
    found = table().reasons(facts(name, "100%"), lexicon().ending(name), ROUTINE, K.COST)
    assert found
    assert not {"本核", "本核算", "本核算率"} & set(found)


def test_clues_and_table_speak_one_language() -> None:
    """Clues of each sort are in the table, and every line of it is weights for every label."""
    told = {clue for clue, _, _ in clues(facts("道路维修养护里程", "≥30公里"), None)}
    assert len([clue for clue in told if table().weights(clue) is not None]) >= 5
    wrong = [
        clue for clue, printed in table().printed.items() if len(printed.removesuffix(WORD).split(" ")) != len(LABELS)
    ]
    assert wrong == []


def test_an_unknown_clue_says_nothing() -> None:
    assert Table({}).odds(facts("牌坊修缮座数", "≥3座"), None).of == pytest.approx([1 / len(LABELS)] * len(LABELS))
    assert Table({}).weights("修缮") is None


def test_a_row_costs_little() -> None:
    """Thirty microseconds a row on the machine it was made on, kept by name besides; five times that fails."""
    row, term = facts("农村危房改造竣工验收合格率", "=100%"), lexicon().ending("农村危房改造竣工验收合格率")
    table().odds(row, term)
    begun = time.process_time()
    for _ in range(500):
        table().odds(row, term)
    assert (time.process_time() - begun) / 500 < 150e-6
