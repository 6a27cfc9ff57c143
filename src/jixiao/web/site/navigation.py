"""What the navigation offers, in the order of the day's work; each person sees what they may do."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Item:
    """An entry: its words, the name of its view, the right it takes (None: everybody), whether its address has the year,
    its picture (n-… in shapes.html). ``elsewhere``: its words (and ``elsewhere_view`` its view) for who works in no unit that hands anything in; it is there for
    those only who look after units, not just after some projects."""

    title: str
    view: str
    right: str | None = None
    by_year: bool = False
    icon: str = "other"
    elsewhere: str = ""
    elsewhere_view: str = ""


NAVIGATION: tuple[Item, ...] = (
    Item("首页", "home", icon="home"),
    Item("审核台", "review", "sheet.decide", by_year=True, icon="review"),
    Item(
        "报送包", "sets", "sheet.view", by_year=True, icon="documents", elsewhere="报送进度", elsewhere_view="progress"
    ),
    Item("收件台", "intake", "intake.view", by_year=True, icon="intake"),
    Item("项目库", "projects", "project.view", by_year=True, icon="library"),
    Item("报送的表", "sheets", "sheet.view", by_year=True, icon="sheets"),
    Item("批复", "approval", "sheet.approve", by_year=True, icon="approve"),
    Item("批复下达", "approvals", "approval.hand_down", by_year=True, icon="approve"),
    Item("指标库", "library", "library.view", icon="rules"),
    Item("年度与轮次", "years", "year.view", icon="log"),
    Item("机构", "organisations", "organisation.view", icon="office"),
    Item("人员与权限", "people", "person.view", icon="people"),
    Item("日志", "log", "log.view", icon="log"),
    Item("运行", "operation", "operation.view", icon="progress"),
)
BESIDE: tuple[Item, ...] = (Item("我的账号", "account"), Item("导入", "imports"))
"""Pages with pages below them that the menu does not name"""
DESK: tuple[Item, ...] = (Item("收件台", "intake", "intake.view", by_year=True, icon="intake"),)
"""All there is at the desk of one person"""
