"""A small county to test with: organisations, people of every role, years. Made directly, not by services."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from jixiao.web.accounts.actors import actor_for
from jixiao.web.accounts.models import Assignment, AssignmentProject, User
from jixiao.web.accounts.roles import Role
from jixiao.web.kernel.people import Actor
from jixiao.web.organisations.models import FiscalYear, Organisation, OrganisationKind, Region, Responsibility
from jixiao.web.projects.models import Project

PASSWORD = "only-for-tests-1"
YEAR = 2027


@dataclass
class Office:
    """What was made. ``people`` by role; ``others`` the same roles in the other department, where they have one."""

    region: Region
    bureau: Organisation
    section: Organisation
    commerce: Organisation
    centre: Organisation
    water: Organisation
    people: dict[Role, User] = field(default_factory=dict)
    others: dict[Role, User] = field(default_factory=dict)
    projects: dict[str, Project] = field(default_factory=dict)

    def actor(self, role: Role, *, other: bool = False) -> Actor:
        return actor_for((self.others if other else self.people)[role])


def organisation(
    region: Region, kind: OrganisationKind, code: str, name: str, *, parent: Organisation | None = None, order: int = 0
) -> Organisation:
    """One organisation; a lead department belongs to itself."""
    made = Organisation.objects.create(
        region=region, kind=kind, code=code, name=name, parent=parent, order=order, opened_on=date(2020, 1, 1)
    )
    if kind == OrganisationKind.LEAD_DEPARTMENT:
        made.department = made
    elif kind == OrganisationKind.BUDGET_UNIT and parent is not None:
        made.department = parent.department
    made.save()
    return made


def person(username: str, name: str, place: Organisation | None, *roles: Role) -> User:
    """Somebody with roles in an organisation, who has chosen a password."""
    made = User(username=username, name=name, organisation=place, first_password=False)
    made.set_password(PASSWORD)
    made.save()
    for role in roles:
        Assignment.objects.create(user=made, role=role.value, organisation=place)
    return made


def office() -> Office:
    """The county."""
    kinds = OrganisationKind
    region = Region.objects.create(code="130999", name="清源县")
    bureau = organisation(region, kinds.FINANCE_BUREAU, "100", "清源县财政局", order=1)
    section = organisation(region, kinds.FINANCE_SECTION, "100-02", "经济建设股", parent=bureau, order=2)
    commerce = organisation(region, kinds.LEAD_DEPARTMENT, "301", "清源县商务局", order=10)
    centre = organisation(region, kinds.BUDGET_UNIT, "301002", "清源县投资促进中心", parent=commerce, order=11)
    water = organisation(region, kinds.LEAD_DEPARTMENT, "302", "清源县水利局", order=20)
    Responsibility.objects.create(section=section, department=commerce)
    made = Office(region, bureau, section, commerce, centre, water)
    FiscalYear.objects.create(region=region, year=YEAR, state=FiscalYear.State.OPEN, ruleset="hebei")
    for unit, name in ((commerce, "招商费用"), (centre, "驻点招商"), (water, "河道疏浚")):
        made.projects[name] = Project.objects.create(unit=unit, name=name)
    places = {
        Role.CLERK: (commerce, water),
        Role.UNIT_HEAD: (commerce, water),
        Role.LEAD_REVIEWER: (commerce, water),
        Role.PUBLISHER: (commerce, water),
        Role.BUSINESS_SECTION: (section, None),
        Role.PERFORMANCE_SECTION: (bureau, None),
        Role.FINANCE_LEADER: (bureau, None),
        Role.AUDITOR: (bureau, None),
        Role.EXPERT: (None, None),
        Role.SYSTEM_ADMIN: (bureau, None),
        Role.SECURITY_ADMIN: (bureau, None),
        Role.AUDIT_ADMIN: (bureau, None),
    }
    for role, (own, other) in places.items():
        made.people[role] = person(role.value, f"{role.label}甲", own, role)
        if other is not None:
            made.others[role] = person(f"{role.value}2", f"{role.label}乙", other, role)
    expert = Assignment.objects.unrestricted("making a county").get(user=made.people[Role.EXPERT])
    AssignmentProject.objects.create(assignment=expert, project=made.projects["招商费用"])
    return made
