"""Places in words: where in the form, and where in the file, a pointer leads."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property

from jixiao.domain.form import field_at
from jixiao.domain.plan import Plan
from jixiao.domain.pointer import ancestors, at, indicator_at, parts
from jixiao.domain.provenance import Location
from jixiao.domain.stage import LaterSheet, Stage, stage_of

DEPARTMENT_WIDE = "部门整体部分"

_NUMBERED = re.compile(r"(?P<before>\D*第 )(?P<n>\d+)(?P<after> [段项条])(?:“[^”]*”)?(?P<field>的[^“”\d]+)?$")
_WHOLE = "整个文本"


@dataclass(frozen=True, slots=True)
class Place:
    """A place of a plan: ``sheet`` index (None: department-wide), ``section`` heading, ``words`` within the form,
    ``in_file`` where in the source file (empty where the reader gave none).
    """

    sheet: int | None
    section: str
    words: str
    in_file: str

    @property
    def full(self) -> str:
        """Words and the place in the file on one line."""
        return f"{self.words}（文件{self.in_file}）" if self.in_file else self.words


class Places:
    """Every place of one plan. Where a cell is blank in the file, the nearest known place is named as such."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self.of = cache(self._of)

    def _of(self, pointer: str) -> Place:
        sheet, _ = indicator_at(pointer)
        known = sheet is not None and sheet < len(self._plan.goal_sheets)
        section = self.section(sheet) if sheet is not None and known else DEPARTMENT_WIDE
        words = self._sheet_words(pointer) if known else self._plan_words(pointer)
        return Place(sheet if known else None, section, words, self._in_file(pointer))

    def brief(self, pointer: str, told: str = "") -> str:
        """The words for a list under the sheet's heading: 「第 4 行“满意度”的指标值」, without what ``told`` says."""
        place = self.of(pointer)
        sheet, row = indicator_at(pointer)
        if place.sheet is None or sheet is None:
            return place.full
        indicators = self._plan.goal_sheets[sheet].indicators
        if row is None or row >= len(indicators):
            return place.words
        label = indicators[row].label
        name = "" if " ".join(label.split()) in " ".join(told.split()) else f"“{_shorten(label, 16)}”"
        return f"第 {row + 1} 行{name}{self.field(pointer)}"

    def together(self, pointers: Iterable[str], sheet: int | None = None) -> str:
        """Many places in few words, seen from ``sheet``: 「第 2、3 行的指标值；第 4 张表的资金用途」, each once."""
        alike: dict[tuple[str, str], dict[str, str]] = {}
        for pointer in dict.fromkeys(pointers):
            other, row = indicator_at(pointer)
            section = f"第 {other + 1} 张表" if other is not None and other != sheet else ""
            words = self.of(pointer).words
            if row is not None:
                alike.setdefault((f"{section}第 ", f" 行{self.field(pointer)}"), {})[str(row + 1)] = section + words
            elif numbered := _NUMBERED.match(words):
                before, n, after, field = numbered.group("before", "n", "after", "field")
                alike.setdefault((section + before, after + (field or "")), {})[n] = section + words
            else:
                alike.setdefault((section + words, ""), {})[""] = section + words
        return "；".join(
            next(iter(n.values())) if len(n) == 1 else f"{before}{'、'.join(n)}{after}"
            for (before, after), n in alike.items()
        )

    def field(self, pointer: str) -> str:
        """The cell of a row: 「的指标值」; nothing for the whole row."""
        p = parts(pointer)
        return f"的{self._label(at(*p[:5]), int(p[1]))}" if len(p) > 4 else ""

    def section(self, sheet: int) -> str:
        """Heading of a sheet: 「第 3 张表“招商经费”」."""
        name = self._plan.goal_sheets[sheet].project.name
        return f"第 {sheet + 1} 张表" + (f"“{' '.join(name.split())}”" if name else "（未填项目名称）")

    def _label(self, pointer: str, sheet: int | None = None) -> str:
        """What the form calls the field at a pointer."""
        found = field_at(pointer)
        if found is None:
            return "内容"
        return found.label if sheet is None else found.label_at(self._stage(sheet))

    def _stage(self, sheet: int) -> Stage:
        return stage_of(self._later.get(self._plan.goal_sheets[sheet].id))

    @cached_property
    def _later(self) -> dict[str, LaterSheet]:
        return self._plan.later_sheets

    def _plan_words(self, pointer: str) -> str:
        p = parts(pointer)
        if not p or field_at(at(p[0])) is None:
            return _WHOLE
        if p[0] == "department":
            return self._label(pointer)
        words = self._label(at(p[0]))
        if len(p) > 1 and p[1].isdigit():
            words += f"第 {int(p[1]) + 1} {'段' if p[0] == 'overall_goals' else '项'}"
        if p[0] == "activities" and len(p) > 1 and p[1].isdigit() and int(p[1]) < len(self._plan.activities):
            name = self._plan.activities[int(p[1])].name
            words += f"“{_shorten(name)}”" if name else ""
        if len(p) > 2:
            words += f"的{self._label(at(*p[:3]))}"
        if len(p) > 3 and p[3].isdigit():
            words += f"第 {int(p[3]) + 1} 条"
        if len(p) > 4 and p[4] == "rating_scale":
            words += f"的{self._label(at(*p[:5]))}" + (f"“{self._label(pointer)}”" if len(p) > 5 else "")
        return words

    def _sheet_words(self, pointer: str) -> str:
        whole = parts(pointer)
        number, p = int(whole[1]), whole[2:]
        sheet = self._plan.goal_sheets[number]
        if not p or field_at(at(*whole[:3])) is None:
            return f"整张{self._stage(number).label}"
        label = self._label(at(*whole[:3]), number)
        if len(p) == 1 or not p[1].isdigit():
            inner = [self._label(at(*whole[:n]), number) for n in range(4, len(whole) + 1)]
            return "的".join(inner) or label
        n = int(p[1])
        if p[0] == "disbursement_plan" and n < len(sheet.disbursement_plan):
            return f"{label}“{_shorten(sheet.disbursement_plan[n].by)}”"
        if p[0] == "indicators" and n < len(sheet.indicators):
            row = f"指标第 {n + 1} 行“{_shorten(sheet.indicators[n].label)}”"
            return f"{row}{self.field(pointer)}"
        return f"{label}第 {n + 1} 条"

    def _in_file(self, pointer: str) -> str:
        provenance = self._plan.provenance
        for place in ancestors(pointer):
            exact = place == pointer
            if (found := provenance.get(place)) is not None:
                return found.label if exact or not found.label else _near(found)
            if (exact or place.count("/") > 1) and (first := self._first_below(place)) is not None:
                return _near(first)
        return ""

    def _first_below(self, container: str) -> Location | None:
        """The first place known inside a container."""
        inside = self._sorted[bisect_left(self._sorted, f"{container}/") : bisect_left(self._sorted, f"{container}0")]
        return self._plan.provenance[min(inside, key=self._order.__getitem__)] if inside else None

    @cached_property
    def _order(self) -> dict[str, int]:
        return {pointer: n for n, pointer in enumerate(self._plan.provenance)}

    @cached_property
    def _sorted(self) -> list[str]:
        """The pointers that have a place; those inside a container stand together, "0" follows "/"."""
        return sorted(self._plan.provenance)


def _near(found: Location) -> str:
    if found.table is not None:
        return found._replace(column=None).label
    return f"{found.label}附近" if found.label else ""


def _shorten(text: str, most: int = 24) -> str:
    text = " ".join(text.split())
    return text if len(text) <= most else f"{text[: most - 1]}…"
