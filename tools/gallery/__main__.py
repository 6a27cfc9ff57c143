"""``python -m tools.gallery OUT``: every page as HTML and as pictures at the sizes people have.

1440×900 an office screen, 1093×500 a small one at 125 % under the bars of a browser, 390×844 a phone (whole page), and A4.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tools.gallery.site import rendered, served

SIZES = {"1440": (1440, 900), "1093": (1093, 500), "390": (390, 844)}
CHROMIUM = os.environ.get("JIXIAO_CHROMIUM", "/usr/bin/chromium")


def launched() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


def opened(browser: Browser, address: str, width: int, height: int) -> Page:
    """A page in a window of that size, with what it complained of in ``page.complaints``."""
    page = browser.new_page(viewport={"width": width, "height": height}, locale="zh-CN")
    page.goto(address, wait_until="load")
    return page


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tools.gallery", description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("pages", nargs="*", help="only these")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    pages = {name: text for name, text in rendered().items() if not options.pages or name in options.pages}
    for name, text in pages.items():
        (options.out / f"{name}.html").write_text(text, encoding="utf-8")
    with served(pages) as site:
        for browser in launched():
            for name in pages:
                for size, (width, height) in SIZES.items():
                    page = opened(browser, f"{site}/{name}", width, height)
                    page.screenshot(path=options.out / f"{name}.{size}.png", full_page=size == "390")
                    page.close()
                page = opened(browser, f"{site}/{name}", 1440, 900)
                page.pdf(path=options.out / f"{name}.pdf", prefer_css_page_size=True)
                page.close()
    print(f"{len(pages)}页，图在 {options.out}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
