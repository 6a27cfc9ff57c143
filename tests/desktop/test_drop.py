"""A folder dropped on the scripts in ``desktop``: the one for Linux is run here, of the one for Windows what can be told by reading."""

from __future__ import annotations

import os
import pty
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

pytestmark = pytest.mark.process

DESKTOP = Path(__file__).parents[2] / "desktop"
COUNTY = DESKTOP.parent / "examples" / "county" / "files"
SHELL = pytest.mark.skipif(sys.platform == "win32", reason="the script for Linux")


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """The scripts where no program lies beside them, a program on the path, and a browser that notes what it is shown."""
    shutil.copytree(DESKTOP, tmp_path / "软件 目录" / "desktop")
    for name, line in (
        ("jixiao", f'exec "{sys.executable}" -m jixiao "$@"'),
        ("xdg-open", f'echo "$1" > "{tmp_path}/shown"'),
        ("xdg-user-dir", f'mkdir -p "{tmp_path}/桌面" && echo "{tmp_path}/桌面"'),
    ):
        file = tmp_path / "bin" / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(f"#!/bin/sh\n{line}\n", encoding="utf-8")
        file.chmod(0o755)
    folder = tmp_path / "送审 材料（2026）"
    folder.mkdir()
    shutil.copy(max(COUNTY.glob("*.txt")), folder / "人社局.txt")
    return tmp_path


def environment(place: Path, **more: str) -> dict[str, str]:
    foreign = ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER", "JIXIAO", "DJANGO", "DATABASE_URL")
    kept = {k: v for k, v in os.environ.items() if not k.startswith(foreign)}
    return {**kept, "PATH": f"{place / 'bin'}:/usr/bin:/bin", "HOME": str(place), **more}


def drop(place: Path, *arguments: str | Path, **more: str) -> subprocess.CompletedProcess[str]:
    script = place / "软件 目录" / "desktop" / "jixiao.sh"
    return subprocess.run(
        [str(script), *map(str, arguments)],
        env=environment(place, **more), capture_output=True, encoding="utf-8", check=False, timeout=60, stdin=subprocess.DEVNULL,
    )  # fmt: skip


@SHELL
def test_a_folder_is_reviewed_beside_itself_and_the_report_opened(place: Path) -> None:
    folder = place / "送审 材料（2026）"
    run = drop(place, folder, DISPLAY=":0", JIXIAO_WINDOW="1")
    assert run.returncode == 3, run.stderr
    results = place / "送审 材料（2026）-审核结果"
    assert {"人社局.审核意见.docx", "审核总表.xlsx", "审核报告.html"} <= {p.name for p in results.iterdir()}
    shown = place / "shown"
    end = time.monotonic() + 10
    while not shown.exists() and time.monotonic() < end:
        time.sleep(0.05)
    assert shown.read_text(encoding="utf-8").strip() == (results / "审核报告.html").as_uri()


@SHELL
def test_files_are_reviewed_beside_themselves(place: Path) -> None:
    folder = place / "送审 材料（2026）"
    shutil.copy(folder / "人社局.txt", folder / "民政局.txt")
    assert drop(place, folder / "人社局.txt").returncode == 3
    assert (folder / "人社局-审核结果" / "人社局.审核意见.docx").exists()
    assert drop(place, folder / "人社局.txt", folder / "民政局.txt").returncode == 3
    assert (folder / "审核结果" / "民政局.审核意见.docx").exists()
    assert not (place / "shown").exists(), "where there is no screen nothing is opened"


@SHELL
def test_nothing_installed_is_told(place: Path) -> None:
    (place / "bin" / "jixiao").unlink()
    (place / "bin" / "python3").symlink_to("/bin/false")
    run = drop(place, place / "送审 材料（2026）")
    assert run.returncode == 2
    assert "还没有装好" in run.stderr


@SHELL
def test_a_double_click_opens_the_desk_and_its_key_works_once(place: Path) -> None:
    """The server is on 127.0.0.1 at a free port; the browser is shown an address that lets its first bearer in."""
    script = place / "软件 目录" / "desktop" / "jixiao.sh"
    with subprocess.Popen(
        [str(script)], env=environment(place, BROWSER=f"sh -c 'echo %s > {place}/shown'"),
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, encoding="utf-8", start_new_session=True,
    ) as desk:  # fmt: skip
        try:
            until = time.monotonic() + 60
            while not (place / "shown").exists() or not (place / "shown").read_text(encoding="utf-8").strip():
                assert desk.poll() is None, desk.stdout and desk.stdout.read()
                assert time.monotonic() < until
                time.sleep(0.1)
            address = (place / "shown").read_text(encoding="utf-8").strip()
            assert re.match(r"http://127\.0\.0\.1:\d+/desk/enter\?key=", address)
            opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor())
            with opener.open(address, timeout=60) as page:
                assert "收件台" in page.read().decode()
            with pytest.raises(urllib.error.HTTPError) as refused:
                urllib.request.build_opener(urllib.request.ProxyHandler({})).open(address, timeout=60)
            assert refused.value.code == 404
            refused.value.close()
        finally:
            os.killpg(desk.pid, signal.SIGTERM)
            desk.wait(30)


@SHELL
def test_the_window_stays_where_something_went_wrong(place: Path) -> None:
    (place / "送审 材料（2026）" / "人社局.txt").write_bytes(b"")
    ours, theirs = pty.openpty()
    script = place / "软件 目录" / "desktop" / "jixiao.sh"
    process = subprocess.Popen(
        [str(script), str(place / "送审 材料（2026）")],
        env=environment(place),
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
    )
    os.close(theirs)
    said = b""
    while "按回车键关闭这个窗口".encode() not in said:
        said += os.read(ours, 4096)
    assert "读不出 人社局.txt：文件是空的".encode() in said
    assert process.poll() is None, "it waits"
    os.write(ours, b"\n")
    assert process.wait(10) == 1
    os.close(ours)


@SHELL
def test_without_a_window_one_is_opened(place: Path) -> None:
    terminal = place / "bin" / "x-terminal-emulator"
    terminal.write_text(f'#!/bin/sh\nprintf "%s\\n" "$JIXIAO_WINDOW" "$@" > "{place}/terminal"\n', encoding="utf-8")
    terminal.chmod(0o755)
    drop(place, place / "送审 材料（2026）", DISPLAY=":0")
    window, option, script, *dropped = (place / "terminal").read_text(encoding="utf-8").splitlines()
    assert (window, option, Path(script).name) == ("1", "-e", "jixiao.sh")
    assert dropped == [str(place / "送审 材料（2026）")]


@SHELL
def test_an_icon_is_put_on_the_desktop(place: Path) -> None:
    run = drop(place, "--launcher")
    assert run.returncode == 0, run.stderr
    icon = place / "桌面" / "绩效审核.desktop"
    lines = dict(line.split("=", 1) for line in icon.read_text(encoding="utf-8").splitlines()[1:])
    assert lines["Exec"] == f'"{place}/软件 目录/desktop/jixiao.sh" %F'
    assert os.access(icon, os.X_OK)


@SHELL
def test_without_a_desktop_it_says_so_and_how_else_to_run_it(place: Path) -> None:
    (place / "bin" / "xdg-user-dir").write_text(f'#!/bin/sh\necho "{place}/没有"\n', encoding="utf-8")
    run = drop(place, "--launcher")
    assert run.returncode == 2
    assert "没有找到桌面文件夹" in run.stderr
    assert "jixiao.sh 文件夹" in run.stderr
    assert not (place / "没有").exists()


# --- Windows: not run here ----------------------------------------------------------------------------------


def test_the_batch_file_is_one_that_windows_reads() -> None:
    data = (DESKTOP / "jixiao.bat").read_bytes()
    assert data.isascii(), "cmd.exe loses its place in a batch file with other letters"
    lines = data.split(b"\r\n")
    assert lines[0] == b"@echo off"
    assert lines[-1] == b""
    assert not [line for line in lines if b"\n" in line or b"\r" in line], "every line ends as Windows ends lines"
    text = data.decode()
    assert "chcp 65001" in text
    assert not re.search(r"\$\(|\$\{|\[ |\bfi\b|\bthen\b|\bexport\b|/dev/null|\bexec\b", text), (
        "no words of a Unix shell"
    )


def test_the_batch_file_quotes_what_may_hold_blanks_and_jumps_to_what_is_there() -> None:
    lines = (DESKTOP / "jixiao.bat").read_text(encoding="ascii").splitlines()
    code = [line for line in lines if not line.startswith("rem ")]
    for line in code:
        for name in re.findall(r"%~dp0[^\s\"]*|%JIXIAO%", line):
            assert re.search(rf'"[^"]*{re.escape(name)}[^"]*"', line), line
    labels = {line[1:] for line in code if line.startswith(":")}
    assert {word for line in code for word in re.findall(r"goto (\w+)", line)} <= labels
    runs = [line for line in code if "%*" in line]
    assert len(runs) == 3
    assert all(line.endswith(" %DO% %*") for line in runs)
    assert [line for line in code if 'set "DO=' in line] == [
        'set "DO=review --beside --open"',
        'if "%~1"=="" set "DO=desk"',
    ]
    assert not any("(" in line and "%*" in line for line in code), "brackets in a path end a block"


def test_the_words_for_windows_are_readable_there() -> None:
    data = (DESKTOP / "help.txt").read_bytes()
    assert not data.startswith(b"\xef\xbb\xbf"), "type would show the mark"
    assert data.count(b"\n") == data.count(b"\r\n")
    assert "拖到 jixiao.bat 上" in data.decode()
