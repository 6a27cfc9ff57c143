"""What is asked for in a reform, as it is stored until its day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from jixiao.web.kernel.acts import Refused
from jixiao.web.organisations.models import Reform


@dataclass(frozen=True)
class Plan:
    """A reform of one kind. ``organisations`` are the ones it is about, by id; the rest as the kind needs it.

    RENAME: ``name``. MOVE: ``target``, the new parent. MERGE and CLOSE: ``target``, who goes on, or a new one of ``name``,
    ``code``, ``new_kind``, ``parent``. SPLIT: the same, and the ``projects``, ``people``, ``units`` that go over.
    """

    kind: str
    organisations: tuple[int, ...]
    name: str = ""
    target: int | None = None
    code: str = ""
    new_kind: str = ""
    parent: int | None = None
    projects: tuple[int, ...] = ()
    people: tuple[int, ...] = ()
    units: tuple[int, ...] = ()

    def checked(self) -> None:
        """Raises Refused where something that its kind needs is missing."""
        if not self.organisations:
            raise Refused("没有选单位", field="organisations", status=422)
        if self.kind == Reform.Kind.RENAME and not self.name:
            raise Refused("没有写新名称", field="name", status=422)
        if self.kind == Reform.Kind.MOVE and self.target is None:
            raise Refused("没有选新的上级单位", field="target", status=422)
        if self.kind == Reform.Kind.MERGE and len({*self.organisations, self.target} - {None}) < 2 and not self.name:
            raise Refused("合并至少要有两家单位", field="organisations", status=422)
        if self.kind in (Reform.Kind.MERGE, Reform.Kind.SPLIT) and self.target is None:
            if not self.name:
                raise Refused("请选由谁接着管，或写新单位的名称", field="target", status=422)
            if not self.code:
                raise Refused("新单位要有编码", field="code", status=422)

    def stored(self) -> dict[str, Any]:
        return asdict(self)


def plan_of(stored: Mapping[str, Any]) -> Plan:
    """A stored plan."""
    lists = {name: tuple(stored.get(name) or ()) for name in ("organisations", "projects", "people", "units")}
    return Plan(**{**stored, **lists})
