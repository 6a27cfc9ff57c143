"""Layouts 「表式」: how a form is printed, as data over the fields of a plan. Writers, readers and editors go by the same one.

What an editor or a writer asks:

- ``layouts()``: every layout that comes with the program, by name; ``layout_of(plan)``, ``layout_of("national-101")`` or
  ``layout_of(ruleset)``: the one a plan or a ruleset is for. Where nobody asks for one, forms are drawn by ``usual()``.
- ``Layout.head``: the head of a form from top to bottom, as ``HeadBlock``s. A block has ``lines`` of ``HeadCell``s (the label
  as printed, the path of the field, how many columns of the grid its value takes; 0 is the rest of the line), or it is a
  ``part`` of its own: ``disbursement_plan`` with its ``points``, ``execution``, ``goals``. A ``label`` stands at its left side.
- ``Layout.columns``: the columns of the indicator table, as ``IndicatorColumn``s: path of the field, label, relative width,
  the stages at which it stands even when it is blank. Where sign, value and unit are apart there are three, for
  ``…/target/comparator``, ``…/target/value`` and ``…/target/unit``; ``parts_of_target`` takes a value apart for them.
- ``Layout.part_one``: titles of the department's part, and whether activities are a ``table`` or ``blocks`` of lines.
- ``hint_of(layout, path)``: in one line, what belongs into a field; ``examples(layout, sector)``: an indicator a kind of
  that sector; ``sectors()``.
- ``prescribed(layout)``: the first and second levels that a blank form has rows for, by its ruleset;
  ``blank(layout, …)``: a plan with one empty sheet to start from; ``specimen(layout)``: one filled in with invented words.
- ``Layout.kinds``: the second levels under each first level, as the form prints them.

Paths are those of ``jixiao.domain.form.every_field()``: ``goal_sheets/*/budget/total``, ``goal_sheets/*/indicators/*/name``;
``field_named(path)`` is the field. A head cell with an empty path is printed and left blank: a plan does not keep it.

A layout is a file in ``data/`` or in the folder ``layouts`` of a locality's ruleset; docs/adding-a-form.md says how to write one.
"""

from jixiao.domain.target_parts import parts_of_target
from jixiao.layouts.blank import blank, prescribed
from jixiao.layouts.form import (
    ActivityColumn,
    ActivityPart,
    HeadBlock,
    HeadCell,
    IndicatorColumn,
    Layout,
    LayoutSource,
    PartOne,
    Seen,
)
from jixiao.layouts.hints import Example, examples, hint_of, sectors
from jixiao.layouts.labels import knows, with_words_of, words_of_layout
from jixiao.layouts.load import LayoutError, layout_from
from jixiao.layouts.specimen import specimen
from jixiao.layouts.store import layout_of, layouts, usual

__all__ = [
    "ActivityColumn",
    "ActivityPart",
    "Example",
    "HeadBlock",
    "HeadCell",
    "IndicatorColumn",
    "Layout",
    "LayoutError",
    "LayoutSource",
    "PartOne",
    "Seen",
    "blank",
    "examples",
    "hint_of",
    "knows",
    "layout_from",
    "layout_of",
    "layouts",
    "parts_of_target",
    "prescribed",
    "sectors",
    "specimen",
    "usual",
    "with_words_of",
    "words_of_layout",
]
