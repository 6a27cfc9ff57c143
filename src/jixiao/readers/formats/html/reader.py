"""Reads web pages (.html, .htm, .mht), those that Word, Excel, WPS and LibreOffice write among them.

One pass over the elements, without recursion: pages may nest as deep as they like. Nothing is fetched; what an
element or a class of the page's own style sheet declares hidden is left out and told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from jixiao.domain.note import Note
from jixiao.domain.plan import Source
from jixiao.domain.provenance import Location
from jixiao.readers.errors import UnreadableFileError
from jixiao.readers.formats.html.source import FONTS, fonts_of_classes, hiding_classes, html_parts
from jixiao.readers.formats.html.tables import WIDEST, Box, HtmlTable, mark_inner, table_blocks
from jixiao.readers.raw import Grid, Paragraph, RawDocument
from jixiao.readers.raw.margins import annotation_notes, head_lines, with_heads
from jixiao.readers.raw.residue import strip_residue
from jixiao.readers.raw.symbols import signs, symbol_font
from jixiao.vocabulary import Vocabulary

_LEFT_OUT = frozenset(
    (
        *("script", "style", "head", "title", "noscript", "template", "object", "applet", "iframe", "svg"),
        *("math", "rt", "rp", "del", "datalist", "xml", "colgroup", "noframes"),
    )
)
_BLOCKS = frozenset(
    (
        *("p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "dt"),
        *("dd", "dl", "ul", "ol", "pre", "center", "section", "article", "header", "footer"),
        *("main", "nav", "aside", "blockquote", "address", "figure", "figcaption", "fieldset", "form", "hr"),
        *("legend", "body", "html", "caption", "thead", "tbody", "tfoot"),
    )
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_BESIDE = re.compile(
    r"mso-element\s*:\s*(?:(header|footer)|(footnote|endnote|comment)(?:-list)?|[a-z-]*(?:separator|notice))\s*(?:;|$)",
    re.IGNORECASE,
)
"""What Word writes of the margins of a page behind its text"""
_MSO_TAB = re.compile(r"mso-tab-count\s*:", re.IGNORECASE)
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_TAB_IN_WORDS = re.compile(r"(?<=[^ \t\r\n\f])[ ]*\t[ \t]*(?=[^ \t\r\n\f])")
_WIDE = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f\u2018-\u201d"
_LINE_END_IN_WORDS = re.compile(rf"(?<=[{_WIDE}])[ \t\f]*[\r\n][ \t\r\n\f]*(?=[{_WIDE}])")
_SHEET_HEADING = re.compile(r"(?:Sheet|工作表|表)\s*\d+\s*[:：]\s*(.+)")
_PAGE_END = re.compile(r"</(?:body|html)\s*>", re.IGNORECASE)
"""The parser drops what stands behind it; browsers show it"""
_TAB = "\x1f"
_TYPED = frozenset(("", "text", "number", "search", "tel", "date"))
_LONGEST_TOLD = 60
_SYMBOLS = re.compile(r"[wW](?:ing|eb)dings|[sS]ymbol")
_REMEDY = "请用浏览器打开核对，或另存为 .docx、.xlsx 后重试"


def read_html(data: bytes, source: Source, vocabulary: Vocabulary) -> RawDocument:
    """The blocks of a web page. Raises UnreadableFileError where nothing in it is text."""
    blocks: list[Paragraph | Grid] = []
    notes: list[Note] = []
    heads: list[str] = []
    annotations: list[str] = []
    counts = [0, 0]
    frames = False
    for part in html_parts(data):
        notes += part.notes
        worksheet = part.is_spreadsheet or source.name.lower().endswith((".xls", ".xlsx", ".et", ".csv"))
        walker = _Walker(vocabulary, spreadsheet=worksheet, symbols=_SYMBOLS.search(part.text) is not None)
        root = _root(part.text)
        frames = frames or root.find(".//frameset") is not None
        walker.walk(root)
        heads += walker.heads
        annotations += walker.annotations
        if walker.hidden:
            words = "、".join(f"“{w}”" for w in walker.hidden[:20])
            notes.append(Note("hidden.left_out", "", f"网页中标明隐藏的文字未读入：{words}"))
        if len(walker.items) == 1 and isinstance(table := walker.items[0], HtmlTable) and table.is_page():
            table.worksheet = ""
        blocks += _blocks(walker.items, counts, notes, vocabulary)
    if frames and not blocks:
        raise UnreadableFileError(
            "这个网页只是框架，表格在与它同名的“.files”文件夹里", "请用 Excel 或 WPS 打开并另存为 .xlsx 后重试"
        )
    notes += annotation_notes("脚注和批注", annotations)
    with_head, head_notes = with_heads(head_lines(heads), blocks)
    return RawDocument(source, tuple(with_head), (*notes, *head_notes))


def _root(text: str) -> Any:
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, recover=True, huge_tree=True, remove_comments=False, remove_pis=False
    )
    try:
        root = etree.fromstring(_PAGE_END.sub("", text).encode("utf-8", "replace"), parser)
    except etree.LxmlError as error:
        raise UnreadableFileError("网页内容不完整或不合规", _REMEDY) from error
    if any(entry.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for entry in parser.error_log):
        raise UnreadableFileError("网页的标记嵌套过深，后面的内容读不到", _REMEDY)
    if root is None:
        raise UnreadableFileError("网页里没有文字", _REMEDY)
    return root


def _blocks(
    items: list[str | HtmlTable], counts: list[int], notes: list[Note], vocabulary: Vocabulary
) -> Iterator[Paragraph | Grid]:
    """Blocks of lines and tables in order; tables inside a table follow it. ``counts``: paragraphs and tables so far."""
    waiting: list[str | HtmlTable] = items[::-1]
    while waiting:
        item = waiting.pop()
        if isinstance(item, HtmlTable):
            counts[1] += 1
            yield from table_blocks(item, counts[1], vocabulary)
            waiting += mark_inner(item, counts[1])[::-1]
            continue
        counts[0] += 1
        place = Location(text=item, paragraph=counts[0])
        clean, removed = strip_residue(item)
        notes += [
            Note("residue.removed", "", f"{place.label}有残留“{residue}”，读取时已去掉；请在原文件中删除。")
            for residue in removed
        ]
        if clean.strip():
            yield Paragraph(clean.strip(), place)


class _Walker:
    """Collects lines and tables of one page."""

    def __init__(self, vocabulary: Vocabulary, *, spreadsheet: bool, symbols: bool) -> None:
        self._vocabulary = vocabulary
        self.items: list[str | HtmlTable] = []
        self.hidden: list[str] = []
        self.heads: list[str] = []
        self.annotations: list[str] = []
        self._hiding: frozenset[str] = frozenset()
        self._spreadsheet = spreadsheet
        self._into = [self.items]  # where lines go: the page, or the cell we are in
        self._tables: list[HtmlTable] = []
        self._lists: list[int | None] = []  # next number of each open list, None for one without numbers
        self._words: list[str] = []
        self._pre = 0
        self._symbols = symbols
        """whether the page names a symbol font at all"""
        self._class_fonts: dict[str, str] = {}
        self._fonts: list[tuple[Any, str | None]] = []  # elements that name a font, with the symbol font it is

    def walk(self, root: Any) -> None:
        sheets = [style.text or "" for style in root.iter("style")]
        self._hiding = hiding_classes(sheets)
        if self._symbols:
            self._class_fonts = fonts_of_classes(sheets)
        events = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
        skipped = None
        for event, element in events:
            if event == "start":
                if self._leave_out(element):
                    skipped = element
                    events.skip_subtree()
                else:
                    self._start(element)
                    self._text(element.text)
                continue
            if event == "end" and element is not skipped:
                self._end(element)
            self._text(element.tail)
        self._line()

    # --- elements -----------------------------------------------------------------------------------------

    def _leave_out(self, element: Any) -> bool:
        tag = element.tag
        if tag in _LEFT_OUT or (tag == "option" and element.get("selected") is None):
            return True
        if tag == "a" and (element.get("href") or "").startswith("#table"):  # LibreOffice's list of worksheets
            return True
        style = element.get("style") or ""
        if style and (beside := _BESIDE.search(style)):
            words = " ".join("".join(element.itertext("*", with_tail=True)).split())
            if beside[1] or beside[2]:
                (self.heads if beside[1] else self.annotations).append(words)
            return True
        if element.get("hidden") is None and not (style and _HIDDEN.search(style)) and not self._is_hiding(element):
            return False
        words = " ".join("".join(element.itertext("*", with_tail=True)).split())
        if words and tag not in ("html", "body"):
            self.hidden.append(words[:_LONGEST_TOLD])
        return tag not in ("html", "body")

    def _is_hiding(self, element: Any) -> bool:
        return bool(self._hiding) and not self._hiding.isdisjoint((element.get("class") or "").split())

    def _start(self, element: Any) -> None:
        tag = element.tag
        if self._symbols and (fonts := self._fonts_of(element)) is not None:
            self._fonts.append((element, symbol_font(fonts)))
        if tag == "br":
            self._line(keep=len(self._into) > 1)
        elif tag == "table":
            self._line()
            self._tables.append(HtmlTable(worksheet=self._worksheet()))
        elif tag == "tr":
            self._line()
            if self._tables:
                foot = element.getparent() is not None and element.getparent().tag == "tfoot"
                table = self._tables[-1]
                (table.foot if foot else table.rows).append([])
        elif tag in ("td", "th"):
            self._cell(element)
        elif tag in _BLOCKS:
            self._line()
            self._list(element)
        elif tag == "input" and (element.get("type") or "").lower() in _TYPED:
            self._text(element.get("value"))
        elif tag == "input" and (element.get("type") or "").lower() in ("checkbox", "radio"):
            self._text("□" if element.get("checked") is None else "☑")
        elif tag == "span" and _MSO_TAB.search(element.get("style") or ""):
            self._words.append(_TAB)
        self._pre += tag == "pre"

    def _end(self, element: Any) -> None:
        tag = element.tag
        if self._fonts and self._fonts[-1][0] is element:
            self._fonts.pop()
        self._pre -= tag == "pre"
        if tag == "table":
            self._line()
            self._close_table()
        elif tag in ("td", "th"):
            self._line()
            if len(self._into) > 1 and self._is_open(element):
                self._into.pop()
        elif tag in _BLOCKS or tag == "tr":
            self._line()
            if tag in ("ol", "ul") and self._lists:
                self._lists.pop()

    def _fonts_of(self, element: Any) -> str | None:
        """The fonts an element names; None where it goes on in those of the element around it."""
        if m := FONTS.search(element.get("style") or ""):
            return m[1]
        if (face := element.get("face")) is not None:
            return str(face)
        return next(
            (self._class_fonts[c] for c in (element.get("class") or "").split() if c in self._class_fonts), None
        )

    def _is_open(self, element: Any) -> bool:
        """Whether this td opened the cell lines go to now; one outside any table opened none."""
        return bool(self._tables) and element.get("jixiao-outside") is None

    def _cell(self, element: Any) -> None:
        self._line()
        if not self._tables:
            element.set("jixiao-outside", "")
            return
        table = self._tables[-1]
        if not table.rows and not table.foot:
            table.rows.append([])
        parent = element.getparent()
        foot = parent is not None and parent.getparent() is not None and parent.getparent().tag == "tfoot"
        box = Box(_number(element.get("rowspan"), 1), max(1, _number(element.get("colspan"), 1)))
        (table.foot if foot and table.foot else table.rows or table.foot)[-1].append(box)
        self._into.append(box.items)

    def _close_table(self) -> None:
        if not self._tables:
            return
        table = self._tables.pop()
        into = self._into[-1]
        if table.is_layout(self._vocabulary):
            into += [item for box in table.boxes() for item in box.items]
        else:
            into.append(table)

    def _worksheet(self) -> str | None:
        """The name of the worksheet a table stands for, "" where it has none; None for a table of a text."""
        if not self._spreadsheet or self._tables:
            return None
        heading = _SHEET_HEADING.fullmatch(self.items[-1]) if self.items and isinstance(self.items[-1], str) else None
        if heading is None:
            return ""
        self.items.pop()
        return heading[1]

    def _list(self, element: Any) -> None:
        if element.tag in ("ol", "ul"):
            numbered = element.tag == "ol" and (element.get("type") or "1") == "1" and not element.get("style")
            self._lists.append(_number(element.get("start"), 1) if numbered else None)
        elif element.tag == "li" and self._lists and self._lists[-1] is not None:
            self._words.append(f"{self._lists[-1]}.")
            self._lists[-1] += 1

    # --- words --------------------------------------------------------------------------------------------

    def _text(self, text: str | None) -> None:
        if not text:
            return
        if self._fonts and (font := self._fonts[-1][1]):
            text = signs(font, text)
        if not self._pre:
            self._words.append(text)
            return
        first, *rest = text.replace("\r\n", "\n").split("\n")
        self._words.append(_kept(first))
        for line in rest:
            self._line()
            self._words.append(_kept(line))

    def _line(self, *, keep: bool = False) -> None:
        """End the line; ``keep`` an empty one."""
        words = _LINE_END_IN_WORDS.sub("", "".join(self._words))
        line = _BLANKS.sub(" ", _TAB_IN_WORDS.sub(_TAB, words)).strip(" ")
        self._words = []
        line = line.replace("\xa0", " ").replace(_TAB, "\t")
        if line.strip() or (keep and self._into[-1]):
            self._into[-1].append(line.rstrip())


def _kept(text: str) -> str:
    return text.replace("\t", _TAB).replace(" ", "\xa0")


def _number(text: str | None, otherwise: int) -> int:
    text = (text or "").strip()
    return min(int(text), WIDEST * 100) if text.isascii() and text.isdigit() and len(text) < 10 else otherwise
