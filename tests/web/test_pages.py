"""Pages of the workspace in a browser: the frame is drawn, its files are there, its policy forbids nothing of our own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client
from needs import NODE_MODULES

pytest.importorskip("playwright", reason="没有 playwright：运行 make setup")

from playwright.sync_api import Browser, Page

from jixiao.web.accounts.roles import Role
from jixiao.web.site import static
from jixiao.web.site.static import stamp
from tools.gallery.__main__ import SIZES
from web.make import PASSWORD, Office

AXE = NODE_MODULES / "axe-core" / "axe.min.js"
GRAVE = """axe.run(document, {resultTypes: ['violations']}).then((found) => found.violations
  .filter((one) => ['serious', 'critical'].includes(one.impact)).map((one) => `${one.id}: ${one.nodes[0].html.slice(0, 120)}`))"""
STATIC = Path(__file__).parents[2] / "src" / "jixiao" / "web" / "static"

_IMPORT = re.compile(r"^import (?:.* from )?'\./([\w-]+\.js)'", re.MULTILINE)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    made = browser.new_page(viewport={"width": 1440, "height": 700})
    complaints: list[str] = []
    made.on("pageerror", lambda error: complaints.append(str(error)))
    made.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    yield made
    made.close()
    assert [text for text in complaints if not re.search(r"\b(404|422)\b", text)] == []  # answers that a test asks for


@pytest.mark.browser
@pytest.mark.assets
@pytest.mark.django_db(transaction=True)
def test_somebody_signs_in_and_out(page: Page, live_server: object, county: Office) -> None:
    page.goto(f"{live_server}/login")
    page.get_by_label("用户名").fill(county.people[Role.CLERK].username)
    page.get_by_label("密码").fill("wrong")
    page.get_by_role("button", name="登录").click()
    assert "用户名或密码不对" in page.get_by_role("alert").inner_text()
    page.wait_for_load_state()  # keys are there when the page is
    page.get_by_label("密码").fill(PASSWORD)
    page.keyboard.press("Control+Enter")
    page.locator(".top-user summary", has_text="填报人甲").click()
    assert page.locator(".nav a[aria-current]").inner_text() == "首页"
    page.get_by_role("button", name="退出").click()
    page.get_by_label("用户名").wait_for()
    page.goto(f"{live_server}/nowhere")
    assert "没有这个页面，或不归您看。请回首页，或问本单位管理员。" in page.locator("main").inner_text()


@pytest.mark.browser
@pytest.mark.assets
@pytest.mark.front
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("role", [Role.CLERK, Role.PERFORMANCE_SECTION, Role.SYSTEM_ADMIN, Role.AUDIT_ADMIN])
def test_every_page_of_the_menu_is_fit_to_be_used(page: Page, live_server: object, county: Office, role: Role) -> None:
    """By screens and phones, without anything that sticks out or that axe finds grave; one filled button at most."""
    page.goto(f"{live_server}/login")
    page.get_by_label("用户名").fill(county.people[role].username)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    addresses = page.locator(".nav ul:first-of-type a").evaluate_all("found => found.map((one) => one.href)")
    assert addresses
    grave = []
    for address in addresses:
        for width, height in SIZES.values():
            page.set_viewport_size({"width": width, "height": height})
            page.goto(address)
            page.evaluate(AXE.read_text(encoding="utf-8"))
            where = f"{address.removeprefix(str(live_server))} {width}"
            if (wide := page.evaluate("document.documentElement.scrollWidth")) > width:
                grave.append(f"{where}: {wide} wide")
            if (filled := page.locator(".primary:visible").count()) > 1:
                grave.append(f"{where}: {filled} filled buttons")
            grave += [f"{where}: {one}" for one in page.evaluate(GRAVE)]
    assert grave == []


def test_every_file_that_a_page_names_is_served() -> None:
    text = Client().get("/nowhere").content.decode()
    named = {name.removeprefix(f"{stamp()}/") for name in re.findall(r'(?:href|src)="/static/([^"]+)"', text)}
    assert len(named) > 10
    ours = {name for name in named if name.startswith("jixiao/")}
    assert [name for name in sorted(ours) if not (STATIC / name).is_file()] == []


def test_browsers_keep_what_a_page_names_for_a_year_and_the_rest_a_minute() -> None:
    client = Client()
    named = re.findall(r'(?:href|src)="(/static/[^"]+)"', client.get("/nowhere").content.decode())
    assert all(address.startswith(f"/static/{stamp()}/") for address in named)
    for address in (one for one in named if "/jixiao/" in one):
        kept = client.get(address)
        assert kept.status_code == 200, address
        assert kept.headers["Cache-Control"] == "max-age=31536000, public, immutable", address
        plain = client.get(address.replace(f"/{stamp()}", ""))
        assert plain.headers["Cache-Control"] == "max-age=60, public"
        assert b"".join(plain) == b"".join(kept)
    assert client.get("/static/-0123456789abcdef/jixiao/app.js").status_code == 404, "of another release"
    assert client.get("/login").headers["Cache-Control"] == "no-store"


def test_another_content_has_another_address(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    before = stamp()
    (tmp_path / "app.css").write_text("body {}", encoding="utf-8")
    monkeypatch.setattr(static, "_every", lambda: {"app.css": str(tmp_path / "app.css")})
    first = stamp.__wrapped__()
    (tmp_path / "app.css").write_text("body { }", encoding="utf-8")
    assert len({before, first, stamp.__wrapped__()}) == 3


def test_modules_are_asked_for_at_once() -> None:
    """What app.js imports, however deep, is what modules.html names."""
    folder, found, left = STATIC / "jixiao", set[str](), ["app.js"]
    while left:
        for name in _IMPORT.findall((folder / left.pop()).read_text(encoding="utf-8")):
            if name not in found:
                found.add(name)
                left.append(name)
    text = (STATIC.parent / "templates" / "jixiao" / "modules.html").read_text(encoding="utf-8")
    assert found == set(re.findall(r"jixiao/([\w-]+\.js)", text))
