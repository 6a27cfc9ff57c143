"""The house rules catch what they are for."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.house import AIM, DEBTS, FOLDERS, MOST, ROOT, problems


@pytest.fixture
def house(tmp_path: Path) -> Path:
    for folder in FOLDERS:
        (tmp_path / folder).mkdir()
    (tmp_path / DEBTS).write_text("# nothing\n", encoding="utf-8")
    return tmp_path


def write(house: Path, path: str, lines: int) -> None:
    (house / path).write_text("x = 1\n" * lines, encoding="utf-8")


def test_this_house_keeps_them() -> None:
    assert list(problems(ROOT)) == []


def test_a_file_above_the_aim_needs_a_reason(house: Path) -> None:
    write(house, "src/short.py", AIM)
    write(house, "src/long.py", AIM + 1)
    assert list(problems(house)) == [
        f"src/long.py: {AIM + 1} lines, more than {AIM}: split it, or say in {DEBTS} why not yet"
    ]
    (house / DEBTS).write_text("src/long.py: a table\n", encoding="utf-8")
    assert list(problems(house)) == []


def test_nothing_excuses_a_file_above_the_most(house: Path) -> None:
    write(house, "tests/long.py", MOST + 1)
    (house / DEBTS).write_text("tests/long.py: a table\n", encoding="utf-8")
    assert list(problems(house)) == [f"tests/long.py: {MOST + 1} lines, more than {MOST}: split it"]


def test_debts_that_are_paid_or_not_explained_are_told(house: Path) -> None:
    write(house, "src/short.py", AIM)
    write(house, "src/long.py", AIM + 1)
    (house / DEBTS).write_text("src/short.py: a table\nsrc/gone.py: a table\nsrc/long.py:\n", encoding="utf-8")
    assert [line.partition(":")[0] for line in problems(house)] == ["src/short.py", "src/gone.py", "src/long.py"]


def test_decisions_have_numbers_of_their_own(house: Path) -> None:
    decisions = house / "docs" / "decisions"
    decisions.mkdir(parents=True)
    for name, title in (("0001-a", "# 1. A"), ("0002-b", "# 2. B"), ("0002-c", "# 2. C"), ("0003-d", "# 2. D")):
        (decisions / f"{name}.md").write_text(f"{title}\n", encoding="utf-8")
    assert list(problems(house)) == [
        "docs/decisions/0002-c.md: 0002-b.md has this number: take the next free one",
        "docs/decisions/0003-d.md: the title does not begin with 3.",
    ]


def test_private_names_of_other_modules_are_told(house: Path) -> None:
    (house / "src" / "a.py").write_text("from jixiao.b import _c, d\n", encoding="utf-8")
    assert list(problems(house)) == ["src/a.py:1: _c belongs to jixiao.b: rename it there"]


@pytest.mark.parametrize(
    "line",
    [
        '<p style="color: red">',
        "<style>",
        "<script>",
        '<script type="module">',
        '<a onclick="x()">',
        "<a href='javascript:x()'>",
        "<a hx-on:click='x()'>",
        "<a hx-vals='js:{a: 1}'>",
        '<script src="https://cdn.example/x.js"></script>',
    ],
)
def test_pages_hold_no_code(house: Path, line: str) -> None:
    pages = house / "src" / "jixiao" / "web" / "templates"
    pages.mkdir(parents=True)
    (pages / "page.html").write_text(f"<h1>好</h1>\n{line}\n", encoding="utf-8")
    (found,) = problems(house)
    assert found.startswith("src/jixiao/web/templates/page.html:2: ")


def test_pages_may_name_scripts_and_classes(house: Path) -> None:
    pages = house / "src" / "jixiao" / "web"
    pages.mkdir(parents=True)
    fine = """<script src="{% static 'a.js' %}" type="module"></script><p class="style" data-one="1"><button>style=</button>\n"""
    (pages / "page.html").write_text(fine, encoding="utf-8")
    assert list(problems(house)) == []
