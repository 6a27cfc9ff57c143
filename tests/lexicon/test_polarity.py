"""Which way a name is better, composed from its morphemes."""

from __future__ import annotations

import pytest

from jixiao.cli import main
from jixiao.lexicon import Better, lexicon

LESS = [
    "逾期率",
    "逾期发放率",
    "资金滞留率",
    "项目延误率",
    "违规支出比例",
    "漏检率",
    "未整改率",
    "未按时完成率",
    "超编率",
    "欠缴率",
    "错发率",
    "未达标率",
    "逾期整改率",
    "逾期未办结率",
    "未办结案件数",
    "超期处理率",
    "重复发放率",
    "投诉处理超期率",
    "失学率",
    "误判率",
    "投诉增长率",
    "未就业率",
    "未足额发放率",
    "逾期还款率",
    "违规用地面积",
    "迟报率",
    "隐患漏报率",
    "不到位率",
]
MORE = [
    "不合格率下降率",
    "未达标整改率",
    "投诉处理率",
    "漏检整改率",
    "违规问题整改率",
    "事故下降率",
    "能耗降低率",
    "无差错率",
    "无事故天数",
    "违规资金清退率",
    "成本降低率",
    "逾期贷款清收率",
    "不合格产品处置率",
    "投诉办结率",
    "辍学率下降幅度",
    "办理时间缩短率 火灾扑救成功率 故障处理及时率 错误更正率",
]
NOT_TOLD = [
    "合格率",
    "无障碍改造户数",
    "未成年人帮教率",
    "不动产登记率",
    "超额完成率",
    "差旅费标准",
    "不可移动文物保护数量",
    "超声检查人数",
    "错峰出行率",
    "失能老人补贴人数",
    "无偿献血率",
    "重复利用率",
    "纠错率",
    "减少排放量",
    "修补路面坑槽面积",
    "投诉处理件数",
    "不合格检出率",
    "残疾人就业率",
]


def test_negations_and_bad_things_turn_a_name_round() -> None:
    assert [name for name in LESS if _better(name) is not Better.LESS] == []


def test_mending_a_bad_thing_is_good() -> None:
    assert [name for name in MORE if _better(name) is not Better.MORE] == []


def test_what_the_morphemes_do_not_tell_stays_open() -> None:
    assert [name for name in NOT_TOLD if lexicon().composed(name) is not None] == []


def test_no_term_is_turned_against_what_is_known_of_it() -> None:
    known = lexicon()
    turned = [t.word for t in known.terms.values() if t.better and known.composed(t.word) not in (None, t.better)]
    assert turned == []


@pytest.mark.parametrize("name", ["逾期率", "未达标率", "违规支出比例"])
def test_the_command_says_how_a_bad_rate_counts(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lexicon", name]) == 0
    said = capsys.readouterr().out
    assert "越低越好" in said
    assert "越高越好" not in said


def _better(name: str) -> Better | None:
    """As the lexicon says it: by the morphemes, else by the term the name ends in."""
    known = lexicon()
    term = known.ending(name)
    return known.composed(name) or (term.better if term else None)
