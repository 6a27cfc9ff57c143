"""What a layout is: values, as ``data/*.yaml`` says them, with the paths of fields written out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from jixiao.domain.form import FormField, field_named
from jixiao.domain.indicator import IndicatorClass, IndicatorKind
from jixiao.domain.stage import Stage

SHEET = "goal_sheets/*/"
ROW = f"{SHEET}indicators/*/"
ACTIVITY = "activities/*/"
TARGET_PARTS = (f"{ROW}target/comparator", f"{ROW}target/value", f"{ROW}target/unit")
"""The columns of a form that has sign, value and unit apart"""
PARTS = ("disbursement_plan", "execution", "goals")
"""Blocks of a head that are drawn in a way of their own"""


class Seen(StrEnum):
    """What of a form was seen 「见到的是什么」 by whoever wrote its layout down."""

    FORM = "form"
    COPIES = "copies"
    DESCRIBED = "described"

    @property
    def label(self) -> str:
        return {
            "form": "见过印好、填好的表",
            "copies": "见过各地照此制定的表，没有见到原表",
            "described": "只见过介绍，没有见到表",
        }[self.value]


@dataclass(frozen=True, slots=True)
class LayoutSource:
    """Where a layout is from: the id of the instrument that prescribes it (None where none is known), in whose words it
    is called, what of it was seen and where, and the day it was held against the official form, if anybody did.
    """

    seen: Seen
    where: str
    instrument: str | None = None
    verified_on: date | None = None

    @property
    def told(self) -> str:
        """In Chinese, how sure it is."""
        held = f"{self.verified_on} 对照原表核对" if self.verified_on else "没有对照原表核对"
        return f"{self.seen.label}：{self.where}；{held}"


@dataclass(frozen=True, slots=True)
class HeadCell:
    """A value of a head with the words before it.

    ``field`` is its path, empty where a plan keeps no such thing and the cell stays blank. ``label`` is printed in a cell
    of its own, ``label_columns`` wide; with ``states_unit`` the unit of amounts follows it in brackets. ``before`` is printed
    in front of the value in its own cell. ``columns`` of the grid is how much the value takes, 0 what is left.
    """

    field: str = ""
    label: str = ""
    columns: int = 0
    label_columns: int = 1
    before: str = ""
    states_unit: bool = False
    align: str = ""

    @property
    def form_field(self) -> FormField | None:
        """The field of the plan; None for a blank."""
        return field_named(self.field) if self.field else None


@dataclass(frozen=True, slots=True)
class HeadBlock:
    """A part of a head: ``lines`` of cells, with a ``label`` at their left or none; or one of ``PARTS``.

    ``where_said``: it is drawn only where one of its fields says something. ``points`` are those of a disbursement plan in
    a blank form. Goals are ``numbered``, or lines of one text where these tell them apart; ``title`` stands over them,
    ``long_term`` over a blank beside them, for what a plan does not keep.
    """

    label: str = ""
    lines: tuple[tuple[HeadCell, ...], ...] = ()
    part: str = ""
    where_said: bool = False
    points: tuple[str, ...] = ()
    numbered: bool = True
    title: str = ""
    long_term: str = ""
    states_unit: bool = False

    @property
    def fields(self) -> Iterator[str]:
        """The paths of all fields that the block has a place for."""
        if self.part:
            yield f"{SHEET}{self.part}"
        yield from (cell.field for line in self.lines for cell in line if cell.field)


@dataclass(frozen=True, slots=True)
class IndicatorColumn:
    """A column of the indicator table: path, label as printed, relative ``width``.

    ``at`` has the stages at which it stands even if no row says anything; ``long`` ones share the room that is left.
    """

    field: str
    label: str
    width: int
    at: tuple[Stage, ...] = ()
    long: bool = False

    @property
    def form_field(self) -> FormField:
        return field_named(self.field)


@dataclass(frozen=True, slots=True)
class ActivityColumn:
    """A column of the activities: path, label as printed, relative width."""

    field: str
    label: str
    width: int

    @property
    def form_field(self) -> FormField:
        return field_named(self.field)


@dataclass(frozen=True, slots=True)
class ActivityPart:
    """The activities 「分项绩效目标」 of a department's part: as a ``table``, or as ``blocks`` of a title and its lines.

    ``rating_scale``: blank forms have the columns 优良中差; filled ones have them where a scale says something.
    """

    title: str
    style: str
    columns: tuple[ActivityColumn, ...]
    rating_scale: bool = False


@dataclass(frozen=True, slots=True)
class PartOne:
    """The titles of the department's part 「部门整体绩效目标」, and how its activities are drawn."""

    title: str
    overall: str
    activities: ActivityPart
    safeguards: str


@dataclass(frozen=True, slots=True)
class Layout:
    """A form as it is printed 「表式」. ``ruleset`` names the one whose required rows a blank form has.

    ``form_title`` is the heading over a sheet that has no title: words in braces are paths of its fields, ``{stage}`` the
    kind of form. ``grid`` has the relative widths of the columns on which the lines of the head and of the rows fall as long as
    there are fewer columns of indicators than of the grid; without it the grid is that of the columns. A page with more
    than ``upright`` columns lies across. ``kinds`` are the levels that the form prints, in order.
    """

    name: str
    title: str
    summary: str
    ruleset: str
    stages: tuple[Stage, ...]
    source: LayoutSource
    form_title: str
    head: tuple[HeadBlock, ...]
    columns: tuple[IndicatorColumn, ...]
    kinds: Mapping[IndicatorClass, tuple[IndicatorKind, ...]]
    part_one: PartOne
    grid: tuple[int, ...] = ()
    upright: int = 8
    year_line: bool = False
    currency_unit: str = "万元"
    hints: Mapping[str, str] = field(default_factory=dict)

    @property
    def placed(self) -> frozenset[str]:
        """The paths of all fields of a head that it has a place for."""
        return frozenset(path for block in self.head for path in block.fields)

    @property
    def points(self) -> tuple[str, ...]:
        """The points of time of a disbursement plan; empty where the form has none."""
        return next((block.points for block in self.head if block.part == "disbursement_plan"), ())

    @property
    def has_target_apart(self) -> bool:
        """Whether sign, value and unit have columns of their own."""
        return any(column.field in TARGET_PARTS for column in self.columns)

    def column(self, path: str) -> IndicatorColumn | None:
        """The column of a field; None where the form has none."""
        return next((column for column in self.columns if column.field == path), None)

    def columns_at(self, stage: Stage) -> tuple[IndicatorColumn, ...]:
        """The columns that stand on a blank form of a stage."""
        return tuple(column for column in self.columns if stage in column.at)

    @property
    def narrowest(self) -> int:
        """Columns of the grid at least."""
        return len(self.grid) or min(len(self.columns_at(stage)) for stage in self.stages)
