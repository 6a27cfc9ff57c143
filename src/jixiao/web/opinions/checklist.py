"""How points stand 「已改、说明、未处理」: computed from what is found and what stands in the cells now. Values only, no database."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from jixiao.domain.finding import Finding, Severity
from jixiao.web.opinions.models import Explanation, Point
from jixiao.web.opinions.points import Met
from jixiao.writers.places import Places

Cells = Mapping[tuple[str, str], str | None]


class Answer(StrEnum):
    """What became of a point."""

    CHANGED = "changed"
    EXPLAINED = "explained"
    OPEN = "open"
    LOOKING = "looking"

    @property
    def label(self) -> str:
        return {"changed": "已改", "explained": "说明", "open": "未处理", "looking": "待核对"}[self.value]


@dataclass(frozen=True)
class Standing:
    """A point as it stands now. ``words`` say why in a line; ``explanation`` is the last one, whatever was said of it; ``met`` the
    finding of now that is the same, where there is one."""

    point: Point
    answer: Answer
    words: str
    explanation: Explanation | None = None
    met: Met | None = None

    @property
    def is_judged(self) -> bool:
        """Whether the last explanation was accepted or refused."""
        return self.explanation is not None and self.explanation.verdict != Explanation.Verdict.NONE

    @property
    def waits(self) -> bool:
        """Whether a reviewer has still to say what they think of its explanation."""
        return self.answer is Answer.EXPLAINED and not self.is_judged


def standing(
    points: Sequence[Point],
    findings_now: Sequence[Met],
    cells_now: Cells,
    explanations: Mapping[int, Sequence[Explanation]],
    *,
    sees: Callable[[str], bool] = lambda _: True,
) -> list[Standing]:
    """How points stand, in their order.

    A point of the program is 已改 where no finding of its rules is at its place any more; where there is again, it is not. A
    reviewer's own is 已改 as soon as what it is about says something else; the program does not know whether it is right now.
    ``explanations`` by point, the oldest first; the last one counts unless it was refused. ``sees`` says of a rule whether
    ``findings_now`` would hold what it finds: a review of the sheet alone does not see what others say.
    """
    same = _paired(points, findings_now)
    return [_one(one, same.get(one.pk), cells_now, explanations.get(one.pk, ()), sees) for one in points]


def _one(
    point: Point, met: Met | None, cells: Cells, said: Sequence[Explanation], sees: Callable[[str], bool]
) -> Standing:
    last = said[-1] if said else None
    if point.is_own:
        changed = _own_change(point, cells)
        if changed:
            return Standing(point, Answer.CHANGED, changed, last)
    elif met is None and all(map(sees, (point.rule, *point.also))):
        gone = bool(point.thing) and cells.get((point.thing, point.cell), "") is None
        return Standing(point, Answer.CHANGED, "这一处已删" if gone else "这个问题已经没有了", last)
    if last is not None and last.verdict != Explanation.Verdict.REFUSED:
        return Standing(point, Answer.EXPLAINED, _of_explanation(point, last, cells), last, met)
    why = f"：{last.verdict_words}" if last is not None and last.verdict_words else ""
    words = f"说明没有采纳{why}" if last is not None else ""
    if met is None and not point.is_own:
        return Standing(point, Answer.LOOKING, "这一条要和别的表一起看，才知道改没改", last)
    return Standing(point, Answer.OPEN, words, last, met)


def _of_explanation(point: Point, last: Explanation, cells: Cells) -> str:
    """What there is to say of an explanation that holds."""
    said = ["说明已采纳"] if last.verdict == Explanation.Verdict.ACCEPTED else []
    if last.was is not None and cells.get((point.thing, point.cell), last.was) != last.was:
        said.append("说明以后这一处又改过，请看说明还合不合适")
    return "；".join(said)


def _own_change(point: Point, cells: Cells) -> str:
    if point.was is None:
        return ""
    now = cells.get((point.thing, point.cell), point.was)
    if now is None:
        return "这一处已删"
    if now == point.was:
        return ""
    return "这一格已改动" if point.cell else "这一行已改动"


def _paired(points: Sequence[Point], findings: Sequence[Met]) -> dict[int, Met]:
    """Points by key with the finding that is the same: of the same id, else of the same rule at the same place, each for one point
    of a return only."""
    found: dict[int, Met] = {}
    for turn in sorted({one.round for one in points}):
        of_turn = [one for one in points if one.round == turn and not one.is_own]
        left = list(findings)
        for fits in (_same, _alike):
            for point in of_turn:
                if point.pk in found:
                    continue
                met = next((one for one in left if fits(point, one)), None)
                if met is not None:
                    found[point.pk] = met
                    left.remove(met)
    return found


def _same(point: Point, met: Met) -> bool:
    return bool(point.finding) and point.finding == met.id


def _alike(point: Point, met: Met) -> bool:
    here = (point.thing, point.cell) == (met.thing, met.cell)
    return here and not met.rules.isdisjoint({point.rule, *point.also})


@dataclass(frozen=True)
class Progress:
    """How far a check-list is."""

    total: int
    changed: int
    explained: int
    open: int
    looking: int

    @property
    def words(self) -> str:
        """「3条：已改1 说明1 未处理1」."""
        parts = [
            f"{one.label}{n}"
            for one, n in zip(Answer, (self.changed, self.explained, self.open, self.looking), strict=True)
            if n or one is not Answer.LOOKING
        ]
        return f"{self.total}条：{' '.join(parts)}"


def progress(found: Sequence[Standing]) -> Progress:
    """Count a check-list."""
    return Progress(len(found), *(sum(one.answer is answer for one in found) for answer in Answer))


@dataclass(frozen=True)
class Unanswered:
    """What still asks for a change or an explanation: a point of the last return, or a finding of now that nobody explained."""

    title: str
    severity: Severity
    place: str
    message: str
    point: Point | None = None
    finding: Finding | None = None


def still_unanswered(
    found: Sequence[Standing],
    findings_now: Sequence[Met],
    severities: Sequence[Severity],
    round_: int,
    places: Places,
) -> list[Unanswered]:
    """Of all points of a sheet (``found``) and what is found now: what is neither changed nor explained.

    Findings of ``severities``, and of the return ``round_`` every point above advice, be it the reviewer's own. An explanation
    holds for the finding, whichever point it was given to, unless the last that was said of it was that it is refused. ``places`` are those of the plan they were found in.
    """
    last: dict[str, Standing] = {}
    for one in found:
        if one.met is not None:
            last[one.met.id] = one
    lacking = [
        Unanswered(one.point.title, Severity(one.point.severity), one.point.place, one.point.message, one.point)
        for one in found
        if one.point.round == round_ > 0
        and one.answer is Answer.OPEN
        and one.met is None
        and one.point.severity != Severity.ADVICE
    ]
    for met in findings_now:
        stands = last.get(met.id)
        returned = (
            stands is not None and stands.point.round == round_ > 0 and met.finding.severity is not Severity.ADVICE
        )
        if (met.finding.severity in severities or returned) and (
            stands is None or stands.answer is not Answer.EXPLAINED
        ):
            problem = met.finding
            place = places.of(problem.pointer).words
            point = stands.point if stands is not None else None
            lacking.append(Unanswered(problem.title, problem.severity, place, problem.message, point, problem))
    return lacking
