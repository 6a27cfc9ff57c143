"""Results: nobody's file is overwritten, all of a run or nothing of it is there, whatever happens on the way."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from examples import examples
from jixiao.services import output as module
from jixiao.services.output import MANIFEST, UNFINISHED, HeldOpenError, OutputError, Published, output_to

DAY = date(2026, 11, 30)
BACKUP = "备份-2026-11-30-1"
LETTER, OTHER, SUMMARY = "甲局.审核意见.docx", "乙局.审核意见.docx", "审核总表.xlsx"
NOTE = "说明.txt"


def write(folder: Path, files: dict[str, str], *, whole: bool = True) -> Published:
    with output_to(folder) as output:
        for name, words in files.items():
            output.add(name, words.encode())
        return output.publish(DAY, whole=whole)


def seen(folder: Path) -> dict[str, str]:
    """What a user finds: the files below a folder with their words, without hidden ones."""
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.relative_to(folder).parts[0].startswith(".")
    }


def hidden(folder: Path) -> list[str]:
    """Names of ours that a user does not see, in a folder and beside it."""
    return sorted(p.name for where in (folder, folder.parent) if where.exists() for p in where.glob(".*"))


# --- what is kept ------------------------------------------------------------------------------------------


def test_a_new_folder_holds_the_results_and_a_list_of_them(tmp_path: Path) -> None:
    folder = tmp_path / "新" / "结果"
    assert write(folder, {LETTER: "意见", SUMMARY: "总表"}) == Published(folder, None, (), ())
    assert seen(folder) == {LETTER: "意见", SUMMARY: "总表"}
    assert hidden(folder) == [MANIFEST]
    listed = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["files"]
    assert sorted(listed) == sorted([LETTER, SUMMARY])


def test_nothing_is_there_before_it_is_published(tmp_path: Path) -> None:
    folder = tmp_path / "结果"
    with output_to(folder) as output:
        output.add(LETTER, b"x")
        assert not folder.exists()
    assert list(tmp_path.iterdir()) == []


def test_a_second_run_replaces_what_the_first_wrote(tmp_path: Path) -> None:
    write(tmp_path, {LETTER: "一", SUMMARY: "一"})
    assert write(tmp_path, {LETTER: "二", SUMMARY: "二"}) == Published(tmp_path, None, (), ())
    assert seen(tmp_path) == {LETTER: "二", SUMMARY: "二"}
    assert hidden(tmp_path / "x") == [MANIFEST]


def test_a_letter_that_somebody_changed_is_kept(tmp_path: Path) -> None:
    write(tmp_path, {LETTER: "一", SUMMARY: "一"})
    (tmp_path / LETTER).write_text("科长改过", encoding="utf-8")
    assert write(tmp_path, {LETTER: "二", SUMMARY: "二"}) == Published(tmp_path, tmp_path / BACKUP, (LETTER,), ())
    assert seen(tmp_path) == {LETTER: "二", SUMMARY: "二", f"{BACKUP}/{LETTER}": "科长改过"}
    (tmp_path / LETTER).write_text("又改过", encoding="utf-8")
    second = write(tmp_path, {LETTER: "三", SUMMARY: "三"})
    assert second.backup == tmp_path / "备份-2026-11-30-2"
    assert Counter(seen(tmp_path).values()) == Counter(["三", "三", "科长改过", "又改过"])


def test_files_that_we_did_not_write_are_kept_and_others_left_alone(tmp_path: Path) -> None:
    (tmp_path / SUMMARY).write_text("手工做的总表", encoding="utf-8")
    (tmp_path / "说明.txt").write_text("别动", encoding="utf-8")
    (tmp_path / "下级").mkdir()
    (tmp_path / "下级" / LETTER).write_text("别动", encoding="utf-8")
    assert write(tmp_path, {LETTER: "一", SUMMARY: "一"}).kept == (SUMMARY,)
    assert seen(tmp_path) == {
        LETTER: "一", SUMMARY: "一", f"{BACKUP}/{SUMMARY}": "手工做的总表", "说明.txt": "别动", f"下级/{LETTER}": "别动",
    }  # fmt: skip


def test_results_of_another_batch_stay_together(tmp_path: Path) -> None:
    """The letters with the overview they belong to; what is the same in both batches is no loss."""
    write(tmp_path, {OTHER: "乙", SUMMARY: "乙的总表", "规则.txt": "同"})
    published = write(tmp_path, {LETTER: "甲", SUMMARY: "甲的总表", "规则.txt": "同"})
    assert (published.kept, published.earlier) == ((), (OTHER, SUMMARY))
    assert seen(tmp_path / BACKUP) == {OTHER: "乙", SUMMARY: "乙的总表"}
    assert write(tmp_path, {LETTER: "甲二", SUMMARY: "甲二", "规则.txt": "同"}).backup is None


def test_data_read_one_by_one_adds_up(tmp_path: Path) -> None:
    write(tmp_path, {LETTER: "一", SUMMARY: "一"})
    assert write(tmp_path, {"乙.plan.json": "{}"}, whole=False).backup is None
    assert seen(tmp_path) == {LETTER: "一", SUMMARY: "一", "乙.plan.json": "{}"}
    assert write(tmp_path, {LETTER: "二", SUMMARY: "二"}).earlier == ("乙.plan.json", SUMMARY, LETTER)


def test_without_a_sound_list_everything_is_somebodys(tmp_path: Path) -> None:
    for damage in ("", "{", "[]", '{"schema": "jixiao/results/1", "files": []}', '{"files": {}}'):
        write(tmp_path, {LETTER: "一"})
        (tmp_path / MANIFEST).write_text(damage, encoding="utf-8")
        assert write(tmp_path, {LETTER: "二"}).kept == (LETTER,)


def test_a_list_that_names_places_elsewhere_moves_nothing_there(tmp_path: Path) -> None:
    folder = tmp_path / "结果"
    write(folder, {LETTER: "一"})
    (tmp_path / "账.txt").write_text("别动", encoding="utf-8")
    listed = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    listed["files"] |= {"../账.txt": "0", "下级/账.txt": "0"}
    (folder / MANIFEST).write_text(json.dumps(listed), encoding="utf-8")
    assert write(folder, {LETTER: "二"}).backup is None
    assert (tmp_path / "账.txt").read_text(encoding="utf-8") == "别动"


WORDS = st.sampled_from(["一", "二", "三"])
NAMES = st.sampled_from([LETTER, OTHER, SUMMARY, "甲局.plan.json", "审核报告.html"])


@settings(max_examples=examples(150), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    runs=st.lists(st.tuples(st.dictionaries(NAMES, WORDS, min_size=1), st.booleans()), min_size=1, max_size=3),
    edits=st.lists(st.dictionaries(NAMES, st.uuids().map(str)), min_size=3, max_size=3),
)
def test_whatever_somebody_wrote_is_still_there(
    runs: list[tuple[dict[str, str], bool]], edits: list[dict[str, str]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("结果")
    somebodys: list[str] = []
    for edit, (files, whole) in zip(edits, runs, strict=False):
        for name, words in edit.items():
            if (folder / name).exists() and (folder / name).read_text(encoding="utf-8") in somebodys:
                somebodys.remove((folder / name).read_text(encoding="utf-8"))  # they overwrote it themselves
            (folder / name).write_text(words, encoding="utf-8")
            somebodys.append(words)
        write(folder, files, whole=whole)
        found = seen(folder)
        assert {name: found.get(name) for name in files} == files
        assert not [words for words in somebodys if words not in found.values()]
        assert hidden(folder / "x") == [MANIFEST]


# --- held by others ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("mark", [f"~${SUMMARY}", f"~${SUMMARY[2:]}", f".~lock.{SUMMARY}#", f".~{SUMMARY}"])
def test_a_workbook_that_is_open_is_told_before_anything_is_done(mark: str, tmp_path: Path) -> None:
    write(tmp_path, {LETTER: "一", SUMMARY: "一"})
    (tmp_path / mark).touch()
    with (
        pytest.raises(HeldOpenError, match=r"审核总表\.xlsx”正开着.*请先在 WPS/Excel/Word 中关闭，再运行一次"),
        output_to(tmp_path),
    ):
        pytest.fail("nothing is begun")
    assert seen(tmp_path) | {mark: ""} == {LETTER: "一", SUMMARY: "一", mark: ""}


def test_a_workbook_opened_meanwhile(tmp_path: Path) -> None:
    write(tmp_path, {LETTER: "一", SUMMARY: "一"})
    with output_to(tmp_path) as output:
        output.add(LETTER, "二".encode())
        output.add(SUMMARY, "二".encode())
        (tmp_path / f".~lock.{SUMMARY}#").touch()
        with pytest.raises(HeldOpenError):
            output.publish(DAY, whole=True)
    assert seen(tmp_path) == {LETTER: "一", SUMMARY: "一"}


@pytest.mark.parametrize("held", [LETTER, SUMMARY])
def test_a_file_that_windows_will_not_let_go(held: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """There a file that a program has open cannot be renamed; what was done until then is undone."""
    write(tmp_path, {LETTER: "一", SUMMARY: "一"})
    (tmp_path / LETTER).write_text("改过", encoding="utf-8")
    rename = Path.rename

    def refuse(self: Path, target: Path) -> Path:
        if self == tmp_path / held:
            raise PermissionError(13, "Access is denied", str(self))
        return rename(self, target)

    monkeypatch.setattr(module, "_PAUSE_SECONDS", 0)
    with monkeypatch.context() as patched:
        patched.setattr(Path, "rename", refuse)
        with pytest.raises(HeldOpenError, match=held):
            write(tmp_path, {LETTER: "二", SUMMARY: "二"})
        assert seen(tmp_path) == {LETTER: "改过", SUMMARY: "一"}
    assert hidden(tmp_path / "x") == [MANIFEST]
    assert write(tmp_path, {LETTER: "二", SUMMARY: "二"}).kept == (LETTER,)


def test_a_scanner_that_looks_at_a_file_for_a_moment_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rename, times = Path.rename, [3]

    def refuse(self: Path, target: Path) -> Path:
        if times[0]:
            times[0] -= 1
            raise PermissionError(13, "Access is denied", str(self))
        return rename(self, target)

    monkeypatch.setattr(module, "_PAUSE_SECONDS", 0)
    monkeypatch.setattr(Path, "rename", refuse)
    write(tmp_path / "结果", {LETTER: "一"})
    assert seen(tmp_path / "结果") == {LETTER: "一"}


def test_two_runs_into_one_folder(tmp_path: Path) -> None:
    for folder in (tmp_path / "新的", tmp_path):
        with output_to(folder), pytest.raises(OutputError, match="另一次运行正在往"), output_to(folder):
            pytest.fail("one at a time")


def test_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "文件").touch()
    for folder in (tmp_path / "文件", tmp_path / "文件" / "结果"):
        with pytest.raises(OutputError, match=r"建不了.*请换一个有写入权限的位置"), output_to(folder):
            pytest.fail("nothing is begun")


# --- broken off --------------------------------------------------------------------------------------------

KILLED = """
import os, signal, sys
from datetime import date
from pathlib import Path
from services.test_output import LETTER, SUMMARY, write
STEPS = ("os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.scandir", "open")

def hook(event, _):
    global left
    if left is not None and event in STEPS:
        left -= 1
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)

left = None
sys.addaudithook(hook)
prepared = sorted(Path(sys.argv[1]).iterdir())
for n, folder in enumerate(prepared):
    child = os.fork()
    if not child:
        left = n
        write(folder / "结果", {LETTER: "二", SUMMARY: "二"})
        os._exit(0)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""
STEPS = 45
"""More than a run makes: the last ones are not killed"""


@pytest.mark.fuzz
@pytest.mark.skipif(sys.platform != "linux", reason="kills a forked process at every step it takes")
@pytest.mark.parametrize("former", ["none", "empty", "ours", "changed", "another"])
def test_killed_at_any_step(former: str, tmp_path: Path) -> None:
    """What is there is the former state, or the new one, or says that it is neither; and the next run mends it."""
    before = {
        "none": {},
        "empty": {},
        "ours": {LETTER: "一", SUMMARY: "一"},
        "changed": {LETTER: "改过", SUMMARY: "一", NOTE: "别动"},
        "another": {OTHER: "乙", SUMMARY: "一"},
    }[former]
    for n in range(STEPS):
        folder = tmp_path / f"{n:03}" / "结果"
        folder.parent.mkdir()
        if former != "none":
            folder.mkdir()
        if former in ("ours", "changed", "another"):
            write(folder, {name: "一" if words == "改过" else words for name, words in before.items() if name != NOTE})
        if former == "changed":
            (folder / LETTER).write_text("改过", encoding="utf-8")
            (folder / NOTE).write_text("别动", encoding="utf-8")
    run = subprocess.run(
        [sys.executable, "-c", KILLED, str(tmp_path)],
        capture_output=True, encoding="utf-8", check=True, cwd=Path(__file__).parents[1],
    )  # fmt: skip
    codes = [int(line) for line in run.stdout.split()]
    assert codes[0] == -9
    assert codes[-1] == 0
    assert codes == sorted(codes)
    after = {LETTER: "二", SUMMARY: "二"}
    if former == "changed":
        after |= {f"{BACKUP}/{LETTER}": "改过", NOTE: "别动"}
    if former == "another":
        after |= {f"{BACKUP}/{name}": words for name, words in before.items()}
    for n in range(STEPS):
        folder = tmp_path / f"{n:03}" / "结果"
        found = seen(folder)
        if UNFINISHED not in found:
            assert found in (before, after), n
        with output_to(folder) as output:
            assert not output.recovered or codes[n] == -9
        found = seen(folder)
        assert found in (before, after), n
        write(folder, {LETTER: "三", SUMMARY: "三"})
        words = Counter(seen(folder).values())
        expected = {words for words in before.values() if words not in ("一",)}
        assert expected <= words.keys()
        assert words["三"] == 2
        assert hidden(folder) == [MANIFEST]
