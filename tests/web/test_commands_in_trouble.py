"""Commands of the workspace where something is missing, damaged or wrongly written: words, a code, nothing left behind."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from jixiao.web.operation import folder as folders
from web.served import free_port, python
from web.test_serve import jixiao

pytestmark = pytest.mark.process

_MADE = """
import sys
from pathlib import Path
from jixiao.web.operation.folder import secret_of, set_up
secret_of(Path(sys.argv[1])); set_up(Path(sys.argv[1]))
from django.core.management import call_command
call_command("migrate", verbosity=0)
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with an empty workspace in it."""
    folder = tmp_path_factory.mktemp("office") / "data"
    folder.mkdir(mode=0o700)
    python(_MADE, folder)
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "data"))


def test_settings_that_are_none_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("JIXIAO_PROFILE", raising=False)
    (tmp_path / "jixiao.env").write_text(
        "JIXIAO_PROFILE=TLS\nJIXIAO_KEEP_BACKUP=3\nJIXIAO_KEEP_BACKUPS=viel\n", encoding="utf-8"
    )
    told = folders.wrong_settings(tmp_path)
    assert [name for name in ("JIXIAO_KEEP_BACKUP ", "TLS", "viel") if any(name in one for one in told)] == [
        "JIXIAO_KEEP_BACKUP ",
        "TLS",
        "viel",
    ]


def test_a_profile_there_is_none_of_is_not_served(folder: Path) -> None:
    (folder / "jixiao.env").write_text("JIXIAO_PROFILE=TLS\n", encoding="utf-8")
    code, words = jixiao("serve", folder, "--port", free_port())
    assert (code, "没有启动" in words, "TLS" in words) == (2, True, True), words
    assert "■ 设置" in jixiao("doctor", folder)[1]


def test_a_damaged_backup_is_not_restored_and_nothing_is_left(folder: Path, tmp_path: Path) -> None:
    assert jixiao("backup", folder, "--to", tmp_path / "usb")[0] == 0
    (backup,) = (tmp_path / "usb").glob("2*")
    path = backup / "django_migrations.jsonl.gz"
    path = path if path.exists() else backup / "audit_chainhead.jsonl.gz"
    path.write_bytes(path.read_bytes()[:10] + b"\xff" * 30)
    (tmp_path / "there").mkdir()
    (tmp_path / "there" / "secret").write_text("kept", encoding="ascii")
    for target in ("new", "there"):
        code, words = jixiao("restore", backup, tmp_path / target)
        assert (code, "Traceback" in words, path.name in words) == (1, False, True), words
    assert not (tmp_path / "new").exists()
    assert [one.name for one in (tmp_path / "there").iterdir()] == ["secret"]
    code, words = jixiao("backup", folder, "--check", backup)
    assert (code, "Traceback" in words, path.name in words) == (1, False, True), words


@pytest.mark.parametrize("is_empty", [True, False])
def test_without_its_key_a_database_is_not_served(folder: Path, *, is_empty: bool) -> None:
    (folder / "secret").unlink()
    if is_empty:
        (folder / "secret").touch(0o600)
    before = {one.name: one.read_bytes() for one in folder.iterdir() if one.name == "secret"}
    code, words = jixiao("doctor", folder)
    assert (code, "■ 密钥" in words) == (1, True), words
    code, words = jixiao("serve", folder, "--port", free_port())
    assert (code, "--new-secret" in words) == (2, True), words
    assert {one.name: one.read_bytes() for one in folder.iterdir() if one.name == "secret"} == before


def test_the_doctor_makes_nothing_in_an_empty_folder(tmp_path: Path) -> None:
    code, words = jixiao("doctor", tmp_path)
    assert (code, "没有数据库" in words) == (1, True), words
    assert list(tmp_path.iterdir()) == []


def test_where_there_is_no_database_nothing_is_made(tmp_path: Path) -> None:
    for words in (["files", "verify", tmp_path], ["backup", tmp_path], ["password", "x", tmp_path]):
        code, told = jixiao(*words)
        assert (code, "Traceback" in told) == (2, False), told
    assert jixiao("move", tmp_path, "--to", "postgres://x@127.0.0.1:1/x")[0] == 1
    assert list(tmp_path.iterdir()) == []


def test_a_line_that_is_no_setting_is_told_by_all(folder: Path) -> None:
    (folder / "jixiao.env").write_text("x y\n", encoding="utf-8")
    for words in (["backup", folder, "--check", folder], ["move", folder, "--to", "postgres://x@127.0.0.1:1/x"]):
        code, told = jixiao(*words)
        assert (code > 0, "Traceback" in told, "第1行" in told) == (True, False, True), told


def test_a_damaged_database_and_one_that_is_down_are_told(folder: Path) -> None:
    down = {"DATABASE_URL": "postgres://nobody@127.0.0.1:1/none"}
    for words in (["files", "verify", folder], ["backup", folder], ["serve", folder, "--port", free_port()]):
        code, told = jixiao(*words, env=down)
        assert (code, "Traceback" in told, "连不上数据库" in told) == (2, False, True), told
    (folder / "jixiao.sqlite3").write_bytes(b"no database " * 1000)
    for words in (["files", "verify", folder], ["backup", folder], ["serve", folder, "--port", free_port()]):
        code, told = jixiao(*words)
        assert (code, "Traceback" in told, "坏了" in told) == (2, False, True), told


@pytest.mark.parametrize(
    ("options", "word"),
    [
        (["--port", "70000"], "65535"),
        (["--port", "0"], "65535"),
        (["--workers", "0"], "--workers"),
        (["--host", "192.0.2.77"], "不是这台机器的地址"),
    ],
)
def test_wrong_numbers_and_addresses_are_refused(tmp_path: Path, options: list[str], word: str) -> None:
    code, told = jixiao("serve", tmp_path, *options)
    assert (code, word in told, "Traceback" in told) == (2, True, False), told


def test_nobody_else_reads_the_data(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    folder.chmod(0o755)
    (folder / "jixiao.env").touch()
    (folder / "jixiao.env").chmod(0o644)
    assert folders.open_to_others(folder) == [folder, folder / "jixiao.env"]
    assert "jixiao.env" in jixiao("doctor", folder)[1]
    python(
        "import sys; from pathlib import Path; from jixiao.web.operation.folder import private\n"
        "private(Path(sys.argv[1])); Path(sys.argv[1], 'new').touch()",
        folder,
    )
    assert folders.open_to_others(folder) == [folder / "jixiao.env"]
