"""Reads plain text in the families that converters produce."""

from __future__ import annotations

from jixiao.domain.note import Note
from jixiao.domain.plan import Source
from jixiao.readers.formats.text.bars import barred_blocks, looks_barred
from jixiao.readers.formats.text.celled import celled_blocks
from jixiao.readers.formats.text.glued import glued_blocks, looks_glued
from jixiao.readers.formats.text.prose import Line, page_width, paragraphs
from jixiao.readers.formats.text.tabs import tab_blocks
from jixiao.readers.formats.text.tokens import is_page_mark
from jixiao.readers.formats.text.wrapped import looks_wrapped, wrapped_blocks
from jixiao.readers.raw import Grid, Paragraph, RawDocument
from jixiao.readers.raw.decode import decode
from jixiao.readers.raw.folding import as_met, notes_on
from jixiao.readers.raw.residue import is_web_furniture, strip_markup, strip_pinyin, strip_residue
from jixiao.vocabulary import Vocabulary
from jixiao.vocabulary.characters import folded, has_variants, is_traditional

_REJOINED = Note(
    "table.rejoined",
    "",
    "表格由 PDF 转成纯文字，单元格按换行和表头用词拼接；若与原表不符，请以原表为准，或直接提供 Word、Excel 文件。",
)
_ORDER_LOST = Note(
    "table.order_lost",
    "",
    "转成纯文字时表格各格连在一起或次序打乱，只读入了能确定的内容，其余原文列在后面的提示里；请提供 Word、Excel 原件后重读。",
)


def read_text(data: bytes, source: Source, vocabulary: Vocabulary) -> RawDocument:
    """The blocks of a text file. Raises UnreadableFileError where it is no text."""
    text = decode(data).replace("\r\n", "\n").replace("\r", "\n").replace("\x0b", "\n").replace("\x0c", "\n")
    lines: list[str] = []
    text, notes = strip_pinyin(text)
    for number, raw in enumerate(text.split("\n"), 1):
        line, removed = strip_residue(raw)
        lines.append(strip_markup(line))
        notes += [
            Note("residue.removed", "", f"第 {number} 行有转换残留“{residue}”，读取时已去掉；请在原文件中删除。")
            for residue in removed
        ]
    if web := [line.strip() for line in lines if is_web_furniture(line)]:
        lines = ["" if is_web_furniture(line) else line for line in lines]
        notes.append(Note("furniture.dropped", "", f"网页上的提示文字未计入正文：{' / '.join(web)}"))
    blocks, more = _in_one_spelling(lines, vocabulary)
    return RawDocument(source, tuple(blocks), (*notes, *more))


def _in_one_spelling(lines: list[str], vocabulary: Vocabulary) -> tuple[list[Paragraph | Grid], list[Note]]:
    """The blocks of lines that may have look-alike or traditional characters; places keep them."""
    words = "\n".join(lines)
    if not has_variants(words):
        return _blocks(lines, vocabulary)
    read = folded(words, traditional=is_traditional(words)).split("\n")
    blocks, notes = _blocks(read, vocabulary)
    return as_met(blocks, lines, read), [*notes_on(words), *notes]


def _blocks(lines: list[str], vocabulary: Vocabulary) -> tuple[list[Paragraph | Grid], list[Note]]:
    if any(_has_cells(line) for line in lines):
        return tab_blocks(lines, vocabulary), []
    if (celled := celled_blocks(lines, vocabulary)) is not None:
        return celled
    if looks_barred(lines):
        return barred_blocks(lines, vocabulary), []
    if looks_glued(lines, vocabulary):
        blocks, left = glued_blocks(lines, vocabulary)
        return blocks, [_ORDER_LOST, *left] if left else []
    if looks_wrapped(lines, vocabulary):
        tables, lost = wrapped_blocks(lines, vocabulary)
        notes = [_REJOINED, *([_ORDER_LOST] if lost else []), *map(_out_of_order, lost)]
        if marks := " / ".join(line.strip() for line in lines if is_page_mark(line)):
            notes.append(Note("furniture.dropped", "", f"夹在文字中间的页码未计入正文：{marks}"))
        return tables, notes
    kept = [Line(text, n) for n, text in enumerate(lines, 1) if text.strip()]
    return list(paragraphs(kept, page_width(kept), vocabulary)), []


def _out_of_order(words: Paragraph) -> Note:
    return Note(
        "unplaced", "/goal_sheets", f"{words.place.label}起的指标表，文字次序已乱，无法还原成行，未读入：{words.text}"
    )


def _has_cells(line: str) -> bool:
    """A line led by a tab, or with two cells split by one, is part of a table (a contents line is not)."""
    if line.startswith("\t"):
        return True
    parts = [p for p in line.split("\t") if p.strip()]
    return len(parts) > 1 and not parts[-1].strip().isdigit()
