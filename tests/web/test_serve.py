"""``jixiao serve`` and the commands around it, as processes: started, killed, ended, backed up, restored, moved."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from processes import eventually

from tools import postgres
from web.served import Browser, free_port, gone, python, served, start
from web.test_operation import FORM

pytestmark = pytest.mark.process


def jixiao(*words: object, env: dict[str, str] | None = None) -> tuple[int, str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("JIXIAO_", "DJANGO_"))}
    command = [sys.executable, "-m", "jixiao", *map(str, words)]
    done = subprocess.run(
        command,
        env={**clean, "DATABASE_URL": "", **(env or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
        timeout=120,
    )
    return done.returncode, done.stdout


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("office") / "data"


@pytest.fixture(scope="module")
def begun(folder: Path) -> Path:
    """A data folder with its first three people, and a password chosen; what is in it the tests below find again."""
    with served(folder) as office:
        eventually(lambda: "/first?key=" in office.words, 20)  # it is said once the server answers
        link = re.search(r"/first\?key=\S+", office.words)
        assert link, office.words
        browser = Browser(office)
        key = link[0].partition("=")[2]
        status, shown = browser.post("/first", {**FORM, "key": key}, page=link[0])
        assert status == 200, shown
        password = re.findall(r"<code>(.*?)</code>", shown)[0]
        status, _ = browser.post("/login", {"username": "sysadmin", "password": password})
        assert status == 200
        form = {"old": password, "new": "chosen-by-me-9", "again": "chosen-by-me-9"}
        status, shown = browser.post("/account/password", form)
        assert status == 200, shown
        status, shown = browser.get("/operation/")
        assert status == 200
        assert "每日根" in shown or eventually(lambda: "每日根" in browser.get("/operation/")[1]), "the clock has asked"
    assert not (folder / "first.key").exists()
    return folder


def test_a_part_that_dies_is_started_again_and_its_children_with_it(begun: Path) -> None:
    with served(begun) as office:
        browser = Browser(office)
        assert browser.post("/login", {"username": "sysadmin", "password": "chosen-by-me-9"})[0] == 200
        before = office.children()
        assert sorted(before.values()) == ["clock", "web", "worker", "worker"]
        everything = office.all_processes()
        for pid in before:
            os.kill(pid, signal.SIGKILL)
        assert eventually(lambda: gone(everything)), "what the dead ones left is gone too"
        assert eventually(lambda: sorted(office.children().values()) == sorted(before.values()))

        def answers() -> bool:
            try:
                return browser.get("/operation/")[0] == 200
            except OSError:
                return False

        assert eventually(answers), "and the session is still there"
        assert "秒后再启动" in office.words
        code, words = jixiao("serve", begun, "--port", 1)
        assert code == 2
        assert "没有启动" in words
        second = start(begun)
        assert second.process.wait(30) == 2
        assert eventually(lambda: "已经有一个" in second.words), second.words
        last = office.all_processes()
    assert gone(last)


def test_when_the_parent_is_killed_all_end(begun: Path) -> None:
    with served(begun) as office:
        everything = office.all_processes()
        assert len(everything) >= 5
        office.process.kill()
        assert eventually(lambda: gone(everything))
    code, words = jixiao("doctor", begun)
    assert "■" not in words, words
    assert code == 0


def test_backup_while_it_runs_and_the_drill_of_restoring(begun: Path, tmp_path: Path) -> None:
    with served(begun) as office:
        browser = Browser(office)
        code, words = jixiao("backup", begun, "--to", tmp_path / "usb")
        assert (code, "完好" in words) == (0, True), words
        assert browser.get("/login")[0] == 200
    (made,) = (tmp_path / "usb").glob("2*")
    assert jixiao("backup", begun, "--check", made)[0] == 0
    code, words = jixiao("restore", made, tmp_path / "again")
    assert code == 0, words
    assert "逐表行数和摘要与备份一致" in words
    assert "审计链核对过，完好" in words
    assert jixiao("restore", made, tmp_path / "again")[0] == 1
    with served(tmp_path / "again") as office:
        assert "first?key" not in office.words
        browser = Browser(office)
        status, shown = browser.post("/login", {"username": "sysadmin", "password": "chosen-by-me-9"})
        assert status == 200
        assert "张三" in shown


def test_who_has_the_server_gets_a_security_administrator_in_again(begun: Path, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    shutil.copytree(begun, folder)
    assert jixiao("password", "nobody", folder) == (1, "没有用户名“nobody”\n")
    code, words = jixiao("password", "secadmin", folder)
    assert code == 0, words
    found = re.search(r"首次密码：(\S+)", words)
    assert found is not None, words
    with served(folder) as office:
        browser = Browser(office)
        status, shown = browser.post("/login", {"username": "secadmin", "password": found[1]})
        assert (status, "原密码" in shown) == (200, True)
        assert browser.post("/login", {"username": "sysadmin", "password": "chosen-by-me-9"})[0] == 200


_OLDER = """
import sys
from pathlib import Path
from jixiao.web.operation.folder import set_up
set_up(Path(sys.argv[1]))
from django.core.management import call_command
call_command("migrate", "audit", "0001", verbosity=0)
"""


def test_an_older_database_is_backed_up_and_brought_along(begun: Path, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    shutil.copytree(begun, folder)
    shutil.rmtree(folder / "backups", ignore_errors=True)
    python(_OLDER, folder)
    with served(folder) as office:
        assert re.search(r"先备份.*\n备份在 .*\n正在升级.*\n升级好了", office.words), office.words
        browser = Browser(office)
        assert browser.post("/login", {"username": "sysadmin", "password": "chosen-by-me-9"})[0] == 200
    (made,) = [
        one for one in (folder / "backups").glob("2*") if "升级以前" in (one / "manifest.json").read_text("utf-8")
    ]
    code, words = jixiao("restore", made, tmp_path / "before")
    assert code == 0, words


def test_files_and_wrong_calls_speak_plainly(begun: Path, tmp_path: Path) -> None:
    assert jixiao("files", "verify", begun)[0] == 0
    for words in (["doctor", tmp_path / "x"], ["backup", tmp_path / "x"], ["files", "verify", tmp_path / "x"]):
        code, told = jixiao(*words)
        assert code == 2
        assert "没有数据文件夹" in told
    code, told = jixiao("serve", tmp_path / "x", "--profile", "tls")
    assert (code, "--cert" in told) == (2, True)
    code, told = jixiao(
        "serve", begun, "--port", free_port(), env={"DATABASE_URL": "postgres://nobody@127.0.0.1:1/none"}
    )
    assert (code, "连不上数据库" in told) == (2, True), told


def test_with_a_certificate_it_speaks_https(begun: Path, tmp_path: Path) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "cert.pem"
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"]
    subprocess.run([*made, "-keyout", key, "-out", certificate], check=True, capture_output=True)
    with served(begun, "--profile", "tls", "--cert", str(certificate), "--key", str(key)) as office:
        status, shown = Browser(office).get("/login")
        assert status == 200
        assert "不加密" not in shown
        browser = Browser(office)
        assert browser.post("/login", {"username": "sysadmin", "password": "chosen-by-me-9"})[0] == 200


def test_moved_to_postgresql_it_is_the_same(begun: Path, tmp_path: Path) -> None:
    if postgres.programs() is None:
        pytest.skip("no PostgreSQL here: make setup-system")
    backup = tmp_path / "kept"
    assert jixiao("backup", begun, "--to", backup)[0] == 0
    (made,) = backup.glob("2*")
    folder = tmp_path / "data"
    assert jixiao("restore", made, folder)[0] == 0
    with postgres.server() as url:
        code, words = jixiao("move", folder, "--to", "mysql://x/y")
        assert (code, "没有搬" in words) == (1, True)
        code, words = jixiao("move", folder, "--to", url)
        assert code == 0, words
        assert "都相等" in words
        assert not (folder / "jixiao.sqlite3").exists()
        assert (folder / "jixiao.sqlite3.moved").exists()
        assert "PostgreSQL" in jixiao("doctor", folder)[1], "the address was written down"
        with served(folder) as office:
            browser = Browser(office)
            assert browser.post("/login", {"username": "sysadmin", "password": "chosen-by-me-9"})[0] == 200
        code, words = jixiao("backup", folder)
        assert code == 0, words
        newest = max((folder / "backups").glob("2*"), key=lambda path: path.name)
        code, words = jixiao("restore", newest, tmp_path / "back")
        assert code == 0, words
