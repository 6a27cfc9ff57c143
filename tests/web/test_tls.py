"""Certificate and key: what is wrong with them is said before the server starts."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from jixiao.web.operation.tls import WrongPairError, ends, pair_of
from web.served import Browser, served
from web.test_serve import jixiao

pytestmark = pytest.mark.skipif(shutil.which("openssl") is None, reason="没有 openssl")


def made(folder: Path, name: str, days: int = 40, *more: str) -> tuple[Path, Path]:
    cert, key = folder / f"{name}.pem", folder / f"{name}.key"
    asked = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=localhost"]
    subprocess.run([*asked, "-days", str(days), "-keyout", key, "-out", cert, *more], check=True, capture_output=True)
    return cert, key


def traditional(key: Path) -> Path:
    old = key.with_suffix(".old")
    subprocess.run(["openssl", "rsa", "-in", key, "-traditional", "-out", old], check=True, capture_output=True)
    return old


def test_a_pair_that_serves(tmp_path: Path) -> None:
    cert, key = made(tmp_path, "a")
    assert pair_of("", "") is None
    pair = pair_of(str(cert), str(key))
    assert pair is not None
    assert (pair.cert, pair.key) == (cert, key)
    assert abs(ends(cert) - datetime.now(UTC) - timedelta(days=40)) < timedelta(minutes=5)
    far, _ = made(tmp_path, "far", 9000 + 365 * 20)
    assert ends(far).year > 2050, "written in the longer form"


Wrong = Callable[[Path], tuple[Path | str, Path | str]]
WRONG: dict[str, Wrong] = {
    "写反了": lambda folder: made(folder, "a")[::-1],
    "不是一对": lambda folder: (made(folder, "a")[0], made(folder, "b")[1]),
    "一起写": lambda folder: (made(folder, "a")[0], ""),
    "没有文件": lambda folder: (folder / "no.pem", folder / "no.key"),
    "openssl pkcs8": lambda folder: (made(folder, "a")[0], traditional(folder / "a.key")),
    "不是 PEM 格式的证书": lambda folder: (folder / "text", made(folder, "a")[1]),
    "不是 PEM 格式的私钥": lambda folder: (made(folder, "a")[0], folder / "text"),
    "读不出": lambda folder: (folder / "torn", made(folder, "a")[1]),
}


@pytest.mark.parametrize("says", WRONG)
def test_what_is_wrong_is_said(tmp_path: Path, says: str) -> None:
    (tmp_path / "text").write_text("nothing", encoding="utf-8")
    (tmp_path / "torn").write_text("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", encoding="utf-8")
    cert, key = WRONG[says](tmp_path)
    with pytest.raises(WrongPairError, match=says):
        pair_of(str(cert), str(key))


def test_one_that_ended_is_not_served(tmp_path: Path) -> None:
    cert, key = made(tmp_path, "a", 3)
    with pytest.raises(WrongPairError, match="已经到期"):
        pair_of(str(cert), str(key), now=datetime.now(UTC) + timedelta(days=4))


@pytest.mark.process
def test_settings_name_certificate_key_and_port(tmp_path: Path) -> None:
    cert, key = made(tmp_path, "a")
    folder = tmp_path / "data"
    folder.mkdir(mode=0o700)
    settings = folder / "jixiao.env"
    settings.write_text(f"JIXIAO_PROFILE=tls\nJIXIAO_CERT={key}\nJIXIAO_KEY={cert}\n", encoding="utf-8")
    settings.chmod(0o600)
    with settings.open("a", encoding="utf-8") as more:
        more.write("JIXIAO_PORT=viel\n")
    code, words = jixiao("serve", folder)
    assert (code, words.count("JIXIAO_PORT 要写")) == (2, 1), words
    settings.write_text(f"JIXIAO_PROFILE=tls\nJIXIAO_CERT={key}\nJIXIAO_KEY={cert}\n", encoding="utf-8")
    code, words = jixiao("serve", folder)
    assert (code, "写反了" in words) == (2, True), words
    settings.write_text(f"JIXIAO_PROFILE=tls\nJIXIAO_CERT={cert}\nJIXIAO_KEY={key}\n", encoding="utf-8")
    with served(folder, "--web", "1", "--workers", "1") as office:
        office.scheme = "https"
        assert Browser(office).get("/healthz")[0] == 200
        assert "https://" in office.words
    assert "■" not in jixiao("doctor", folder)[1]
