"""What other apps show beside a sheet on its page: they say so when they start, the page asks each of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from jixiao.web.goals.form_view import Form, Remark
from jixiao.web.goals.selectors import Shown
from jixiao.web.kernel.people import Actor


@dataclass(frozen=True)
class Part:
    """A part of the panel: a template, and what it is drawn with as ``part``; ``remarks`` stand at the cells of the form, by pointer;
    ``opens``: there is something to do with it, so the panel is open on narrow windows too."""

    template: str
    content: Any
    remarks: Mapping[str, Sequence[Remark]] = field(default_factory=dict)
    opens: bool = False


PartOf = Callable[[Actor, Shown, Form], Part]
_PARTS: list[PartOf] = []


def beside_sheets(part: PartOf) -> PartOf:
    """Have a part drawn beside every sheet; above what the page itself says of it."""
    if part not in _PARTS:
        _PARTS.append(part)
    return part


def parts_of(actor: Actor, shown: Shown, form: Form) -> list[Part]:
    """The parts of a page."""
    return [part(actor, shown, form) for part in _PARTS]
