"""Recognised words in the signs that Chinese text is written with."""

from __future__ import annotations

import pytest

from jixiao.readers.scan.signs import ems, without_leader, written


@pytest.mark.parametrize(
    ("read", "words"),
    [
        ("≥95 发展电商", "≥95发展电商"),
        ("完成 GB 19001 认证", "完成GB 19001认证"),
        ("检查,巡查;通报", "检查，巡查；通报"),
        ("目标:修路", "目标：修路"),
        ("(一)总体目标", "（一）总体目标"),
        ("招商(含驻点", "招商（含驻点"),
        ("１２％", "12%"),
        ("1,168.25", "1,168.25"),
        ("(%)", "(%)"),
        ("322-0402-JBN", "322-0402-JBN"),
    ],
)
def test_written(read: str, words: str) -> None:
    assert written(read) == words


@pytest.mark.parametrize(
    ("read", "line"), [("一、总体目标......1", "一、总体目标...1"), ("..12", "...12"), ("3.5亿元", "3.5亿元")]
)
def test_leaders(read: str, line: str) -> None:
    assert without_leader(read) == line


def test_width() -> None:
    assert ems("≥95%修路") == 1 + 1.5 + 2
