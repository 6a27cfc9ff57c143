"""The wheel that is handed to others, installed where nothing else is, reviews the example county. No network is used."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import venv
import zipfile
from importlib.metadata import distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from tools.build_county import COUNTY
from tools.front.packages import SERVED, folder_of

pytestmark = [
    pytest.mark.wheel,
    pytest.mark.skipif(
        shutil.which("hatchling", path=Path(sys.executable).parent) is None, reason="没有 hatchling：运行 make setup"
    ),
]

ROOT = Path(__file__).parents[2]
SCRIPTS = "Scripts" if os.name == "nt" else "bin"


def run(*command: str | Path, **options: object) -> subprocess.CompletedProcess[str]:
    """A command that owes nothing to the environment the tests run in."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "VIRTUAL_ENV", "COV"))}
    return subprocess.run(
        list(map(str, command)),
        env=kept,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=180,
        **options,  # type: ignore[call-overload]
    )


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    made = run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder, cwd=ROOT)
    assert made.returncode == 0, made.stderr
    (file,) = folder.iterdir()
    return file


@pytest.fixture(scope="module")
def clerk(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs of an environment that has the wheel and what ``requirements/base.txt`` names, and nothing else."""
    home = tmp_path_factory.mktemp("clerk")
    venv.create(home, with_pip=False, symlinks=os.name != "nt")
    python = home / SCRIPTS / Path(sys.executable).name
    packages = Path(run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))").stdout.strip())
    for line in (ROOT / "requirements" / "base.txt").read_text(encoding="utf-8").splitlines():
        if line[:1].isalpha():
            wanted = Requirement(line.rstrip("\\ "))
            if wanted.marker is None or wanted.marker.evaluate():
                copy_installed(wanted.name, packages)
    installed = run(sys.executable, "-m", "pip", "--python", python, "install", "--no-index", "--quiet", wheel)
    assert installed.returncode == 0, installed.stderr  # what the wheel demands beyond base.txt is not to be had
    return python.parent


def copy_installed(name: str, packages: Path) -> None:
    """A package from the environment the tests run in: what pip would unpack there, without the network."""
    for file in distribution(name).files or ():
        if ".." not in file.parts and "__pycache__" not in file.parts:
            target = packages / file
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file.locate(), target)


def test_it_holds_the_program_and_its_data_only(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.split("/")[0].split("-")[0] for name in names} == {"jixiao"}
    source = ROOT / "src"
    kept = {
        f.relative_to(source).as_posix() for f in (source / "jixiao").rglob("*") if f.is_file() and f.suffix != ".pyc"
    }
    assert kept - set(names) == set()


@pytest.mark.assets
def test_it_holds_what_pages_take_from_npm_and_their_licences(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for package, files in SERVED.items():
        folder = "jixiao/web/static/vendor/" + folder_of(package)
        assert {f"{folder}/{Path(file).name}" for file in files} <= names
    assert not [name for name in names if "node_modules" in name]


def test_nothing_but_what_it_demands_is_there(clerk: Path) -> None:
    code = (
        "from importlib.util import find_spec; print([n for n in ('pytest', 'docx', 'numpy', 'PIL') if find_spec(n)])"
    )
    assert run(clerk / "python", "-c", code).stdout == "[]\n"


def test_it_reviews_the_example_county(clerk: Path, tmp_path: Path) -> None:
    files = tmp_path / "送审"
    shutil.copytree(COUNTY / "files", files)
    (files / "扫描件.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(40))
    done = run(clerk / "jixiao", "review", files, "-o", tmp_path / "结果", "--as-of", "2026-01-01", cwd=tmp_path)
    assert done.returncode == 1, done.stderr
    assert "读不出 扫描件.png" in done.stderr
    assert "pip install '安装包文件名[ocr]'" in done.stderr
    plans = [f for f in files.iterdir() if f.suffix != ".png"]
    results = {p.name for p in (tmp_path / "结果").iterdir()}
    assert {"审核总表.xlsx", "审核报告.html", *(f"{f.stem}.审核意见.docx" for f in plans)} <= results
    assert all((tmp_path / "结果" / name).stat().st_size > 1000 for name in results)


def test_it_runs_as_a_module(clerk: Path) -> None:
    assert run(clerk / "python", "-m", "jixiao", "--version").stdout.startswith("jixiao ")


def test_its_other_commands_find_their_data(clerk: Path, tmp_path: Path) -> None:
    plan = next((COUNTY / "files").glob("*.docx"))
    for arguments, word in (
        (["rules", "V01"], "V01"),
        (["lexicon", "投诉率"], "投诉率"),
        (["read", plan], '"goal_sheets"'),
    ):
        done = run(clerk / "jixiao", *arguments, cwd=tmp_path)
        assert (done.returncode, done.stderr) == (0, "")
        assert word in done.stdout


def test_without_django_all_but_the_workspace_is_there_and_the_way_to_that_is_told(clerk: Path) -> None:
    code = (
        "import importlib, pkgutil, sys, jixiao\n"
        "names = [m.name for m in pkgutil.walk_packages(jixiao.__path__, 'jixiao.')"
        " if not m.name.startswith(('jixiao.web', 'jixiao.__main__', 'jixiao.readers.scan'))]\n"
        "for name in names: importlib.import_module(name)\n"
        "print(len(names)); assert 'django' not in sys.modules"
    )
    done = run(clerk / "python", "-c", code)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 300
    asked = run(clerk / "jixiao", "serve", "somewhere")
    assert asked.returncode == 2
    assert "pip install '安装包文件名[web]'" in asked.stderr
