"""The same plan written as Word, Excel and text reads back the same, whatever it holds."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from readers.lost import lost
from readers.plans import plans
from readers.write import as_docx, as_pipes, as_txt, as_xlsx, layout

from examples import examples
from jixiao.domain.plan import Plan
from jixiao.readers import read_bytes
from jixiao.readers.registry import read_raw

FORMATS = {
    "docx": as_docx,
    "xlsx": as_xlsx,
    "xlsx-per-project": lambda blocks: as_xlsx(blocks, sheet_per_table=True),
    "txt": as_txt,
    "txt-pipes": as_pipes,
}


def content(plan: Plan, source: Plan) -> Plan:
    """The content fields only."""
    return replace(plan, source=source.source, provenance={}, notes=())


@pytest.mark.parametrize("form", FORMATS)
@settings(max_examples=examples(15), deadline=None, suppress_health_check=list(HealthCheck))
@given(plans())
def test_written_plan_reads_back(form: str, plan: Plan) -> None:
    data = FORMATS[form](layout(plan))
    got = read_bytes(data, "plan")
    assert content(got, plan) == plan
    assert lost(read_raw(data, "plan"), got) == []
