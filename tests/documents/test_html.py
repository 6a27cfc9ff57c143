"""Web pages, read back by a parser."""

from __future__ import annotations

from documents.sample import DAY, DOCUMENT, GRID, HOSTILE
from lxml import html

from jixiao.documents import Document, Section, Table, to_html
from jixiao.documents.text import printable


def test_blocks_become_elements() -> None:
    page = html.fromstring(to_html(DOCUMENT))
    assert [e.tag for e in page.iterfind(".//section[1]/*")] == ["h1", "p", "p", "h2", "h3", "p", "table", "table", "p"]
    assert page.find(".//h1").text_content() == "样本\n文件"
    assert page.findtext(".//strong") == "重点"


def test_cells_span_and_labels_are_headers() -> None:
    table = html.fromstring(to_html(DOCUMENT)).find(".//table")
    cells = [(e.tag, e.text_content(), e.get("colspan"), e.get("rowspan")) for e in table.iterfind(".//tr/*")]
    assert cells[:5] == [
        ("th", "栏目", None, None),
        ("th", "内容", "2", None),
        ("th", "预算单位", None, None),
        ("td", "示例县商务局", "2", None),
        ("th", "指标", None, "2"),
    ]
    assert [len(row) for row in table.iterfind(".//tr")] == [2, 2, 3, 2, 1]


def test_hostile_text_ends_no_element_and_starts_none() -> None:
    table = Table(GRID[:2], tuple((words, words) for words in HOSTILE))
    text = to_html(Document(HOSTILE[0], DAY, (Section((table,)),)))
    text.encode()
    page = html.fromstring(text)
    assert not page.findall(".//script") + page.findall(".//img")
    assert [row[1].text_content() for row in page.iterfind(".//tr")] == [printable(words) for words in HOSTILE]


def test_the_page_needs_no_network() -> None:
    text = to_html(DOCUMENT)
    assert "default-src 'none'" in text
    assert not any(word in text for word in ("http:", "https:", "url(", "<link", "<script"))
