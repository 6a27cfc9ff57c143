"""Golden documents: what is read from each stays what it was, to the letter. CONTRIBUTING.md says how to add one."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import zipfile
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from golden.conftest import OPTION
from golden.corpus import EXPECTED, HERE, Golden, documents
from readers.lost import lost

from jixiao.domain.codec import plan_to_dict
from jixiao.domain.codec.places import leaves
from jixiao.domain.note import Note
from jixiao.domain.plan import Plan
from jixiao.domain.provenance import Location
from jixiao.readers import read_bytes
from jixiao.readers.raw import RawDocument
from jixiao.readers.registry import format_of, read_raw
from jixiao.readers.sheets.plan import read_plan
from jixiao.services.files import inputs_of
from jixiao.services.scratch import Scratch
from jixiao.vocabulary import shipped

GOLDEN = list(documents())


def _marks(golden: Golden) -> tuple[pytest.MarkDecorator, ...]:
    """What reading a document needs."""
    found = format_of(golden.data)
    if found.via is not None:
        return (pytest.mark.office,)
    return (pytest.mark.ocr,) if found.name == "image" else ()


every_document = pytest.mark.parametrize("golden", [pytest.param(g, marks=_marks(g), id=g.name) for g in GOLDEN])

_FORM_WORDS = re.compile(
    r".*(?:绩效(?:目标|自评)|预算绩效|执行监控)(?:申报|情况|监控)*表|[（(]20\d\d年度?[）)]|[一二三四]、(?:产出|效益|成本|满意度)指标|年初预算数|全年预算数|全年执行数|执行率|定性"
)
"""Words that a form prints and that say nothing about its plan"""


def content(plan: Plan, *, places: bool) -> dict[str, Any]:
    """The plan's data without what changes by itself: the check sum of a file written anew; places as they are told."""
    data = plan_to_dict(plan)  # the schema that holds all that is read
    del data["source"]["sha256"]
    told = data.pop("provenance")
    if places:
        data["places"] = {leaf: Location(**_frozen(told[leaf])).label for leaf in leaves(data) if leaf in told}
    return data


def _frozen(place: dict[str, Any]) -> dict[str, Any]:
    return place | {"bbox": tuple(place["bbox"])} if "bbox" in place else place


@cache
def _read(golden: Golden) -> tuple[RawDocument, Plan]:
    """A document read once for all tests."""
    raw = read_raw(golden.data, golden.name)
    return raw, read_plan(raw, shipped())


@every_document
def test_read_as_before(golden: Golden, *, regenerate: bool) -> None:
    _, plan = _read(golden)
    found = json.dumps(content(plan, places=golden.places), ensure_ascii=False, indent=1) + "\n"
    if regenerate:
        golden.expected.write_text(found, encoding="utf-8")
        pytest.skip("written anew: see what changed with git diff")
    assert golden.expected.exists(), f"no {golden.expected.name}: make golden writes it; read it before you keep it"
    assert found.splitlines() == golden.expected.read_text(encoding="utf-8").splitlines()


@every_document
def test_no_word_is_lost(golden: Golden) -> None:
    missing = lost(*_read(golden))
    assert [words for words in missing if not _FORM_WORDS.fullmatch(words.split(": ", 1)[1])] == []


def test_nothing_is_expected_of_no_document() -> None:
    assert set(HERE.rglob(f"*{EXPECTED}")) - {g.expected for g in GOLDEN} == set()


def test_an_archive_gives_its_documents(tmp_path: Path) -> None:
    """What a .zip holds is read as the files themselves."""
    packed = [g for g in GOLDEN if g.name in ("format.docx", "format.csv")]
    with zipfile.ZipFile(tmp_path / "报送.zip", "w") as archive:
        for golden in packed:
            archive.writestr(f"水利局/{golden.name}", golden.data)
    read = inputs_of([tmp_path / "报送.zip"], Scratch(tmp_path)).documents
    assert [d.name for d in read] == [f"报送.zip/水利局/{g.name}" for g in packed]
    for document, golden in zip(read, packed, strict=True):
        plan = read_bytes(document.path.read_bytes(), golden.name)
        expected = json.loads(golden.expected.read_text(encoding="utf-8"))
        assert content(plan, places=golden.places) == expected


def test_regenerating_is_off(*, regenerate: bool) -> None:
    if regenerate:
        pytest.skip("asked for by hand")
    assert OPTION not in os.environ.get("PYTEST_ADDOPTS", "")


@pytest.mark.process
def test_regenerating_is_refused_in_ci() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "pytest", str(HERE), OPTION, "--collect-only", "-q"],
        env=os.environ | {"CI": "true"},
        cwd=HERE.parents[1],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert run.returncode == pytest.ExitCode.USAGE_ERROR
    assert "refused in CI" in run.stderr


def test_every_note_that_says_so_counts_as_left_out() -> None:
    """A new code of such a note must end as the others do (``Note.is_left_out``)."""
    expected = [json.loads(path.read_text(encoding="utf-8")) for path in HERE.glob(f"*/*{EXPECTED}")]
    told = [Note(n["code"], n["pointer"], n["message"]) for plan in expected for n in plan["notes"]]
    assert any(note.is_not_kept for note in told)
    assert [note for note in told if "未读入" in note.message and not note.is_left_out] == []
