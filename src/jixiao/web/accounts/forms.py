"""What pages of people and rights ask for."""

from __future__ import annotations

from typing import Any

from django import forms

from jixiao.web.accounts.roles import Role
from jixiao.web.accounts.selectors import colleagues, own_assignments
from jixiao.web.accounts.words import short
from jixiao.web.kernel import clock
from jixiao.web.kernel.people import Actor
from jixiao.web.organisations.selectors import choices
from jixiao.web.site.forms import Day, Form, One, Several, Words

_ROLES: list[tuple[Any, str]] = [(one.value, one.label) for one in Role]


class NewPerson(Form):
    username = Words("用户名", most=60, help_text="登录用，字母、数字或汉字，全系统不重复")
    name = Words("姓名", most=60)
    phone = Words("电话", most=30, required=False)
    email = forms.EmailField(label="邮箱", required=False)

    def __init__(self, actor: Actor, **more: Any) -> None:
        super().__init__(**more)
        places = choices(actor, "person.edit")
        initial = places[0][0] if len(places) == 1 else None
        self.fields = {"organisation": One("单位", list(places), initial=initial), **self.fields}


class EditPerson(Form):
    partial = True
    name = Words("姓名", most=60)
    phone = Words("电话", most=30, required=False)
    email = forms.EmailField(label="邮箱", required=False)

    def __init__(self, actor: Actor, **more: Any) -> None:
        super().__init__(**more)
        self.fields["organisation"] = One(
            "单位", list(choices(actor, "person.edit")), help_text="权限不随单位走，要另外授权"
        )


class FirstPasswords(Form):
    def __init__(self, people: list[tuple[int, str]], **more: Any) -> None:
        super().__init__(**more)
        self.fields["users"] = Several("给谁", people, required=True)


class GrantForm(Form):
    role = One("角色", _ROLES)
    since = Day("自", required=False, help_text="空着就是今天")
    until = Day("至", required=False, help_text="空着就是长期")
    projects = forms.CharField(
        label="只限这些项目",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="第三方/专家必填，填报人可填。一行一个，写项目全称或编码",
    )

    def __init__(self, actor: Actor, **more: Any) -> None:
        super().__init__(**more)
        place = One("单位", list(choices(actor, "right.grant")), empty="不设在单位", required=False)
        self.fields = {"role": self.fields["role"], "organisation": place, **self.fields}


class StaffForm(Form):
    until = Day("至", required=False, help_text="空着就是长期")
    projects = forms.CharField(
        label="只限这些项目",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="空着就是整个单位。一行一个，写项目全称或编码",
    )

    def __init__(self, actor: Actor, **more: Any) -> None:
        super().__init__(**more)
        places = choices(actor, "right.staff")
        initial = places[0][0] if len(places) == 1 else None
        self.fields = {"organisation": One("单位", list(places), initial=initial), **self.fields}


class LeaveForm(Form):
    on = Day("离任日期", help_text="从这一天起不能登录")

    def __init__(self, actor: Actor, leaver: int, has_work: bool, **more: Any) -> None:  # noqa: FBT001 - of a form
        super().__init__(**more)
        self.fields["on"].initial = clock.today()
        self.fields["successor"] = One(
            "交给谁",
            list(colleagues(actor, "person.edit", without=(leaver,))),
            empty="请选接手的人" if has_work else "手上没有在办的，不用交",
            required=False,
        )


class DelegateForm(Form):
    until = Day("代办至", help_text="这一天还有效，最长90天")
    since = Day("自", required=False, help_text="空着就是今天")

    def __init__(self, actor: Actor, **more: Any) -> None:
        super().__init__(**more)
        own = [(one.pk, short(one)) for one in own_assignments(actor)]
        without = (actor.id,) if actor.id is not None else ()
        self.fields = {
            "assignment": One("委托我的", list(own), initial=own[0][0] if len(own) == 1 else None),
            "to": One("给谁", list(colleagues(actor, "person.view", without=without))),
            **self.fields,
        }


class OwnForm(Form):
    partial = True
    phone = Words("电话", most=30, required=False)
    email = forms.EmailField(label="邮箱", required=False)
    letter_keys = One("单个字母的快捷键", [("yes", "用"), ("no", "不用")])


class CodeForm(Form):
    code = Words(
        "动态口令",
        most=10,
        help_text="手机上的6位数",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "class": "short"}),
    )
