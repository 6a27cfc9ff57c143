"""What the field does to the structure of forms, done by program to documents whose right reading is known.

Documents are lists of lines and tables (``readers.write``). Each damage takes one and a source of chance, and gives another
that says the same to a person who looks at it.
"""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from random import Random

from readers.form_grid import as_html
from readers.write import Block, Box, Rows

from jixiao.readers.raw import Grid, RawDocument
from jixiao.vocabulary.characters import folded
from jixiao.vocabulary.variants import TRADITIONAL

Damage = Callable[[list[Block], Random], list[Block]]
HEADER = ("一级指标", "二级指标", "三级指标")
_ALIKE = dict(zip("一二目水门金人工里口时月日大小用力立食", "⼀⼆⽬⽔⻔⾦⼈⼯\uf9e9⼝时⽉⽇⼤⼩⽤⼒⽴⾷", strict=True))
_OLD = {new: old for old, new in zip(TRADITIONAL[::2], TRADITIONAL[1::2], strict=True)}


def blocks_of_raw(raw: RawDocument) -> list[Block]:
    """The lines and tables of a document as they are drawn, places under merged cells filled."""
    blocks: list[Block] = []
    for block in raw.blocks:
        if not isinstance(block, Grid):
            blocks.append(block.text)
            continue
        width = max(c.column + c.column_span for c in block.cells())
        rows: list[list[Box]] = []
        for r in range(len(block.rows)):
            boxes: list[Box] = []
            column = 0
            while column < width:
                cell = next((c for c in block.cells() if c.row <= r < c.row + c.row_span and c.column == column), None)
                if cell is None:
                    boxes.append(Box(""))
                    column += 1
                else:
                    boxes.append(Box(cell.text if cell.row == r else "", cell.column_span, cell.row < r))
                    column += cell.column_span
            rows.append(boxes)
        blocks.append(Rows(rows, width))
    return blocks


def _tables(blocks: list[Block]) -> list[int]:
    """Where the tables of indicators stand."""
    return [n for n, b in enumerate(blocks) if isinstance(b, Rows) and header_row(b) is not None]


def header_row(table: Rows) -> int | None:
    return next((r for r, row in enumerate(table.rows) if set(HEADER) <= {folded(box.text) for box in row}), None)


def _above(table: Rows, r: int, column: int) -> str:
    """The words of the merged cell that reaches into a place."""
    for row in reversed(table.rows[: r + 1]):
        at = 0
        for box in row:
            if at == column and not box.below:
                return box.text
            at += box.span
    return ""


def _begun(table: Rows, r: int, *, again: bool) -> list[Box]:
    """A row as the first of a table: what went on from above is blank, or printed again."""
    boxes: list[Box] = []
    column = 0
    for box in table.rows[r]:
        boxes.append(Box(_above(table, r, column) if again else "", box.span) if box.below else box)
        column += box.span
    return boxes


def cut(blocks: list[Block], rng: Random) -> list[Block]:
    """A table of indicators cut below its header, the rest with the header, without, or with half of it."""
    n = rng.choice(_tables(blocks))
    table = blocks[n]
    assert isinstance(table, Rows)
    top = header_row(table)
    assert top is not None
    if top + 1 == len(table.rows):
        return blocks
    at = rng.randrange(top + 1, len(table.rows))
    rest = [_begun(table, at, again=rng.random() < 0.5), *table.rows[at + 1 :]]
    if (how := rng.choice(("none", "whole", "half"))) != "none":
        header = [Box("", b.span) if how == "half" and b.text in HEADER[:2] else b for b in table.rows[top]]
        rest.insert(0, header)
    between = rng.choice(([], [""], ["- 3 -"], ["第 3 页 共 9 页"], ["续表"]))
    return [*blocks[:n], Rows(table.rows[:at], table.width), *between, Rows(rest, table.width), *blocks[n + 1 :]]


def cut_head(blocks: list[Block], rng: Random) -> list[Block]:
    """A table cut above its indicators, where no merged cell reaches over the cut."""
    n = rng.choice(_tables(blocks))
    table = blocks[n]
    assert isinstance(table, Rows)
    whole = [r for r in range(1, (header_row(table) or 0) + 1) if not any(box.below for box in table.rows[r])]
    if not whole:
        return blocks
    at = rng.choice(whole)
    return [*blocks[:n], Rows(table.rows[:at], table.width), Rows(table.rows[at:], table.width), *blocks[n + 1 :]]


def header_again(blocks: list[Block], rng: Random) -> list[Block]:
    """The header of the indicators printed again between them, as on each page."""
    n = rng.choice(_tables(blocks))
    table = blocks[n]
    assert isinstance(table, Rows)
    top = header_row(table)
    assert top is not None
    if top + 1 == len(table.rows):
        return blocks
    at = rng.randrange(top + 1, len(table.rows))
    rows = [*table.rows[:at], table.rows[top], _begun(table, at, again=rng.random() < 0.5), *table.rows[at + 1 :]]
    return [*blocks[:n], Rows(rows, table.width), *blocks[n + 1 :]]


def side_by_side(blocks: list[Block], rng: Random) -> list[Block]:
    """Two sheets, with the lines above each, on one grid."""
    tables = [n for n in _tables(blocks) if any(b.text == "项目名称" for row in blocks[n].rows for b in row)]  # type: ignore[union-attr]
    if len(tables) < 2:
        return blocks
    n = rng.randrange(len(tables) - 1)
    first, second = tables[n], tables[n + 1]
    if any(isinstance(block, Rows) for block in blocks[first + 1 : second]):
        return blocks  # what stands between them would be left out
    starts = [_start(blocks, at) for at in (first, second)]
    left, right = (
        _with_titles(blocks[start:at], blocks[at]) for start, at in zip(starts, (first, second), strict=True)
    )
    gap = rng.choice((0, 1, 2))
    height = max(len(left.rows), len(right.rows))
    rows = []
    for r in range(height):
        a = left.rows[r] if r < len(left.rows) else [Box("")] * left.width
        b = right.rows[r] if r < len(right.rows) else [Box("")] * right.width
        rows.append([*a, *[Box("")] * gap, *b])
    return [*blocks[: starts[0]], Rows(rows, left.width + gap + right.width), *blocks[second + 1 :]]


def _start(blocks: list[Block], n: int) -> int:
    """The first line above a table that belongs to it."""
    start = n
    while start and isinstance(line := blocks[start - 1], str) and len(line) < 60 and ("表" in line or "单位" in line):
        start -= 1
    return start


def _with_titles(lines: list[Block], table: Block) -> Rows:
    assert isinstance(table, Rows)
    titles = [[Box(line, table.width)] for line in lines if isinstance(line, str)]
    return Rows([*titles, *table.rows], table.width)


def title_in_table(blocks: list[Block], rng: Random) -> list[Block]:
    """The lines above a table as merged rows of it."""
    n = rng.choice(_tables(blocks))
    start = _start(blocks, n)
    return [*blocks[:start], _with_titles(blocks[start:n], blocks[n]), *blocks[n + 1 :]]


def blank_rows(blocks: list[Block], rng: Random) -> list[Block]:
    """Empty rows between the rows of a table that no merged cell joins."""
    n = rng.choice(_tables(blocks))
    table = blocks[n]
    assert isinstance(table, Rows)
    rows: list[list[Box]] = []
    for row in table.rows:
        if not any(box.below for box in row) and rng.random() < 0.3:
            rows.append([Box("")] * table.width)
        rows.append(row)
    return [*blocks[:n], Rows(rows, table.width), *blocks[n + 1 :]]


def blank_column(blocks: list[Block], rng: Random) -> list[Block]:
    """An empty column at some place of every form; cells that reach over it become wider."""
    at = rng.randrange(0, 7)
    return [_widened(block, min(at, block.width)) if isinstance(block, Rows) else block for block in blocks]


def _widened(table: Rows, at: int) -> Rows:
    rows: list[list[Box]] = []
    for row in table.rows:
        column, boxes, done = 0, [], False
        for box in row:
            if not done and column == at:
                boxes.append(Box(""))
                done = True
            if not done and column < at < column + box.span:
                box = replace(box, span=box.span + 1)
                done = True
            boxes.append(box)
            column += box.span
        rows.append(boxes if done else [*boxes, Box("")])
    return Rows(rows, table.width + 1)


def unmerged(blocks: list[Block], rng: Random) -> list[Block]:
    """Cells merged downwards printed in each row, as programs export them."""
    n = rng.choice(_tables(blocks))
    table = blocks[n]
    assert isinstance(table, Rows)
    rows = [_begun(table, r, again=True) for r in range(len(table.rows))]
    return [*blocks[:n], Rows(rows, table.width), *blocks[n + 1 :]]


def signed(blocks: list[Block], rng: Random) -> list[Block]:
    """Rows of signatures and seals under the indicators."""
    n = rng.choice(_tables(blocks))
    table = blocks[n]
    assert isinstance(table, Rows)
    words = rng.choice(
        (
            ["填表人：张三", "联系电话：0312-1234567"],
            ["单位负责人（签字）：", "单位（盖章）"],
            ["备注：本表一式两份。"],
            ["审核意见", "同意"],
        )
    )
    row = [*(Box(word) for word in words[:-1]), Box(words[-1], table.width - len(words) + 1)]
    return [*blocks[:n], Rows([*table.rows, row], table.width), *blocks[n + 1 :]]


def _spelt(table: dict[str, str]) -> Damage:
    def damage(blocks: list[Block], rng: Random) -> list[Block]:
        chosen = str.maketrans({c: old for c, old in table.items() if rng.random() < 0.7})
        return [
            block.translate(chosen)
            if isinstance(block, str)
            else Rows([[replace(b, text=b.text.translate(chosen)) for b in row] for row in block.rows], block.width)
            for block in blocks
        ]

    return damage


DAMAGES: dict[str, Damage] = {
    "cut": cut,
    "cut_head": cut_head,
    "header_again": header_again,
    "side_by_side": side_by_side,
    "title_in_table": title_in_table,
    "blank_rows": blank_rows,
    "blank_column": blank_column,
    "unmerged": unmerged,
    "signed": signed,
    "look_alikes": _spelt(_ALIKE),
    "traditional": _spelt(_OLD),
}

# --- as other things ---------------------------------------------------------------------------------------


def cell_per_line(blocks: list[Block]) -> bytes:
    """A cell per line with a blank line between, as a web page is copied: empty cells are lines of one blank."""
    lines: list[str] = []
    for block in blocks:
        if isinstance(block, str):
            lines.append(block)
        else:
            lines += [box.text.replace("\n", "") or " " for row in block.rows for box in row if not box.below]
    return "\n\n".join(lines).encode()


def cells_of_filled(blocks: list[Block]) -> bytes:
    """The same without the empty cells."""
    return "\n\n".join(line for line in cell_per_line(blocks).decode().split("\n\n") if line.strip()).encode()


def nested(blocks: list[Block], rng: Random) -> bytes:
    """A web page in which the indicators of each form stand as a table inside a cell of it."""
    body: list[str] = []
    for block in blocks:
        if isinstance(block, str):
            body.append(f"<p>{html.escape(block)}</p>")
            continue
        top = header_row(block)
        if top is None:
            body.append(_html([block]))
            continue
        label = rng.choice(("", "绩效指标", "年度绩效指标"))
        inner = _html([Rows(block.rows[top:], block.width)])
        host = f"<tr><td>{label}</td><td colspan={block.width - 1}>{inner}</td></tr>"
        body.append(_html([Rows(block.rows[:top], block.width)]).replace("</table>", f"{host}</table>"))
    return f"<html><meta charset=utf-8><body>{''.join(body)}</body></html>".encode()


def _html(blocks: list[Block]) -> str:
    text = as_html(blocks).decode()
    return text[text.index("<body>") + len("<body>") : text.index("</body>")]


# --- in the XML of Word ------------------------------------------------------------------------------------

_CONTINUED = re.compile(r"(<w:tc>(?:(?!</w:tc>).)*<w:vMerge/>(?:(?!</w:tc>).)*?<w:p)(/>|>.*?</w:p>)", re.DOTALL)


def with_words_in_covered_cells(data: bytes, words: str) -> bytes:
    """A .docx with words in every cell that a merged one covers."""
    return _with_document(data, lambda xml: _CONTINUED.sub(rf"\1><w:r><w:t>{words}</w:t></w:r></w:p>", xml))


def _with_document(data: bytes, change: Callable[[str], str]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "word/document.xml":
                content = change(content.decode()).encode()
            new.writestr(name, content)
    return stream.getvalue()
