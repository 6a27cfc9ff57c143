"""Which projects want an appraisal, and how far it is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from jixiao.web.appraisals.models import AppraisalFile, ExAnteAppraisal, Question
from jixiao.web.kernel.acts import NotThere
from jixiao.web.kernel.people import Actor
from jixiao.web.projects.models import Predecessor, Project, ProjectYear

HINTS = {
    Question.NECESSITY: "依据哪项规划、政策或问题；和单位职责的关系；不做会怎样；有没有别的项目已在做。",
    Question.ECONOMY: "钱怎么算出来的：数量、单价、标准；有没有更省的办法；和同类项目比。",
    Question.GOALS: "要达到什么，能不能量，和钱相称不相称。",
    Question.FEASIBILITY: "谁来做、分几步、到什么时候；条件具备没有；风险和办法。",
    Question.FUNDING: "钱从哪里来，合不合规定；财政承担多少，以后年度还要多少。",
}
"""What belongs to each question, in our words"""


@dataclass(frozen=True)
class Shown:
    """The appraisal of a project in a year, None where it is not begun; whether the person may write in it."""

    project: Project
    year: int
    appraisal: ExAnteAppraisal | None
    files: tuple[AppraisalFile, ...]
    may_edit: bool

    @property
    def answered(self) -> int:
        answers = self.appraisal.answers if self.appraisal is not None else {}
        return sum(bool(answers.get(one.value)) for one in Question)

    @property
    def questions(self) -> list[dict[str, str]]:
        """The five questions with what is answered, for the form."""
        answers = self.appraisal.answers if self.appraisal is not None else {}
        return [
            {"name": one.value, "title": str(one.label), "hint": HINTS[one], "words": answers.get(one.value, "")}
            for one in Question
        ]


def appraisal_of(actor: Actor, project: int, year: int) -> Shown:
    """Raises NotThere."""
    found = Project.objects.restrict(actor, "project.view").select_related("unit").filter(pk=project).first()
    if found is None:
        raise NotThere
    one = ExAnteAppraisal.objects.restrict(actor, "project.view").filter(project=found, year=year).first()
    files: tuple[AppraisalFile, ...] = ()
    if one is not None:
        rows = AppraisalFile.objects.restrict(actor, "project.view").filter(appraisal=one)
        files = tuple(rows.select_related("stored").order_by("pk"))
    may_edit = Project.objects.restrict(actor, "project.edit").filter(pk=project).exists()
    return Shown(found, year, one, files, may_edit)


def wanting(year: int, projects: Iterable[int], from_fen: int) -> dict[int, str]:
    """Of projects those that are new in a year, cost at least ``from_fen`` and have no appraisal that supports them: why, in words.

    New is what no earlier year lists and what goes on from nothing 「前身」.
    """
    rows = ProjectYear.objects.unrestricted("what is asked of new projects").filter(
        year=year, project__in=list(projects), total_fen__gte=from_fen
    )
    earlier = ProjectYear.objects.unrestricted("whether it is new").filter(project=OuterRef("project"), year__lt=year)
    before = Predecessor.objects.unrestricted("whether it is new").filter(project=OuterRef("project"))
    keys = list(rows.filter(~Exists(earlier), ~Exists(before)).values_list("project", flat=True))
    held = ExAnteAppraisal.objects.unrestricted("what is asked of new projects").filter(year=year, project__in=keys)
    known = {one.project_id: one for one in held}
    found = {}
    for key in keys:
        one = known.get(key)
        if one is None or not one.is_concluded:
            found[key] = "还没有做" if one is None else "还没有定结论"
        elif one.conclusion == ExAnteAppraisal.Conclusion.REFUSE:
            found[key] = "结论是不予支持"
    return found
