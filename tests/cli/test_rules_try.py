"""``jixiao rules`` with a locality's folder, and ``jixiao rules try`` as a reviewer calls it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from jixiao.cli import main
from jixiao.domain.problems import GROUPS, PROBLEMS
from jixiao.parameters import parameters, rulesets
from jixiao.rules import RULES
from tools.local_rules import EXAMPLE, installed

FILES = EXAMPLE / "files"
DAY = ("--as-of", "2025-01-10", "--no-isolate")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the ruleset of the example that needs no package."""
    path = tmp_path / "ruleset"
    shutil.copytree(EXAMPLE / "ruleset", path)
    return path


@pytest.fixture
def package() -> Iterator[None]:
    with installed(EXAMPLE / "package"):
        yield


def call(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    try:
        code = main([str(a) for a in arguments])
    except SystemExit as stop:
        code = int(stop.code or 0)
    said = capsys.readouterr()
    assert "Traceback" not in said.err
    return code, said.out, said.err


# --- rules ------------------------------------------------------------------------------------------------


def test_rules_stand_under_their_group(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = call(capsys, "rules")
    group = None
    seen = {}
    for line in out.splitlines():
        if not line.startswith(" "):
            group = line.partition("（")[0]
        elif (code := line.split()[0]) in RULES:
            seen[code] = group
    assert seen == {code: GROUPS[PROBLEMS[rule.problem][0]] for code, rule in RULES.items()}


def test_every_problem_has_a_group_with_a_name() -> None:
    assert {group for group, _ in PROBLEMS.values()} == GROUPS.keys()


@pytest.mark.parametrize("name", rulesets())
def test_a_ruleset_is_shown(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = call(capsys, "rules", name)
    assert code == 0
    assert out.startswith(f"{name} {rulesets()[name].title}")
    assert all(parameter in out for parameter in rulesets()[name].parameters)


def test_parameters_are_listed_and_shown(capsys: pytest.CaptureFixture[str]) -> None:
    _, listed, _ = call(capsys, "rules", "--parameters")
    assert [line.split()[0] for line in listed.splitlines() if line and line[0].isascii() and line[0] != " "] == sorted(
        parameters()
    )
    _, shown, _ = call(capsys, "rules", "indicator_count")
    assert "C46" in shown
    assert "value: {fewest: 5, most: 20, far_too_few: 3}" in shown
    _, local, _ = call(capsys, "rules", "indicator_count", "--ruleset", EXAMPLE / "mistakes" / "unknown-key")
    assert local == ""


def test_every_parameter_and_rule_can_be_shown(capsys: pytest.CaptureFixture[str]) -> None:
    for word in (*parameters(), *RULES):
        code, out, _ = call(capsys, "rules", word, "--ruleset", "hebei")
        assert code == 0
        assert out.startswith(word)


def test_a_rule_is_shown_as_the_locality_has_it(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = call(capsys, "rules", "C46", "--ruleset", folder)
    assert code == 0
    for words in ("wanqing 所定，原为建议完善", "晚晴县项目支出绩效目标表填表说明", "fewest 7", "六行，全国通用不提示"):
        assert words in out


def test_the_environment_names_the_ruleset(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("JIXIAO_RULESET", str(folder))
    file = next(FILES.glob("*水务*"))
    code, out, err = call(capsys, "review", file, "--format", "json", "--as-of", "2025-01-10")
    assert code == 3
    assert json.loads(out)["ruleset"]["name"] == "wanqing"
    assert "JIXIAO_RULESET" in err
    _, out, err = call(capsys, "review", file, "--format", "json", "--as-of", "2025-01-10", "--ruleset", "hebei")
    assert json.loads(out)["ruleset"]["name"] == "hebei"
    assert err == ""


@pytest.mark.parametrize("mistake", sorted(p.name for p in (EXAMPLE / "mistakes").iterdir()))
@pytest.mark.parametrize("command", ["review", "rules", "try"])
def test_a_faulty_folder_is_a_wrong_call(
    mistake: str, command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    faulty = EXAMPLE / "mistakes" / mistake
    calls: dict[str, tuple[object, ...]] = {
        "review": ("review", FILES, "-o", tmp_path / "出", "--ruleset", faulty),
        "rules": ("rules", "--ruleset", faulty),
        "try": ("rules", "try", faulty, FILES),
    }
    code, out, err = call(capsys, *calls[command])
    assert (code, out) == (2, "")
    assert ".yaml" in err
    assert not (tmp_path / "出").exists()


# --- try --------------------------------------------------------------------------------------------------


def test_what_changes_is_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = call(capsys, "rules", "try", folder, FILES, *DAY)
    assert code == 0
    for words in (
        "用例：6 个，通过 6 个。",
        "V05 缺比较符号：2 → 0（不再出现 2）",
        "新出现 4 处",
        "视实际情况确定",
        "等级变了",
    ):
        assert words in out


def test_data_and_words_agree(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = call(capsys, "rules", "try", folder, FILES, "--format", "json", *DAY)
    data = json.loads(out)
    assert (code, err) == (0, "")
    assert data["cases"] == {"total": 6, "failed": []}
    rules = {row["rule"]: row for row in data["rules"]}
    assert rules["V05"] == {"rule": "V05", "before": 2, "after": 0, "appeared": 0, "disappeared": 2}
    for row in data["rules"]:
        assert row["after"] - row["before"] == row["appeared"] - row["disappeared"]
    appeared = [f["rule"] for one in data["files"] for f in one["appeared"]]
    assert sorted(appeared) == ["A02", "C46", "V09", "V09"]


def test_against_itself_nothing_changes(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = call(capsys, "rules", "try", folder, FILES, "--against", folder, *DAY)
    assert code == 0
    assert "各条规则的提示都没有变化" in out
    assert "新出现" not in out


def test_another_severity_is_told_as_such(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    milder = tmp_path / "milder"
    shutil.copytree(folder, milder)
    text = (milder / "ruleset.yaml").read_text(encoding="utf-8")
    (milder / "ruleset.yaml").write_text(text.replace("C46: warning", "C46: advice"), encoding="utf-8")
    _, out, _ = call(capsys, "rules", "try", milder, FILES, "--against", folder, *DAY)
    assert "程度变了 1 处" in out
    assert "应当修改或说明 → 建议完善" in out


def test_a_case_that_fails_is_told_and_counts(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "parameters" / "placeholder_words.yaml").unlink()
    code, out, _ = call(capsys, "rules", "try", folder, FILES, *DAY)
    assert code == 1
    assert "没有通过 1 个" in out
    assert "V09 指标值写“以年终核定为准”，应报：应提示 /goal_sheets/0/indicators/0/target，实际提示 （无）" in out


def test_a_file_that_cannot_be_read_is_told(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "坏.docx").write_bytes(b"PK\x03\x04")
    code, out, err = call(capsys, "rules", "try", folder, tmp_path / "坏.docx", FILES, *DAY)
    assert code == 1
    assert "读不出" in err
    assert "审核了 2 份" in out


@pytest.mark.process
@pytest.mark.usefixtures("package")
def test_rules_of_a_package_speak_in_worker_processes(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = call(
        capsys, "rules", "try", EXAMPLE / "ruleset-with-package", FILES, "--as-of", "2025-01-10", "--isolate"
    )
    assert code == 0
    assert "X01 没有写惠及多少人：0 → 1" in out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("rules", "try"), "缺少"),
        (("rules", "try", "hebei", str(FILES)), "是自带的规则集"),
        (("rules", "try", "没有的", str(FILES)), "没有名为"),
        (("rules", "try", "{folder}", "{folder}/law"), "没有找到可读的文件"),
        (("rules", "try", "{folder}", str(FILES), "--against", "没有的"), "没有名为"),
    ],
)
def test_wrong_calls(arguments: tuple[str, ...], words: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = call(capsys, *(a.format(folder=folder) for a in arguments))
    assert (code, out) == (2, "")
    assert words in err
