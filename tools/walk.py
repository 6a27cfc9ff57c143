"""``make walk OUT=folder``: every page of the running example county as each of its people meets it, as pictures to look at.

Follows the links of each page; of addresses that differ in numbers only, one is drawn. Beside the pictures ``faults.txt`` lists what
can be measured: pages wider than the screen, small targets, more than one filled button, what axe finds grave, pages that failed.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from urllib.parse import parse_qsl, urldefrag, urlsplit

from playwright.sync_api import Browser, Page, sync_playwright

from tools.pictures import CHROMIUM, ROOT, running

SIZES = {"screen": (1440, 900), "phone": (390, 844)}
SMALL = {"screen": 24, "phone": 40}
"""Targets lower than this are told, in px"""
_AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
_GRAVE = """axe.run(document, {resultTypes: ['violations']}).then((found) => found.violations
  .filter((one) => ['serious', 'critical'].includes(one.impact)).map((one) => `${one.id}: ${one.nodes[0].html.slice(0, 120)}`))"""
_TARGETS = """(least) => [...document.querySelectorAll('main .button, main button, main .title a, main select, main summary,'
  + ' main input:not([type=hidden]):not([type=checkbox]):not([type=radio]), main label.choice, .top a, .top summary')]
  .filter((one) => !one.closest('.aloud, .desk-document') && !one.matches('.drop input') && getComputedStyle(one).visibility !== 'hidden')
  .map((one) => [one, one.getBoundingClientRect()])
  .filter(([one, box]) => box.width > 1 && box.height > 1 && box.height < least)
  .map(([one, box]) => `${Math.round(box.height)} px: ${one.outerHTML.slice(0, 90)}`).slice(0, 4)"""
_WIDE = """() => document.documentElement.scrollWidth > innerWidth ? [...document.querySelectorAll('main *')]
  .filter((one) => one.getBoundingClientRect().right > innerWidth + 1).slice(0, 3).map((one) => one.outerHTML.slice(0, 120)) : []"""
_NO_PAGE = re.compile(
    r"/export|\.xlsx$|/original|/letters?$|/workbook$|/years/switch|^/api/|^/static/|/desk/files/|/log/export"
)


def kind_of(address: str) -> str:
    """What an address is one of: its path and the names of its parameters, numbers apart."""
    parts = urlsplit(address)
    asked = sorted({name for name, _ in parse_qsl(parts.query) if name not in ("after", "before")})
    return re.sub(r"\d+", "n", parts.path) + (f"?{'&'.join(asked)}" if asked else "")


def links(page: Page, home: str) -> Iterator[str]:
    """Addresses of pages that this page leads to."""
    for found in page.locator("a[href]").evaluate_all("all => all.map((one) => one.href)"):
        address = urldefrag(found).url
        if address.startswith(home) and not _NO_PAGE.search(urlsplit(address).path):
            yield address


def look(page: Page, name: str, out: Path) -> Iterator[str]:
    """Draw a page at every size; what is measurably wrong with it."""
    for size, (width, height) in SIZES.items():
        page.set_viewport_size({"width": width, "height": height})
        page.evaluate("scrollTo(0, 0)")
        page.screenshot(path=out / f"{name}.{size}.png", full_page=size == "phone")
        if wide := page.evaluate(_WIDE):
            yield from (f"{size}: sticks out: {one}" for one in wide)
        yield from (f"{size}: {one}" for one in page.evaluate(_TARGETS, SMALL[size]))
        if (filled := page.locator(".primary:visible").count()) > 1:
            yield f"{size}: {filled} filled buttons"
        if _AXE.exists():
            page.evaluate(_AXE.read_text(encoding="utf-8"))
            yield from (f"{size}: {one}" for one in page.evaluate(_GRAVE))


def walk(browser: Browser, home: str, username: str, password: str, out: Path) -> Iterator[str]:
    """All pages of one person; the faults."""
    page = browser.new_context(locale="zh-CN").new_page()
    page.goto(f"{home}/login")
    page.fill("input[name=username]", username)
    page.fill("input[name=password]", password)
    page.click("main button")
    page.wait_for_load_state("networkidle")
    left, met = [f"{home}/"], {"/"}
    while left:
        address = left.pop(0)
        answer = page.goto(address)
        where = kind_of(address.removeprefix(home))
        if answer is not None and answer.status >= 400:
            yield f"{username} {where}: answered {answer.status} ({address})"
        name = f"{username}{re.sub(r'[^a-z0-9]+', '-', where)}"
        yield from (f"{username} {where} {one}" for one in look(page, name, out))
        for found in links(page, home):
            if (kind := kind_of(found.removeprefix(home))) not in met:
                met.add(kind)
                left.append(found)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--people", nargs="*", default=[], help="user names; else everybody")
    parser.add_argument("--at", metavar="ADDRESS", help="an example county that is served already, else one is begun")
    parser.add_argument("--password", default="")
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    served = nullcontext((given.at, given.password, [])) if given.at else running()
    with served as (home, password, people), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--lang=zh-CN"])
        with (given.out / "faults.txt").open("w", encoding="utf-8") as told:
            for username in given.people or people:
                for fault in walk(browser, home, username, password, given.out):
                    print(fault, file=told, flush=True)
        browser.close()
    print(f"{len(list(given.out.glob('*.png')))} pictures and faults.txt in {given.out}")


if __name__ == "__main__":
    main()
