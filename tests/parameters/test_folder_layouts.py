"""The forms of a locality: what its folder says is drawn and read, and every fault is told with its file."""

from __future__ import annotations

from pathlib import Path

import pytest

from jixiao.domain.codec import plan_to_dict
from jixiao.domain.plan import Plan
from jixiao.layouts import layout_of, layouts, prescribed, specimen
from jixiao.readers import read_bytes
from jixiao.review.folder import load_folder
from jixiao.review.folder_files import RulesetFolderError
from jixiao.review.rulebook import Rulebook
from jixiao.rules import RULES
from jixiao.services.rulebooks import UnknownRulesetError, book_of
from jixiao.vocabulary import Column, Field, shipped
from jixiao.writers.outputs.plan_form import plan_docx

RULESET = 'name: dongshan\ntitle: 东山县\nversion: "1"\nbased_on: national-88\nsummary: 虚构的例子。\n'
LAYOUT = """\
name: dongshan-table
title: 东山县绩效目标表
based_on: national-88
summary: 虚构的例子。
source: {seen: form, where: 虚构}
form_title: 东山县绩效目标表
head:
  - lines:
      - [{field: project/name, label: 立项名目}]
      - [{field: budget_unit, label: 经办单位, columns: 2}, {label: 经办股室}]
  - label: 钱款
    states_unit: true
    lines:
      - [{field: budget/total, label: 全年要花的钱, label_columns: 2}]
      - [{field: budget/fiscal, label: 县里给的钱, label_columns: 2}]
  - part: goals
    label: 目标
    title: 今年要办成的事
    long_term: 三年要办成的事
"""
COLUMNS = """\
columns:
  - {field: class, label: 一级指标, width: 12, at: [goals]}
  - {field: kind, label: 二级指标, width: 16, at: [goals]}
  - {field: name, label: 办什么事, width: 30, long: true, at: [goals]}
  - {field: target/comparator, label: 比大小, width: 6, at: [goals]}
  - {field: target/value, label: 办到多少, width: 10, at: [goals]}
  - {field: target/unit, label: 按什么数, width: 8, at: [goals]}
grid: []
"""


def folder(tmp_path: Path, **files: str) -> Path:
    """A ruleset folder with these layouts."""
    (tmp_path / "layouts").mkdir()
    (tmp_path / "ruleset.yaml").write_text(files.pop("ruleset", RULESET), encoding="utf-8")
    for name, text in files.items():
        (tmp_path / "layouts" / f"{name.replace('_', '-')}.yaml").write_text(text, encoding="utf-8")
    return tmp_path


def load(path: Path) -> Rulebook:
    return load_folder(path, RULES)


def said(plan: Plan) -> object:
    data = plan_to_dict(plan)
    return {key: value for key, value in data.items() if key not in ("source", "provenance", "notes")}


def test_a_form_in_words_of_its_own_is_drawn_and_read(tmp_path: Path) -> None:
    book = book_of(str(folder(tmp_path, dongshan_table=LAYOUT + COLUMNS)))
    assert book.layout.name == "dongshan-table"
    assert layout_of(book.ruleset, book.layouts) is book.layout
    plan = specimen(book.layout)
    data = plan_docx(plan, book.layout)
    again = read_bytes(data, "表.docx", vocabulary=book.vocabulary)
    assert said(again) == said(plan)
    assert not [note for note in again.notes if note.code in ("unplaced", "column.not_kept", "row.not_kept")]
    assert said(read_bytes(data, "表.docx")) != said(plan), "words of this form only: others do not know them"


def test_its_words_are_known_to_its_readers_and_to_no_others(tmp_path: Path) -> None:
    words = load(folder(tmp_path, dongshan_table=LAYOUT + COLUMNS)).vocabulary
    assert words.label("立项名目").field is Field.PROJECT_NAME
    assert words.label("经办股室").field is Field.BACKGROUND
    assert words.label("全年要花的钱（万元）").field is Field.TOTAL
    assert words.label("比大小").column is Column.SIGN
    assert shipped().label("比大小").column is None
    assert "立项名目" not in shipped().words.slots["fields"][Field.PROJECT_NAME]


def test_rows_of_a_blank_form_are_those_of_the_ruleset_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "parameters").mkdir()
    (tmp_path / "parameters" / "required_kinds.yaml").write_text(
        "name: required_kinds\nvalues:\n  - since: 2024-01-01\n    value: [quality]\n    source: 本县\n",
        encoding="utf-8",
    )
    book = load(folder(tmp_path, dongshan_table=LAYOUT + COLUMNS))
    assert book.layout.ruleset == "dongshan"
    assert [kind.value if kind else None for _, kind in prescribed(book.layout, book.ruleset)] == [
        "quality",
        None,
        "beneficiary_satisfaction",
    ]


@pytest.mark.parametrize(
    ("ruleset", "name"), [(RULESET, "national-88"), (RULESET + "layout: national-101\n", "national-101")]
)
def test_without_a_form_of_its_own_a_ruleset_has_that_of_its_base_or_the_one_it_names(
    tmp_path: Path, ruleset: str, name: str
) -> None:
    book = load(folder(tmp_path, ruleset=ruleset))
    assert book.layout is layouts()[name]
    assert book.vocabulary.words == shipped().words


def test_of_several_forms_the_ruleset_names_one(tmp_path: Path) -> None:
    other = LAYOUT.replace("name: dongshan-table", "name: dongshan-other") + COLUMNS
    book = load(folder(tmp_path, dongshan_table=LAYOUT + COLUMNS, dongshan_other=other))
    assert book.layout.name == "national-88"
    named = RULESET + "layout: dongshan-other\n"
    (tmp_path / "ruleset.yaml").write_text(named, encoding="utf-8")
    assert load(tmp_path).layout.name == "dongshan-other"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("name: dongshan-table", "name: hebei", r"layouts/dongshan-table\.yaml 第 1 行：“hebei”是自带的表式"),
        ("name: dongshan-table", "name: dong", r"文件名应当与表式同名：dong\.yaml"),
        ("based_on: national-88", "based_on: dongshan", "based_on 只能是自带的表式：hebei、national-101、national-88"),
        ("seen: form", "seen: form, instrument: mof-2051-88", r"没有依据“mof-2051-88”（是不是“mof-2015-88”）"),
        ("seen: form", "seen: form, verified_on: 上月", "verified_on 应当是日期"),
        ("where: 虚构", "were: 虚构", "没有“were”这一项"),
        ("source: {seen: form, where: 虚构}\n", "", "source"),
        ("label: 目标\n", "label: 目标\n    ruleset: x\n", "head 第 3 项 没有“ruleset”"),
        ("form_title:", "ruleset: xishan\nform_title:", "ruleset 不写（就是本文件夹的）"),
        ("label: 全年要花的钱", "label: 县里给的钱", "“县里给的钱”印在两个不同的栏目上"),
    ],
)
def test_a_fault_is_told_with_its_file(tmp_path: Path, old: str, new: str, message: str) -> None:
    assert old in LAYOUT
    with pytest.raises(RulesetFolderError, match=message):
        load(folder(tmp_path, dongshan_table=LAYOUT.replace(old, new, 1) + COLUMNS))


def test_a_ruleset_names_a_form_that_there_is(tmp_path: Path) -> None:
    with pytest.raises(RulesetFolderError, match=r"ruleset\.yaml 第 6 行：没有表式“hebie”（是不是“hebei”）"):
        load(folder(tmp_path, ruleset=RULESET + "layout: hebie\n"))


def test_a_form_that_does_not_come_back_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    """Words that mean something else where they stand: the heading of the goals is that of a year that nobody keeps."""
    spoilt = LAYOUT.replace("label: 立项名目", "label: 产出指标")
    with pytest.raises(
        UnknownRulesetError, match=r"layouts/dongshan-table\.yaml：照这个表式写出来的表，再读时“.*”与写的不一样"
    ):
        book_of(str(folder(tmp_path, dongshan_table=spoilt + COLUMNS)))
