"""The commands as a clerk calls them: exit codes, what is written where, what is said."""

from __future__ import annotations

import json
import os
import pickle
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from jixiao.cli import main
from jixiao.domain.codec import PLAN_SCHEMA, REVIEW_SCHEMA
from jixiao.readers import UnreadableFileError

COUNTY = Path(__file__).parents[2] / "examples" / "county" / "files"
PLAN_FILE = next(COUNTY.glob("*人力*.txt"))
CLEAN = "一、总体绩效目标\n2026年全年完成道路改造12公里，群众满意度达到95%以上。\n"
COMMAND = [sys.executable, "-c", "import sys; from jixiao.cli import main; sys.exit(main())"]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "交通局.txt"
    path.write_text(CLEAN, encoding="utf-8")
    return path


def run(*arguments: str | Path, **options: object) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([*COMMAND, *map(str, arguments)], capture_output=True, check=False, timeout=60, **options)  # type: ignore[call-overload,no-any-return]


def said_and_code(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, str, str]:
    try:
        code = main([str(a) for a in arguments])
    except SystemExit as stop:
        code = int(stop.code or 0)
    captured = capsys.readouterr()
    assert "Traceback" not in captured.err
    return code, captured.out, captured.err


# --- read --------------------------------------------------------------------------------------------------


def test_one_file_to_standard_output_is_clean_json(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = said_and_code(capsys, "read", file)
    assert (code, err) == (0, "")
    data = json.loads(out)
    assert data["schema"] == PLAN_SCHEMA
    assert data["source"]["name"] == "交通局.txt"
    assert out.endswith("\n")
    assert "\\u" not in out


def test_the_schema_is_chosen(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sheet = tmp_path / "自评.html"
    rows = (
        ("项目名称", "助餐服务", "实施单位", "清源县民政局", "", ""),
        ("一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "得分"),
        ("产出指标", "数量指标", "助餐人数", "≥300人", "310人", "20"),
        ("总分", "", "", "", "", "97.5"),
    )
    cells = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    sheet.write_text(f"<html><meta charset=utf-8><table>{cells}</table></html>", encoding="utf-8")
    first, second = (
        json.loads(said_and_code(capsys, "read", sheet, *options)[1])
        for options in (("--schema", "jixiao/plan/1"), ("--schema", "jixiao/plan/2", "--isolate"))
    )
    assert (first["schema"], second["schema"]) == ("jixiao/plan/1", "jixiao/plan/2")
    assert "total_score" not in first["goal_sheets"][0]
    assert any(note["code"] == "row.not_kept" and "97.5" in note["message"] for note in first["notes"])
    assert second["goal_sheets"][0]["total_score"] == "97.5"
    assert second["provenance"]["/goal_sheets/0/total_score"]["text"] == "97.5"
    assert not any("97.5" in note["message"] for note in second["notes"])
    assert said_and_code(capsys, "read", sheet, "--schema", "jixiao/plan/9")[0] == 2


def test_read_into_a_new_folder(file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "新" / "结果"
    code, printed, err = said_and_code(capsys, "read", file, "-o", out)
    assert (code, printed) == (0, "")
    assert [p.name for p in out.glob("[!.]*")] == ["交通局.plan.json"]
    assert str(out) in err


def test_unreadable_file_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    recipe = tmp_path / "菜谱.txt"
    recipe.write_text("红烧肉：五花肉一斤。", encoding="utf-8")
    code, out, err = said_and_code(capsys, "read", recipe)
    assert (code, out) == (1, "")
    assert err.startswith("读不出 菜谱.txt：没有读到绩效文本")
    assert len(err.splitlines()) == 1


def test_missing_file_is_said_in_chinese(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = said_and_code(capsys, "read", tmp_path / "没有.docx")
    assert code == 1
    assert "没有这个文件" in err
    assert "No such" not in err


@pytest.mark.parametrize("command", [["read"], ["review", "-o", "{out}"]])
@pytest.mark.parametrize("beside", ["", "2026年"])
def test_a_path_with_blanks_given_without_quotation_marks(
    command: list[str], beside: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "2026年 预算"
    folder.mkdir()
    whole = folder / "甲局 文本 定稿.txt"
    whole.write_text(CLEAN, encoding="utf-8")
    if beside:
        (tmp_path / beside).mkdir()  # a folder that is called as the first piece
    out = tmp_path / "结果"
    call = [word.format(out=out) for word in command]
    assert main([call[0], *str(whole).split(" "), *call[1:]]) == 2
    assert (
        f'里有空格，没有加引号，被拆成了几段，什么也没有读。请把整个路径放在引号里："{whole}"'
        in capsys.readouterr().err
    )
    assert not out.exists()
    assert main([call[0], str(whole), *call[1:]]) in (0, 3)


def test_bad_file_among_good_ones(file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "坏.docx").write_bytes(b"PK\x03\x04...")
    out = tmp_path / "出"
    code, _, err = said_and_code(capsys, "read", tmp_path, "-o", out, "--no-isolate")
    assert code == 1
    assert [p.name for p in out.glob("[!.]*")] == ["交通局.plan.json"]
    assert "读不出 坏.docx" in err
    assert "读了 1 个文件，读不出 1 个" in err


# --- names of results --------------------------------------------------------------------------------------


def test_results_never_overwrite_each_other(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    long = "很长的文件名" * 13
    names = ["甲.txt", "甲.html", "下级/甲.txt", "Plan.txt", "下级/PLAN.txt", f"{long}.txt", f"下级/{long}.txt"]
    for name in names:
        path = tmp_path / "入" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(CLEAN, encoding="utf-8")
    code, _, _ = said_and_code(capsys, "read", tmp_path / "入", "-o", tmp_path / "出", "--no-isolate")
    assert code == 0
    results = [p.name for p in (tmp_path / "出").glob("[!.]*")]
    assert len({name.casefold() for name in results}) == len(names)


def test_own_results_inside_the_input_are_not_read_again(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = file.parent
    first = said_and_code(capsys, "review", folder, "-o", folder / "结果", "--as-of", "2026-01-01", "--no-isolate")
    second = said_and_code(capsys, "review", folder, "-o", folder / "结果", "--as-of", "2026-01-01", "--no-isolate")
    assert first == second
    assert "审核了 1 份" in second[2]


def test_an_archive_of_our_own_letters_is_skipped_and_told(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said_and_code(capsys, "review", file, "-o", tmp_path / "结果", "--as-of", "2026-01-01")
    with zipfile.ZipFile(file.parent / "2026年度审核意见.zip", "w") as archive:
        for letter in (tmp_path / "结果").glob("*.docx"):
            archive.write(letter, letter.name)
    code, _, err = said_and_code(capsys, "review", file.parent, "-o", tmp_path / "再来", "--as-of", "2026-01-01")
    assert code in (0, 3)
    assert "审核了 1 份" in err
    assert "已跳过：2026年度审核意见.zip" in err
    assert "读不出" not in err
    with zipfile.ZipFile(file.parent / "2026年度审核意见.zip", "a") as archive:
        archive.write(file, "原件.docx")  # an original among them is read
    assert (
        "审核了 2 份" in said_and_code(capsys, "review", file.parent, "-o", tmp_path / "三", "--as-of", "2026-01-01")[2]
    )


def test_a_folder_of_own_results_is_told_as_such(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said_and_code(capsys, "review", file, "-o", tmp_path / "结果", "--as-of", "2026-01-01")
    (tmp_path / "结果" / "照片.mp4").write_bytes(b"x")
    for command in (("review", "-o", tmp_path / "再来"), ("read",)):
        code, out, err = said_and_code(capsys, *command, tmp_path / "结果")
        assert (code, out) == (2, "")
        assert "有 5 个文件是本软件以前写的结果（" in err
        assert "已跳过；有 1 个文件不是文档（照片.mp4）" in err
    assert not (tmp_path / "再来").exists()


def test_a_review_is_written_in_an_older_schema_on_request(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ("--schema", "jixiao/plan/1", "--schema", "jixiao/review/1", "--as-of", "2026-01-01")
    said_and_code(capsys, "review", PLAN_FILE, "-o", tmp_path / "出", *asked)
    plan, review = (
        json.loads((tmp_path / "出" / f"{PLAN_FILE.stem}.{kind}.json").read_text()) for kind in ("plan", "review")
    )
    assert (plan["schema"], review["schema"]) == ("jixiao/plan/1", "jixiao/review/1")
    assert "id" not in plan["goal_sheets"][0]
    assert "says" not in review["findings"][0]
    shown = json.loads(said_and_code(capsys, "review", PLAN_FILE, "--format", "json", *asked)[1])
    assert shown == review


# --- review ------------------------------------------------------------------------------------------------


def test_review_writes_everything_and_tells_errors(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "出"
    code, printed, err = said_and_code(capsys, "review", PLAN_FILE, "-o", out, "--as-of", "2026-01-01")
    assert (code, printed) == (3, "")
    stem = PLAN_FILE.stem
    expected = {f"{stem}.plan.json", f"{stem}.review.json", f"{stem}.审核意见.docx", "审核总表.xlsx", "审核报告.html"}
    assert {p.name for p in out.glob("[!.]*")} == expected
    assert "审核了 1 份绩效文本" in err


def test_review_to_standard_output(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """0 where no finding is an error, 3 where one is; the review is clean JSON."""
    code, out, _ = said_and_code(capsys, "review", file, "--format", "json", "--as-of", "2026-01-01")
    data = json.loads(out)
    assert data["schema"] == REVIEW_SCHEMA
    assert data["ruleset"]["as_of"] == "2026-01-01"
    assert not [f for f in data["findings"] if f["severity"] == "error"]
    assert code == 0
    code, out, _ = said_and_code(capsys, "review", PLAN_FILE, "--format", "json", "--as-of", "2026-01-01")
    assert [f for f in json.loads(out)["findings"] if f["severity"] == "error"]
    assert code == 3


def test_unreadable_file_outweighs_findings(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "空.txt").write_bytes(b"")
    out = tmp_path / "出"
    code, _, err = said_and_code(capsys, "review", PLAN_FILE, tmp_path / "空.txt", "-o", out, "--no-isolate")
    assert code == 1
    assert (out / f"{PLAN_FILE.stem}.review.json").exists()
    assert "读不出 1 个文件" in err


def test_same_input_same_bytes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for out in ("一", "二"):
        said_and_code(capsys, "review", PLAN_FILE, "-o", tmp_path / out, "--as-of", "2026-01-01")
    names = sorted(p.name for p in (tmp_path / "一").iterdir())
    assert names
    for name in names:
        assert (tmp_path / "一" / name).read_bytes() == (tmp_path / "二" / name).read_bytes(), name


# --- wrong calls -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "jixiao review 文件或文件夹 -o 结果"),
        (["read"], "缺少"),
        (["reed", "x"], "没有命令“reed”（是不是 read）"),
        (["Reveiw", "x"], "没有命令“Reveiw”（是不是 review）"),
        (["审核", "x"], "没有命令“审核”（可以是 read、review、rules、lexicon 等）"),
        (["{file}"], "请写：jixiao review {file} -o 结果"),
        (["rules", "try"], "jixiao rules try --help"),
        (["read", "x", "--wrong"], "不认得"),
        (["read", "x", "-o"], "后面缺少内容"),
        (["read", "x", "--format", "xml"], "不能是"),
        (["review", "x", "-o", "y", "--as-of", "明天"], "不是日期"),
        (["review", "{file}"], "-o"),
        (["review", "{file}", "-o", "{out}", "--ruleset", "没有的"], "没有名为"),
        (["review", "{file}", "{other}", "--format", "json"], "一次只审核一个文件"),
        (["read", "{file}", "{other}"], "-o"),
        (["read", "{empty}"], "没有找到可读的文件"),
        (["read", "{file}", "-o", "{other}"], "建不了"),
        (["rules", "XYZ", "V999"], "没有规则“XYZ”“V999”"),
        (["rules", "--ruleset", "没有的"], "没有名为"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_wrong_calls(
    arguments: list[str], words: str, file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "另.txt"
    other.write_text(CLEAN, encoding="utf-8")
    (tmp_path / "空").mkdir()
    places = {"file": file, "other": other, "empty": tmp_path / "空", "out": tmp_path / "出"}
    code, out, err = said_and_code(capsys, *(a.format(**places) for a in arguments))
    assert (code, out) == (2, "")
    assert words.format(**places) in err
    for english in ("rules-try", "usage", "error:", "invalid", "required", "expected", "File exists"):
        assert english not in err


def test_result_that_cannot_be_written(file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "出" / "交通局.plan.json").mkdir(parents=True)
    code, _, err = said_and_code(capsys, "read", file, "-o", tmp_path / "出")
    assert code == 2
    assert "写不进" in err
    assert "这是一个文件夹" in err


def test_help_is_chinese(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = said_and_code(capsys, "review", "--help")
    assert code == 0
    assert "用法：" in out
    assert "usage" not in out


def test_rules_are_listed_and_shown(capsys: pytest.CaptureFixture[str]) -> None:
    code, listed, _ = said_and_code(capsys, "rules")
    assert code == 0
    first = listed.splitlines()[1].split()[0]
    code, shown, _ = said_and_code(capsys, "rules", first.lower())
    assert code == 0
    assert shown.startswith(first)
    assert "依据" in shown


def test_a_rule_names_its_file_and_the_rules_that_speak_instead(capsys: pytest.CaptureFixture[str]) -> None:
    _, shown, _ = said_and_code(capsys, "rules", "G59")
    assert "程序：jixiao/rules/goals/measures.py" in shown
    assert "同一处已按 G55 提示的，不再提示" in shown


def test_several_rules_are_shown_in_the_order_asked(capsys: pytest.CaptureFixture[str]) -> None:
    one, two = (said_and_code(capsys, "rules", code)[1] for code in ("V02", "V01"))
    assert said_and_code(capsys, "rules", "V02", "V01") == (0, f"{one}\n{two}", "")
    code, out, err = said_and_code(capsys, "rules", "V02", "V999", "V01")
    assert (code, out) == (2, f"{one}\n{two}")
    assert "没有规则“V999”，" in err


def test_rules_are_found_by_a_word_of_their_title(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "满意度"]) == 0
    shown = capsys.readouterr().out
    assert "V01  必须修改  满意度方向写反" in shown
    assert "V06" not in shown


# --- the world around --------------------------------------------------------------------------------------


@pytest.mark.process
def test_chinese_survives_a_c_locale(file: Path, tmp_path: Path) -> None:
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("LC_", "LANG", "PYTHON"))} | {"LC_ALL": "C"}
    done = run("read", file, "-o", tmp_path / "出", env=environment)
    assert done.returncode == 0, done.stderr.decode()
    assert "读了 1 个文件" in done.stderr.decode()
    assert (tmp_path / "出" / "交通局.plan.json").exists()
    without_utf8_mode = run("read", file, env=environment | {"PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"})
    assert without_utf8_mode.returncode == 0
    assert json.loads(without_utf8_mode.stdout)["source"]["name"] == "交通局.txt"


@pytest.mark.process
@pytest.mark.skipif(sys.platform != "linux", reason="其他系统的文件名都是 Unicode")
def test_file_name_in_an_old_encoding(tmp_path: Path) -> None:
    name = os.fsencode(tmp_path) + b"/" + "交通局.txt".encode("gb18030")
    Path(os.fsdecode(name)).write_text(CLEAN, encoding="utf-8")
    done = run("review", tmp_path, "-o", tmp_path / "出", "--as-of", "2026-01-01", "--no-isolate")
    assert done.returncode in (0, 3), done.stderr.decode()
    assert (tmp_path / "出" / "交通局.plan.json").exists()


@pytest.mark.process
def test_reader_of_the_output_goes_away(tmp_path: Path) -> None:
    """`jixiao read … | head -1` ends quietly."""
    process = subprocess.Popen(
        [*COMMAND, "read", str(PLAN_FILE)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=tmp_path
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.read(10)
    process.stdout.close()
    said = process.stderr.read()
    process.stderr.close()
    assert process.wait(30) == 0
    assert said == b""


def test_errors_travel_between_processes() -> None:
    error = pickle.loads(pickle.dumps(UnreadableFileError("文件是空的", "请核对")))
    assert (error.met, error.remedy) == ("文件是空的", "请核对")
