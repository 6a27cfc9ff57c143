"""A set as one text 「整包」: its sheets as they stand now, put together in their order; reviewed, and taken away as a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.utils import timezone

from jixiao.documents import to_docx, to_xlsx
from jixiao.domain.finding import Review
from jixiao.domain.plan import Plan
from jixiao.web.editor.selectors import counts_of, layout_by, ruleset_of, standing
from jixiao.web.editor.sets import SheetSet
from jixiao.web.goals.contents import reviewed
from jixiao.web.goals.documents import review_of_part_one, review_of_sheet, together
from jixiao.web.goals.exports import Taken, held
from jixiao.web.goals.models import Sheet, SheetKind
from jixiao.web.goals.platforms import forms, is_platform, workbook
from jixiao.web.kernel import clock
from jixiao.web.kernel.acts import Refused
from jixiao.web.kernel.people import Actor
from jixiao.writers.plan_form import plan_document
from jixiao.writers.typed_words import marked, with_typed_words

FORMS: Mapping[str, str] = {"docx": "整包（Word）", "xlsx": "整包（Excel）"}
"""What a set is taken away as"""


def forms_of_set() -> Mapping[str, str]:
    """These, and rows for the budget platform by every template there is."""
    return {**FORMS, **forms()}


@dataclass(frozen=True)
class Whole:
    """A set as one text: ``sheets`` in the order of the goal sheets of ``plan``."""

    plan: Plan
    part_one: Sheet | None
    sheets: tuple[Sheet, ...]

    @property
    def all(self) -> tuple[Sheet, ...]:
        """Part One, where there is one, and the sheets."""
        return (*(() if self.part_one is None else (self.part_one,)), *self.sheets)


def whole_of(actor: Actor, found: SheetSet) -> Whole:
    """The sheets of a set that somebody sees as one text. Raises Refused where there are none."""
    now = standing(actor, found.sheets)
    rows = [one for one in found.sheets if one.pk in now]
    part_one = next((one for one in rows if one.kind == SheetKind.PART_ONE and one.unit_id == found.unit.pk), None)
    sheets = tuple(one for one in rows if one.kind != SheetKind.PART_ONE)
    if part_one is None and not sheets:
        raise Refused("这一包里还没有表，没有可导出、可审的。先起一张表，或收下文件", status=404)
    plan = together(now[part_one.pk] if part_one is not None else None, [now[one.pk] for one in sheets])
    return Whole(replace(plan, title=plan.title or title_of(found)), part_one, sheets)


def title_of(found: SheetSet) -> str:
    """What a text without a title of its own is called."""
    return f"{found.unit.name}{found.year}年部门预算绩效文本"


@dataclass(frozen=True)
class Together:
    """The review of a whole set: counts of all, and of each sheet by key: among the others, and by itself."""

    counts: Mapping[str, int]
    rows: tuple[tuple[Sheet, Mapping[str, int], Mapping[str, int]], ...]
    review: Review

    @property
    def differ(self) -> tuple[tuple[Sheet, Mapping[str, int], Mapping[str, int]], ...]:
        """The sheets of which more or less is found among the others than by themselves."""
        return tuple(row for row in self.rows if row[1] != row[2])


def review_of_set(actor: Actor, found: SheetSet, whole: Whole) -> Together:
    """What the rules say of the whole text, as it would be of its exported file."""
    review = reviewed(whole.plan, ruleset_of(actor, whole.all[0]), clock.today())
    alone = {one.sheet.pk: one.counts for one in found.places if one.sheet is not None}
    among = {one.pk: review_of_sheet(review, n) for n, one in enumerate(whole.sheets)}
    if whole.part_one is not None:
        among[whole.part_one.pk] = review_of_part_one(review)
    rows = tuple((one, counts_of(among[one.pk]), alone[one.pk]) for one in whole.all)
    return Together(counts_of(review), rows, review)


def taken(actor: Actor, whole: Whole, found: SheetSet, form: str) -> Taken:
    """The set as one file in the form of its year, as its cells show it, with its ids. Raises Refused for a form there is not."""
    if is_platform(form):
        now = standing(actor, whole.all)
        name = f"{title_of(found)}-{form}"
        content = workbook(
            [(one, now[one.pk]) for one in whole.all], form, name, timezone.localtime(clock.now()).date()
        )
        return Taken(f"{name}.xlsx", "xlsx", held(content), tuple(one.pk for one in whole.all))
    if form not in FORMS:
        raise Refused(f"没有“{form}”这种导出，可以是 {'、'.join(forms_of_set())}", field="form", status=404)
    layout = layout_by(ruleset_of(actor, whole.all[0]))
    document = with_typed_words(plan_document(whole.plan, layout), whole.plan)
    drafts = sum(one.draft is not None and one.draft.is_ahead for one in found.places)
    day = timezone.localtime(clock.now())
    told = f"{len(whole.all)}张，其中草稿{drafts}张" if drafts else f"{len(whole.all)}张"
    document = marked(document, f"{told}，{day:%Y-%m-%d %H:%M}导出")
    content = to_docx(document) if form == "docx" else to_xlsx(document)
    return Taken(f"{title_of(found)}.{form}", form, held(content), tuple(one.pk for one in whole.all))
