"""What ``review`` says when it is done."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from jixiao.cli import main

COUNTY = Path(__file__).parents[2] / "examples" / "county" / "files"


def test_the_kinds_met_most_are_named_and_advice_is_left_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (file,) = COUNTY.glob("*文化广电*")
    main(["review", str(file), "-o", str(tmp_path), "--as-of", "2026-01-01"])
    (line,) = [words for words in capsys.readouterr().err.splitlines() if words.startswith("最常见的：")]
    (review,) = [json.loads(p.read_text(encoding="utf-8")) for p in tmp_path.glob("*.review.json")]
    titles = Counter(f["title"] for f in review["findings"] if f["severity"] != "advice")
    expected = "、".join(f"{title} {count} 处" for title, count in titles.most_common(3))
    assert line == f"最常见的：{expected}。"
