"""Every note a reader can make is explained in the page of the data format."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
_CODE = re.compile(
    r'"((?:target|amount|disbursement|cell|table|residue|docx|hidden|recognition|page|encoding|format|formula|section|'
    r'annotation|object|macros|heading|department|fiscal_year|project|indicator|sheet|column|row|goals|furniture)\.[a-z_]+)"'
)


def test_every_note_code_is_documented() -> None:
    page = (ROOT / "docs" / "data-format.md").read_text(encoding="utf-8")
    source = [*(ROOT / "src" / "jixiao" / "readers").rglob("*.py"), ROOT / "src/jixiao/domain/target_grammar.py"]
    used = {code for file in source for code in _CODE.findall(file.read_text(encoding="utf-8"))}
    assert len(used) > 30
    assert sorted(code for code in used if f"`{code}`" not in page) == []
