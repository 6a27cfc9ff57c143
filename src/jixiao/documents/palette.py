"""The grounds of cells, the same in every format. They differ in grey too: offices print in black."""

from __future__ import annotations

from jixiao.documents.value import Tone

FILLS = {Tone.PLAIN: "", Tone.LIGHT: "EFF4FA", Tone.MEDIUM: "F6DFA4", Tone.GRAVE: "E39B94"}
BAND_FILL = "E7EAEE"
HEAD_FILL = "D9E1EC"
