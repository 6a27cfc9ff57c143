"""What a person put right in what was read 「更正」: values by pointer, checked by the core, what was read kept beside them.

Values only, no database. The file's document is never changed; a corrected plan is made of it and the corrections.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from jixiao.domain.codec import NotAPlanError, plan_from_dict, plan_to_dict
from jixiao.domain.edit import CannotEditError, apply_operation
from jixiao.domain.finding import PatchOperation
from jixiao.domain.form import field_at
from jixiao.domain.note import Note
from jixiao.domain.plan import Plan
from jixiao.domain.pointer import parts
from jixiao.web.kernel.acts import Refused

CORRECTED = "corrected.by_hand"
"""Code of the note on a value that a person put right"""


def corrected(plan: Plan, corrections: Mapping[str, Mapping[str, Any]]) -> Plan:
    """The plan with the values that people put right; each leaves a note with what was read. Raises CannotEditError."""
    notes: list[Note] = []
    for pointer, one in sorted(corrections.items()):
        plan = apply_operation(plan, _operation(pointer, one.get("value")))
        was, now = (words if words not in (None, "") else "空白" for words in (one.get("read"), one.get("value")))
        who = "、".join(str(one[name]) for name in ("by", "at") if one.get(name))
        by = f"（{who}）" if who else ""
        notes.append(Note(CORRECTED, pointer, f"读出的是“{was}”，核对时改为“{now}”{by}。"))
    return replace(plan, notes=(*plan.notes, *notes)) if notes else plan


def checked(plan: Plan, pointer: str, value: str | None) -> str | None:
    """What was read at a pointer, where ``value`` may stand there: the plan with it goes through the codec and back.

    Raises Refused in Chinese where there is no such place or it takes no such value.
    """
    before = printed_at(plan, pointer)
    field = field_at(pointer)
    label = field.label if field is not None else "这一格"
    try:
        edited = apply_operation(plan, _operation(pointer, value))
        plan_from_dict(plan_to_dict(edited))
    except (CannotEditError, NotAPlanError) as error:
        why = "这里只能是数，如 150.00，" if field is not None and field.kind.is_number else ""
        raise Refused(f"{label}不能填“{value or '空白'}”，{why}请对照原件再填", field=pointer, status=422) from error
    return before


def _operation(pointer: str, value: str | None) -> PatchOperation:
    if value in (None, ""):
        return PatchOperation("remove", pointer) if _is_cell(pointer) else PatchOperation("replace", pointer, "")
    return PatchOperation("replace", pointer, value)


def _is_cell(pointer: str) -> bool:
    """Whether a place is a cell that can be blank; an item of a list would go with what stands in it."""
    names = parts(pointer)
    return bool(names) and not names[-1].isdecimal()


def printed_at(plan: Plan, pointer: str) -> str | None:
    """The value at a pointer as printed; None where it is blank. Raises Refused where there is no such place."""
    found: Any = plan_to_dict(plan)
    try:
        for name in parts(pointer):
            found = found[int(name)] if isinstance(found, list) else found[name]
    except (KeyError, IndexError, TypeError, ValueError) as error:
        raise Refused("没有这一格，可能文件重新读过。请刷新后再改", field=pointer, status=422) from error
    if isinstance(found, dict) and "comparator" in found:
        found = found["text"]
    if isinstance(found, dict | list):
        raise Refused("这里不是一格，不能整个改。请逐格改", field=pointer, status=422)
    return None if found is None else str(found)
