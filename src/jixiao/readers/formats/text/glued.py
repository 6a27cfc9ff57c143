"""Text whose cells run together: 产出指标数量指标培训人数≥100人. Cut only where known words and numbers leave one reading.

Level labels, header words and head labels are known words. Behind the labels of a row stand its name and its values;
all ways to cut them are tried by what each column may hold. One way: an indicator. None or several: the words are kept
in a note and no indicator is made, for a wrong one is worse than none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from jixiao.domain.measure_units import is_unit
from jixiao.domain.note import Note
from jixiao.domain.provenance import Location
from jixiao.domain.quantities.comparators import compares, is_sign
from jixiao.domain.target import TargetType
from jixiao.domain.target_grammar import parse_target
from jixiao.readers.formats.text.fit import is_comparison
from jixiao.readers.raw import Cell, Grid, Paragraph
from jixiao.vocabulary import Column, Field, Vocabulary
from jixiao.vocabulary.cell_values import amount_of
from jixiao.vocabulary.headings import is_sheet_heading

_LONGEST_WORD = 16
_FEWEST_HEADERS = 3
_LONGEST_ROW = 160
"""Characters; words that run on for longer are no row"""
_MOST_READINGS = 2
_ENDS_TABLE = re.compile(
    r"\s*(?:第[一二三四五六七八九十]+部分|[一二三四五六七八九十]{1,3}、|.{0,60}绩效(?:目标|自评)表\s*$|注[:：])"
)
_LABEL_WORD = re.compile(r"指标(?:[（(]\d+(?:\.\d+)?分?[)）]分?)?")
_LONGEST_PHRASE = 14
_VERB_INSIDE = re.compile(r".(?:提高|提升|改善|增强|促进|带动|增加|减少|降低|保障|节约|完成|加强|推动|维护)")
_WORDS_AS_VALUE = re.compile(r"(?:有效|明显|显著|逐步|持续|长期|及时|合规|良好|不断|稳步|较好|达标|合格)(?!率|性|度)")
_NUMBER = re.compile(r"\d+(?:\.\d{1,4})?")
_IN_BRACKETS = re.compile(r"[（(][^（）()]{0,20}[)）]|(?:19|20)\d\d年")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_PARTNERS = (Field.PROJECT_CODE, Field.PROJECT_NAME, Field.BUDGET_UNIT, Field.DEPARTMENT)
_AMOUNTS = (Field.TOTAL, Field.FISCAL, Field.OTHER)
_HEAD = (*_PARTNERS, Field.MONEY, *_AMOUNTS, Field.GOALS)
_GOALS = (Field.GOALS, Field.LONG_TERM_GOALS, Field.GOALS_REACHED)


@dataclass(frozen=True, slots=True)
class _Piece:
    """Words that run together and the number of their line."""

    text: str
    line: int


def looks_glued(lines: Sequence[str], vocabulary: Vocabulary) -> bool:
    """Whether the header words of an indicator table stand in a text without anything between them."""
    return any(_header_in(line, vocabulary) is not None for line in lines)


def glued_blocks(lines: Sequence[str], vocabulary: Vocabulary) -> tuple[list[Paragraph | Grid], list[Note]]:
    """Paragraphs and grids of text whose cells run together, and what could not be cut. Line numbers are 1-based."""
    blocks: list[Paragraph | Grid] = []
    notes: list[Note] = []
    table: list[list[_Piece]] = []
    columns: list[Column] = []
    levels = _Levels()
    matrix = False
    for number, line in enumerate(lines, 1):
        text = "".join(line.split())
        if not text:
            continue
        if (found := _header_in(line, vocabulary)) is not None:
            before, words, behind = found
            if before and not (cells := _head_cells(before, vocabulary, matrix=matrix)):
                notes.append(_left(before, number))
            elif before:
                table += _with_line(cells, number)
            table.append([_Piece(word, number) for word in words])
            columns = [c for word in words if (c := vocabulary.label(word).column) is not None]
            text, levels = behind, _Levels()
        if columns and _ENDS_TABLE.match(line):
            _close(blocks, table)
            table, columns, matrix = [], [], False
        if cells := _head_cells(text, vocabulary, matrix=matrix) if not columns or _opens(text, vocabulary) else []:
            columns = []
            table += _with_line(cells, number)
        elif columns:
            table += _rows(text, number, columns, levels, notes, vocabulary)
        elif _money_words(text, vocabulary) > 1:
            matrix = True
            notes.append(_left(text, number))
        elif table and not is_sheet_heading(line, vocabulary):
            notes.append(_left(text, number))
        else:
            blocks.append(Paragraph(line.strip(), Location(text=line, line=number)))
    _close(blocks, table)
    return blocks, notes


def _left(text: str, line: int) -> Note:
    message = f"第 {line} 行的各格文字连在一起，有不止一种拆法，未读入，请对照原表填写：{text}"
    return Note("unplaced", "/goal_sheets", message)


def _with_line(rows: Sequence[Sequence[str]], line: int) -> list[list[_Piece]]:
    return [[_Piece(word, line) for word in row] for row in rows]


def _close(blocks: list[Paragraph | Grid], table: Sequence[Sequence[_Piece]]) -> None:
    if table:
        cells = tuple(
            tuple(Cell(p.text, r, c, Location(text=p.text, line=p.line)) for c, p in enumerate(row))
            for r, row in enumerate(table)
        )
        blocks.append(Grid(cells, cells[0][0].place, merges=False))


# --- known words ------------------------------------------------------------------------------------------


def _header_in(line: str, vocabulary: Vocabulary) -> tuple[str, list[str], str] | None:
    """(words before, header words, words behind) where the header words of a table run together in a line."""
    start = line.find("一级指标二级指标")
    if start < 0:
        return None
    words: list[str] = []
    i = start
    while (end := _word_end(line, i, vocabulary)) > i:
        words.append(line[i:end])
        i = end
    if len(words) < _FEWEST_HEADERS:
        return None
    return "".join(line[:start].split()), words, "".join(line[i:].split())


def _word_end(line: str, start: int, vocabulary: Vocabulary) -> int:
    """Where the longest header word at ``start`` ends; ``start`` where none stands there."""
    for end in range(min(len(line), start + _LONGEST_WORD), start, -1):
        word = line[start:end]
        label = vocabulary.label(word)
        if label.column is not None and label.is_known_column and not word[-1].isspace():
            return end
    return start


def _money_words(text: str, vocabulary: Vocabulary) -> int:
    """How many names of amounts stand in a line behind its label."""
    return sum(
        any(vocabulary.label(text[i:end]).money_column is not None for end in range(i + 2, min(len(text), i + 6) + 1))
        for i in range(len(text) - 1)
    )


def _label_at(text: str, start: int, vocabulary: Vocabulary) -> int:
    """Where the longest head label at ``start`` ends; ``start`` where none stands there."""
    if not _CHINESE.match(text, start) and not text.startswith(("（", "(", "其"), start):
        return start
    for end in range(min(len(text), start + _LONGEST_WORD), start + 1, -1):
        if vocabulary.label(text[start:end]).field is not None:
            return end
    return start


def _opens(text: str, vocabulary: Vocabulary) -> bool:
    end = _label_at(text, 0, vocabulary)
    return end > 0 and vocabulary.label(text[:end]).field in (Field.PROJECT_CODE, Field.PROJECT_NAME)


def _head_cells(text: str, vocabulary: Vocabulary, *, matrix: bool) -> list[list[str]]:
    """Rows of label and value out of a line of the head; none where it allows several readings."""
    if (
        is_sheet_heading(text, vocabulary)
        or (first := vocabulary.label(text[: _label_at(text, 0, vocabulary)]).field) is None
        or first not in _HEAD
    ):
        return []
    rows: list[list[str]] = []
    i = 0
    while i < len(text):
        end = _label_at(text, i, vocabulary)
        if end == i:
            return []
        label = vocabulary.label(text[i:end]).field
        following = _label_at(text, end, vocabulary)
        if following > end and label not in _GOALS and vocabulary.label(text[end:following]).field is not label:
            rows.append([text[i:end]])
            i = end
            continue
        if label in _PARTNERS:
            stop = next((n for n in range(end + 2, len(text)) if _partner_at(text, n, vocabulary)), len(text))
        else:
            stop = len(text)
        value = text[end:stop]
        if label in _AMOUNTS and (matrix or amount_of(value) is None):
            return []
        if label in _GOALS and following > end:
            return []
        rows.append([text[i:end], value])
        i = stop
    return rows


def _partner_at(text: str, start: int, vocabulary: Vocabulary) -> bool:
    end = _label_at(text, start, vocabulary)
    return end > start and vocabulary.label(text[start:end]).field in _PARTNERS


# --- rows -------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Levels:
    """The level labels that go on until others are printed."""

    class_: str = ""
    kind: str = ""


def _rows(
    text: str, line: int, columns: Sequence[Column], levels: _Levels, notes: list[Note], vocabulary: Vocabulary
) -> list[list[_Piece]]:
    """The rows that a line holds: one behind each level label, or one without any."""
    rows: list[list[_Piece]] = []
    contents = [c for c in columns if c not in (Column.CLASS, Column.KIND)]
    chunks = list(_chunks(text, vocabulary))
    alone = sum(content != "" for _, _, content in chunks) == 1
    for class_, kind, content in chunks:
        if class_:
            levels.class_, levels.kind = class_, kind
        levels.kind = kind or levels.kind
        readings = _readings(content, contents) if content else [[""] * len(contents)]
        if len(readings) == 1 and (alone or _is_one_phrase(readings[0][0])):
            labels = [levels.class_, levels.kind] if Column.KIND in columns else [levels.class_]
            rows.append([_Piece(word, line) for word in (*labels, *readings[0])])
        else:
            notes.append(_left(class_ + kind + content, line))
    return rows


def _chunks(text: str, vocabulary: Vocabulary) -> Iterator[tuple[str, str, str]]:
    """(level-1 label, level-2 label, words behind them); labels may be empty."""
    found = [(_label_start(text, m.start(), vocabulary), m) for m in _LABEL_WORD.finditer(text)]
    cuts = [(start, m.end()) for start, m in found if start < m.start()]
    first = cuts[0][0] if cuts else len(text)
    if first:
        yield "", "", text[:first]
    class_ = ""
    for n, (start, end) in enumerate(cuts):
        stop = cuts[n + 1][0] if n + 1 < len(cuts) else len(text)
        label, content = text[start:end], text[end:stop]
        class_of, kind_of = vocabulary.label(label).class_, vocabulary.label(label).kind
        if class_of is not None and not content and n + 1 < len(cuts) and kind_of is None:
            if class_:
                yield class_, "", ""
            class_ = label
        elif class_of is not None and kind_of is None:
            yield label, "", content
            class_ = ""
        elif class_of is not None and not class_ and not content and n + 1 < len(cuts):
            class_ = label  # 成本指标, 满意度指标 may stand on either level: with another label behind it on the first
        else:
            yield class_, label, content
            class_ = ""


def _label_start(text: str, end: int, vocabulary: Vocabulary) -> int:
    """Where the longest level label that ends in the 指标 at ``end`` begins; ``end`` where none does."""
    for start in range(max(0, end - _LONGEST_WORD), end):
        label = f"{text[start:end]}指标"
        if _CHINESE.match(label) and vocabulary.label(label).is_level:
            return start
    return end


def _readings(text: str, columns: Sequence[Column]) -> list[list[str]]:
    """The ways to cut a row into its columns, at most two; columns of words other than the name stay empty."""
    if len(text) > _LONGEST_ROW or not columns or columns[0] is not Column.NAME:
        return []
    values = list(columns[1:])
    if Column.DESCRIPTION in values:
        return []
    found: list[list[str]] = []
    for i in range(1, len(text)):
        if not (text[i].isdigit() or is_sign(text[i])) or text[i - 1].isdigit() or not _is_name(text[:i]):
            continue
        found += ([text[:i], *rest] for rest in _values(text[i:], tuple(values)))
        if len(found) >= _MOST_READINGS:
            break
    return found


def _is_one_phrase(name: str) -> bool:
    """Whether a name cannot be the name and the words of one row with the name of the next."""
    return len(name) <= _LONGEST_PHRASE and _VERB_INSIDE.search(name) is None and _WORDS_AS_VALUE.search(name) is None


def _is_name(text: str) -> bool:
    words = _IN_BRACKETS.sub("", text)
    if words.endswith("二"):  # what is left of a sign = that was recognised wrongly
        return False
    return _CHINESE.search(words) is not None and not compares(words) and not any(c.isdigit() for c in words)


def _values(text: str, columns: tuple[Column, ...]) -> list[list[str]]:
    """The ways to cut values, at most two."""
    if not columns:
        return [[]] if not text else []
    column, rest = columns[0], columns[1:]
    if column in (Column.DEVIATION, Column.OTHER, Column.BASIS):
        return [["", *more] for more in _values(text, rest)]
    found: list[list[str]] = []
    for end in range(1, len(text) + 1):
        if text[end - 1 : end + 1].isdigit() and end < len(text):
            continue  # digits of two columns that run together leave no telling where one ends
        if _may_hold(column, text[:end]):
            found += ([text[:end], *more] for more in _values(text[end:], rest))
            if len(found) >= _MOST_READINGS:
                break
    return found


@lru_cache(maxsize=8192)
def _may_hold(column: Column, text: str) -> bool:
    """Whether words may be the whole cell of a column."""
    if column in (Column.WEIGHT, Column.SCORE):
        return _NUMBER.fullmatch(text) is not None and float(text) <= 100 and (text == "0" or not text.startswith("00"))
    if column is Column.SIGN:
        return is_comparison(text)
    if column is Column.UNIT:
        return is_unit(text)
    if not (text[0].isdigit() or is_sign(text[0])):
        return False
    parsed = parse_target(text)
    return not parsed.remarks and parsed.target.type in (TargetType.NUMERIC, TargetType.RANGE, TargetType.DATE)
