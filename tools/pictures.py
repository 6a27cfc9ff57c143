"""``make pictures``: the pictures of the README, taken from the running application with the example county in it."""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "pictures"
COUNTY = ROOT / "examples" / "county" / "files"
CHROMIUM = "/usr/bin/chromium"
SIZE = {"width": 1280, "height": 800}
_ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+")


def take(page: Page, address: str, password: str) -> None:
    """The first page, the desk with a doubtful value, a sheet, a list."""
    page.goto(f"{address}/login")
    page.fill("input[name=username]", "zhangmin")
    page.fill("input[name=password]", password)
    page.click("main button")
    page.wait_for_load_state("networkidle")
    page.screenshot(path=FOLDER / "home.png")
    page.goto(f"{address}/2027/intake/")
    doubtful = page.locator(".desk-sheets a", has=page.locator("b"))
    if doubtful.count():
        doubtful.first.click()
    page.wait_for_load_state("networkidle")
    page.screenshot(path=FOLDER / "desk.png")
    page.locator(".desk-sheets a").nth(1).click()
    page.locator(".desk-tabs a").nth(1).click()
    page.wait_for_load_state("networkidle")
    page.screenshot(path=FOLDER / "findings.png")


@contextmanager
def running() -> Iterator[tuple[str, str, list[str]]]:
    """Address, password and user names of an example county that is begun for this and ended after."""
    with tempfile.TemporaryDirectory() as place:
        command = [sys.executable, "-c", _DEMO, str(Path(place) / "county"), "--files", str(COUNTY), "--port", "8765"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8") as demo:
            assert demo.stdout is not None
            address = password = ""
            people = []
            for line in demo.stdout:
                address = found.group() if (found := _ADDRESS.search(line)) else address
                password = line.partition("密码都是 ")[2].partition("）")[0] or password
                people += line.split()[:1] if line.startswith("  ") else []
                if "Ctrl+C" in line:
                    break
            yield address, password, people
            demo.terminate()


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with running() as (address, password, _), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        take(browser.new_context(viewport=SIZE, locale="zh-CN").new_page(), address, password)
        browser.close()


_DEMO = (
    "import sys; sys.stdout.isatty = lambda: True; from jixiao.cli import main; sys.exit(main(['demo', *sys.argv[1:]]))"
)
"""As in a terminal: it stays"""

if __name__ == "__main__":
    main()
