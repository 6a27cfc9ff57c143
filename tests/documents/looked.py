"""What stands in a document, for tests that look at values and not at files."""

from __future__ import annotations

from jixiao.documents import Block, Document, Heading, Paragraph, Row, Table
from jixiao.documents.value import text_of


def blocks_of(document: Document) -> list[Block]:
    return [block for section in document.sections for block in section.blocks]


def tables_of(document: Document) -> list[Table]:
    return [block for block in blocks_of(document) if isinstance(block, Table)]


def lines_of(document: Document) -> list[str]:
    """The words of headings, paragraphs and cells, in their order."""
    lines: list[str] = []
    for block in blocks_of(document):
        if isinstance(block, Heading):
            lines.append(block.text)
        elif isinstance(block, Paragraph):
            lines.append(block.words if isinstance(block.words, str) else "".join(r.text for r in block.words))
        else:
            lines += [text_of(cell) for row in (*block.head, *block.body) for cell in row]
    return lines


def words_of(document: Document) -> str:
    return "\n".join(lines_of(document))


def texts(row: Row) -> list[str]:
    return [text_of(cell) for cell in row]


def rows_with(document: Document, words: str) -> list[list[str]]:
    """The body of the last table that has ``words`` somewhere."""
    bodies = [[texts(row) for row in table.body] for table in tables_of(document)]
    return [body for body in bodies if any(words in cell for row in body for cell in row)][-1]
