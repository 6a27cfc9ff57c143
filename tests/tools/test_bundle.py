"""The offline bundle installs where there is no network, and what it installed serves."""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from web.served import Browser, served

from jixiao.web.commands import serve
from tools import bundle

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"


@pytest.mark.web
def test_the_unit_and_the_proxy_call_what_there_is() -> None:
    parser = argparse.ArgumentParser(exit_on_error=False)
    serve.arguments(parser)
    for name in ("jixiao.service", "nginx.conf"):
        for call in re.findall(r"jixiao serve (/.*)", (DEPLOY / name).read_text(encoding="utf-8")):
            assert parser.parse_args(call.split()).folder == Path("/var/lib/jixiao")


def test_the_scripts_are_shell() -> None:
    subprocess.run(["sh", "-n", DEPLOY / "install.sh"], check=True)


@pytest.mark.wheel
@pytest.mark.web
def test_it_installs_without_network_and_serves(tmp_path: Path) -> None:
    folder = tmp_path / "jixiao-offline"
    try:
        made = bundle.bundle(folder)
    except subprocess.CalledProcessError as error:
        if "download" in error.cmd:
            pytest.skip("no network and no mirror: pip cannot fetch the wheels")
        raise
    (tmp_path / "usb").mkdir()
    subprocess.run(["tar", "-xf", str(made), "-C", str(tmp_path / "usb")], check=True)
    place = tmp_path / "opt"
    dead = {"http_proxy": "http://127.0.0.1:9", "https_proxy": "http://127.0.0.1:9", "PATH": os.environ["PATH"]}
    dead |= {"PYTHON": sys.executable, "HOME": str(tmp_path)}
    install = ["sh", str(tmp_path / "usb" / folder.name / "install.sh"), str(place)]
    for _ in range(2):  # the second time is an upgrade
        done = subprocess.run(install, env=dead, capture_output=True, encoding="utf-8", check=False, timeout=300)
        assert done.returncode == 0, done.stdout + done.stderr
        assert "装好了" in done.stdout
    with served(tmp_path / "data", python=place / "bin" / "python", env={"PYTHONPATH": ""}) as office:
        assert Browser(office).get("/login")[0] == 200
        assert "first?key" in office.words
    (tmp_path / "usb" / folder.name / "platform.txt").write_text("2.7 vms vax\n", encoding="ascii")
    done = subprocess.run(install, env=dead, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, "2.7 vms vax" in done.stderr) == (1, True)
