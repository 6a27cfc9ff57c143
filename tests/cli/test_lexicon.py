"""``jixiao lexicon``."""

from __future__ import annotations

import pytest

from jixiao.cli import main
from tools.local_rules import EXAMPLE


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("投诉率", ["越低越好", "比率", "服务对象满意度指标", "来源：", "V03"]),
        ("全县群众满意度", ["以“群众满意度”结尾", "越高越好", "K80"]),
        ("信访处置数量", ["方向不能断定"]),
        ("信访办结率", ["越高越好"]),
        ("预算执行率", ["自评另有分值", "K23"]),
        ("验收合格比例", ["同“验收合格率”"]),
        ("开展宣传活动", ["只有通用的字"]),
        ("县域商品销售额提高", ["中间还有“销售额”"]),
    ],
)
def test_a_word_is_explained(word: str, parts: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lexicon", word]) == 0
    shown = capsys.readouterr().out
    assert [part for part in parts if part not in shown] == []


def test_without_a_word_some_of_each_field_are_shown_or_all(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lexicon"]) == 0
    some = capsys.readouterr().out
    assert "公共安全和机关运行" in some
    assert "--all" in some
    assert main(["lexicon", "--all"]) == 0
    shown = capsys.readouterr().out
    assert "投诉率" in shown
    assert len(shown) > 4 * len(some)


def test_words_of_a_locality_are_asked_with_its_ruleset(capsys: pytest.CaptureFixture[str]) -> None:
    ruleset = str(EXAMPLE / "ruleset")
    assert main(["lexicon", "互助服务时长", "--ruleset", ruleset]) == 0
    assert "晚晴县" in capsys.readouterr().out
    assert main(["lexicon", "互助服务时长", "--ruleset", "没有"]) == 2
    assert "没有名为“没有”的规则集" in capsys.readouterr().err


def test_an_unknown_word_is_said_to_be_unknown(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lexicon", "龙凤呈祥"]) == 2
    assert "词典里没有" in capsys.readouterr().err
