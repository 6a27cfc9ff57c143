"""The report: what stands in the file, and, where Chromium is at hand, what a person sees."""

from __future__ import annotations

import json
import re
import subprocess
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from needs import CHROMIUM
from writers import factory

from jixiao.documents.text import printable
from jixiao.domain.finding import Severity
from jixiao.writers import Batch, Reviewed
from jixiao.writers.outputs.report import report
from jixiao.writers.report_data import finding_keys


class Page(HTMLParser):
    """Elements in order: (name, attributes, text directly inside so far)."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.data: dict[int, str] = {}
        self._open: list[int] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in ("meta", "br", "input", "img", "link"):
            self._open.append(len(self.elements) - 1)

    def handle_endtag(self, tag: str) -> None:
        while self._open and self.elements[self._open.pop()][0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        for n in self._open:
            self.data[n] = self.data.get(n, "") + data

    def named(self, tag: str, **attributes: str) -> list[tuple[dict[str, str | None], str]]:
        return [
            (found, self.data.get(n, ""))
            for n, (name, found) in enumerate(self.elements)
            if name == tag and attributes.items() <= found.items()
        ]


def data_of(html: str) -> dict[str, list[object]]:
    ((_, text),) = Page(html).named("script", id="data")
    loaded: dict[str, list[object]] = json.loads(text)
    return loaded


def test_every_finding_is_in_the_data_under_a_key_of_its_own() -> None:
    batch = factory.batch()
    data = data_of(report(batch))
    texts = data["s"]
    found = data["f"]
    keys = [key for n, r in enumerate(batch.reviewed) for key in finding_keys(r, n)]
    assert [f[1] for f in found] == keys  # type: ignore[index]
    assert len(set(keys)) == len(keys) == 10
    for row, finding in zip(found, factory.findings(), strict=False):
        assert texts[row[3]] == finding.title  # type: ignore[index]
        assert texts[row[5]] == finding.pointer  # type: ignore[index]
        assert texts[row[10]] == finding.message  # type: ignore[index]


def test_findings_with_one_id_still_get_keys_of_their_own() -> None:
    twice = factory.finding("/title")
    assert finding_keys(factory.reviewed(found=(twice, twice)), 4) == (f"5.{twice.id}", f"5.{twice.id}.2")


def test_the_file_needs_no_network() -> None:
    html = report(factory.batch())
    ((policy, _),) = Page(html).named("meta", **{"http-equiv": "Content-Security-Policy"})
    assert str(policy["content"]).startswith(
        "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'"
    )
    assert not re.search(r"https?://|@import|url\(|<link|<img|<iframe", html)
    assert "innerHTML" not in html


def test_grades_and_unread_files_stand_in_the_page_itself() -> None:
    page = Page(report(factory.batch()))
    rows = ["".join(text.split()) for _, text in page.named("tr")]
    assert any(row.startswith("示例县商务局商务局.docx2026210115.46良92221") for row in rows)
    assert any("适当性22/30" in row for row in rows)
    assert "扫描件.pdf文件里没有文字。请提供原件。" in rows


def test_texts_of_one_department_are_told_apart_in_the_chart() -> None:
    twice = factory.batch(
        factory.reviewed(), replace(factory.reviewed(), stem="商务局（二科）"), factory.reviewed("示例县农业局")
    )
    labels = [words.strip() for found, words in Page(report(twice)).named("span", **{"class": "bar-label"})]
    assert len(set(labels)) == len(labels)
    assert {"示例县商务局（商务局.docx）", "示例县商务局（商务局.docx（二科））", "示例县农业局"} <= set(labels)


def test_hostile_text_ends_no_element_and_starts_none() -> None:
    html = report(factory.batch(factory.hostile()))
    page = Page(html)
    assert len(page.named("script")) == 2
    assert not page.named("img")
    assert "alert(1)</script>" not in html
    assert "49" not in Page(html).named("title")[0][1]
    html.encode("utf-8")
    texts = data_of(html)["s"]
    for words in factory.HOSTILE:
        assert printable(words) in texts


def test_the_same_batch_gives_the_same_text() -> None:
    assert report(factory.batch()) == report(factory.batch())


def test_an_empty_batch_is_a_report_too() -> None:
    assert "没有问题可统计" in report(Batch("空", (), (), factory.AS_OF))


def seen(tmp_path: Path, batch: Batch, address: str, acts: str = "") -> Page:
    """The page as Chromium has it after its scripts ran, and after the acts of a user, as script."""
    assert CHROMIUM is not None
    file = tmp_path / "report.html"
    user = f"<script>setTimeout(() => {{ {acts} }}, 500)</script></body>"
    file.write_text(report(batch).replace("</body>", user), encoding="utf-8")
    command = [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom", "--virtual-time-budget=3000"]
    command += [f"--user-data-dir={tmp_path / 'profile'}", f"{file.as_uri()}{address}"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=120, check=True)
    return Page(done.stdout)


def marked(page: Page, name: str) -> list[str | None]:
    return [
        found["data-p"]
        for _, found in page.elements
        if "data-p" in found and name in (found.get("class") or "").split()
    ]


@pytest.mark.browser
def test_a_link_opens_its_finding_and_marks_the_cell(tmp_path: Path) -> None:
    batch = factory.batch()
    key = finding_keys(batch.reviewed[1], 1)[1]
    page = seen(tmp_path, batch, f"#f={key}")
    assert marked(page, "hit") == ["/goal_sheets/0/indicators/3/target"]
    assert marked(page, "kin") == []
    ((_, info),) = page.named("div", id="info")
    assert "示例县农业局 · 第 1 张表“项目1” · 指标第 4 行“企业满意度”的指标值" in info
    assert "商务局.docx，第 2 张表第 9 行第 5 格" in info
    assert "≥85%" in info
    assert "合理可行：目标能够实现。" in info
    ((item, _),) = page.named("a", **{"aria-current": "true"})
    assert item["href"] == f"#f={key}"
    cells = [text for found, text in page.named("td") if found.get("data-p") == "/goal_sheets/0/indicators/3/target"]
    assert cells == ["问题处≤85%"]


@pytest.mark.browser
def test_what_became_of_money_and_goals_is_drawn_and_marked(tmp_path: Path) -> None:
    places = ("execution/total/executed", "goals_reached/0", "indicators/0/deviation", "grade")
    found = tuple(factory.finding(f"/goal_sheets/0/{place}", f"X0{n}") for n, place in enumerate(places))
    batch = factory.batch(Reviewed(factory.evaluated(), factory.review(found), "甲"))
    for place, key in zip(places, finding_keys(batch.reviewed[0], 0), strict=True):
        page = seen(tmp_path, batch, f"#f={key}")
        assert marked(page, "hit") == [f"/goal_sheets/0/{place}"]
    assert "1. 项目1绩效自评表" in page.named("caption")[0][1]
    heads = [text for _, text in page.named("th")]
    assert {"预算执行情况", "年度资金总额", "执行率（%）", "实际完成情况", "偏差原因", "自评等级"} <= set(heads)


@pytest.mark.browser
def test_places_held_against_it_are_marked_apart(tmp_path: Path) -> None:
    batch = factory.batch()
    page = seen(tmp_path, batch, f"#f={finding_keys(batch.reviewed[0], 0)[3]}")
    assert marked(page, "hit") == ["/goal_sheets/0/purpose"]
    assert marked(page, "kin") == ["/goal_sheets/0/goals/0"]
    ((_, info),) = page.named("div", id="info")
    assert "第 2 张表“项目2” · 资金用途" in info
    assert "约 80%，请人工核对。" in info


@pytest.mark.browser
def test_a_finding_on_the_text_opens_the_text(tmp_path: Path) -> None:
    batch = factory.batch()
    page = seen(tmp_path, batch, f"#f={finding_keys(batch.reviewed[0], 0)[0]}")
    assert marked(page, "hit") == ["/overall_goals/0"]


def press(key: str) -> str:
    return f'document.body.dispatchEvent(new KeyboardEvent("keydown", {{ key: "{key}", bubbles: true }}));'


@pytest.mark.browser
def test_arrow_keys_go_through_the_findings_and_escape_closes(tmp_path: Path) -> None:
    batch = factory.batch()
    address = f"#f={finding_keys(batch.reviewed[0], 0)[1]}"
    assert marked(seen(tmp_path, batch, address, press("ArrowDown")), "hit") == ["/goal_sheets/0/indicators/4/target"]
    assert marked(seen(tmp_path, batch, address, press("ArrowUp")), "hit") == ["/overall_goals/0"]
    closed = seen(tmp_path, batch, address, press("Escape"))
    assert marked(closed, "hit") == []
    assert "hidden" in closed.named("section", id="viewer")[0][0]


@pytest.mark.browser
def test_filters_narrow_the_list(tmp_path: Path) -> None:
    acts = 'const s = document.getElementById("by-severity"); s.value = "2"; s.dispatchEvent(new Event("change"));'
    acts += (
        'const t = document.getElementById("by-text"); t.value = "农业局 出处"; t.dispatchEvent(new Event("input"));'
    )
    page = seen(tmp_path, factory.batch(), "", acts)
    assert [text for _, text in page.named("span", **{"class": "title"})] == ["依据是套话"]
    assert page.named("p", id="status")[0][1] == "共 10 处问题，符合条件 1 处。"


@pytest.mark.browser
def test_grade_and_deductions_of_a_plan_unfold(tmp_path: Path) -> None:
    page = seen(tmp_path, factory.batch(), "", 'document.querySelector(".more").click();')
    detail = page.named("div", id="plan-0")[0][1]
    assert "第 1 张表“项目1”：良，92 分。适当性：满意度方向写反 2 处，扣 8 分" in detail
    assert "X09 评价标准重叠：文本没有优良中差评价标准" in detail
    assert "数值后面粘连了文字。" in detail


@pytest.mark.browser
def test_a_large_batch_is_packed_and_reads_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jixiao.writers.report_data.PACK_ABOVE", 10)
    batch = factory.batch()
    page = seen(tmp_path, batch, f"#f={finding_keys(batch.reviewed[0], 0)[1]}")
    assert page.named("script", id="data")[0][0]["type"] == "text/plain"
    assert marked(page, "hit") == ["/goal_sheets/0/indicators/3/target"]


@pytest.mark.browser
def test_the_list_shows_every_finding_and_hostile_text_as_text(tmp_path: Path) -> None:
    batch = factory.batch(factory.hostile())
    page = seen(tmp_path, batch, "")
    titles = [text for _, text in page.named("span", **{"class": "title"})]
    assert sorted(titles) == sorted(printable(words) for words in factory.HOSTILE)
    assert not page.named("img")


@pytest.mark.browser
def test_cases_of_one_rule_in_one_sheet_are_one_item_that_opens(tmp_path: Path) -> None:
    batch = factory.batch(factory.reviewed())
    page = seen(tmp_path, batch, "")
    titles = [text for _, text in page.named("span", **{"class": "title"})]
    assert titles == ["以职责代目标", "满意度方向写反", "资金用途与他表重复", "依据是套话"]
    ((group, text),) = page.named("details")
    assert "open" not in group
    assert "2 处" in text
    assert "企业满意度：≤85%" in text
    opened = seen(tmp_path, batch, f"#f={finding_keys(batch.reviewed[0], 0)[2]}")
    assert "open" in opened.named("details")[0][0]


@pytest.mark.browser
def test_arrow_keys_in_the_list_pass_over_closed_items(tmp_path: Path) -> None:
    acts = 'const s = document.querySelector("summary.item"); s.focus(); '
    down = 'document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowDown", bubbles: true }));'
    tell = 'document.getElementById("status").textContent = document.activeElement.textContent;'
    closed = seen(tmp_path, factory.batch(factory.reviewed()), "", acts + down + tell)
    assert "资金用途与他表重复" in closed.named("p", id="status")[0][1]
    opened = seen(tmp_path, factory.batch(factory.reviewed()), "", acts + "s.click();" + down + tell)
    assert "企业满意度：≤85%" in opened.named("p", id="status")[0][1]


def test_a_sheet_with_many_kinds_says_what_to_mend_first() -> None:
    found = tuple(
        factory.finding(
            "/goal_sheets/0/purpose", f"Y{n}", title=f"问题{n}", severity=Severity.ADVICE if n < 2 else Severity.ERROR
        )
        for n in range(6)
    )
    groups = data_of(report(factory.batch(factory.reviewed(found=found))))["g"]
    assert groups == [[1, [2]], [1, [3]], [1, [4]], [0, [5]], [0, [0]], [0, [1]]]
    few = data_of(report(factory.batch(factory.reviewed(found=found[:5]))))["g"]
    assert {first for first, _ in few} == {0}  # type: ignore[misc]


def test_a_county_stays_small() -> None:
    """80 plans of 60 findings, every message another: the file stays well below 15 MB."""
    plans = []
    for n in range(80):
        found = tuple(
            factory.finding(f"/goal_sheets/{k % 2}/indicators/{k % 5}/target", f"X{k}", message=f"第{n}局第{k}处" * 12)
            for k in range(60)
        )
        plans.append(factory.reviewed(f"示例县第{n}局", found))
    assert len(report(factory.batch(*plans)).encode()) < 5_000_000
