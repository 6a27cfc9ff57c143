"""Batches: archives are opened, bad files get a line each, and isolation changes nothing in the results."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import docx
import pytest
from openpyxl import load_workbook

from jixiao.cli import main
from jixiao.services.files import Document, inputs_of, stems
from jixiao.services.scratch import Scratch

PLAN = "一、总体绩效目标\n做好年度工作，提高服务质量。\n"
PAGE = "<html><body><h2>一、总体绩效目标</h2><p>做好年度工作。</p></body></html>"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    inputs = tmp_path / "送审"
    inputs.mkdir()
    (inputs / "1.txt").write_text(PLAN, encoding="utf-8")
    (inputs / "2.docx").write_text(PAGE, encoding="utf-8")
    (inputs / "3.docx").write_bytes(b"PK\x03\x04 broken")
    (inputs / "4.pptx").write_bytes(b"x")
    (inputs / "5.rtf").write_text(r"{\rtf1\ansi broken {", encoding="ascii")
    with zipfile.ZipFile(inputs / "6.zip", "w") as archive:
        archive.writestr("乙局/1.txt", PLAN)
        archive.writestr("丙局.html", PAGE)
        archive.writestr("图.pptx", b"x")
    (inputs / "7.txt").write_bytes(b"")
    return inputs


def read(folder: Path, out: Path, *options: str) -> int:
    return main(["read", str(folder), "-o", str(out), *options])


@pytest.mark.parametrize("libreoffice", [False, pytest.param(True, marks=pytest.mark.office)])
def test_isolation_changes_nothing(
    libreoffice: bool, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = []
    for out, option in (("一", "--isolate"), ("二", "--no-isolate")):
        assert read(folder, tmp_path / out, option) == 1
        said.append(capsys.readouterr().err.replace(str(tmp_path / out), ""))
    assert said[0] == said[1]
    assert "Traceback" not in said[0]
    files = sorted(p.name for p in (tmp_path / "一").iterdir())
    assert files == sorted(p.name for p in (tmp_path / "二").iterdir())
    for name in files:
        assert (tmp_path / "一" / name).read_bytes() == (tmp_path / "二" / name).read_bytes()


def test_every_file_has_a_result_or_a_line(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert read(folder, tmp_path / "出", "--no-isolate") == 1
    said = capsys.readouterr().err.splitlines()
    results = {p.name for p in (tmp_path / "出").iterdir()}
    assert {"1.plan.json", "2.plan.json", "1（乙局）.plan.json", "丙局.plan.json"} <= results
    refused = [line for line in said if line.startswith("读不出")]
    assert refused[0].startswith("读不出 3.docx：")
    assert refused[-1].startswith("读不出 7.txt：文件是空的")
    plan = json.loads((tmp_path / "出" / "1（乙局）.plan.json").read_text(encoding="utf-8"))
    assert plan["source"]["name"] == "6.zip/乙局/1.txt"
    liar = json.loads((tmp_path / "出" / "2.plan.json").read_text(encoding="utf-8"))
    assert liar["source"]["format"] == "html"
    assert liar["notes"][0]["code"] == "format.other_than_name"


def test_review_takes_archives(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "出"
    code = main(["review", str(folder / "6.zip"), "-o", str(out), "--as-of", "2026-01-01", "--no-isolate"])
    assert code in (0, 3)
    assert {"1.审核意见.docx", "丙局.审核意见.docx", "审核总表.xlsx"} <= {p.name for p in out.iterdir()}
    assert "6.zip/图.pptx" in capsys.readouterr().err


def test_without_libreoffice_the_rest_goes_on(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    read(folder, tmp_path / "出", "--no-isolate")
    assert "安装 LibreOffice" in capsys.readouterr().err


def test_names_of_results(folder: Path, tmp_path: Path) -> None:
    inputs = inputs_of([folder], Scratch(tmp_path / "into"))
    assert [d.name for d in inputs.documents] == [
        "1.txt", "2.docx", "3.docx", "5.rtf", "6.zip/乙局/1.txt", "6.zip/丙局.html", "7.txt",
    ]  # fmt: skip
    assert inputs.ignored == ("4.pptx", "6.zip/图.pptx")


@pytest.mark.parametrize(
    ("files", "names"),
    [
        (("a/1.txt", "b/1.txt", "1.docx", "2.txt"), ("1（a）", "1（b）", "1", "2")),
        (("报.zip/甲局/1.txt", "报.zip/乙局/1.txt"), ("1（甲局）", "1（乙局）")),
        (("2025/甲局/1.txt", "2026/甲局/1.txt"), ("1（2025-甲局）", "1（2026-甲局）")),
        (("甲局/1.txt", "甲局/1.docx", "乙局/1.txt"), ("1（甲局-txt）", "1（甲局-docx）", "1（乙局）")),
        (("Plan.txt", "下级/PLAN.txt"), ("Plan", "PLAN（下级）")),
        (
            ("一: 教育局?.txt", "a|b.txt", "NUL.txt", "com1.v2.txt", "console.txt"),
            ("一_ 教育局_", "a_b", "_NUL", "_com1.v2", "console"),
        ),
        (("1.txt", "1.txt", "1（txt）.txt"), ("1（txt）", "1（txt） (2)", "1（txt） (3)")),
    ],
)
def test_names_of_results_tell_files_apart(files: tuple[str, ...], names: tuple[str, ...]) -> None:
    assert stems([Document(Path("x"), name) for name in files]) == names
    in_folders = [Document(Path("x"), Path(name).name, folder=str(Path(name).parent)) for name in files]
    assert stems(in_folders) == tuple(name.replace("报-", "") for name in names)


def test_what_found_no_place_is_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("甲局", "乙局"):
        (tmp_path / "送审" / name).mkdir(parents=True)
        page = f"{PAGE}<table><tr><td>{name}的话<td>没有栏目</table><p hidden>隐藏的话</p>"
        (tmp_path / "送审" / name / "绩效文本.html").write_text(page, encoding="utf-8")
    assert read(tmp_path / "送审", tmp_path / "数据", "--no-isolate") == 0
    assert "有 4 处内容没有读入" in capsys.readouterr().err
    out = tmp_path / "结果"
    assert main(["review", str(tmp_path / "送审"), "-o", str(out), "--as-of", "2026-01-01", "--no-isolate"]) in (0, 3)
    said = capsys.readouterr().err
    assert "另有 4 处内容没有读入，没有参加审核：不属于认得的栏目 2 处，隐藏文字、批注、图片等 2 处" in said
    assert {"绩效文本（甲局）.审核意见.docx", "绩效文本（乙局）.审核意见.docx"} <= {p.name for p in out.iterdir()}
    book = load_workbook(out / "审核总表.xlsx")
    rows = list(book["未读入的内容"].iter_rows(values_only=True))[1:]
    assert {row[2] for row in rows} == {"绩效文本.html（甲局）", "绩效文本.html（乙局）"}
    assert sum("没有栏目" in str(row[-1]) for row in rows) == 2
    assert sum("隐藏的话" in str(row[-1]) for row in rows) == 2
    assert "没有栏目" in (out / "审核报告.html").read_text(encoding="utf-8")


def test_fields_of_a_form_that_a_plan_does_not_keep_are_listed_in_every_result(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A column of last year and the parts of the money of a whole department."""
    (tmp_path / "整体.txt").write_text(
        "某县水利局2026年部门整体支出绩效目标表\n部门名称 | 某县水利局 | | |\n年度预算申请（万元） | 资金总额 | 100 | |\n"
        " | 基本支出 | 60 | |\n | 项目支出 | 40 | |\n年度目标 | 清淤12公里。 | | |\n"
        "一级指标 | 二级指标 | 三级指标 | 上年实际值 | 指标值\n产出指标 | 数量指标 | 清淤长度 | 9公里 | ≥12公里\n"
        "效益指标 | 社会效益指标 | 受益人口 | 1.8万人 | ≥2万人\n",
        encoding="utf-8",
    )
    out = tmp_path / "结果"
    assert main(["review", str(tmp_path / "整体.txt"), "-o", str(out), "--as-of", "2026-01-01", "--no-isolate"]) in (
        0,
        3,
    )
    assert "表上有而绩效数据不收的栏目 3 处" in capsys.readouterr().err
    rows = list(load_workbook(out / "审核总表.xlsx")["未读入的内容"].iter_rows(values_only=True))[1:]
    listed = " ".join(str(row[-1]) for row in rows)
    letter = docx.Document(out / "整体.审核意见.docx")
    written = " ".join(cell.text for table in letter.tables for row in table.rows for cell in row.cells)
    for words in ("“上年实际值”一栏绩效数据不收，未读入：第1条“9公里”、第2条“1.8万人”", "“基本支出”一栏未读入：60"):
        assert words in listed
    assert "“上年实际值”一栏绩效数据不收" in written
    assert "未读入" in written
    assert "上年实际值" in (out / "审核报告.html").read_text(encoding="utf-8")
