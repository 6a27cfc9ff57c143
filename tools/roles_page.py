"""Writes ``docs/roles.md`` from the table of roles: part of ``make docs``."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

PAGE = Path(__file__).parent.parent / "docs" / "roles.md"


def roles_page() -> str:
    """Who may do what, and how far; the rules around giving rights."""
    return "\n".join(_page()) + "\n"


def _page() -> Iterator[str]:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jixiao.web.settings")
    django.setup()
    from jixiao.web.accounts.roles import ADMINISTRATORS, ROLES, Role, everybody
    from jixiao.web.accounts.words import ACTION_WORDS, in_order, roles_in_words

    yield "# 角色与权限"
    yield ""
    yield "由 `make docs` 从 `accounts/roles.py` 生成，请勿手改。网页、接口和测试都按这一张表：测试对每个地址、每个接口操作、每个角色，"
    yield "分自己的、别人的、只管部分项目三种情形逐一试过。机构怎么改见[机构改革](reforms.md)。"
    yield ""
    yield "## 每个角色能做什么"
    yield ""
    yield "| 角色 | 范围 | 能做 |"
    yield "|---|---|---|"
    for role, rows in roles_in_words():
        for n, (span, words) in enumerate(rows):
            yield f"| {f'**{role.label}**' if n == 0 else ''} | {span} | {words} |"
    common = [one for one in in_order(list(ACTION_WORDS)) if everybody(one) is not None]
    yield ""
    yield f"凡是登录的人都能：{'、'.join(ACTION_WORDS[one] for one in common)}。"
    yield ""
    yield "## 范围是什么"
    yield ""
    for words, means in (
        ("本人", "自己的账号、导入、令牌"),
        ("本单位", "任职所在的那一个单位；填报人可以再限到几个项目，不属于哪个项目的（如部门整体表）仍按本单位"),
        ("本部门及所属单位", "主管部门和它名下的全部预算单位"),
        ("归口的部门", "业务股室当天归口的部门及其单位"),
        ("本级全部", "本行政区划的全部单位"),
        ("指定的项目", "授权时写明的项目，别的都看不到"),
        ("全系统", "装在这里的全部"),
    ):
        yield f"- {words}：{means}。"
    yield "- 单位撤并以后，它留下的归接着管的单位看；项目划走的，两家都看得到原来的表。"
    yield ""
    yield "看不到的对象，打开地址答的是“没有找到”，不说有没有；列表、数目里也没有。"
    yield ""
    yield "## 谁给谁权限"
    yield ""
    kept = "、".join(one.label for one in Role if one in ADMINISTRATORS)
    granting = "、".join(one.label for one in Role if "right.grant" in ROLES[one])
    staffing = "、".join(one.label for one in Role if "right.staff" in ROLES[one])
    managing = "、".join(one.label for one in Role if "person.edit" in ROLES[one])
    delegating = "、".join(one.label for one in Role if "right.delegate" in ROLES[one])
    yield f"- 角色由{granting}授权、收回，都有起止日期。谁也不能给自己授权。"
    yield f"- {staffing}可以让自己管的人填报（填报人），可以限到本单位的几个项目；别的角色不能给。"
    yield f"- {kept}三员分立：一个人只能是其中一个，也不能再有别的角色。最后一名系统管理员、安全管理员不能收回、不能离任。"
    yield f"- 账号由{managing}管：新增、改资料、重置密码、解锁、离任。管不了比自己多的人：在别处还有任职的、三员，他们的账号找安全管理员。"
    yield f"- {delegating}可以把自己的角色委托给同事代办，写明到哪一天（最长90天）；记录里写“王芳（代李局长）”。到期、收回、本人离任或原来的授权收回，代办就结束；代办的人不能再转委托。"
    yield ""
    yield "## 账号"
    yield ""
    yield "- 新增的人拿首次密码：只显示一次，打印交本人，登录后须先改。从Excel导入的人先没有密码，在“发首次密码”里成批打印。"
    yield "- 密码至少10位，不能太常见、全是数字或像自己的名字。连续输错5次停用15分钟，本单位管理员可以提前解锁。"
    yield "- 可以启用动态口令：登录时再要手机上的6位数，一个数只能用一次。手机丢了由安全管理员停用。"
    yield "- 8小时不用就要重新登录。这时送出的表不丢：在那一页登录，接着存。"
    yield "- 离任要交接：在办的先选人接手，账号从写明的那天起停用，历史署名不变，角色和令牌同时结束。"


def main() -> None:
    PAGE.write_text(roles_page(), encoding="utf-8")
    print(f"wrote {PAGE}")


if __name__ == "__main__":
    main()
