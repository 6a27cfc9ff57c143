"""Restoring and moving: killed or failing on the way nothing is left; what a new key means is said; passwords stand on no command line."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from jixiao.web.operation.address import with_password
from tools import postgres
from web.served import python, served
from web.test_commands_in_trouble import _MADE
from web.test_serve import jixiao

pytestmark = pytest.mark.process

_KILLED = """
import os, sys
from jixiao.cli import main
from jixiao.web.commands import restore
set_up = restore.set_up
def killed(*_, **__):
    os.kill(os.getpid(), 9)
def set_up_to_be_killed(*given):
    set_up(*given)
    from jixiao.web.operation import restoring
    setattr(restoring, sys.argv[1], killed)
restore.set_up = set_up_to_be_killed
sys.exit(main(sys.argv[2:]))
"""
_TABLES = """
import sys, psycopg
with psycopg.connect(sys.argv[1]) as made:
    print(made.execute("SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'").fetchone()[0])
"""


@pytest.fixture(scope="module")
def backup(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("office") / "data"
    folder.mkdir(mode=0o700)
    tests = os.pathsep.join([str(Path(__file__).parents[1]), os.environ.get("PYTHONPATH", "")])
    python(_MADE + "from web.make import office\noffice()\n", folder, {"PYTHONPATH": tests})
    assert jixiao("backup", folder, "--to", folder.parent / "usb")[0] == 0
    (made,) = (folder.parent / "usb").glob("2*")
    shutil.copyfile(folder / "secret", folder.parent / "secret")
    return made


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    if postgres.programs() is None:
        pytest.skip("没有 PostgreSQL：运行 make setup-system")
    with postgres.server() as address:
        yield address


def killed_at(step: str, *words: object) -> int:
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("JIXIAO_", "DJANGO_"))}
    command = [sys.executable, "-c", _KILLED, step, "restore", *map(str, words)]
    return subprocess.run(command, env={**clean, "DATABASE_URL": ""}, check=False, timeout=120).returncode


def tables_of(url: str) -> int:
    done = subprocess.run([sys.executable, "-c", _TABLES, url], capture_output=True, encoding="utf-8", check=True)
    return int(done.stdout)


@pytest.mark.parametrize("step", ["_fill", "differences", "copy_files"])
def test_killed_while_restoring_into_postgresql_nothing_is_left(
    backup: Path, url: str, tmp_path: Path, step: str
) -> None:
    assert killed_at(step, backup, tmp_path / "new", "--database", url) == -signal.SIGKILL
    assert tables_of(url) == 0


def test_failing_on_the_way_nothing_is_left_and_it_can_be_tried_again(backup: Path, url: str, tmp_path: Path) -> None:
    assert killed_at("copy_files", backup, tmp_path / "new", "--database", url) == -signal.SIGKILL
    torn = tmp_path / "usb" / backup.name
    shutil.copytree(backup, torn)
    (torn / "jobs_job.jsonl.gz").write_bytes(b"torn")
    code, words = jixiao("restore", torn, tmp_path / "other", "--database", url)
    assert (code, "没有恢复" in words) == (1, True), words
    assert tables_of(url) == 0
    code, words = jixiao("restore", backup, tmp_path / "new", "--database", url)
    assert code == 0, words
    assert tables_of(url) > 20
    assert not list((tmp_path / "new").glob(".restoring*"))
    code, words = jixiao("restore", backup, tmp_path / "third", "--database", url)
    assert "不是空的" in words
    assert not (tmp_path / "third").exists()


@pytest.mark.parametrize("step", ["_fill", "copy_files"])
def test_killed_while_restoring_into_a_folder_no_half_database_is_served(
    backup: Path, tmp_path: Path, step: str
) -> None:
    folder = tmp_path / "new"
    assert killed_at(step, backup, folder) == -signal.SIGKILL
    assert not (folder / "jixiao.sqlite3").exists()
    code, words = jixiao("restore", backup, folder)
    assert code == 0, words
    assert "没有做完的恢复" in words
    assert not list(folder.glob(".restoring*"))
    assert jixiao("doctor", folder)[0] == 0


def test_it_says_that_the_key_is_new_and_what_that_means(backup: Path, tmp_path: Path) -> None:
    code, words = jixiao("restore", backup, tmp_path / "new")
    assert code == 0, words
    assert "建了新的" in words
    assert "重新登录" in words
    assert "核对不了" in words
    (tmp_path / "kept").mkdir(mode=0o700)
    shutil.copyfile(backup.parents[1] / "secret", tmp_path / "kept" / "secret")
    code, words = jixiao("restore", backup, tmp_path / "kept")
    assert code == 0, words
    assert "您放好的那一份" in words
    assert (tmp_path / "kept" / "secret").read_bytes() == (backup.parents[1] / "secret").read_bytes()


def test_a_password_on_the_command_line_is_refused(backup: Path, tmp_path: Path) -> None:
    address = "postgres://jixiao:geheim@127.0.0.1:1/jixiao"
    code, words = jixiao("restore", backup, tmp_path / "new", "--database", address)
    assert (code, "不要写密码" in words, "geheim" in words) == (1, True, False), words
    jixiao("restore", backup, tmp_path / "data")
    code, words = jixiao("move", tmp_path / "data", "--to", address)
    assert (code, "不要写密码" in words, "geheim" in words) == (1, True, False), words


def test_it_comes_from_a_file_the_environment_or_a_question(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plain, file = "postgres://jixiao@db:5432/jixiao?sslmode=require", tmp_path / "password"
    monkeypatch.delenv("PGPASSWORD", raising=False)
    file.touch(0o600)
    with pytest.raises(ValueError, match="是空的"):
        with_password(plain, file)
    file.write_text("a/b@c 密\n", encoding="utf-8")
    whole = "postgres://jixiao:a%2Fb%40c%20%E5%AF%86@db:5432/jixiao?sslmode=require"
    assert with_password(plain, file) == whole
    file.chmod(0o640)
    with pytest.raises(ValueError, match="chmod 600"):
        with_password(plain, file)
    asked: list[str] = []

    def answered(words: str) -> str:
        asked.append(words)
        return "x"

    assert with_password(plain, None, answered) == plain.replace("jixiao@", "jixiao:x@")
    assert "jixiao" in asked[0]
    monkeypatch.setenv("PGPASSWORD", "y")
    assert with_password(plain, None) == plain.replace("jixiao@", "jixiao:y@")
    assert with_password("mysql://x:y@z/a", None) == "mysql://x:y@z/a", "for others to refuse"


def test_restored_it_is_served(backup: Path, tmp_path: Path) -> None:
    assert jixiao("restore", backup, tmp_path / "new")[0] == 0
    with served(tmp_path / "new", "--web", "1", "--workers", "1") as office:
        assert "first?key" not in office.words, "there are people in it"
