"""What the list of a reviewer is narrowed by."""

from __future__ import annotations

from collections.abc import Iterable

from django import forms
from django.http import QueryDict

from jixiao.domain.finding import GradeLevel
from jixiao.web.goals.forms import SEVERITY_LABELS
from jixiao.web.kernel.acts import Refused
from jixiao.web.organisations.models import Organisation
from jixiao.web.reviewing.selectors import FEN_PER_WAN, Wanted
from jixiao.web.workflow.models import Phase

PARAMETERS = (
    "department",
    "step",
    "phase",
    "severity",
    "grade",
    "least",
    "most",
    "again",
    "explained",
    "mine",
    "q",
    "after",
)
_YES = [("", "全部"), ("1", "是")]


class ListForm(forms.Form):
    """Fields of the filter; all may be left out."""

    department = forms.TypedChoiceField(label="部门", required=False, coerce=int, empty_value=None)
    step = forms.ChoiceField(label="步骤", required=False)
    phase = forms.ChoiceField(
        label="开审",
        required=False,
        choices=[("", "全部"), (Phase.WAITING.value, "还没开审"), (Phase.OPENED.value, "我开审的")],
    )
    severity = forms.ChoiceField(label="问题", required=False, choices=[("", "全部"), *SEVERITY_LABELS.items()])
    grade = forms.ChoiceField(
        label="等级", required=False, choices=[("", "全部"), *((one.value, one.label) for one in GradeLevel)]
    )
    least = forms.DecimalField(label="预算从（万元）", required=False, min_value=0, max_digits=12, decimal_places=6)
    most = forms.DecimalField(label="预算到（万元）", required=False, min_value=0, max_digits=12, decimal_places=6)
    again = forms.ChoiceField(label="二次送审", required=False, choices=_YES)
    explained = forms.ChoiceField(label="说明待看", required=False, choices=_YES)
    mine = forms.ChoiceField(label="转给我的", required=False, choices=_YES)
    q = forms.CharField(label="名称、单位、指标", required=False, max_length=60, help_text="至少两个字")

    def __init__(self, asked: QueryDict, departments: Iterable[Organisation], steps: Iterable[tuple[str, str]]) -> None:
        super().__init__(asked, auto_id="f-%s")
        known = [("", "全部"), *((str(one.pk), one.name) for one in departments)]
        self.fields["department"].choices = known  # type: ignore[attr-defined]
        self.fields["step"].choices = [("", "全部"), *steps]  # type: ignore[attr-defined]

    def wanted(self) -> Wanted:
        """What is asked for. Raises Refused for a value there is not: it is never silently left out."""
        if not self.is_valid():
            label = self.fields[next(iter(self.errors))].label
            raise Refused(f"网址里“{label}”这个条件的值不认识，没有筛选。请清除后重选", status=400)
        found = self.cleaned_data
        least, most = found.get("least"), found.get("most")
        return Wanted(
            department=found.get("department"),
            step=found.get("step", ""),
            phase=found.get("phase", ""),
            severity=found.get("severity", ""),
            grade=found.get("grade", ""),
            least=None if least is None else int(least * FEN_PER_WAN),
            most=None if most is None else int(most * FEN_PER_WAN),
            again=bool(found.get("again")),
            explained=bool(found.get("explained")),
            mine=bool(found.get("mine")),
            text=found.get("q", "").strip(),
        )
