"""What people type of an indicator."""

from __future__ import annotations

from typing import Any

from django import forms

from jixiao.domain.indicator import IndicatorKind
from jixiao.domain.target import Comparator
from jixiao.library import Certainty, library
from jixiao.web.library.models import FIELDS, LONGEST_TEXT, LibraryIndicator

_OWN = ("name", "kind", "sector", "comparator", "unit_name", "explanation", "formula", "evidence", "source")
_SIGNS = {
    Comparator.AT_LEAST: "≥ 越高越好",
    Comparator.AT_MOST: "≤ 越低越好",
    Comparator.EXACTLY: "= 按标准定",
}


class IndicatorForm(forms.Form):
    """An indicator of the library; ``reviews``: by somebody who keeps it."""

    name = forms.CharField(
        label="指标名称", max_length=120, help_text="说清数的是什么，以量的字眼结尾：危房改造户数、验收合格率"
    )
    kind = forms.ChoiceField(
        label="二级指标", choices=[("", "请选"), *((one.value, one.label) for one in IndicatorKind)]
    )
    sector = forms.ChoiceField(label="行业", choices=[(key, one.label) for key, one in library().sectors.items()])
    comparator = forms.ChoiceField(
        label="比较符号",
        required=False,
        choices=[("", "没有（日期、定性）"), *((one.value, words) for one, words in _SIGNS.items())],
    )
    unit_name = forms.CharField(label="计量单位", max_length=20, required=False, help_text="如 户、%、万元")
    explanation = forms.CharField(
        label="指标解释", max_length=LONGEST_TEXT, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    formula = forms.CharField(
        label="计算公式",
        max_length=LONGEST_TEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="解释和公式至少写一样",
    )
    evidence = forms.CharField(label="佐证资料", max_length=LONGEST_TEXT, required=False)
    source = forms.CharField(label="来源", max_length=200, required=False, help_text="出自哪个文件，如实写；没有就空着")
    code = forms.CharField(label="指标编码", max_length=20, required=False, help_text="空着就编一个")
    certainty = forms.ChoiceField(
        label="来源性质", required=False, choices=[(one.value, one.label) for one in Certainty]
    )
    verified = forms.BooleanField(label="今天核对过来源原文", required=False)
    verified_shown = forms.CharField(widget=forms.HiddenInput, initial="1", required=False)

    def __init__(self, *args: Any, reviews: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not reviews:
            for name in ("code", "certainty", "verified", "verified_shown"):
                del self.fields[name]

    def fields_shown(self) -> dict[str, Any]:
        """What the form showed, as services take it."""
        return {name: self.cleaned_data[name] for name in FIELDS if name in self.fields and name in self.data}

    def verified_as(self) -> bool | None:
        """Whether it was said to be held against its source; None where the form did not ask."""
        return self.cleaned_data["verified"] if "verified_shown" in self.data and "verified" in self.fields else None


def of_indicator(one: LibraryIndicator) -> dict[str, Any]:
    """An indicator as its form begins."""
    return {name: getattr(one, name) for name in FIELDS} | {"verified": one.verified_on is not None}
