"""What pages of organisations, years and rounds ask for."""

from __future__ import annotations

from typing import Any

from django import forms

from jixiao.parameters import rulesets
from jixiao.web.kernel import clock
from jixiao.web.kernel.people import Actor
from jixiao.web.organisations.models import Organisation, OrganisationKind, Reform, Round
from jixiao.web.organisations.reform.plans import Plan
from jixiao.web.organisations.selectors import choices, regions
from jixiao.web.site.forms import Day, Form, One, Several, Words

_KINDS: list[tuple[Any, str]] = [(one.value, str(one.label)) for one in OrganisationKind]
_RULESETS: list[tuple[Any, str]] = [(name, one.title) for name, one in rulesets().items()]


def _order(*, required: bool = True) -> forms.IntegerField:
    """As text: what is typed reaches us as it is, to be told what is wrong with it."""
    widget = forms.TextInput(attrs={"inputmode": "numeric", "class": "short"})
    return forms.IntegerField(
        label="排序", required=required, min_value=0, widget=widget, help_text="官方顺序，小的在前"
    )


class RegionForm(Form):
    code = Words("区划代码", most=12, help_text="6位的县级代码，如 130125")
    name = Words("名称", most=60)


class NewOrganisation(Form):
    kind = One("类别", _KINDS)
    code = Words("单位编码", most=30)
    name = Words("名称", help_text="写全称，和批复、公章一致")
    opened_on = Day("启用日期", required=False, help_text="空着就是今天")
    order = _order(required=False)

    def __init__(self, actor: Actor, **more: Any) -> None:
        super().__init__(**more)
        places: list[tuple[Any, str]] = [(one.pk, f"{one.name} {one.code}") for one in regions(actor)]
        initial = places[0][0] if len(places) == 1 else None
        self.fields["region"] = One("行政区划", places, initial=initial)
        self.fields["parent"] = One(
            "上级单位", choices(actor), empty="没有上级", required=False, help_text="预算单位、业务股室要有上级单位"
        )


class EditOrganisation(Form):
    partial = True
    code = Words("单位编码", most=30)
    order = _order()


class ReformForm(Form):
    """Of one kind; the organisation it is about stands in the address."""

    effective_on = Day("生效日期", help_text="从这一天起用新的。写以后的日期，到那天自动生效")
    document = Words("依据文件", required=False, help_text="如 清编〔2026〕3号")

    def __init__(self, actor: Actor, kind: str, about: Organisation, **more: Any) -> None:
        super().__init__(**more)
        self.kind, self.about = kind, about
        self.fields["effective_on"].initial = clock.today()
        own = choices(actor, "organisation.edit", region=about.region_id, without=(about.pk,))
        first: dict[str, forms.Field] = {}
        match kind:
            case Reform.Kind.RENAME:
                first["name"] = Words("新名称")
            case Reform.Kind.MOVE:
                first["target"] = One("新的上级单位", list(own))
            case Reform.Kind.MERGE:
                same = choices(
                    actor, "organisation.edit", region=about.region_id, kinds=(about.kind,), without=(about.pk,)
                )
                first["others"] = Several("和哪几家合并", same, required=True)
                first["others"].error_messages["required"] = "请选和哪几家合并，至少一家"
        if kind in (Reform.Kind.MERGE, Reform.Kind.SPLIT, Reform.Kind.CLOSE):
            keeps = [(about.pk, f"{about.code} {about.name}（保留它）")] if kind == Reform.Kind.MERGE else []
            first["target"] = One("由谁接着管", [*keeps, *own], empty="新设一家（填下面几项）", required=False)
            first["name"] = Words("新单位的名称", required=False)
            first["code"] = Words("新单位的编码", most=30, required=False)
            first["new_kind"] = One("新单位的类别", _KINDS, empty="和原单位一样", required=False)
            first["parent"] = One("新单位的上级", own, empty="没有上级", required=False)
        if kind == Reform.Kind.SPLIT:
            first |= _parts(about)
        self.fields = {**first, **self.fields}

    def plan(self) -> Plan:
        """What a valid form asks for."""
        given = self.cleaned_data
        return Plan(
            self.kind,
            (self.about.pk, *given.get("others", ())),
            name=given.get("name") or "",
            target=given.get("target"),
            code=given.get("code") or "",
            new_kind=given.get("new_kind") or "",
            parent=given.get("parent"),
            projects=tuple(given.get("projects", ())),
            people=tuple(given.get("people", ())),
            units=tuple(given.get("units", ())),
        )


def _parts(about: Organisation) -> dict[str, forms.Field]:
    """What can go over: by names only, for who reforms organisations sees nothing else of it."""
    why = "names of what a reform moves"
    projects = about.projects.unrestricted(why).filter(closed_on__isnull=True).order_by("name", "pk")
    people = about.people.unrestricted(why).filter(left_on__isnull=True).order_by("name", "pk")
    units = about.children.unrestricted(why).filter(closed_on__isnull=True).order_by("order", "pk")
    return {
        "projects": Several("分出去的项目", list(projects.values_list("pk", "name"))),
        "people": Several("分出去的人员", list(people.values_list("pk", "name"))),
        "units": Several("分出去的下属单位", list(units.values_list("pk", "name"))),
    }


class LookAfter(Form):
    since = Day("自", required=False, help_text="空着就是今天")

    def __init__(self, sections: list[tuple[int, str]], **more: Any) -> None:
        super().__init__(**more)
        self.fields = {"section": One("归口股室", list(sections)), **self.fields}


class OpenYear(Form):
    ruleset = One("规则集", _RULESETS)


class CloseYear(Form):
    reason = Words("说明", most=200, required=False, help_text="还有没办完的表时必须写")


class Reopen(Form):
    reason = Words("为什么重新开启", most=200)


class RoundForm(Form):
    kind = One("轮次", [(one.value, str(one.label)) for one in Round.Kind])
    name = Words("名称", most=60, required=False, help_text="空着就用轮次的名字")
    opens_on = Day("开始")
    closes_on = Day("截止", help_text="当天24:00止")
    review_until = Day("审核截止", required=False)


class EditRound(Form):
    partial = True
    name = Words("名称", most=60, required=False)
    opens_on = Day("开始")
    closes_on = Day("截止", help_text="当天24:00止")
    review_until = Day("审核截止", required=False)
    reason = Words("原因", most=200, required=False, help_text="轮次开始以后改截止日期，要写原因")


class ExtendRound(Form):
    until = Day("延期到", help_text="当天24:00止")
    reason = Words("原因", most=200)

    def __init__(self, departments: list[tuple[int, str]], **more: Any) -> None:
        super().__init__(**more)
        self.fields = {"department": One("部门", list(departments)), **self.fields}
