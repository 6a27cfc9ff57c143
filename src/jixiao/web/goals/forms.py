"""What a list of sheets is narrowed by."""

from __future__ import annotations

from collections.abc import Iterable

from django import forms
from django.http import QueryDict

from jixiao.domain.finding import GradeLevel
from jixiao.web.goals.models import SheetKind, SheetState
from jixiao.web.goals.selectors import SEVERITIES, Wanted
from jixiao.web.kernel.acts import Refused
from jixiao.web.organisations.models import Organisation

SEVERITY_LABELS = dict(zip(SEVERITIES, ("有必须修改", "有应当修改或说明", "有建议完善"), strict=True))
PARAMETERS = ("department", "kind", "state", "severity", "grade", "q", "after")


class ListForm(forms.Form):
    """Fields of the filter; all may be left out."""

    department = forms.TypedChoiceField(label="部门", required=False, coerce=int, empty_value=None)
    kind = forms.ChoiceField(label="表类", required=False, choices=[("", "全部"), *SheetKind.choices])
    state = forms.ChoiceField(label="状态", required=False, choices=[("", "全部"), *SheetState.choices])
    severity = forms.ChoiceField(label="问题", required=False, choices=[("", "全部"), *SEVERITY_LABELS.items()])
    grade = forms.ChoiceField(
        label="等级", required=False, choices=[("", "全部"), *((one.value, one.label) for one in GradeLevel)]
    )
    q = forms.CharField(label="名称、单位、指标", required=False, max_length=60, help_text="至少两个字")

    def __init__(self, asked: QueryDict, departments: Iterable[Organisation]) -> None:
        super().__init__(asked, auto_id="f-%s")
        known = [("", "全部"), *((str(one.pk), one.name) for one in departments)]
        self.fields["department"].choices = known  # type: ignore[attr-defined]

    def wanted(self) -> Wanted:
        """What is asked for. Raises Refused for a value there is not: it is never silently left out."""
        if not self.is_valid():
            label = self.fields[next(iter(self.errors))].label
            raise Refused(f"网址里“{label}”这个条件的值不认识，没有筛选。请清除后重选", status=400)
        found = self.cleaned_data
        return Wanted(
            department=found.get("department"),
            kind=found.get("kind", ""),
            state=found.get("state", ""),
            severity=found.get("severity", ""),
            grade=found.get("grade", ""),
            text=found.get("q", "").strip(),
        )
