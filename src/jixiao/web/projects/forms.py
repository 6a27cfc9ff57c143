"""What people type of a project: words, years, money in 万元."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms

from jixiao.domain.money import CurrencyUnit
from jixiao.web.imports.fields import Amount, BadCell, Code, FieldType, Year
from jixiao.web.organisations.models import Organisation
from jixiao.web.projects.models import Project, ProjectYear
from jixiao.web.projects.selectors import classes


class Typed(forms.CharField):
    """A field whose text a type of imports understands; empty is None."""

    def __init__(self, type_: FieldType, unit: CurrencyUnit | None = None, **kwargs: Any) -> None:
        super().__init__(required=kwargs.pop("required", False), **kwargs)
        self.type, self.unit = type_, unit

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        try:
            return self.type.parse(text, self.unit)
        except BadCell as bad:
            raise forms.ValidationError(str(bad)) from bad


def wan(fen: int | None) -> str:
    """An amount as an input shows it, in 万元 without separators."""
    if fen is None:
        return ""
    number = Decimal(fen) / 1_000_000
    return f"{number:.2f}" if number == round(number, 2) else format(number.normalize(), "f")


class YearForm(forms.Form):
    """A project in a year."""

    code = Typed(Code(), label="项目编码", help_text="一体化系统里当年的编码，没有就空着")
    total_fen = Typed(Amount(), CurrencyUnit.TEN_THOUSAND_YUAN, label="预算数（万元）")
    fiscal_fen = Typed(Amount(), CurrencyUnit.TEN_THOUSAND_YUAN, label="其中：财政资金（万元）")
    other_fen = Typed(Amount(), CurrencyUnit.TEN_THOUSAND_YUAN, label="其中：其他资金（万元）")

    def of_year(self) -> dict[str, Any]:
        """What the form showed, as services take it."""
        found = {
            name: self.cleaned_data[name]
            for name in ("code", "total_fen", "fiscal_fen", "other_fen")
            if name in self.data
        }
        if "code" in found:
            found["code"] = found["code"] or ""
        return found


class ProjectForm(forms.Form):
    """A project as it stands."""

    unit = forms.ChoiceField(label="单位", error_messages={"required": "请选单位"})
    name = forms.CharField(label="项目名称", max_length=200)
    project_class = forms.ChoiceField(label="项目类别", required=False, choices=[("", "还没定"), *classes()])
    starts_in = Typed(Year(), label="起始年度", help_text="如 2027")
    ends_in = Typed(Year(), label="终止年度", help_text="长期的空着")
    is_key = forms.BooleanField(label="重点项目", required=False)
    upper_document = forms.CharField(label="上级文号", max_length=120, required=False)
    is_key_shown = forms.CharField(widget=forms.HiddenInput, initial="1", required=False)

    def __init__(self, *args: Any, units: Sequence[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = [(str(one.pk), f"{one.code} {one.name}") for one in units]
        self.fields["unit"].choices = found if len(found) == 1 else [("", "请选"), *found]  # type: ignore[attr-defined]

    def fields_shown(self, *, without: Sequence[str] = ()) -> dict[str, Any]:
        """What the form showed, as services take it; a box that is not ticked says no only where it was shown."""
        names = ("name", "project_class", "starts_in", "ends_in", "upper_document")
        found = {name: self.cleaned_data[name] for name in names if name in self.data and name not in without}
        if "is_key_shown" in self.data:
            found["is_key"] = self.cleaned_data["is_key"]
        return found


def of_project(project: Project) -> dict[str, Any]:
    """A project as its form begins."""
    names = ("name", "project_class", "starts_in", "ends_in", "is_key", "upper_document")
    return {"unit": str(project.unit_id)} | {name: getattr(project, name) for name in names}


def of_row(row: ProjectYear | None) -> dict[str, Any]:
    """A project's year as its form begins."""
    if row is None:
        return {}
    money = {name: wan(getattr(row, name)) for name in ("total_fen", "fiscal_fen", "other_fen")}
    return {"code": row.code, **money}
