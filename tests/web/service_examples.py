"""For every service a call that changes something: ``test_services`` holds that it leaves its entry. One without an example fails.

An example gets a county with something of every kind (``matrix.world``) and somebody who may do everything with it: rights are
tested elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any
from unittest.mock import patch

from django.core.files.uploadedfile import SimpleUploadedFile

from jixiao.web.accounts.models import Assignment
from jixiao.web.accounts.roles import Role
from jixiao.web.accounts.services import leaving, own, people, rights, second_factor
from jixiao.web.accounts.tokens import make_token, revoke_token
from jixiao.web.audit.export import note_export as note_log
from jixiao.web.audit.roots import make_root
from jixiao.web.audit.selectors import note_check, note_view
from jixiao.web.desk import services as desk
from jixiao.web.desk.selectors import Opened
from jixiao.web.desk.single import the_person
from jixiao.web.goals.models import SheetVersion
from jixiao.web.goals.services import note_export as note_sheets
from jixiao.web.imports import holding, running
from jixiao.web.imports import services as imports
from jixiao.web.imports.models import ImportSession
from jixiao.web.intake import acceptance, receiving
from jixiao.web.intake import services as intake
from jixiao.web.intake.reading import Unread
from jixiao.web.jobs import services as jobs
from jixiao.web.kernel import clock
from jixiao.web.kernel.people import Actor
from jixiao.web.notices import services as notices
from jixiao.web.operation import first
from jixiao.web.organisations.models import OrganisationKind, Reform
from jixiao.web.organisations.reform.plans import Plan
from jixiao.web.organisations.services import reforms, rounds, units, years
from jixiao.web.projects import services as projects
from web.flow_examples import FLOW
from web.imports.books import LIST, MERGES, xlsx
from web.library_examples import LIBRARY
from web.make import PASSWORD
from web.matrix.world import World
from web.sheet_examples import SHEETS

Call = Callable[[World, Actor], object]
_LATER = date(2030, 1, 1)


def _own(world: World) -> dict[str, Any]:
    return world.spots["own"].things


def _code(secret: str) -> str:
    import pyotp

    return pyotp.TOTP(secret).at(int(clock.now().timestamp()))


def _with_factor(world: World, actor: Actor) -> str:
    secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
    user = world.spots["own"].person
    user.otp_secret = secret
    user.save()
    return secret


def _second_factor_off(world: World, actor: Actor) -> None:
    secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
    user = world.office.people[Role.CLERK]
    user.otp_secret = secret
    user.save()
    second_factor.turn_off_second_factor(actor, code=_code(secret))


def _session(world: World, actor: Actor) -> ImportSession:
    return running.begin(actor, kind="test-projects", name="项目.xlsx", data=xlsx(LIST, MERGES))


def _tried(world: World, actor: Actor) -> ImportSession:
    return running.attempt(actor, _session(world, actor).pk)


def _applied(world: World, actor: Actor) -> None:
    running.apply(actor, _tried(world, actor).pk)


def _receive(world: World, actor: Actor) -> None:
    received = receiving.receive([SimpleUploadedFile("说明.txt", "绩效".encode())])
    intake.add_files(actor, batch=_own(world)["file"].batch_id, files=received)


def _read(world: World, actor: Actor) -> None:
    file = _own(world)["file"]
    file.state = "waiting"
    file.save()
    intake.store_reading(actor, file=file.pk, result=Unread("读不出", "请重新扫描"))


def _read_later(world: World, actor: Actor) -> None:
    with patch.object(holding, "LARGE_ARCHIVE", 10), patch.object(holding, "may_be_marked", return_value=False):
        session = _session(world, actor)
    running.read_held(actor, session.pk)


def _again(world: World, actor: Actor) -> None:
    file = _own(world)["file"]
    file.state = "unreadable"
    file.save()
    intake.read_again(actor, file=file.pk)


def _accept(world: World, actor: Actor) -> None:
    sheet = _own(world)["incoming"]
    intake.decide_sheet(actor, sheet=sheet.pk, unit=world.spots["own"].unit.pk, makes_project=True)
    acceptance.accept(actor, file=sheet.file_id, despite_doubts=True)


def _finding(world: World, actor: Actor) -> Any:
    return Opened(actor, _own(world)["file"].pk).review.findings[0]


def _dismiss(world: World, actor: Actor) -> None:
    desk.dismiss_finding(actor, file=_own(world)["file"].pk, finding=_finding(world, actor), reason="explained")


def _take(world: World, actor: Actor) -> None:
    _dismiss(world, actor)
    desk.take_finding(actor, file=_own(world)["file"].pk, finding=_finding(world, actor).id)


def _reform(world: World, actor: Actor, effective: date = _LATER) -> Reform:
    plan = Plan("rename", (world.spots["beneath"].unit.pk,), name="清源县招商服务中心")
    return reforms.reform(actor, plan=plan, effective_on=effective, document="清机编〔2026〕1号")


def _due(world: World, actor: Actor) -> None:
    made = _reform(world, actor)
    with clock.at(_LATER + timedelta(days=1)):
        reforms._carry_out_one(actor, reform=made.pk)


def _round(world: World, actor: Actor) -> Any:
    return rounds.add_round(
        actor, year=world.year.pk, kind="second_up", opens_on=date(2026, 12, 1), closes_on=date(2030, 12, 20)
    )


def _extended(world: World, actor: Actor) -> Any:
    made = _round(world, actor)
    return rounds.extend(
        actor, round=made.pk, department=world.spots["own"].unit.pk, until=date(2030, 12, 30), reason="雪灾"
    )


def _alias(world: World, actor: Actor) -> Any:
    return projects.remember_project(actor, project=world.spots["own"].project.pk, text="招商引资费")


def _closed_project(world: World, actor: Actor) -> int:
    key = world.spots["own"].project.pk
    projects.close(actor, project=key, on=clock.today(), because="做完了")
    return key


def _delegated(world: World, actor: Actor) -> Any:
    head = world.office.people[Role.UNIT_HEAD]
    mine = Assignment.objects.unrestricted("test").get(user=head)
    acting = Actor(head.pk, head.name, actor.reaches)
    to = world.office.people[Role.CLERK].pk
    made = rights.delegate(acting, assignment=mine.pk, to=to, until=clock.today() + timedelta(days=9))
    return acting, made


def _end_delegation(world: World, actor: Actor) -> None:
    acting, made = _delegated(world, actor)
    rights.end_delegation(acting, assignment=made.pk)


def _begin(world: World, actor: Actor) -> None:
    admins = {role: (f"管理员{n}", f"admin{n}") for n, role in enumerate(first.ADMINISTRATORS)}
    with patch.object(first, "is_unused", return_value=True):
        first.begin(actor, region_code="130997", region="新县", bureau_code="1", bureau="新县财政局", people=admins)


def _leave(world: World, actor: Actor) -> int:
    key = world.spots["beneath"].person.pk
    leaving.leave(actor, user=key, on=clock.today(), successor=world.office.people[Role.UNIT_HEAD].pk)
    return key


def _version(world: World) -> SheetVersion:
    return SheetVersion.objects.unrestricted("test").filter(sheet=_own(world)["sheet"]).get()


EXAMPLES: Mapping[str, Call] = {
    **SHEETS,
    **FLOW,
    **LIBRARY,
    "account.failed": lambda w, a: own.sign_in_failed(a, username="clerk"),
    "account.password": lambda w, a: own.change_password(a, old=PASSWORD, new="another-password-2"),
    "account.second_factor": lambda w, a: second_factor.check_second_factor(
        a, user=w.spots["own"].person.pk, code=_code(_with_factor(w, a))
    ),
    "account.second_factor_off": _second_factor_off,
    "account.second_factor_on": lambda w, a: second_factor.turn_on_second_factor(
        a, secret="JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP", code=_code("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    ),
    "account.settings": lambda w, a: own.edit_own(a, phone="13800000000", email=None, letter_keys=None),
    "account.signed_in": lambda w, a: own.signed_in(a),
    "audit.checked": lambda w, a: note_check(a, entries=1, defects=0),
    "audit.export": lambda w, a: note_log(a),
    "audit.root": lambda w, a: make_root(a, day=clock.today() - timedelta(days=1)),
    "desk.person": lambda w, a: the_person(a),
    "finding.dismiss": _dismiss,
    "finding.take": _take,
    "import.apply": _applied,
    "import.begin": _session,
    "import.columns": _session,
    "import.correct": lambda w, a: imports.correct(
        a, session=_tried(w, a).pk, number=5, field="name", text="招商费用三"
    ),
    "import.done": _applied,
    "import.drop": lambda w, a: imports.drop(a, session=_session(w, a).pk),
    "import.forget": lambda w, a: imports.forget(a, before=_session(w, a).made_at + timedelta(days=1)),
    "import.read": _read_later,
    "import.state": lambda w, a: imports.set_state(a, session=_session(w, a).pk, state="trying"),
    "import.try": _tried,
    "installation.begin": _begin,
    "intake.accept": _accept,
    "intake.again": _again,
    "intake.confirm": lambda w, a: intake.confirm(a, sheet=_own(w)["incoming"].pk, pointers=["/department/name"]),
    "intake.correct": lambda w, a: intake.correct(
        a, sheet=_own(w)["incoming"].pk, pointer="/department/name", value="商务局", read=None
    ),
    "intake.decide": lambda w, a: intake.decide_sheet(
        a, sheet=_own(w)["incoming"].pk, project=w.spots["beneath"].project.pk
    ),
    "audit.viewed": lambda w, a: note_view(a, "日志页面"),
    "import.handed_out": lambda w, a: imports.handed_out(a, session=_own(w)["session"].pk, what="原件"),
    "intake.decide_file": lambda w, a: intake.decide_file(a, file=_own(w)["file"].pk, year=2028),
    "intake.drop": lambda w, a: intake.drop(a, file=_own(w)["file"].pk),
    "intake.handed_out": lambda w, a: desk.handed_out(a, file=_own(w)["file"].pk, what="原件"),
    "intake.open": lambda w, a: intake.open_batch(a, organisation=w.office.commerce.pk),
    "intake.read": _read,
    "intake.receive": _receive,
    "intake.register": lambda w, a: intake.open_registration(
        a,
        organisation=w.office.commerce.pk,
        year=2026,
        approval_document="清财预〔2026〕1号",
        approved_on=clock.today(),
    ),
    "notice.tell": lambda w, a: notices.tell(
        a, people=[w.spots["own"].person.pk], kind="deadline", key="k", text="还剩3天", year=2027
    ),
    "operation.again": lambda w, a: jobs.run_again(a, job=w.things["job"].pk),
    "operation.put_away": lambda w, a: jobs.put_away(a, job=w.things["job"].pk, reason="不用了"),
    "organisation.add": lambda w, a: units.add_organisation(
        a, region=w.office.region.pk, kind=OrganisationKind.LEAD_DEPARTMENT, code="399", name="清源县文旅局", order=30
    ),
    "organisation.alias": lambda w, a: projects.remember_department(
        a, department=w.office.commerce.pk, text="商务口子"
    ),
    "organisation.edit": lambda w, a: units.edit_organisation(a, organisation=w.office.commerce.pk, order=99),
    "person.add": lambda w, a: people.add_person(a, username="new", name="新人", organisation=w.office.commerce.pk),
    "person.cancel_second_factor": lambda w, a: second_factor.cancel_second_factor(
        a, user=w.spots["own"].person.pk if _with_factor(w, a) else 0
    ),
    "person.edit": lambda w, a: people.edit_person(a, user=w.spots["own"].person.pk, name="改名"),
    "person.import": lambda w, a: people.import_person(
        a, username="new", name="新人", organisation=w.office.commerce.pk, phone="", email=""
    ),
    "person.issue_passwords": lambda w, a: people.issue_passwords(a, users=[w.spots["own"].person.pk]),
    "person.leave": _leave,
    "person.reset_password": lambda w, a: people.reset_password(a, user=w.spots["own"].person.pk),
    "person.restore": lambda w, a: leaving.restore(a, user=_leave(w, a)),
    "person.unlock": lambda w, a: people.unlock(a, user=_locked(w)),
    "project.add": lambda w, a: projects.add_project(a, unit=w.office.commerce.pk, fields={"name": "新项目"}),
    "organisation.forget": lambda w, a: projects.forget_department_alias(
        a,
        alias=projects.remember_department(a, department=w.office.commerce.pk, text="商务口").pk,  # type: ignore[union-attr]
    ),
    "project.alias": _alias,
    "project.close": _closed_project,
    "project.continue": lambda w, a: projects.continue_from(
        a,
        project=w.spots["own"].project.pk,
        predecessor=w.spots["beneath"].project.pk,
        since=2027,
        kind="continued",
    ),
    "project.edit": lambda w, a: projects.edit_project(a, project=w.spots["own"].project.pk, fields={"is_key": True}),
    "project.exported": lambda w, a: projects.note_export(
        a, projects=[w.spots["own"].project.pk], digest="0" * 64, what="项目库"
    ),
    "project.forget": lambda w, a: projects.forget_alias(a, alias=_alias(w, a).pk),
    "project.import": lambda w, a: projects.take_in(
        a, unit=w.office.commerce.pk, year=2027, fields={}, of_year={"name": "表里的项目", "code": "P9"}
    ),
    "project.list": lambda w, a: projects.set_year(
        a, project=w.spots["own"].project.pk, year=2028, of_year={"code": "P1"}
    ),
    "project.merge": lambda w, a: projects.merge(
        a, projects=[w.spots["own"].project.pk, w.spots["beneath"].project.pk], since=2028, name="合并项目"
    ),
    "project.rename": lambda w, a: projects.rename(a, project=w.spots["own"].project.pk, name="新名称", since=2028),
    "project.reopen": lambda w, a: projects.reopen(a, project=_closed_project(w, a)),
    "project.save": lambda w, a: projects.save_both(
        a, project=w.spots["own"].project.pk, fields={"is_key": True}, unit=None, year=2027, of_year={"code": "P7"}
    ),
    "project.split": lambda w, a: projects.split(
        a, project=w.spots["own"].project.pk, names=["其一", "其二"], since=2028, ends=True
    ),
    "reform.due": _due,
    "reform.make": _reform,
    "reform.stuck": lambda w, a: reforms._stuck(a, reform=_reform(w, a).pk, trouble="单位已停用"),
    "result.taken": lambda w, a: jobs.note_taken(a, result=_own(w)["result"].pk),
    "reform.withdraw": lambda w, a: reforms.withdraw_reform(a, reform=_reform(w, a).pk),
    "region.add": lambda w, a: units.add_region(a, code="130996", name="新县"),
    "region.edit": lambda w, a: units.edit_region(a, region=w.office.region.pk, name="清源市"),
    "responsibility.add": lambda w, a: units.look_after(
        a, section=w.office.section.pk, department=w.office.water.pk, since=None
    ),
    "responsibility.end": lambda w, a: units.end_responsibility(a, responsibility=_own(w)["responsibility"].pk),
    "right.delegate": _delegated,
    "right.end_delegation": _end_delegation,
    "right.grant": lambda w, a: rights.grant(
        a, user=w.spots["own"].person.pk, role=Role.UNIT_HEAD, organisation=w.office.commerce.pk
    ),
    "right.staff": lambda w, a: rights.assign_clerk(
        a, user=w.office.people[Role.PUBLISHER].pk, organisation=w.office.commerce.pk
    ),
    "right.withdraw": lambda w, a: rights.withdraw(a, assignment=_own(w)["assignment"].pk),
    "right.withdraw_clerk": lambda w, a: rights.withdraw_clerk(a, assignment=_own(w)["assignment"].pk),
    "round.add": _round,
    "round.edit": lambda w, a: rounds.edit_round(a, round=_round(w, a).pk, name="二上（补报）"),
    "round.extend": _extended,
    "round.withdraw_extension": lambda w, a: rounds.withdraw_extension(a, extension=_extended(w, a).pk),
    "sheet.accept": _accept,
    "sheet.exported": lambda w, a: note_sheets(
        a, sheets=[_own(w)["sheet"].pk], form="docx", digest=_version(w).digest, what="表"
    ),
    "token.make": lambda w, a: make_token(a, title="月报", scopes=["*.view"]),
    "token.revoke": lambda w, a: revoke_token(a, token=make_token(a, title="月报", scopes=["*.view"]).token.pk),
    "year.close": lambda w, a: years.close_year(a, year=w.year.pk, reason="收尾"),
    "year.open": lambda w, a: years.open_year(a, region=w.office.region.pk, year=2028),
    "year.reopen": lambda w, a: years.reopen_year(a, year=_closed_year(w, a), reason="补报"),
    "year.ruleset": lambda w, a: years.set_ruleset(a, year=w.year.pk, ruleset="national-88"),
}

THROUGH: Mapping[str, str] = {"installation.begin": "region.add", "project.save": "project.edit"}
"""Services made of others, and one of those whose entries they leave"""
WITHOUT: Mapping[str, str] = {
    "account.second_factor": "a code is used up, which the sign-in that follows says",
    "reform.rehearse": "done and undone: nothing stays of it",
}
"""Services that leave no entry, and why they may"""


def _locked(world: World) -> int:
    user = world.spots["own"].person
    user.locked_until = clock.now() + timedelta(minutes=10)
    user.save()
    return user.pk


def _closed_year(world: World, actor: Actor) -> int:
    years.close_year(actor, year=world.year.pk, reason="收尾")
    return world.year.pk
