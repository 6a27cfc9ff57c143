"""Parts of pages by themselves: what they say, when they are links, that nothing a user wrote becomes code."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.template.loader import render_to_string

WEB = Path(__file__).parents[2] / "src" / "jixiao" / "web"
TEMPLATES = sorted(WEB.rglob("*.html"))
SCRIPTS = sorted((WEB / "static" / "jixiao").glob("*.js"))


def drawn(part: str, **context: object) -> str:
    return render_to_string(f"jixiao/{part}.html", {"csrf_token": "t" * 64, **context}).strip()


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


STATES = {
    "unfilled": "未报",
    "drafting": "填报中",
    "submitted": "已送审",
    "reviewing": "审核中",
    "returned": "已退回",
    "reviewed": "审核通过",
    "approved": "已批复",
    "adjusting": "调整中",
    "void": "已作废",
}


@pytest.mark.parametrize(("state", "word"), STATES.items())
def test_a_state_is_a_word_and_a_shape(state: str, word: str) -> None:
    html = drawn("badge", state=state)
    assert words(html) == word
    assert f'href="#s-{state}"' in html
    assert words(drawn("badge", state=state, word="系统外批复")) == "系统外批复"


def test_a_count_of_findings_is_a_link_unless_it_is_zero() -> None:
    assert 'href="/a"' in drawn("finding", severity="error", count=3, address="/a")
    assert words(drawn("finding", severity="error", count=3, address="/a")) == "必须修改 3"
    assert "<a" not in drawn("finding", severity="error", count=0, address="/a")
    assert words(drawn("finding", severity="warning")) == "应当修改或说明"
    assert words(drawn("finding", severity="ok")) == "正常"


def test_the_foot_of_a_list_says_how_many_and_where_it_goes_on() -> None:
    html = drawn("table_foot", total="1,204", shown=50, noun="张", first="/f", next="/n", dense="/d", loose="/l")
    assert words(html) == "共1,204张，本页50张 疏 密 第一页 下一页"
    assert re.search(r'href="/l" aria-current="true"', html)
    assert words(drawn("table_foot", total="10,000", about=True)) == "共约10,000条 没有了"


def test_what_is_empty_says_why() -> None:
    assert words(drawn("empty", filtered=3, clear="/c")) == "没有符合这3个条件的 清除条件"
    assert words(drawn("empty", title="还没有表", text="收下文件以后才有。")) == "还没有表 收下文件以后才有。"


def test_the_way_here_ends_where_one_is() -> None:
    way = [{"title": "首页", "address": "/"}, {"title": "报送包", "address": "/a"}]
    assert words(drawn("places", places=way)) == "首页 报送包"
    assert drawn("places", places=way).count("<a ") == 1
    assert drawn("places", places=[("清源县", 2028)]) == ""


def test_bad_news_is_read_aloud_at_once_and_can_be_undone_by_post_only() -> None:
    assert 'role="alert"' in drawn("strip", kind="bad", text="没办成。")
    html = drawn("strip", kind="done", text="已送审9张。", undo="/undo")
    assert 'role="status"' in html
    assert re.search(r'<form method="post" action="/undo"><input type="hidden" name="csrfmiddlewaretoken"', html)
    assert "撤回" in html


def test_what_cannot_be_undone_has_no_filled_button() -> None:
    usual = drawn("confirm", id="a", title="退回2张", address="/r", word="退回2张", lines=["3处意见一起退回。"])
    final = drawn("confirm", id="a", title="批复71家", address="/r", word="批复71家", final=True)
    assert 'class="primary"' in usual
    assert 'class="primary"' not in final
    assert "confirm-final" in final


def test_progress_is_asked_for_until_it_is_done() -> None:
    assert 'hx-get="/p"' in drawn("progress", name="甲.docx", value=4, most=9, word="读取中4/9页", poll="/p")
    failed = drawn("progress", name="乙.wps", failed=True, word="读不出", why="这份打不开。")
    assert "hx-get" not in failed
    assert words(failed) == "乙.wps 读不出 这份打不开。"


def test_what_users_wrote_stays_text() -> None:
    bad = "<script>alert(1)</script>"
    for part, context in {
        "strip": {"kind": "done", "text": bad, "action": bad, "address": "/"},
        "progress": {"name": bad, "word": bad, "failed": True, "why": bad},
        "empty": {"title": bad, "text": bad},
        "badge": {"state": "void", "word": bad},
        "filters": {"chips": [{"text": bad, "without": "/"}], "total": bad},
        "confirm": {"title": bad, "word": bad, "lines": [bad]},
        "places": {"places": [{"title": bad, "address": "/"}]},
    }.items():
        assert "<script" not in drawn(part, **context), part


def test_every_shape_that_is_asked_for_is_drawn() -> None:
    there = set(re.findall(r'<symbol id="([\w-]+)"', (WEB / "templates" / "jixiao" / "shapes.html").read_text("utf-8")))
    text = "".join(file.read_text(encoding="utf-8") for file in [*TEMPLATES, *SCRIPTS])
    asked = set(re.findall(r"""["'#]([sfi]-[a-z]+)\b""", text)) | {f"s-{state}" for state in STATES}
    assert asked - there == set()


def test_icons_of_the_menu_are_drawn() -> None:
    from jixiao.web.site.navigation import NAVIGATION

    shapes = (WEB / "templates" / "jixiao" / "shapes.html").read_text(encoding="utf-8")
    assert [item.title for item in NAVIGATION if f'id="n-{item.icon}"' not in shapes] == []
