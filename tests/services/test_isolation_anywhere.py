"""Isolation starts from wherever a door stands, and leaves nothing behind however its process ends."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from processes import SOON, eventually, in_session, is_alive
from services.jobs_for_isolation import inside, misbehave

from jixiao.services.isolation import run_isolated

pytestmark = pytest.mark.process

TESTS = Path(__file__).parents[1]
COUNTY = TESTS.parent / "examples" / "county" / "files"
COMMAND = [sys.executable, "-c", "import sys; from jixiao.cli import main; sys.exit(main())"]
ON_LINUX = pytest.mark.skipif(sys.platform != "linux", reason="looks at processes as Linux shows them")


def files(folder: Path) -> Path:
    folder.mkdir()
    for file in (max(COUNTY.glob("*.docx")), max(COUNTY.glob("*.txt"))):
        shutil.copy(file, folder)
    return folder


# --- where it starts ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("method", multiprocessing.get_all_start_methods())
def test_in_a_daemonic_process(method: str) -> None:
    context = multiprocessing.get_context(method)
    ours, theirs = context.Pipe()
    process = context.Process(target=inside, args=(theirs,), daemon=True)  # type: ignore[attr-defined]
    process.start()
    assert ours.poll(60), "an answer comes"
    answers = ours.recv()
    process.join(SOON)
    assert answers[0] == "a"
    assert "意外中止" in answers[1]
    assert answers[2] not in (str(process.pid), str(os.getpid()))


def test_in_threads() -> None:
    found: dict[int, dict[int, object]] = {}

    def work(n: int) -> None:
        found[n] = dict(run_isolated(misbehave, [f"{n}{k}" for k in range(6)], workers=2))

    threads = [threading.Thread(target=work, args=(n,)) for n in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert found == {n: {k: f"{n}{k}" for k in range(6)} for n in range(3)}


def test_in_a_script_without_a_main_guard(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(
        """
import sys
from datetime import date
from pathlib import Path
from jixiao.services.files import Document
from jixiao.services.reviewing import review_files
documents = [Document(path, path.name) for path in sorted(Path(sys.argv[1]).iterdir())]
print(len(review_files(documents, title="x", as_of=date(2026, 1, 1), isolate=True).reviewed))
""",
        encoding="utf-8",
    )
    run = subprocess.run(
        [sys.executable, str(script), str(files(tmp_path / "送审"))], capture_output=True, encoding="utf-8", check=False
    )
    assert (run.stdout, run.stderr) == ("2\n", "")


# --- how it ends -------------------------------------------------------------------------------------------


@ON_LINUX
def test_nothing_stays_where_the_process_is_killed(tmp_path: Path) -> None:
    scratch = tmp_path / "tmp"
    scratch.mkdir()
    script = tmp_path / "script.py"
    notes = [tmp_path / "1", tmp_path / "2"]
    script.write_text(
        f"""
import sys
sys.path.insert(0, {str(TESTS)!r})
from processes import SOON, eventually, in_session, is_alive
from services.jobs_for_isolation import note
from jixiao.services.isolation import run_isolated
from jixiao.services.scratch import scratch
with scratch() as folder:
    (folder.folder / "unpacked").write_text("x", encoding="utf-8")
    list(run_isolated(note, {[str(note) for note in notes]}, workers=2))
""",
        encoding="utf-8",
    )
    process = subprocess.Popen([sys.executable, str(script)], env=os.environ | {"TMPDIR": str(scratch)})
    assert eventually(lambda: all(note.exists() and note.read_text(encoding="utf-8") for note in notes))
    pids = [int(note.read_text(encoding="utf-8")) for note in notes]
    assert all(map(is_alive, pids))
    assert list(scratch.iterdir())
    process.kill()
    process.wait()
    assert eventually(lambda: not any(map(is_alive, pids)))
    assert eventually(lambda: not list(scratch.iterdir()))


@ON_LINUX
def test_one_that_hangs_in_a_library_ends_though_nobody_is_left_to_end_it() -> None:
    hang = "import re; from jixiao.services import worker; worker._end_by_itself(0.2); re.match('(a+)+b', 'a' * 60)"
    run = subprocess.run([sys.executable, "-c", hang], check=False, timeout=SOON)
    assert run.returncode == -signal.SIGALRM


@ON_LINUX
@pytest.mark.parametrize(("sent", "code"), [("SIGINT", 130), ("SIGTERM", 143), ("SIGHUP", 129)])
def test_a_command_that_is_stopped_leaves_nothing(tmp_path: Path, sent: str, code: int) -> None:
    scratch = tmp_path / "tmp"
    scratch.mkdir()
    given = files(tmp_path / "送审")
    for n in range(400):  # more than any machine reads before it is stopped
        shutil.copy(max(COUNTY.glob("*.txt")), given / f"{n}.txt")
    out = tmp_path / "结果"
    process = subprocess.Popen(
        [*COMMAND, "review", str(given), "-o", str(out), "--as-of", "2026-01-01"],
        stderr=subprocess.PIPE, env=os.environ | {"TMPDIR": str(scratch)}, start_new_session=True,
    )  # fmt: skip
    assert process.stderr is not None
    assert eventually(lambda: len(in_session(process.pid)) > 1), "processes that read have started"
    os.killpg(process.pid, signal.Signals[sent])
    said = process.stderr.read().decode()
    assert process.wait(SOON) == code
    process.stderr.close()
    assert said == "已中断。\n"
    assert eventually(lambda: not in_session(process.pid))
    assert list(scratch.iterdir()) == []
    assert not out.exists() or list(out.iterdir()) == []
