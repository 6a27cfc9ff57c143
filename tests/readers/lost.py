"""What a reader lost: the words of a file that are neither in the plan, nor in a note, nor printed by the form.

``lost(raw, plan)`` compares the neutral blocks of a file with its plan. It is deliberately blunt: a cell counts as
kept when its words, without blanks, occur anywhere in the plan's values, in the raw words of its provenance or in a
note; so what it lists is gone for certain.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from jixiao.domain.codec import plan_to_dict
from jixiao.domain.plan import Plan
from jixiao.readers.raw import Paragraph, RawDocument
from jixiao.readers.sheets.sections import is_year_line, outline
from jixiao.readers.sheets.table import blocks_of
from jixiao.vocabulary import Vocabulary, shipped
from jixiao.vocabulary.cell_values import is_unit_line

_BLANKS = re.compile(r"\s+")
_NUMBER = re.compile(r"(?:第?[（(]?[一二三四五六七八九十\d]{1,3}[)）]?[、.．]?)")
_DASHES = re.compile(r"[-—–_/\\√□]+")
_SHEET_HEADING = re.compile(r"(?:[（(]?\d{1,3}[)）]?[、.．]?|[一二三四五六七八九十]+、)?(.*?)(?:项目)?绩效目标表")
_COMPILED_BY = re.compile(r"(.{3,}?)(?:编制|编报|填报)")
_LABEL_COLON = re.compile(r"(?:[^：:]{2,12}[：:])(.+)", re.DOTALL)
_LABEL_AMOUNT = re.compile(r"(?:其中)?[\u4e00-\u9fff]{2,8}?(\d.*)", re.DOTALL)
_PIECES = re.compile(r"[\s，,；;。]+")
_NUMBERED = re.compile(r"^[一二三四五六七八九十]、")
_SEAL = re.compile(r"[（(]盖章[)）]$")
_PICKED_OUT = ("/fiscal_year", "/department/", "/title")
"""What is read out of a line that may say more: the line is not kept for that"""


def lost(raw: RawDocument, plan: Plan, vocabulary: Vocabulary | None = None) -> list[str]:
    """``place: words`` of every cell and paragraph whose words are nowhere in the result."""
    kept, words_of_forms = _kept(plan), vocabulary or shipped()
    headings = {
        section.heading.text for section in outline(blocks_of(raw.blocks, words_of_forms), words_of_forms).sections
    }
    return [
        f"{place}: {words}"
        for place, words in _printed(raw)
        if words not in headings and not _is_kept(words, kept, words_of_forms)
    ]


def _kept(plan: Plan) -> str:
    data = plan_to_dict(plan)
    provenance = data.pop("provenance")
    values = list(_strings(data))
    values += [place["text"] for pointer, place in provenance.items() if not pointer.startswith(_PICKED_OUT)]
    values += [place.text for pointer, place in plan.provenance.items() if not pointer.startswith(_PICKED_OUT)]
    return "\0".join(_compact(v) for v in values)


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)


def _printed(raw: RawDocument) -> Iterator[tuple[str, str]]:
    for block in raw.blocks:
        if isinstance(block, Paragraph):
            yield block.place.label, block.text
        else:
            for cell in block.cells():
                yield cell.place.label, cell.text


def _compact(text: str) -> str:
    return _BLANKS.sub("", text)


def _is_kept(words: str, kept: str, vocabulary: Vocabulary) -> bool:
    compact = _compact(words)
    if not compact or _DASHES.fullmatch(compact) or _NUMBER.fullmatch(compact):
        return True
    label = vocabulary.label(words)
    if label.is_printed or label.is_level or is_unit_line(words) or is_year_line(words):
        return True
    if compact in kept or ((m := _SHEET_HEADING.fullmatch(compact)) and m[1] and m[1] in kept):
        return True
    if (compiled := _COMPILED_BY.fullmatch(compact)) and compiled[1] in kept:
        return True
    pieces = [piece for piece in _PIECES.split(words) if piece]
    return all(_is_piece_kept(_NUMBERED.sub("", piece), kept, vocabulary) for piece in pieces) and bool(pieces)


def _is_piece_kept(words: str, kept: str, vocabulary: Vocabulary) -> bool:
    """Whether a piece of a line is a label, or a value in the plan or a note, with or without its label."""
    if vocabulary.label(words).is_printed or words in kept or _DASHES.fullmatch(words):
        return True
    labelled = _LABEL_COLON.fullmatch(words) or _LABEL_AMOUNT.fullmatch(words)
    return labelled is not None and _is_piece_kept(_SEAL.sub("", labelled[1]), kept, vocabulary)
