"""How cells look and stand, the same in every format. Grounds differ in grey too: offices print in black."""

from __future__ import annotations

from jixiao.documents.value import Align, Cell, Column, Look, Table, Tone, Value, text_of

FILLS = {Tone.PLAIN: "", Tone.LIGHT: "EFF4FA", Tone.MEDIUM: "F6DFA4", Tone.GRAVE: "E39B94"}
BAND_FILL = "E7EAEE"
HEAD_FILL = "D9E1EC"
_SHORT = 8
"""Characters up to which words that are looked up stand in the middle"""


def look_of(cell: Cell | Value, *, head: bool) -> Look:
    """What a cell is; those of a table's head are labels."""
    return Look.LABEL if head else cell.look if isinstance(cell, Cell) else Look.VALUE


def stands(table: Table, column: Column, cell: Cell | Value, look: Look) -> Align:
    """Where the words of a cell stand: as it says, as its column says, else labels and short words in the middle."""
    own = cell.align if isinstance(cell, Cell) else None
    if look is Look.BAND:
        return own or Align.LEFT
    if look is Look.LABEL:
        return own or Align.CENTER
    short = not table.read and len(text_of(cell)) <= _SHORT
    return own or column.align or (Align.CENTER if short else Align.LEFT)
