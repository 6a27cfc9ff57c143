"""What the cells of an import may hold: types that turn a text into a value, or say in words what is wrong with it."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from jixiao.domain.money import CurrencyUnit
from jixiao.readings.text import normalise

_FOLD = str.maketrans("０１２３４５６７８９．－，％（）：／　", "0123456789.-,%():/ ")
_ERROR = re.compile(r"#(REF!|N/A|VALUE!|DIV/0!|NAME\?|NULL!|NUM!|错误)")
_POWER = re.compile(r"-?\d(\.\d+)?E\+\d+", re.IGNORECASE)
_AMOUNT = re.compile(r"([+-]?)(\d{1,3}(?:,\d{3})+|\d+)?(\.\d+)?(亿元|万元|元)?")
_BRACKETED = re.compile(r"\((.*)\)")
_CURRENCY = re.compile(r"^(人民币|RMB|[¥￥])\s*", re.IGNORECASE)
_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?")
_JOINED_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})")
_SERIAL = re.compile(r"[2-6]\d{4}")
_YEAR = re.compile(r"((?:19|20)\d{2})\s*年?度?")
_SPACES = re.compile(r"\s+")
_MOST_FEN = 10**17
_LARGEST_SHOWN = 60


class BadCell(ValueError):  # noqa: N818 - what a person typed, no error of the program
    """What is wrong with a cell: what, why, what to do."""


def folded(text: str) -> str:
    """Full-width digits and signs as ASCII, blanks around cut off."""
    return text.translate(_FOLD).strip()


class FieldType(ABC):
    """Turns the text of a cell into a value."""

    label: str
    looks = ""
    """How its words stand on screen: ``num`` at the right, ``nowrap`` in one line"""
    fills_down = True
    """Whether a cell merged over several rows means each of them"""

    @abstractmethod
    def parse(self, text: str, unit: CurrencyUnit | None) -> Any:
        """The value. ``text`` is not empty. Raises BadCell."""

    def shown(self, value: Any) -> str:
        """A value as people read it."""
        return "" if value is None else str(value)

    def looks_like(self, text: str) -> bool:
        """Whether a text can be nothing else, so that a column may be told by its contents."""
        del text
        return False


def checked(text: str) -> str:
    """A text that is no formula, error or number that lost its digits. Raises BadCell."""
    if text.startswith("="):
        raise BadCell("这一格是公式，没有保存计算结果。请用 Excel 或 WPS 打开文件，保存一次再传")
    if _ERROR.fullmatch(text):
        raise BadCell(f"公式出错（{text}）。请改正后再传")
    return text


@dataclass(frozen=True, slots=True)
class Text(FieldType):
    """Words of at most ``longest`` characters; ``pattern`` says what they look like, ``means`` in words."""

    longest: int = 200
    pattern: str = ""
    means: str = ""
    label = "文字"

    def parse(self, text: str, unit: CurrencyUnit | None) -> str:
        del unit
        found = _SPACES.sub(" ", checked(text)).strip()
        if len(found) > self.longest:
            raise BadCell(f"有 {len(found)} 个字，最多 {self.longest} 个。请写短些")
        if self.pattern and not re.fullmatch(self.pattern, folded(found)):
            raise BadCell(f"“{found[:_LARGEST_SHOWN]}”不是{self.means or '这一栏要的写法'}")
        return folded(found) if self.pattern else found

    def looks_like(self, text: str) -> bool:
        return bool(self.pattern) and re.fullmatch(self.pattern, folded(text)) is not None


@dataclass(frozen=True, slots=True)
class Code(FieldType):
    """A code: letters, digits, - _ . without blanks; a number that lost digits is refused."""

    longest: int = 40
    label = "编码"
    looks = "nowrap"

    def parse(self, text: str, unit: CurrencyUnit | None) -> str:
        del unit
        found = _SPACES.sub("", folded(checked(text)))
        if _POWER.fullmatch(found):
            raise BadCell("编码在 Excel 里存成了数字，后面几位已经丢了。请把这一列设成“文本”，重新导出再传")
        if not re.fullmatch(r"[\w.\-]+", found):
            raise BadCell(f"“{text[:_LARGEST_SHOWN]}”不像编码，编码只有字母、数字和 - _ .")
        if len(found) > self.longest:
            raise BadCell(f"编码有 {len(found)} 位，最多 {self.longest} 位")
        return found


@dataclass(frozen=True, slots=True)
class Whole(FieldType):
    """A whole number from ``least`` to ``most``."""

    least: int = 0
    most: int = 2_000_000_000
    label = "整数"
    looks = "num"

    def parse(self, text: str, unit: CurrencyUnit | None) -> int:
        del unit
        plain = folded(checked(text)).replace(",", "")
        if not re.fullmatch(r"[+-]?\d{1,12}(\.0+)?", plain):
            raise BadCell(f"“{text[:_LARGEST_SHOWN]}”不是整数")
        found = int(Decimal(plain))
        if not self.least <= found <= self.most:
            raise BadCell(f"{found} 不在 {self.least} 到 {self.most} 之间")
        return found


@dataclass(frozen=True, slots=True)
class Amount(FieldType):
    """Money, in fen. The unit is that of the column, or stands in the cell itself."""

    negative: bool = False
    label = "金额"
    looks = "num"
    fills_down = False

    def parse(self, text: str, unit: CurrencyUnit | None) -> int:
        plain = _CURRENCY.sub("", folded(checked(text)).replace(" ", ""))
        if plain in ("-", "--", "—", "–", "/", "无"):
            return 0
        if m := _BRACKETED.fullmatch(plain):
            plain = "-" + m[1]
        plain = plain.replace("−", "-")
        found = _AMOUNT.fullmatch(plain)
        if found is None or not (found[2] or found[3]):
            raise BadCell(f"“{text[:_LARGEST_SHOWN]}”不是金额。请只写数，如 150.00")
        chosen = CurrencyUnit(found[4]) if found[4] else unit
        if chosen is None:
            raise BadCell("不知道金额单位是元还是万元。请在“认表头”里选定")
        try:
            fen = Decimal((found[2] or "0").replace(",", "") + (found[3] or "")) * chosen.in_yuan * 100
        except InvalidOperation as error:  # pragma: no cover - the pattern lets only digits through
            raise BadCell(f"“{text}”不是金额") from error
        if fen != fen.to_integral() and abs(fen - round(fen)) > Decimal("0.005"):
            raise BadCell(f"“{text[:_LARGEST_SHOWN]}”{chosen}精确到分还有余数。请核对单位和小数")
        whole = round(fen) * (-1 if found[1] == "-" else 1)
        if whole < 0 and not self.negative:
            raise BadCell("金额是负数。请核对")
        if abs(whole) > _MOST_FEN:
            raise BadCell("金额太大。请核对单位")
        return whole

    def written(self, text: str) -> Decimal | None:
        """The number of a cell that does not say its unit, whatever that is; None for anything else."""
        plain = _CURRENCY.sub("", folded(text).replace(" ", ""))
        found = _AMOUNT.fullmatch(plain)
        if found is None or found[4] or not (found[2] or found[3]):
            return None
        return Decimal((found[2] or "0").replace(",", "") + (found[3] or ""))

    def shown(self, value: Any) -> str:
        return "" if value is None else f"{Decimal(value) / 1_000_000:,.6f}".rstrip("0").rstrip(".") + "万元"


@dataclass(frozen=True, slots=True)
class Day(FieldType):
    """A date."""

    label = "日期"
    looks = "nowrap"

    def parse(self, text: str, unit: CurrencyUnit | None) -> date:
        del unit
        plain = folded(checked(text))
        found = _DAY.fullmatch(plain) or _JOINED_DAY.fullmatch(plain)
        if found is None:
            if _SERIAL.fullmatch(plain):
                return date.fromordinal(date(1899, 12, 30).toordinal() + int(plain))
            raise BadCell(f"“{text[:_LARGEST_SHOWN]}”不是日期。请写成 2027-03-01")
        year, month, day = (int(one) for one in found.groups())
        if not 1 <= month <= 12:
            raise BadCell(f"“{text[:_LARGEST_SHOWN]}”没有 {month} 月")
        try:
            return date(year, month, day)
        except ValueError as error:
            raise BadCell(f"“{text[:_LARGEST_SHOWN]}”：{year}年{month}月没有 {day} 日") from error

    def looks_like(self, text: str) -> bool:
        return _DAY.fullmatch(folded(text)) is not None


@dataclass(frozen=True, slots=True)
class Year(FieldType):
    """A year, four digits."""

    label = "年度"
    looks = "nowrap"

    def parse(self, text: str, unit: CurrencyUnit | None) -> int:
        del unit
        found = _YEAR.fullmatch(folded(checked(text)))
        if found is None and (day := _DAY.fullmatch(folded(text))):
            return int(day[1])
        if found is None:
            raise BadCell(f"“{text[:_LARGEST_SHOWN]}”不是年度。请写成 2027")
        return int(found[1])


@dataclass(frozen=True, slots=True)
class Choice(FieldType):
    """One of some values, each with the words that mean it; the first of them is shown."""

    words: Mapping[str, Sequence[str]]
    label = "选项"

    def parse(self, text: str, unit: CurrencyUnit | None) -> str:
        del unit
        found = self._of(checked(text))
        if found is None:
            named = "、".join(words[0] for words in self.words.values())
            raise BadCell(f"“{text[:_LARGEST_SHOWN]}”不认得，可以写：{named}")
        return found

    def _of(self, text: str) -> str | None:
        wanted = normalise(re.sub(r"^\d+[-.、\s]*", "", folded(text)) or text)
        for value, words in self.words.items():
            if wanted and wanted in (normalise(value), *(normalise(word) for word in words)):
                return value
        return None

    def shown(self, value: Any) -> str:
        return self.words[value][0] if value in self.words else str(value or "")

    def looks_like(self, text: str) -> bool:
        return len(text.strip()) > 1 and self._of(text) is not None


_YES = frozenset({"是", "有", "对", "y", "yes", "true", "1", "√", "✓", "☑"})
_NO = frozenset({"否", "无", "不是", "n", "no", "false", "0", "×", "x", "□"})


@dataclass(frozen=True, slots=True)
class YesNo(FieldType):
    """Yes or no."""

    yes: str = "是"
    no: str = "否"
    label = "是否"

    def parse(self, text: str, unit: CurrencyUnit | None) -> bool:
        del unit
        plain = folded(checked(text)).lower()
        if plain in _YES or plain == self.yes:
            return True
        if plain in _NO or plain == self.no:
            return False
        raise BadCell(f"“{text[:_LARGEST_SHOWN]}”不认得，请写“{self.yes}”或“{self.no}”")

    def shown(self, value: Any) -> str:
        return "" if value is None else (self.yes if value else self.no)


@dataclass(frozen=True, slots=True)
class Field:
    """A field that columns are matched with.

    ``label`` and ``aliases`` are what columns are called, the label on screen too. A ``required`` field needs a column and in
    every row a value. ``hint`` is shown beside the choice of the column.
    """

    name: str
    label: str
    type: FieldType = field(default_factory=Text)
    required: bool = False
    aliases: tuple[str, ...] = ()
    hint: str = ""

    @property
    def is_money(self) -> bool:
        """Whether its column has a unit."""
        return isinstance(self.type, Amount)

    @property
    def called(self) -> tuple[str, ...]:
        """All that its column may be called."""
        return (self.label, *self.aliases)
