"""What a workspace still lacks to begin with, told to those who can bring it; and administrators who stand alone."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from jixiao.web.accounts.actors import running
from jixiao.web.accounts.models import Assignment
from jixiao.web.accounts.roles import ADMINISTRATORS, Role
from jixiao.web.home.todo import Todo
from jixiao.web.kernel import clock
from jixiao.web.kernel.people import Actor
from jixiao.web.organisations.models import Organisation, OrganisationKind
from jixiao.web.projects.models import ProjectYear


def missing(actor: Actor, year: int, *, is_open: bool, is_empty: bool) -> Iterator[Todo]:
    """The next step of setting up that is this person's: units, people, a year, projects, files; nothing once they are there.
    ``is_open``: a fiscal year is open; ``is_empty``: nothing was sent in this one."""
    if actor.may("organisation.edit") and not _units(actor):
        yield Todo(
            "还没有部门和单位", "从Excel导入，或一家一家新增", reverse("import_new", args=["organisations"]), "导入单位"
        )
    if actor.may("right.grant") and not _others():
        yield Todo("还没有办事的人", "导入或新增人员，给他们授权、发首次密码", reverse("people"), "加人员")
    if not is_open:
        if actor.may("year.open"):
            yield Todo("还没有开启年度", "开启以后单位才能收文件、填报", reverse("years"), "开启年度")
        return
    if actor.may("project.import") and not _projects(actor, year):
        words = "从一体化系统导出项目表，传上来就行"
        yield Todo(
            f"{year}年度还没有项目", words, f"{reverse('import_new', args=['projects'])}?year={year}", "导入项目"
        )
    elif is_empty and actor.may("sheet.edit") and not actor.may("intake.register"):
        words = "每个项目起一张：从去年的表、从空白的表，或收下写好的文件"
        yield Todo(f"{year}年度的报送包还没有开始填", words, reverse("sets", args=[year]), "去填")
    elif actor.may("intake.add") and is_empty:
        words = "把绩效文本、目标表拖进收件台，读出来核对"
        yield Todo(f"{year}年度还没有报送的表", words, reverse("intake", args=[year]), "收文件")


def alone(actor: Actor) -> Iterator[Todo]:
    """That nobody could let the only security administrator in again."""
    if not actor.may("right.grant"):
        return
    today = clock.today()
    held = Assignment.objects.unrestricted("how many security administrators there are").filter(running(today))
    people = held.filter(role=Role.SECURITY_ADMIN.value, user__is_active=True).values("user").distinct()
    if people.count() == 1:
        words = "忘了密码、账号锁住时没有人能解开；请给另一个人也授这个角色"
        yield Todo("安全管理员只有您一位", words, reverse("people"), "去授权", "warning", "留意")


def _units(actor: Actor) -> bool:
    kinds = (OrganisationKind.LEAD_DEPARTMENT, OrganisationKind.BUDGET_UNIT)
    return bool(Organisation.objects.restrict(actor, "organisation.view").filter(kind__in=kinds).exists())


def _others() -> bool:
    held = Assignment.objects.unrestricted("whether anybody works here yet")
    return bool(held.exclude(role__in=[one.value for one in ADMINISTRATORS]).exists())


def _projects(actor: Actor, year: int) -> bool:
    return bool(ProjectYear.objects.restrict(actor, "project.view").filter(year=year).exists())
