"""Who acts: a person with what they may do at this moment, or the system itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from jixiao.web.kernel.reach import Reach


@dataclass(frozen=True)
class StandIn:
    """Of an action: the reach somebody has by themselves, and whose they have besides 「代李局长」 (empty: nobody's)."""

    own: Reach
    words: str


@dataclass(frozen=True)
class Actor:
    """Somebody who reads or writes 「操作人」, for the length of one request or job.

    ``reaches`` computes how far an action of theirs goes; ``id`` is None for the system. ``department`` is the department
    whose audit chain takes what has no department of its own. ``scopes``, where given, are all that a token allows.
    ``stands_in`` says of an action how far they go without what others delegated to them, and for whom they go further.
    """

    id: int | None
    name: str
    reaches: Callable[[str], Reach]
    request_id: str = ""
    department: int | None = None
    organisation: int | None = None
    scopes: frozenset[str] | None = None
    address: str = ""
    stands_in: Callable[[str], StandIn] | None = None
    unit: str = ""
    """What the organisation they work in is called"""
    delegated: Callable[[], str] = lambda: ""
    """For whom they stand in and until when 「您正代李局长办事，至12-10」; empty where for nobody"""
    _known: dict[str, Reach] = field(default_factory=dict, compare=False, repr=False)

    def reach(self, action: str) -> Reach:
        """How far the action goes; empty where they may not do it at all."""
        if not self.covers(action):
            return Reach()
        if action not in self._known:
            self._known[action] = self.reaches(action)
        return self._known[action]

    def covers(self, action: str) -> bool:
        """Whether the token they act by allows it; always where they act by none."""
        return self.scopes is None or _covered(action, self.scopes)

    def may(self, action: str) -> bool:
        """Whether they may do it with anything at all."""
        return not self.reach(action).is_empty


def _covered(action: str, scopes: frozenset[str]) -> bool:
    """A scope is an action (``sheet.view``), all of a subject (``sheet.*``), or all that reads (``*.view``)."""
    subject, _, verb = action.partition(".")
    return bool({action, f"{subject}.*", f"*.{verb}", "*"} & scopes)


def system(why: str) -> Actor:
    """The program itself, for what nobody asked for at this moment: ``why`` is shown in the audit log."""
    return Actor(None, f"系统（{why}）", lambda _: Reach(everything=True))
