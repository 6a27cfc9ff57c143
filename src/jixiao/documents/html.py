"""A document as a web page that needs nothing else, or its tables as parts of one."""

from __future__ import annotations

from jixiao.documents.grid import Slot, grid_of
from jixiao.documents.looks import BAND_FILL, FILLS, HEAD_FILL, look_of, stands
from jixiao.documents.text import escaped, one_line
from jixiao.documents.value import (
    Block,
    Cell,
    Document,
    Heading,
    Look,
    Paragraph,
    Role,
    Run,
    Table,
    Tone,
    Words,
    text_of,
)

_CLASSES = {role: role.name.lower() for role in Role}
_TONES = {Tone.LIGHT: "light", Tone.MEDIUM: "medium", Tone.GRAVE: "grave"}
_STYLE = f"""
body {{ margin: 0; background: #eef1f5; color: #1a1a1a; font: 16px/1.7 "FangSong", "仿宋", "Noto Serif CJK SC", serif; }}
section {{ box-sizing: border-box; max-width: 60rem; margin: 1rem auto; padding: 2rem; background: #fff; overflow-x: auto; }}
h1 {{ font: 600 1.5rem/1.5 "SimSun", "宋体", "Noto Serif CJK SC", serif; text-align: center; }}
h2 {{ font: 600 1.1rem "SimHei", "黑体", "Noto Sans CJK SC", sans-serif; }}
h3 {{ font: 600 1rem "KaiTi", "楷体", "Noto Serif CJK SC", serif; }}
p.body {{ text-indent: 2em; }}
p.remark {{ font-size: .85rem; }}
p.subtitle {{ text-align: center; }}
p.signature {{ margin-left: 45%; }}
table {{ width: 100%; border-collapse: collapse; font-size: .85rem; line-height: 1.45; margin: .5rem 0; }}
td, th {{ border: 1px solid #555; padding: .25rem .4rem; overflow-wrap: anywhere; }}
th {{ background: #{HEAD_FILL}; font-weight: 600; }}
table.read td {{ vertical-align: top; }}
.band {{ background: #{BAND_FILL}; font-weight: 600; text-align: left; }}
.left {{ text-align: left; }} .center {{ text-align: center; }} .right {{ text-align: right; }}
.light {{ background: #{FILLS[Tone.LIGHT]}; }} .medium {{ background: #{FILLS[Tone.MEDIUM]}; }}
.grave {{ background: #{FILLS[Tone.GRAVE]}; font-weight: 600; }}
@media print {{ body {{ background: none; }} section {{ break-after: page; margin: 0; padding: 0; max-width: none; }} }}
"""


def to_html(document: Document) -> str:
    """The page. The same document gives the same text. Raises ValueError where a table's cells do not fit."""
    sections = "".join(
        f"<section>\n{''.join(map(_block, section.blocks))}</section>\n" for section in document.sections
    )
    return (
        '<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escaped(one_line(document.title))}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n{sections}</body>\n</html>\n"
    )


def _block(block: Block) -> str:
    if isinstance(block, Heading):
        return f"<h{block.level + 1}>{_words(block.text)}</h{block.level + 1}>\n"
    if isinstance(block, Paragraph):
        return f'<p class="{_CLASSES[block.role]}">{_words(block.words)}</p>\n'
    return table_html(block)


def table_html(table: Table) -> str:
    """The element of one table; every cell under a head of one row carries its column's title for narrow screens."""
    rows = {True: "", False: ""}
    for head, slots in grid_of(table):
        cells = "".join(_cell(table, slot, head=head) for slot in slots if slot.begins)
        rows[head] += f"<tr>{cells}</tr>\n"
    total = sum(column.width for column in table.columns)
    widths = "".join(f'<col style="width:{100 * column.width / total:.1f}%">' for column in table.columns)
    top = f"<thead>\n{rows[True]}</thead>\n" if rows[True] else ""
    kind = ' class="read"' if table.read else ""
    return f"<table{kind}>\n<colgroup>{widths}</colgroup>\n{top}<tbody>\n{rows[False]}</tbody>\n</table>\n"


def _cell(table: Table, slot: Slot, *, head: bool) -> str:
    cell = slot.cell if isinstance(slot.cell, Cell) else Cell(slot.cell)
    look = look_of(cell, head=head)
    name = "th" if look is Look.LABEL else "td"
    classes: list[str] = [stands(table, table.columns[slot.column], cell, look)]
    classes += ["band"] if cell.look is Look.BAND else []
    classes += [_TONES[cell.tone]] if cell.tone in _TONES else []
    attributes = f' class="{" ".join(classes)}"'
    attributes += f' colspan="{cell.columns}"' if cell.columns > 1 else ""
    attributes += f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
    content = cell.content if isinstance(cell.content, tuple) else text_of(cell)
    return f"<{name}{attributes}>{_words(content)}</{name}>"


def _words(words: Words) -> str:
    runs = (Run(words),) if isinstance(words, str) else words
    texts = ((run, escaped(run.text).replace("\n", "<br>\n")) for run in runs)
    return "".join(f"<strong>{text}</strong>" if run.strong else text for run, text in texts)
