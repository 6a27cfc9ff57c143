"""Ruleset folders: what they say holds, and every fault is told with file, line and remedy."""

from __future__ import annotations

import pickle
import re
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

import jixiao
from jixiao.domain.finding import Severity
from jixiao.lexicon import lexicon
from jixiao.parameters import rulesets
from jixiao.parameters.keys import INDICATOR_COUNT
from jixiao.review import review_plan
from jixiao.review.folder import load_folder
from jixiao.review.folder_files import RulesetFolderError
from jixiao.review.short_plan import plan_of
from jixiao.rules import RULES
from jixiao.vocabulary import Column, Field, shipped
from tools.local_rules import EXAMPLE, installed

AS_OF = date(2026, 1, 1)
RULESET = """\
name: dongshan
title: 东山县表式
version: "1"
based_on: national-88
summary: 虚构的例子。
"""
VALUE = "values:\n  - since: 2024-01-01\n    source: 本县\n    "
LAW = """\
id: dongshan-form
title: 填表说明
issuer: 东山县财政局
force: local_rule
in_force_from: 2024-01-01
clauses:
  - {id: rows, name: 行数, requirement: 至少写七行。}
"""
SIX = {
    "indicators": [
        {"class": "output", "kind": kind, "name": f"事项{kind}", "target": "≥5件"}
        for kind in ("quantity", "quality", "timeliness", "cost")
    ]
    + [{"class": "outcome", "kind": "social", "name": "受益人口", "target": "≥9人"}]
    + [{"class": "satisfaction", "name": "群众满意度", "target": "≥90%"}]
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "东山"
    path.mkdir()
    (path / "ruleset.yaml").write_text(RULESET, encoding="utf-8")
    return path


@pytest.fixture
def package() -> Iterator[None]:
    with installed(EXAMPLE / "package"):
        yield


def write(folder: Path, name: str, text: str) -> None:
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")


def more(folder: Path, text: str) -> None:
    write(folder, "ruleset.yaml", RULESET + text)


def codes(folder: Path, as_of: date = AS_OF) -> list[tuple[str, Severity]]:
    review = load_folder(folder, RULES).review(plan_of(SIX), as_of)
    return [(f.rule, f.severity) for f in review.findings if f.rule == "C46"]


def refused(folder: Path) -> RulesetFolderError:
    with pytest.raises(RulesetFolderError) as raised:
        load_folder(folder, RULES)
    assert re.search(r"[\u4e00-\u9fff].*。$", raised.value.message)
    return raised.value


# --- what holds -------------------------------------------------------------------------------------------


LABELS = "source: 本县旧表\ncolumns: {target: [考核要求]}\ntails: [经办人]\nlevels: [兵团级]\n"


def test_words_of_its_forms_are_in_its_vocabulary(folder: Path) -> None:
    write(folder, "labels.yaml", LABELS)
    book = pickle.loads(pickle.dumps(load_folder(folder, RULES)))
    assert book.vocabulary.label("考核要求").column is Column.TARGET
    assert book.vocabulary.label("经办人").is_tail
    assert book.vocabulary.label("兵团级主管部门").field is Field.DEPARTMENT
    assert shipped().label("考核要求").column is None


def test_without_such_words_the_vocabulary_is_that_of_the_program(folder: Path) -> None:
    assert load_folder(folder, RULES).vocabulary is shipped()


@pytest.mark.parametrize(
    ("labels", "line", "words"),
    [
        (LABELS.replace("source: 本县旧表\n", ""), 1, "缺少“source”"),
        (LABELS.replace("columns", "colums"), 2, "不认得“colums”（是不是“columns”）"),
        (LABELS.replace("target", "tagret"), 2, "不认得“tagret”（是不是“target”）"),
        (LABELS.replace("[考核要求]", "考核要求"), 2, "“target”应当是列表"),
        (LABELS.replace("[经办人]", "[1]"), 3, "“tails”应当是列表"),
        (LABELS.replace("[考核要求]}", "[考核要求], name: [考核要求]}"), 2, "“考核要求”写了两次"),
        (LABELS + 'column_patterns: {target: ["[tims]*考核要求"]}\n', 5, "“[tims]*考核要求”的写法不对"),
    ],
)
def test_faulty_words_of_forms_are_told(folder: Path, labels: str, line: int, words: str) -> None:
    write(folder, "labels.yaml", labels)
    error = refused(folder)
    assert (error.file, error.line) == ("labels.yaml", line)
    assert words in error.message


LEXICON = """\
source: 本县历年的指标
groups:
  - {terms: [采空率], better: less, measures: rate, kinds: [ecological]}
words: {setback: [空转]}
"""


def reversed_signs(folder: Path) -> list[str]:
    rows = [
        {"class": "outcome", "kind": "ecological", "name": "地下水采空率", "target": "≥5%"},
        {"class": "outcome", "kind": "social", "name": "设备空转次数", "target": "≥5次"},
    ]
    found = load_folder(folder, RULES).review(plan_of({"indicators": rows}), AS_OF).findings
    return [f.pointer for f in found if f.rule == "V03"]


def test_words_that_indicators_are_known_by_are_in_its_lexicon(folder: Path) -> None:
    assert reversed_signs(folder) == []
    write(folder, "lexicon.yaml", LEXICON)
    assert reversed_signs(folder) == [f"/goal_sheets/0/indicators/{n}/target" for n in (0, 1)]
    book = pickle.loads(pickle.dumps(load_folder(folder, RULES)))
    assert book.ruleset.lexicon.terms["采空率"].source == "本县历年的指标"
    assert "采空率" not in lexicon().terms


def test_without_such_words_the_lexicon_is_that_of_the_program(folder: Path) -> None:
    assert pickle.loads(pickle.dumps(load_folder(folder, RULES))).ruleset.lexicon is lexicon()


@pytest.mark.parametrize(
    ("words", "line", "told"),
    [
        (LEXICON.replace("source: 本县历年的指标\n", ""), 1, "缺少“source”"),
        (LEXICON.replace("groups", "group"), 2, "不认得“group”（是不是“groups”）"),
        (LEXICON.replace("better: less", "better: lower"), 3, "better 只能是：more（越高越好）"),
        (LEXICON.replace("[ecological]", "[ecology]"), 3, "kinds 只能是"),
        (LEXICON.replace("[采空率]", "[采空率, 采空率]"), 2, "“采空率”写了两次"),
        (LEXICON.replace("setback", "setbacks"), 4, "没有词表“setbacks”（是不是“setback”）"),
        (LEXICON.replace("[空转]", "空转"), 4, "应当是列表"),
    ],
)
def test_faulty_words_of_indicators_are_told(folder: Path, words: str, line: int, told: str) -> None:
    write(folder, "lexicon.yaml", words)
    error = refused(folder)
    assert (error.file, error.line) == ("lexicon.yaml", line)
    assert told in error.message


def test_a_folder_that_changes_nothing_finds_what_its_base_finds(folder: Path) -> None:
    plan = plan_of(SIX)
    own = load_folder(folder, RULES).review(plan, AS_OF)
    base = review_plan(plan, RULES, rulesets()["national-88"], AS_OF)
    assert own.findings == base.findings
    assert own.ruleset.name == "dongshan"


def test_a_value_holds_from_its_day_on_and_for_this_folder_only(folder: Path) -> None:
    write(
        folder,
        "parameters/indicator_count.yaml",
        f"name: indicator_count\n{VALUE}value: {{fewest: 7, most: 20, far_too_few: 3}}\n",
    )
    assert codes(folder) == [("C46", Severity.ADVICE)]
    assert codes(folder, date(2023, 12, 31)) == []
    assert rulesets()["national-88"].parameter(INDICATOR_COUNT, AS_OF).fewest == 5


def test_severity_and_citation_of_the_locality(folder: Path) -> None:
    write(
        folder,
        "parameters/indicator_count.yaml",
        f"name: indicator_count\n{VALUE}value: {{fewest: 7, most: 20, far_too_few: 3}}\n",
    )
    write(folder, "law/form.yaml", LAW)
    more(folder, "severity: {C46: error}\ncites: {C46: [dongshan-form/rows]}\n")
    (found,) = [f for f in load_folder(folder, RULES).review(plan_of(SIX), AS_OF).findings if f.rule == "C46"]
    assert found.severity is Severity.ERROR
    assert found.citations[0].requirement == "行数：至少写七行。"
    assert found.citations[0].force == "local_rule"


def test_a_citation_waits_for_its_day(folder: Path) -> None:
    write(folder, "law/form.yaml", LAW.replace("2024-01-01", "2030-01-01"))
    more(folder, "cites: {V10: [dongshan-form/rows]}\n")
    vague = {"indicators": [{"class": "output", "kind": "quality", "name": "质量", "target": "较好"}]}
    found = [f for f in load_folder(folder, RULES).review(plan_of(vague), AS_OF).findings if f.rule == "V10"]
    assert found
    assert all("填表说明" not in c.instrument for f in found for c in f.citations)


def test_severity_of_the_locality_goes_before_what_a_rule_says_case_by_case(folder: Path) -> None:
    more(folder, "severity: {C44: warning}\n")
    review = load_folder(folder, RULES).review(plan_of({"indicators": SIX["indicators"][:4]}), AS_OF)
    assert [f.severity for f in review.findings if f.rule == "C44"] == [Severity.WARNING]


def test_an_excluded_rule_is_told_as_not_run(folder: Path) -> None:
    more(folder, "excluded: {C46: 本县不限行数}\n")
    review = load_folder(folder, RULES).review(plan_of(SIX), AS_OF)
    assert [n.reason for n in review.not_run if n.rule == "C46"] == ["本规则集不适用：本县不限行数"]


def test_a_case_tells_what_is_wrong(folder: Path) -> None:
    write(folder, "cases/V09.yaml", "- {name: 应报, given: {indicators: [{name: 次数, target: ≥1次}]}, expect: [/x]}\n")
    book = load_folder(folder, RULES)
    (wrong,) = [book.failure(case) for case in book.cases]
    assert wrong == "应提示 /x，实际提示 （无）"


def test_a_byte_order_mark_of_notepad_is_no_fault(folder: Path) -> None:
    (folder / "ruleset.yaml").write_text("\ufeff" + RULESET, encoding="utf-8")
    assert load_folder(folder, RULES).ruleset.name == "dongshan"


@pytest.mark.usefixtures("package")
def test_rules_of_a_package_speak_only_where_a_folder_names_them() -> None:
    book = load_folder(EXAMPLE / "ruleset-with-package", RULES)
    assert "X01" in book.rules
    assert "X01" not in RULES
    plan = plan_of({"indicators": [{"class": "output", "kind": "quantity", "name": "安装设备", "target": "≥9套"}]})
    assert "X01" in {f.rule for f in book.review(plan, AS_OF).findings}
    assert "X01" not in {f.rule for f in jixiao.review_plan(plan, as_of=AS_OF).findings}


@pytest.mark.usefixtures("package")
def test_a_rulebook_goes_to_other_processes() -> None:
    book = load_folder(EXAMPLE / "ruleset-with-package", RULES)
    again = pickle.loads(pickle.dumps(book))
    plan = plan_of(SIX)
    assert again.review(plan, AS_OF) == book.review(plan, AS_OF)


def test_from_python_a_folder_is_named_by_its_path(folder: Path) -> None:
    more(folder, "severity: {C44: warning}\n")
    plan = plan_of({"indicators": SIX["indicators"][:4]})
    assert jixiao.review_plan(plan, as_of=AS_OF, ruleset=folder).ruleset.name == "dongshan"
    assert jixiao.review_plan(plan, as_of=AS_OF, ruleset=jixiao.rulebook(folder)).ruleset.name == "dongshan"
    with pytest.raises(KeyError):
        jixiao.review_plan(plan, as_of=AS_OF, ruleset="没有的")


def test_no_rule_of_the_program_has_a_code_of_localities() -> None:
    assert [code for code in RULES if code.startswith("X")] == []


# --- faults -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("exclude: {C46: 不限}\n", 6, "是不是“excluded”"),
        ("excluded: {Z99: 不限}\n", 6, "没有规则“Z99”"),
        ("excluded:\n  V01: 不限\n  C46:\n", 8, "为什么不适用"),
        ("severity: {C46: grave}\n", 6, "程度只能是"),
        ("severity: {L64: error}\n", 6, "只有工作惯例"),
        ("cites: {C46: [没有/的]}\n", 6, "没有条款"),
        ("cites: {C46: mof}\n", 6, "列表"),
        ("instruments: [mof-2015]\n", 6, "没有依据“mof-2015”"),
        ("instruments: [budget-law]\n", 6, "不在 instruments 里"),
        ("rules: [没有的包]\n", 6, "没有安装"),
        ("title: 又写一次\n", 6, "写了两次"),
        ("excluded:\n\tC46: 不限\n", 7, "YAML 写法不对"),
        ("excluded: 不限\n", 6, "“excluded”应当是"),
    ],
)
def test_faults_of_the_ruleset(folder: Path, text: str, line: int, words: str) -> None:
    more(folder, text)
    error = refused(folder)
    assert (error.file, error.line) == ("ruleset.yaml", line)
    assert words in error.message


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("based_on: national-88", "based_on: hebai", 4, "based_on 只能是"),
        ("name: dongshan", "name: hebei", 1, "重名"),
        ("name: dongshan", "name: 东山", 1, "小写字母"),
        ('version: "1"', "version: 1", 3, "应当是文字"),
        ("summary: 虚构的例子。\n", "", 1, "缺少“summary”"),
    ],
)
def test_faults_of_its_head(folder: Path, old: str, new: str, line: int, words: str) -> None:
    write(folder, "ruleset.yaml", RULESET.replace(old, new))
    error = refused(folder)
    assert error.line == line
    assert words in error.message


@pytest.mark.parametrize(
    ("name", "text", "line", "words"),
    [
        ("parameters/indicator_cuont.yaml", f"name: indicator_cuont\n{VALUE}value: 1\n", 1, "是不是“indicator_count”"),
        ("parameters/a.yaml", f"name: indicator_count\n{VALUE}value: 1\n", 1, "与参数同名"),
        ("parameters/hebei_signs.yaml", f"name: hebei_signs\n{VALUE}value: 1\n", 1, "不能在这里改"),
        ("parameters/indicator_count.yaml", f"name: indicator_count\n{VALUE}value: 7\n", 3, "应当是对照表"),
        (
            "parameters/indicator_count.yaml",
            f"name: indicator_count\n{VALUE}value: {{fewest: 七}}\n",
            3,
            "“fewest”应当是数",
        ),
        ("parameters/placeholder_words.yaml", f"name: placeholder_words\n{VALUE}value: 待定\n", 3, "应当是列表"),
        ("parameters/placeholder_words.yaml", f"name: placeholder_words\n{VALUE}remove: [没有的词]\n", 3, "原来就没有"),
        (
            "parameters/placeholder_words.yaml",
            f"name: placeholder_words\n{VALUE}value: [一]\n    add: [二]\n",
            3,
            "不能都写",
        ),
        (
            "parameters/placeholder_words.yaml",
            "name: placeholder_words\nvalues:\n  - {add: [二], source: 本县}\n",
            3,
            "since",
        ),
        ("parameters/basis_required.yaml", f"name: basis_required\n{VALUE}value: 1\n", 3, "true 或 false"),
        ("law/form.yaml", LAW.replace("local_rule", "strong"), 4, "force 只能是"),
        ("law/form.yaml", LAW.replace("dongshan-form", "budget-law"), 1, "自带的依据"),
        ("law/form.yaml", LAW.replace("name: 行数", "name: 行数, article: 第三条"), 7, "verified_on"),
        ("law/form.yaml", LAW.replace("2024-01-01", "'2024'"), 5, "日期"),
        ("cases/Z99.yaml", "[]\n", 1, "没有这条规则"),
        ("cases/V09.yaml", "- {name: 应报, given: {indicator: []}, expect: []}\n", 1, "认不出"),
        ("cases/V09.yaml", "- {name: 应报, given: {}}\n", 1, "缺少“expect”"),
    ],
)
def test_faults_of_its_files(folder: Path, name: str, text: str, line: int, words: str) -> None:
    write(folder, name, text)
    error = refused(folder)
    assert (error.file, error.line) == (name, line)
    assert words in error.message


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("rules.py", "不会运行"),
        ("parameters/indicator_count.yml", ".yaml 结尾"),
        ("indicator_count.yaml", "这个位置"),
        ("paramters/indicator_count.yaml", "这个位置"),
    ],
)
def test_what_nobody_would_read_is_told(folder: Path, name: str, words: str) -> None:
    write(folder, name, "raise SystemExit\n")
    assert words in refused(folder).message


def test_python_in_a_folder_is_never_run(folder: Path) -> None:
    write(folder, "dongshan_rules.py", "import sys\nsys.dongshan = 1\n")
    refused(folder)
    assert not hasattr(sys, "dongshan")


def test_other_encodings_are_told(folder: Path) -> None:
    (folder / "ruleset.yaml").write_bytes(RULESET.encode("gb18030"))
    assert "UTF-8" in refused(folder).message


@pytest.mark.parametrize(
    "text",
    ["? [甲]\n: 乙\n", "a: {b: 2024-02-30}\n", "&a [*a]\n", "- 一\n", "", "!!python/object:os.system {}\n", "a: *b\n"],
)
def test_strange_yaml_is_told(folder: Path, text: str) -> None:
    write(folder, "parameters/indicator_count.yaml", text)
    assert refused(folder).file == "parameters/indicator_count.yaml"


def test_a_folder_without_a_ruleset_is_told(tmp_path: Path) -> None:
    assert refused(tmp_path).file == "ruleset.yaml"
