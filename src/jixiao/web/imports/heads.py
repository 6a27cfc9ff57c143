"""Where the head of a list is, what its columns are called, and which rows below are data: told by words, never by position."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from jixiao.domain.money import CurrencyUnit
from jixiao.readings.text import likeness, normalise
from jixiao.web.imports.fields import Field
from jixiao.web.imports.table import Line, Merge, RowSort, Worksheet

_LOOKED_AT = 60
"""Lines among which the head is looked for"""
_MOST_HEADER = 4
_LONGEST_TITLE = 40
_NUMBER = re.compile(r"[-+]?[\d,]+(\.\d+)?%?|\d{4}-\d\d-\d\d.*")
_UNIT_IN_TITLE = re.compile(
    r"[（(\[]\s*(?:金额)?(?:单位)?\s*[:：]?\s*(?:人民币)?(亿元|万元|元)\s*[)）\]]|(?<![亿万])(亿元|万元)$"
)
_UNIT_LINE = re.compile(r"单位\s*[:：]\s*(?:人民币)?\s*(亿元|万元|元)")
_TOTAL = re.compile(
    r"(?:\d+月|本页|本年|本表|全[县市区省]|各?部门|各?单位|各?项目|资金|支出|以上|累计|总)*(?:小计|合计|总计|共计)[:：]?"
)
_EXAMPLE = re.compile(r"[（(【\[]?\s*(?:填[写报表]?)?(?:示例|样例|范例|举例|例子|例)\s*(?:[)）】\]:：，,]|\d|$)")
_SIGNATURE = re.compile(
    r"(?:制表|填表|填报|审核|复核|经办|编制|报送)(?:人|人员|单位|日期|时间)?|(?:单位|部门|分管|财务|股室|科室)?(?:负责人|领导|主管)|"
    r"联系(?:人|电话|方式)|(?:签字|签章|盖章|公章)"
)
_REMARK = re.compile(
    r"(?:[（(【]?\s*)(?:注意?|备注|说明|填[表报写]说明|填[表报写]要求|提示|温馨提示)\s*(?:事项)?\s*[)）】]?\s*[:：\d一1（(]"
)
_NUMBERING = re.compile(r"[（(]?(\d{1,2}|[甲乙丙丁戊己]|[A-Za-z])[)）]?(?:\s*[=＝].*)?")
_UNCOUNTED = frozenset({"栏次", "行次", "序号", "—", "-", "——"})
_GROUP = re.compile(r"[（(]?[一二三四五六七八九十]{1,3}[)）、.．]")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: 0-based, what its head says from above to below, the unit of money that stands there."""

    index: int
    parts: tuple[str, ...]
    unit: CurrencyUnit | None = None

    @property
    def title(self) -> str:
        """The words of the head, the group before what is in it."""
        return " / ".join(self.parts)

    @property
    def bare(self) -> str:
        """The title without the unit of money: by it a list of the same source is known again."""
        return " / ".join(_UNIT_IN_TITLE.sub("", part) for part in self.parts)

    @property
    def names(self) -> Iterator[str]:
        """What it may be called, without units, the surest first: the lowest words, all of them together."""
        bare = [_UNIT_IN_TITLE.sub("", part) for part in self.parts]
        yield bare[-1] if bare else ""
        if len(bare) > 1:
            yield "".join(bare)
            yield bare[0] + bare[-1]


@dataclass(frozen=True, slots=True)
class Recognised:
    """The head of a worksheet: numbers of its rows, its columns; what every row is; the unit that stands above the head."""

    header: tuple[int, ...]
    columns: tuple[Column, ...]
    sorts: dict[int, RowSort] = field(hash=False)
    unit: CurrencyUnit | None = None
    score: float = 0.0


def recognise(sheet: Worksheet, fields: Sequence[Field], header: Sequence[int] = ()) -> Recognised:
    """What the rows of a worksheet are. ``header``: the numbers of the rows of its head, where a person said so."""
    names = {normalise(name) for one in fields for name in one.called}
    score = 0.0
    if header:
        head = [line for line in sheet.lines if line.number in set(header)]
    else:
        head, score = _head(sheet, names)
    columns = tuple(_columns(sheet, head))
    sorts = _sorts(sheet, head)
    return Recognised(tuple(line.number for line in head), columns, sorts, _unit(sheet, head), score)


# --- the head ----------------------------------------------------------------------------------------------


def _head(sheet: Worksheet, names: set[str]) -> tuple[list[Line], float]:
    scored = [(_score(line, names), n) for n, line in enumerate(sheet.lines[:_LOOKED_AT])]
    if not scored:
        return [], 0.0
    score, at = max(scored, key=lambda one: (one[0], -one[1]))
    head = [sheet.lines[at]]
    while at and len(head) < _MOST_HEADER and _belongs_above(sheet, sheet.lines[at - 1], head[0], names):
        at -= 1
        head.insert(0, sheet.lines[at])
    after = at + len(head)
    while (
        after < len(sheet.lines)
        and len(head) < _MOST_HEADER
        and _belongs_below(sheet, head[-1], sheet.lines[after], names)
    ):
        head.append(sheet.lines[after])
        after += 1
    return head, score


def _score(line: Line, names: set[str]) -> float:
    """How many columns are called as fields are, numbers counting against it."""
    found, seen = 0.0, set()
    for text in line.cells:
        if not text:
            continue
        if _NUMBER.fullmatch(text) or len(text) > _LONGEST_TITLE:
            found -= 0.5
            continue
        best = max((_called(text, name) for name in names), default=0.0)
        if normalise(text) not in seen:
            found += best if best >= 0.5 else 0.02
        seen.add(normalise(text))
    return found


def _called(text: str, name: str) -> float:
    bare = normalise(_UNIT_IN_TITLE.sub("", text))
    if bare == name:
        return 1.0
    if len(name) > 1 and name in bare:
        return 0.5 + 0.4 * len(name) / len(bare)
    found = likeness(bare, name)
    return found * 0.8 if found >= 0.65 else 0.0


def _is_words(line: Line) -> bool:
    return all(not text or (len(text) <= _LONGEST_TITLE and not _NUMBER.fullmatch(text)) for text in line.cells)


def _filled(line: Line) -> list[int]:
    return [n for n, text in enumerate(line.cells) if text]


def _merges_at(sheet: Worksheet, line: Line) -> list[Merge]:
    return [one for one in sheet.merges if one.top == line.number]


def _belongs_above(sheet: Worksheet, above: Line, below: Line, names: set[str]) -> bool:
    """A row of groups (资金 over 总额, 财政): it spreads over columns that the row below parts, and is no title."""
    if (
        above.number != below.number - 1
        or not _is_words(above)
        or len(_filled(above)) < 2
        or _UNIT_LINE.search("".join(above.cells))
    ):
        return False
    spread = [one for one in _merges_at(sheet, above) if one.right > one.left or one.bottom > one.top]
    if spread:
        return all(one.right - one.left + 1 < 0.8 * sheet.width for one in spread)
    gaps = [n for n in _filled(above) if not below.cell(n)]
    return bool(gaps) and any(_called(above.cell(n), name) >= 0.5 for n in gaps for name in names)


def _belongs_below(sheet: Worksheet, above: Line, below: Line, names: set[str]) -> bool:
    """What parts the groups of the row above: under a spread cell, or where the row above has gaps."""
    if below.number != above.number + 1 or not _is_words(below):
        return False
    merges = _merges_at(sheet, above)
    if any(one.bottom > above.number for one in merges):
        return True
    under = {n for one in merges if one.right > one.left for n in range(one.left, one.right + 1)}
    filled = _filled(below)
    if under and filled and set(filled) <= under:
        return True
    gaps = [n for n in filled if not above.cell(n)]
    return len(filled) > 1 and len(gaps) >= len(filled) - 2 and _score(below, names) > 0.9 and bool(gaps)


def _columns(sheet: Worksheet, head: Sequence[Line]) -> Iterator[Column]:
    if not head:
        return
    rows = [_spread(sheet, line, is_last=line is head[-1], below=head[-1]) for line in head]
    width = max(len(row) for row in rows)
    for n in range(width):
        parts: list[str] = []
        for row in rows:
            text = " ".join(row[n].split()) if n < len(row) else ""
            text = re.sub(r"(?<=[\u4e00-\u9fff（(]) (?=[\u4e00-\u9fff）)])", "", text)
            if text and text not in parts:
                parts.append(text)
        if parts:
            unit = next((u for part in reversed(parts) if (u := unit_in(part))), None)
            yield Column(n, tuple(parts), unit)


def _spread(sheet: Worksheet, line: Line, *, is_last: bool, below: Line) -> list[str]:
    """The texts of a row of the head with merged ones over all their columns; without merges, groups reach over gaps."""
    cells = [line.cell(n) for n in range(max(sheet.width, len(line.cells)))]
    for one in sheet.merges:
        if one.top <= line.number <= one.bottom and one.top == line.number:
            for n in range(one.left, min(one.right + 1, len(cells))):
                cells[n] = line.cell(one.left)
    if not sheet.merges and not is_last:
        for n in range(1, len(cells)):
            if not cells[n] and below.cell(n) and cells[n - 1] and below.cell(n - 1):
                cells[n] = cells[n - 1]
    return cells


def unit_in(title: str) -> CurrencyUnit | None:
    """The unit of money in the head of a column: 预算数（万元）."""
    found = _UNIT_IN_TITLE.search(title)
    return CurrencyUnit(found[1] or found[2]) if found else None


def _unit(sheet: Worksheet, head: Sequence[Line]) -> CurrencyUnit | None:
    """The unit that stands above the head, once for all columns 「单位：万元」."""
    before = head[0].number if head else 0
    for line in sheet.lines:
        if line.number < before and (found := _UNIT_LINE.search(" ".join(line.cells).replace("： ", "："))):
            return CurrencyUnit(found[1])
    return None


# --- rows --------------------------------------------------------------------------------------------------


def _sorts(sheet: Worksheet, head: Sequence[Line]) -> dict[int, RowSort]:
    header = {line.number for line in head}
    first = min(header, default=0)
    last = max(header, default=0)
    titles = [[normalise(text) for text in line.cells] for line in head]
    merges = {(one.top, one.left): one for one in sheet.merges}
    width = sheet.width  # looks at every line
    sorts: dict[int, RowSort] = {}
    for n, line in enumerate(sheet.lines):
        if line.number in header:
            sorts[line.number] = RowSort.HEADER
        elif line.number < first:
            sorts[line.number] = RowSort.TITLE
        else:
            follows = n > 0 and sheet.lines[n - 1].number == last
            sorts[line.number] = _sort(line, titles, merges, width, follows=follows)
    return sorts


def _sort(
    line: Line, titles: Sequence[Sequence[str]], merges: dict[tuple[int, int], Merge], width: int, *, follows: bool
) -> RowSort:
    filled = [text for text in line.cells if text]
    if follows and len(filled) > 2 and len(filled) >= width / 2 and _counts(filled):
        return RowSort.NUMBERING
    if any(_is_same_head(line, title) for title in titles):
        return RowSort.HEADER
    if any(_TOTAL.fullmatch(re.sub(r"\s", "", text)) for text in filled[:3]):
        return RowSort.TOTAL
    if any(_EXAMPLE.match(text) for text in filled[:3]):
        return RowSort.EXAMPLE
    few = len(filled) <= max(2, width // 2)
    if few and _REMARK.match(filled[0]):
        return RowSort.REMARK
    if few and all(len(text) < _LONGEST_TITLE for text in filled) and _is_signed(filled):
        return RowSort.SIGNATURE
    if len(filled) == 1:
        at = next(n for n, text in enumerate(line.cells) if text)
        merge = merges.get((line.number, at))
        if (merge is not None and merge.right - merge.left + 1 >= width / 2) or _GROUP.match(filled[0]):
            return RowSort.GROUP
    return RowSort.DATA


def _counts(filled: Sequence[str]) -> bool:
    """甲 乙 1 2 3=1+2: every sort of numbers begins at the first and leaves none out."""
    numbers: dict[str, list[int]] = {}
    for text in filled:
        if text in _UNCOUNTED:
            continue
        found = _NUMBERING.fullmatch(text)
        if found is None:
            return False
        sign = found[1]
        sort = "1" if sign.isdigit() else "甲" if sign in "甲乙丙丁戊己" else "A"
        value = int(sign) if sort == "1" else "甲乙丙丁戊己".index(sign) + 1 if sort == "甲" else ord(sign.upper()) - 64
        numbers.setdefault(sort, []).append(value)
    return bool(numbers) and all(found == list(range(1, len(found) + 1)) for found in numbers.values())


def _is_signed(filled: Sequence[str]) -> bool:
    """填表人：　　审核人：　　联系电话：: words to sign behind, each with a colon or alone."""
    text = " ".join(filled)
    return any(re.search(rf"(?:{_SIGNATURE.pattern})\s*(?:[（(][^）)]*[)）])?\s*[:：]", one) for one in filled) and (
        len(re.findall(r"[:：]", text)) * 2 >= len(filled)
    )


def _is_same_head(line: Line, title: Sequence[str]) -> bool:
    filled = [(n, normalise(text)) for n, text in enumerate(line.cells) if text]
    same = sum(n < len(title) and title[n] == text for n, text in filled)
    return len(filled) > 1 and same >= 0.7 * len(filled)
