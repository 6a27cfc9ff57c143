"""What the first page of an empty installation asks for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.forms import BoundField

from jixiao.web.accounts.roles import Role
from jixiao.web.accounts.services.people import username_of
from jixiao.web.kernel.acts import Refused
from jixiao.web.operation.first import ADMINISTRATORS
from jixiao.web.organisations.services.units import region_code
from jixiao.web.site.forms import Form, Words

_DOES: Mapping[Role, str] = {
    Role.SYSTEM_ADMIN: "管机构、备份和运行，开启年度",
    Role.SECURITY_ADMIN: "加人员、发首次密码、给人授权",
    Role.AUDIT_ADMIN: "看日志、校验日志",
}


class FirstForm(Form):
    """Region, bureau and the three administrators; all that is wrong is told at once, each at its field."""

    region_code = Words("区划代码", most=12, help_text="6位数字，如 130125")
    region = Words("区划名称", most=60, help_text="如 行唐县")
    bureau_code = Words("财政局编码", most=30, help_text="预算单位编码，与一体化系统里的一样")
    bureau = Words("财政局名称", help_text="写全称，如 行唐县财政局")

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        for role, proposed in ADMINISTRATORS.items():
            self.fields[f"{role.value}_name"] = Words(f"{role.label}的姓名", most=60)
            self.fields[f"{role.value}_username"] = Words(
                f"{role.label}的用户名", most=60, initial=proposed, help_text="登录时用；2到60个字母、数字或汉字"
            )
        for field in self.fields.values():
            field.widget.attrs["autocomplete"] = "off"

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        self._by_rule("region_code", region_code)
        for role in ADMINISTRATORS:
            self._by_rule(f"{role.value}_username", username_of)
        self._each_another("name", "三位管理员要是三个人（三员分立），不能由一个人兼：这个姓名和{}的一样")
        self._each_another("username", "这个用户名和{}的一样，请另起一个")
        return found

    def _by_rule(self, name: str, rule: Callable[[str], str]) -> None:
        if name in self.cleaned_data:
            try:
                self.cleaned_data[name] = rule(self.cleaned_data[name])
            except Refused as refused:
                self.add_error(name, refused.message)

    def _each_another(self, what: str, words: str) -> None:
        met: dict[str, Role] = {}
        for role in ADMINISTRATORS:
            name = f"{role.value}_{what}"
            value = self.cleaned_data.get(name)
            if value in met:
                self.add_error(name, words.format(met[value].label))
            elif value:
                met[value] = role

    def place(self) -> Iterator[BoundField]:
        """The fields of region and bureau."""
        yield from (self[name] for name in self.base_fields)

    def administrators(self) -> Iterator[tuple[str, str, list[BoundField]]]:
        """Of each administrator: the role, what it does, the fields."""
        for role in ADMINISTRATORS:
            yield role.label, _DOES[role], [self[f"{role.value}_name"], self[f"{role.value}_username"]]

    def begun(self) -> dict[str, Any]:
        """What was given, as the service takes it."""
        given = self.cleaned_data
        people = {role: (given[f"{role.value}_name"], given[f"{role.value}_username"]) for role in ADMINISTRATORS}
        return {**{name: given[name] for name in self.base_fields}, "people": people}
