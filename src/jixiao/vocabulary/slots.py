"""What the words of forms name: fields of a head, columns of a table, chapters of a plan."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum, StrEnum, auto

from jixiao.domain.execution import FundSource
from jixiao.domain.indicator import IndicatorClass, IndicatorKind
from jixiao.domain.stage import Stage


class Field(StrEnum):
    """What a label in the head of a goal sheet announces."""

    PROJECT_CODE = auto()
    PROJECT_NAME = auto()
    BUDGET_UNIT = auto()
    DEPARTMENT = auto()
    MONEY = auto()
    TOTAL = auto()
    FISCAL = auto()
    OTHER = auto()
    PURPOSE = auto()
    DISBURSEMENT = auto()
    GOALS = auto()
    LONG_TERM_GOALS = auto()
    GOALS_REACHED = auto()
    CARRYOVER = auto()
    YEAR = auto()
    TOTAL_SCORE = auto()
    GRADE = auto()
    MONEY_PART = auto()
    """an amount that forms have and that a plan does not keep: by level of government, of all years"""
    BACKGROUND = auto()
    """what application forms say of a project and a plan does not keep: its kind, need, schedule, who fills in"""


class Column(StrEnum):
    """What a column of the indicator table holds."""

    CLASS = auto()
    KIND = auto()
    NAME = auto()
    DESCRIPTION = auto()
    TARGET = auto()
    SIGN = auto()
    UNIT = auto()
    BASIS = auto()
    WEIGHT = auto()
    ACTUAL = auto()
    SCORE = auto()
    DEVIATION = auto()
    EXPECTED = auto()
    LIKELIHOOD = auto()
    BEST = auto()
    """优 of 优良中差: what a form without a column of targets expects"""
    OTHER = auto()
    """a column that forms have and that a plan does not keep: remarks, scoring rules, evidence …"""


class MoneyColumn(StrEnum):
    """What a column of a money block holds, where the form has one row per source and several amounts."""

    REVISED = auto()
    INITIAL = auto()
    EXECUTED = auto()
    EXPECTED = auto()
    RATE = auto()
    WEIGHT = auto()
    SCORE = auto()
    OTHER = auto()
    """a column that forms have and that a sheet does not keep: reasons, money received"""


class ActivityColumn(StrEnum):
    """What a column of the activities table holds."""

    NAME = auto()
    BUDGET = auto()
    DESCRIPTION = auto()
    GOAL = auto()
    INDICATOR = auto()
    SCALE = auto()
    EXCELLENT = auto()
    GOOD = auto()
    FAIR = auto()
    POOR = auto()


class Chapter(StrEnum):
    """The chapters of a plan."""

    OVERALL = auto()
    ACTIVITIES = auto()
    SAFEGUARDS = auto()


class Horizon(Enum):
    """Whether the rows beside a label at the side of an indicator table are those of the year."""

    ANNUAL = auto()
    LONG_TERM = auto()


SLOTS: Mapping[str, type[StrEnum]] = {
    "fields": Field,
    "columns": Column,
    "money_columns": MoneyColumn,
    "activity_columns": ActivityColumn,
    "classes": IndicatorClass,
    "kinds": IndicatorKind,
    "chapters": Chapter,
    "stages": Stage,
    "field_patterns": Field,
    "column_patterns": Column,
    "money_column_patterns": MoneyColumn,
}
"""The groups of words in which each names one of several things; those of patterns hold words to be put together"""
PATTERNS = ("field_patterns", "column_patterns", "money_column_patterns")
"""The groups whose words are patterns over ``PARTS``"""
PARTS = (
    *("times", "spans", "earlier", "levels", "provincial", "municipal", "centrals", "plans", "foreseen"),
    *("reals", "subjects", "measures", "goal_values", "reached_values", "measured_values", "states"),
    *("along", "first_levels", "second_levels", "third_levels", "indicators", "indicator_names"),
    *("full_points", "judges", "got_points", "reasons_for", "units_of", "funds", "fund_qualifiers"),
    *("names", "codes", "doers", "owners", "organisations", "keepers", "with_codes", "bearers", "moneys"),
    *("money_acts", "amounts", "whole_moneys", "named_moneys", "fiscal_moneys", "other_moneys"),
    *(
        "part_moneys",
        "source_moneys",
        "amount_ends",
        "thereof",
        "goal_scopes",
        "whole_goals",
        "year_goals",
        "summaries",
    ),
    *("budget_numbers", "spent_numbers", "rates", "revised", "first_set"),
)
"""The groups of words that labels are put together from; what they are is said beside each in ``data/parts.yaml``"""
LISTS = (
    *("stand_ins", "level_openings", "level_ends"),
    *("describing", "library_columns", "side_labels", "years", "long_terms", "reasons", "explanations", "likelihoods"),
    *("standards", "money_totals", "rate_rows", "activity_totals", "sheet_kinds", "fiscal_sources", "other_sources"),
    *("part_titles", "part_title_openings", "totals", "total_prefixes", "tails"),
    *PARTS,
)
"""The groups that are plain lists; what they are is said beside each in ``data``"""

SOURCES = {
    Field.TOTAL: FundSource.TOTAL,
    Field.FISCAL: FundSource.FISCAL,
    Field.CARRYOVER: FundSource.CARRYOVER,
    Field.OTHER: FundSource.OTHER,
}
"""The sources of money that a sheet keeps amounts of, by the labels of their rows"""
