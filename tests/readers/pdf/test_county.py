"""Plans of the example county as PDF read back as their Word files do."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.pdf import to_pdf
from jixiao.domain.plan import Plan
from jixiao.readers import read_bytes
from jixiao.readers.office import soffice

COUNTY = Path(__file__).parents[3] / "examples" / "county" / "files"


@pytest.mark.office
def test_word_plans_as_pdf(tmp_path: Path) -> None:
    files = sorted(COUNTY.glob("*.docx"))
    assert files
    program = soffice()
    assert program is not None
    for file, made in zip(files, to_pdf(program, files, tmp_path), strict=True):
        plan = read_bytes(made.read_bytes(), made.name)
        assert _content(plan) == _content(read_bytes(file.read_bytes(), file.name))


def _content(plan: Plan) -> Plan:
    return replace(
        plan, source=replace(plan.source, name="", sha256="", format="", pages=None), provenance={}, notes=()
    )
