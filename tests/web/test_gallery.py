"""Every part of the front end, as Chromium shows it: nothing is forbidden by the page's own policy, nothing sticks out, all can be hit,
read and used by keys. What a picture alone can show is looked at: ``make gallery``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from needs import NODE_MODULES

pytest.importorskip("django", reason="没有 Django：运行 make setup")
pytest.importorskip("playwright", reason="没有 playwright：运行 make setup")

from playwright.sync_api import Browser, Page

from tools.gallery.__main__ import SIZES
from tools.gallery.site import rendered, served

pytestmark = [pytest.mark.browser, pytest.mark.assets]
PAGES = ("home", "list", "sheet", "intake", "form", "grid", "parts", "login", "error")
TARGETS = ".button, button, .nav a, .tabs a, .chip a, .table-foot a, .top a, .top summary, input:not([type=checkbox]):not([type=radio]):not([type=hidden]), select"


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with served(rendered()) as address:
        yield address


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of an office screen; whatever it complains of fails the test that uses it."""
    made = browser.new_page(viewport={"width": 1440, "height": 900})
    complaints: list[str] = []
    made.on("pageerror", lambda error: complaints.append(str(error)))
    made.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    yield made
    made.close()
    assert [text for text in complaints if "409" not in text] == []  # 409: what a test asks to be refused


def test_all_pages_are_here() -> None:
    assert set(PAGES) == set(rendered())


@pytest.mark.parametrize("name", PAGES)
def test_nothing_sticks_out_and_everything_can_be_hit(page: Page, site: str, name: str) -> None:
    for size, (width, height) in SIZES.items():
        page.set_viewport_size({"width": width, "height": height})
        page.goto(f"{site}/{name}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, size
        least = 44 if width < 641 else 28  # 28: in dense rows of lists; 36 elsewhere
        small = page.evaluate(
            """([selector, least]) => [...document.querySelectorAll(selector)].filter((e) => e.getClientRects().length
              && !e.closest('.aloud, .skip') && !e.matches('.drop input'))
              .map((e) => [Math.round(e.getBoundingClientRect().height), e.outerHTML.slice(0, 90), Boolean(e.closest('.dense'))])
              .filter(([height, , dense]) => height < (dense ? least : Math.max(least, 36)))""",
            [TARGETS, least],
        )
        assert small == [], size


@pytest.mark.front
@pytest.mark.parametrize("name", PAGES)
def test_it_is_accessible(page: Page, site: str, name: str) -> None:
    for width, height in SIZES.values():
        page.set_viewport_size({"width": width, "height": height})
        page.goto(f"{site}/{name}")
        for opened in ("details.menu > summary", "[data-confirm]", "[data-show-keys]"):
            for one in page.locator(opened).all():
                if one.is_visible():
                    one.click()
                    break
            if "menu" in opened:
                assert _grave(page) == []
                page.keyboard.press("Escape")  # what is open lies over what comes next
        assert _grave(page) == []


def _grave(page: Page) -> list[str]:
    """What axe finds serious or critical."""
    page.evaluate((NODE_MODULES / "axe-core" / "axe.min.js").read_text(encoding="utf-8"))
    return [
        f"{one['id']}: {node['html'][:100]}: {node['any'][0]['message'] if node['any'] else ''}"
        for one in page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"]
    ]


def test_keys_move_select_and_open(page: Page, site: str) -> None:
    page.goto(f"{site}/list")
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert page.locator("tr.current").count() == 1
    assert page.locator("tbody tr").nth(1).get_attribute("class") == "current"
    assert page.evaluate("document.activeElement.matches('tr.current [data-open]')")
    page.keyboard.press("x")
    page.keyboard.press("Shift+J")
    assert page.locator("tr.selected").count() == 2
    assert page.locator("[data-bulk-count]").inner_text() == "2"
    assert page.locator("[data-bulk-whole]").is_hidden()
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    assert page.url.endswith("/list#")


def test_all_of_a_page_becomes_all_that_is_found_only_when_asked(page: Page, site: str) -> None:
    page.goto(f"{site}/list")
    page.locator("[data-select-all]").check()
    assert page.locator("[data-bulk-count]").inner_text() == "50"
    page.locator("[data-bulk-whole]").click()
    assert page.locator("[data-bulk-count]").inner_text() == "1,204"
    assert page.locator("[data-bulk-all]").input_value() == "1"
    page.locator("[data-select]").first.uncheck()
    assert page.locator("[data-bulk-count]").inner_text() == "49"
    assert page.locator("[data-bulk-all]").input_value() == ""


def test_letters_belong_to_fields_and_to_what_is_composed(page: Page, site: str) -> None:
    page.goto(f"{site}/list")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "top-q"
    page.keyboard.type("jjx?")
    assert page.locator("#top-q").input_value() == "jjx?"
    assert page.locator("tr.current, .keys").count() == 0
    page.evaluate("document.activeElement.blur()")
    for composing in ("isComposing: true", "keyCode: 229"):
        page.evaluate(
            f"document.body.dispatchEvent(new KeyboardEvent('keydown', {{code: 'KeyJ', key: 'j', bubbles: true, {composing}}}))"
        )
    assert page.locator("tr.current").count() == 0


def test_letters_can_be_switched_off(page: Page, site: str) -> None:
    page.goto(f"{site}/list")
    page.keyboard.press("?")
    assert page.locator(".keys").is_visible()
    page.locator(".keys button", has_text="关掉字母键").click()
    page.keyboard.press("Escape")
    assert page.locator(".keys").count() == 0
    page.reload()
    page.keyboard.press("j")
    assert page.locator("tr.current").count() == 0


def test_a_confirmation_opens_under_its_button_and_gives_the_focus_back(page: Page, site: str) -> None:
    page.goto(f"{site}/parts")
    page.keyboard.press("r")  # the key of the button
    assert page.locator("#final").is_visible()
    assert page.evaluate("document.activeElement.name") == "p-number"
    page.keyboard.press("Escape")
    assert page.locator("#final").is_hidden()
    assert page.evaluate("document.activeElement.dataset.key") == "KeyR"
    page.keyboard.press("Control+Enter")
    assert page.locator("#send").is_visible()


def test_without_scripts_a_confirmation_still_opens(browser: Browser, site: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/parts")
    assert page.locator("#send").is_hidden()
    page.locator("a[href='#send']").click()
    assert page.locator("#send").is_visible()
    context.close()


def test_a_refusal_is_said_in_its_own_words_and_nothing_is_lost(page: Page, site: str) -> None:
    page.goto(f"{site}/parts")
    page.get_by_role("button", name="开审").click()
    page.locator("#strips", has_text="陈静14:05撤回了，这张不在您手里。").wait_for()


def test_what_comes_late_is_announced_and_takes_its_place(page: Page, site: str) -> None:
    page.goto(f"{site}/parts")
    late = page.locator("#late")
    late.get_by_text("正在取…").wait_for()
    late.get_by_text("取到了").wait_for()
    assert late.get_by_text("正在取…").count() == 0


def test_text_is_copied_over_plain_http(page: Page, site: str) -> None:
    page.goto(f"{site}/parts")
    page.evaluate("document.addEventListener('copy', () => { window.copied = String(document.getSelection()); })")
    page.get_by_role("button", name="复制成微信文字").click()
    assert page.locator("#toasts").inner_text() == "已复制，去微信粘贴"
    assert page.evaluate("window.copied") == "贵局2027年一上还差2张，逾期2天，请今天送审。"


def test_the_side_panel_folds_and_stays_folded(page: Page, site: str) -> None:
    page.goto(f"{site}/sheet")
    assert page.locator("#panel").is_visible()
    page.keyboard.press("b")
    assert page.locator("#panel").is_hidden()
    page.reload()
    assert page.locator("#panel").is_hidden()
    assert page.locator("[data-toggle-panel]").get_attribute("aria-expanded") == "false"


def test_the_menu_folds_and_stays_folded(page: Page, site: str) -> None:
    page.goto(f"{site}/home")
    fold = page.locator("[data-toggle-nav]")
    fold.click()
    page.goto(f"{site}/form")
    assert fold.get_attribute("aria-expanded") == "false"
    assert page.locator(".nav").bounding_box()["width"] == 84  # type: ignore[index]
    assert page.get_by_role("link", name="审核台").is_visible()
    fold.click()
    assert page.locator(".nav").bounding_box()["width"] == 200  # type: ignore[index]


def test_in_a_narrow_window_the_panel_is_folded_until_asked_for(page: Page, site: str) -> None:
    page.set_viewport_size({"width": 1093, "height": 500})
    page.goto(f"{site}/sheet")
    assert page.locator("#panel").is_hidden()
    page.locator("[data-toggle-panel]").click()
    assert page.locator("#panel").is_visible()


def test_on_a_phone_the_menu_opens_above_the_work(page: Page, site: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{site}/home")
    assert page.locator("#nav").is_hidden()
    page.locator("[data-toggle-menu]").click()
    assert page.locator("#nav").is_visible()
    assert page.locator("#work").bounding_box()["y"] > page.locator("#nav").bounding_box()["y"] + 300  # type: ignore[index]
    bar = page.locator(".actions .primary").bounding_box()
    assert bar is not None
    assert bar["y"] + bar["height"] == 844


def test_files_are_sent_two_at_a_time_each_with_its_row(page: Page, site: str, tmp_path: Path) -> None:
    page.goto(f"{site}/intake")
    before = page.locator("#queue > li").count()
    names = ["甲.docx", "乙.pdf", "丙.zip", "~$甲.docx"]
    for name in names:
        (tmp_path / name).write_bytes(b"x" * 5000)
    page.locator("#drop-file").set_input_files([tmp_path / name for name in names])
    page.locator("#queue > li.done", has_text="收下").nth(2).wait_for()
    assert page.locator("#queue > li").count() == before + 3  # ~$ files are leavings of Word


def test_a_folder_is_dropped_anywhere_on_the_page(page: Page, site: str) -> None:
    page.goto(f"{site}/intake")
    page.evaluate(
        """() => {
          const file = (name) => ({ isFile: true, fullPath: `/部门/${name}`, file: (done) => done(new File(['x'], name)) });
          let left = [[file('甲.docx'), file('乙.docx')], []];
          const folder = { isFile: false, createReader: () => ({ readEntries: (done) => done(left.shift()) }) };
          const drop = new Event('drop', { bubbles: true, cancelable: true });
          drop.dataTransfer = { types: ['Files'], files: [], items: [{ webkitGetAsEntry: () => folder }] };
          document.querySelector('h1').dispatchEvent(drop);
        }"""
    )
    page.locator("#queue > li.done", has_text="收下").nth(1).wait_for()


def test_a_cell_is_as_high_as_its_text_and_nothing_covers_it(page: Page, site: str) -> None:
    page.goto(f"{site}/grid")
    cell = page.locator(".is-refused textarea")
    before = cell.bounding_box()
    cell.fill("第一行\n第二行\n第三行")
    after = cell.bounding_box()
    assert before is not None
    assert after is not None
    assert after["height"] == before["height"] + 44
    assert (after["x"], after["width"]) == (before["x"], before["width"])
    assert page.locator(".is-refused .cell-note").bounding_box()["y"] >= after["y"] + after["height"]  # type: ignore[index]


def test_on_paper_only_the_work_remains(page: Page, site: str) -> None:
    page.goto(f"{site}/sheet")
    page.emulate_media(media="print")
    for selector in (".top", ".nav", "#panel", ".actions", "#strips", ".crumbs"):
        assert page.locator(selector).first.is_hidden(), selector
    assert page.locator(".print-foot").is_visible()
    assert page.locator(".draft").inner_text() == "草稿，未送审"
