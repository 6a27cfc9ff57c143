"""Word documents as one XML file, under whatever name: read as the .docx they are written from."""

from __future__ import annotations

import pytest
from plain import as_printed
from readers.form_grid import drawn, told
from readers.office import FLAT_HEAD, FLAT_PACKAGE, flat
from readers.test_cut_tables import EVALUATION, NATIONAL
from readers.write import as_docx

from jixiao.readers import UnreadableFileError, read_bytes


@pytest.mark.parametrize("name", ["表.doc", "表.xml", "表.docx", "表.wps", "表"])
@pytest.mark.parametrize("form", [NATIONAL, EVALUATION])
def test_any_name(form: str, name: str) -> None:
    data = as_docx(drawn(form))
    plan = read_bytes(flat(data), name)
    assert as_printed(plan) == as_printed(read_bytes(data, "表.docx"))
    assert ("XML 格式的 Word 文档" in told(plan, "format.other_than_name")) is name.endswith((".doc", ".docx", ".wps"))


@pytest.mark.parametrize("head", ["\ufeff" + FLAT_HEAD, FLAT_HEAD.split("\n")[0], "", FLAT_HEAD + "\n  "])
def test_however_it_begins(head: str) -> None:
    data = as_docx(drawn(NATIONAL))
    assert len(read_bytes(flat(data, head), "表.doc").goal_sheets[0].indicators) == 7


@pytest.mark.parametrize(
    "damaged",
    [
        flat(as_docx(drawn(NATIONAL)))[:-40],
        flat(as_docx(drawn(NATIONAL))).replace(b"w:body>", b"w:bodies>"),
        (
            FLAT_HEAD
            + '<!DOCTYPE a [<!ENTITY b "c">]>'
            + FLAT_PACKAGE.format("<pkg:part pkg:name='/word/document.xml'/>")
        ).encode(),
        (FLAT_HEAD + FLAT_PACKAGE.format('<pkg:part pkg:name="/word/document.xml"/>')).encode(),
    ],
)
def test_a_damaged_one_is_told(damaged: bytes) -> None:
    with pytest.raises(UnreadableFileError) as caught:
        read_bytes(damaged, "表.doc")
    assert caught.value.remedy
