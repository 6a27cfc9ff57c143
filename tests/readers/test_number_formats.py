"""Values of spreadsheets come out as their workbook shows them."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from examples import examples
from jixiao.readers.raw.number_formats import printed


@pytest.mark.parametrize(
    ("value", "form", "words"),
    [
        (0.1 + 0.2, "General", "0.3"),
        (1234567.891, "General", "1234567.891"),
        (57.73, "0.000", "57.730"),
        (57.73, "0.0##", "57.73"),
        (57.0, "0.##", "57"),
        (57.7, "#,##0.00_ ;[Red]-#,##0.00 ", "57.70"),
        (1168.5, '_-* #,##0.00_-;-* #,##0.00_-;_-* "-"??_-;_-@_-', "1168.50"),
        (0, '_-* #,##0.00_-;-* #,##0.00_-;_-* "-"??_-;_-@_-', "0.00"),
        (0, "0;-0;;@", ""),
        (-3.456, "0.00", "-3.46"),
        (-3.456, "0.00;(0.00)", "-3.46"),
        (-3, "0.0;[Red]-0.0", "-3.0"),
        (1168.5, "[$¥-804]#,##0.00", "1168.50"),
        (1168.5, "¥#,##0.00;¥-#,##0.00", "1168.50"),
        (0.955, "0%", "96%"),
        (0.955, "0.0%", "95.5%"),
        (0.95, "≥0%", "≥95%"),
        (10, '"≥"0"家"', "≥10家"),
        (10, "0\\次", "10次"),
        (12, '[>=10]"达标"0', "达标12"),
        (366, "000000", "000366"),
        (123456, "0!.0,", "12.3"),
        (12345678, '0\\.0000"万元"', "1234.5678万元"),
        (1234567, '0.00,"千"', "1234.57千"),
        (0.25, "# ?/?", "0.25"),
        (1234.5, "0.00E+00", "1234.5"),
        (12, "@", "12"),
        ("甲", '@"局"', "甲局"),
        ("甲", "@", "甲"),
        ("甲", "0;-0;0;@", "甲"),
        ("甲", "0.00", "甲"),
        (date(2026, 12, 31), "yyyy/m/d", "2026年12月31日"),
        (date(2026, 12, 31), "yyyy", "2026年"),
        (date(2026, 12, 31), 'm"月"d"日"', "12月31日"),
        (date(2026, 3, 1), '[$-804]yyyy"年"m"月";@', "2026年3月"),
        (datetime(2026, 12, 31, 8, 30), "General", "2026年12月31日"),
        (time(8, 30), "h:mm", "08:30:00"),
        (True, "General", "是"),
        (12345678901234567890, "General", "12345678901234567890"),
        (float("inf"), "0.00", "inf"),
        (1.5, ";", ""),
        (1.5, '"', "1.5"),
    ],
)
def test_printed(value: Any, form: str, words: str) -> None:
    assert printed(value, form) == words


@settings(max_examples=examples(300), deadline=None)
@given(
    st.floats() | st.integers() | st.dates() | st.text("甲@1", max_size=3),
    st.lists(st.sampled_from([*'0#?.,%;"\\!_*[]@-E+/ym甲', "0!.0", "General"]), max_size=40).map("".join),
)
def test_any_format_prints_something(value: Any, form: str) -> None:
    assert isinstance(printed(value, form), str)


@pytest.mark.parametrize("form", ["%" * 250 + "0.0", "0" + "," * 250, "0!." + "0" * 250, "0." + "0" * 250, '"' * 255])
def test_formats_without_measure(form: str) -> None:
    assert len(printed(1.7e308, form)) < 1000
