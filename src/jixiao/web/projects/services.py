"""What changes the project pool."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from jixiao.web.kernel import clock
from jixiao.web.kernel.acts import Act, Refused, service
from jixiao.web.organisations.models import Organisation, OrganisationKind
from jixiao.web.projects.models import (
    OrganisationAlias,
    Predecessor,
    Project,
    ProjectAlias,
    ProjectClass,
    ProjectYear,
    plain_of,
)

_BY_HAND = "自己加的"
_UNITS = (OrganisationKind.LEAD_DEPARTMENT, OrganisationKind.BUDGET_UNIT)
EDITED = ("name", "project_class", "starts_in", "ends_in", "is_key", "upper_document")
"""What of a project is edited as it stands"""
MONEY = ("total_fen", "fiscal_fen", "other_fen")
OF_YEAR = ("code", "name", *MONEY, "extra")
"""What of a project belongs to a year"""


def _unit(act: Act, unit: int) -> Organisation:
    found = act.get(Organisation, unit, lock=False)
    if found.kind not in _UNITS:
        raise Refused(f"“{found.name}”不是主管部门或预算单位，不能有项目", field="unit", status=422)
    if found.closed_on is not None and found.closed_on <= clock.today():
        raise Refused(f"“{found.name}”已经停用。请选承接它的单位", field="unit", status=422)
    return found


def _checked(project: Project) -> Project:
    if project.starts_in and project.ends_in and project.ends_in < project.starts_in:
        raise Refused("终止年度早于起始年度。请核对", field="ends_in", status=422)
    if project.project_class and project.project_class not in ProjectClass.values:
        raise Refused("项目类别不认得，请选一类", field="project_class", status=422)
    return project


@service("project.add", "新增项目", right="project.edit")
def add_project(
    act: Act, *, unit: int, fields: Mapping[str, Any], year: int | None = None, of_year: Mapping[str, Any] = {}
) -> Project:
    """A project of a unit; with ``year`` it is listed there at once. ``fields`` are of ``EDITED``, ``of_year`` of ``OF_YEAR``."""
    made = Project(unit=_unit(act, unit), **_known(fields, EDITED))
    act.add(_checked(made))
    if year is not None:
        _listed(act, made, year, of_year)
    return made


@service("project.edit", "修改项目")
def edit_project(act: Act, *, project: int, fields: Mapping[str, Any], unit: int | None = None) -> Project:
    """What ``fields`` (of ``EDITED``) say; what is not in them stays. A new name is for the years from now on."""
    found = act.get(Project, project)
    for name, value in _known(fields, EDITED).items():
        setattr(found, name, value)
    if unit is not None:
        found.unit = _unit(act, unit)
    return act.save(_checked(found))


@service("project.save", "修改项目和当年的数", right="project.edit")
def save_both(
    act: Act,
    *,
    project: int,
    fields: Mapping[str, Any],
    unit: int | None,
    year: int,
    of_year: Mapping[str, Any] | None,
) -> Project:
    """What one form shows: the project, and, where ``of_year`` is given, what it is in a year."""
    found: Project = edit_project(act.actor, project=project, fields=fields, unit=unit)
    if of_year is not None:
        set_year(act.actor, project=project, year=year, of_year=of_year)
    return found


@service("project.list", "列入年度", right="project.edit")
def set_year(act: Act, *, project: int, year: int, of_year: Mapping[str, Any]) -> ProjectYear:
    """What a project is called and given in a year; what ``of_year`` (of ``OF_YEAR``) does not say stays."""
    return _listed(act, act.get(Project, project), year, of_year)


def _listed(act: Act, project: Project, year: int, of_year: Mapping[str, Any]) -> ProjectYear:
    given = _known(of_year, OF_YEAR)
    if project.closed_on is not None and project.closed_on.year < year:
        raise Refused(
            f"“{project.name}”{project.closed_on.year}年已经结束，不能列入{year}年度", field="year", status=422
        )
    code = str(given.get("code") or "")
    if code:
        _code_is_free(project, year, code)
    there = (
        ProjectYear.objects.unrestricted("of a project the actor may edit").filter(project=project, year=year).first()
    )
    if there is None:
        made = ProjectYear(project=project, year=year, **{"name": project.name, **given})
        return act.add(made)
    for name, value in given.items():
        setattr(there, name, {**there.extra, **value} if name == "extra" else value)
    return act.save(there)


def _code_is_free(project: Project, year: int, code: str) -> None:
    other = (
        ProjectYear.objects.unrestricted("codes are once in a region and year")
        .filter(year=year, code=code, project__unit__region=project.unit.region_id)
        .exclude(project=project.pk)
        .select_related("project__unit")
        .first()
    )
    if other is not None:
        raise Refused(
            f"编码{code}在{year}年度已经是“{other.project.unit.name}”的“{other.name}”", field="code", status=422
        )


def _known(given: Mapping[str, Any], names: Sequence[str]) -> dict[str, Any]:
    if unknown := sorted(set(given) - set(names)):
        raise ValueError(f"no fields {unknown}")
    return dict(given)


@service("project.import", "导入项目")
def take_in(
    act: Act, *, unit: int, year: int, fields: Mapping[str, Any], of_year: Mapping[str, Any], project: int | None = None
) -> Project:
    """A project as a list of the year says it is: a new one, or ``project`` with what the list changes.

    A name it did not have before is its name from now on, where no later year has another; the old one stays as a way of writing.
    """
    name = str(of_year["name"])
    if project is None:
        found = act.add(_checked(Project(unit=_unit(act, unit), name=name, **_known(fields, EDITED))))
        _listed(act, found, year, of_year)
        return found
    found = act.get(Project, project)
    if found.unit_id != unit:
        found.unit = _unit(act, unit)
    for key, value in _known(fields, EDITED).items():
        setattr(found, key, value)
    old = found.name
    later = ProjectYear.objects.unrestricted("of a project the actor may import").filter(project=found, year__gt=year)
    if name != old and not later.exists():
        found.name = name
    act.save(_checked(found))
    if found.name != old:
        _remembered(act, found, old, f"{year}年导入项目前的名称")
    _listed(act, found, year, of_year)
    return found


@service("project.rename", "项目更名", right="project.edit")
def rename(act: Act, *, project: int, name: str, since: int) -> Project:
    """Another name from a year on; years before keep theirs, and the old name stays as a way of writing."""
    found = act.get(Project, project)
    name = " ".join(name.split())
    if not name:
        raise Refused("请写新名称", field="name", status=422)
    if plain_of(name) == plain_of(found.name) and name == found.name:
        raise Refused("新名称和现在的一样", field="name", status=422)
    old, found.name = found.name, name
    act.save(found)
    for one in act.all(ProjectYear).select_for_update(of=("self",)).filter(project=found, year__gte=since):
        one.name = name
        act.save(one)
    _remembered(act, found, old, f"{since}年更名前的名称")
    return found


@service("project.merge", "合并项目", right="project.edit")
def merge(act: Act, *, projects: Sequence[int], since: int, into: int | None = None, name: str = "") -> Project:
    """Several projects go on as one from a year on: a new one called ``name``, or ``into`` that is there. The others end."""
    ids = sorted(set(projects) - {into})
    if len(ids) + (into is not None) < 2:
        raise Refused("合并要选两个以上的项目", field="projects", status=422)
    found = [act.get(Project, key) for key in ids]
    if into is not None:
        target = act.get(Project, into)
    else:
        if not name.strip():
            raise Refused("请写合并后的名称", field="name", status=422)
        first = found[0]
        target = act.add(
            Project(
                unit=first.unit,
                name=name.strip(),
                project_class=first.project_class,
                is_key=any(one.is_key for one in found),
                starts_in=since,
            )
        )
    for one in found:
        _goes_on(act, target, one, Predecessor.Kind.MERGED, since)
        _ended(act, one, since, f"合并为“{target.name}”")
    return target


@service("project.split", "拆分项目", right="project.edit")
def split(act: Act, *, project: int, names: Sequence[str], since: int, ends: bool = True) -> list[Project]:
    """A project goes on as several from a year on; with ``ends`` it ends itself, otherwise it goes on beside them."""
    found = act.get(Project, project)
    wanted = list(dict.fromkeys(" ".join(name.split()) for name in names if name.strip()))
    if len(wanted) < (2 if ends else 1):
        raise Refused("拆分要写两个以上不同的名称，一行一个", field="names", status=422)
    parts = []
    for name in wanted:
        part = Project(
            unit=found.unit, name=name, project_class=found.project_class, is_key=found.is_key, starts_in=since
        )
        act.add(part)
        _goes_on(act, part, found, Predecessor.Kind.SPLIT, since)
        parts.append(part)
    if ends:
        _ended(act, found, since, f"拆分为{'、'.join(wanted)}"[:200])
    return parts


@service("project.continue", "接上年", right="project.edit")
def continue_from(
    act: Act, *, project: int, predecessor: int, since: int, kind: str = Predecessor.Kind.CONTINUED
) -> Project:
    """Say that a project goes on from one that was there before."""
    found, before = act.get(Project, project), act.get(Project, predecessor)
    if kind not in Predecessor.Kind.values:
        raise Refused("方式不认得", field="kind", status=422)
    if found.pk == before.pk or found.pk in _before(before.pk):
        raise Refused("不能接自己，也不能绕回来", field="predecessor", status=422)
    _goes_on(act, found, before, kind, since)
    return found


def _goes_on(act: Act, project: Project, before: Project, kind: str, since: int) -> None:
    act.add(Predecessor(project=project, predecessor=before, kind=kind, since=since))


def _before(project: int) -> set[int]:
    """All that a project goes on from, through however many steps."""
    met: set[int] = set()
    ahead = {project}
    while ahead:
        rows = Predecessor.objects.unrestricted("no circles").filter(project__in=ahead)
        ahead = set(rows.values_list("predecessor", flat=True)) - met
        met |= ahead
    return met


def _ended(act: Act, project: Project, since: int, because: str) -> None:
    """A project ends with the year before ``since``. Raises Refused where it has money from then on."""
    listed = ProjectYear.objects.unrestricted("of a project the actor may edit").filter(
        project=project, year__gte=since
    )
    if (row := listed.exclude(total_fen=None, fiscal_fen=None, other_fen=None).order_by("year").first()) is not None:
        raise Refused(
            f"“{project.name}”{row.year}年度已经有预算数。请先改到合并（拆分）后的项目上，再办",
            field="since",
            status=422,
        )
    for row in listed:
        act.delete(row)
    project.closed_on, project.closed_because = date(since - 1, 12, 31), because
    act.save(project)


@service("project.close", "结束项目", right="project.edit")
def close(act: Act, *, project: int, on: date, because: str) -> Project:
    """A project ends on a day; it stays in the years it was in."""
    found = act.get(Project, project)
    if not because.strip():
        raise Refused("请写结束的原因", field="because", status=422)
    found.closed_on, found.closed_because = on, because.strip()
    return act.save(found)


@service("project.reopen", "恢复项目", right="project.edit")
def reopen(act: Act, *, project: int) -> Project:
    """It did not end after all."""
    found = act.get(Project, project)
    found.closed_on, found.closed_because = None, ""
    return act.save(found)


@service("project.exported", "导出项目", right="sheet.export")
def note_export(act: Act, *, projects: Sequence[int], digest: str, what: str) -> None:
    """Note that projects were taken away as a file: one entry a department, with the digest of the file."""
    by_department: dict[int | None, list[Project]] = {}
    for row in act.all(Project).filter(pk__in=projects).select_related("unit").order_by("pk"):
        by_department.setdefault(row.unit.department_id, []).append(row)
    if not by_department:
        act.note("projects.project", "", what, {"projects": 0, "sha256": digest}, note=what)
    for found in by_department.values():
        act.record(found[0], {}, {"projects": len(found), "sha256": digest}, note=what)


# --- ways of writing ---------------------------------------------------------------------------------------


@service("project.alias", "记住项目的写法", right="project.edit")
def remember_project(act: Act, *, project: int, text: str, origin: str = "") -> ProjectAlias | None:
    """A document writes a project so; of the department's others none is written so any more. ``origin`` says where it was met."""
    found = act.get(Project, project, lock=False)
    department = found.unit.department_id or found.unit_id
    others = act.all(ProjectAlias).filter(plain=plain_of(text), project__unit__department=department)
    for one in others.exclude(project=found):
        act.delete(one)
    return _remembered(act, found, text, origin)


def _remembered(act: Act, project: Project, text: str, origin: str) -> ProjectAlias | None:
    text = _text(text)
    aliases = ProjectAlias.objects.unrestricted("of a project the actor may edit")
    if aliases.filter(project=project, plain=plain_of(text)).exists():
        return None
    return act.add(ProjectAlias(project=project, text=text, plain=plain_of(text), **_known_from(act, origin)))


def _known_from(act: Act, origin: str) -> dict[str, Any]:
    return {"origin": (origin or _BY_HAND)[:200], "made_by": act.actor.name[:120], "made_at": clock.now()}


@service("project.forget", "去掉项目的写法", right="project.edit")
def forget_alias(act: Act, *, alias: int) -> None:
    """A way of writing that was wrong."""
    act.delete(act.get(ProjectAlias, alias))


@service("organisation.alias", "记住单位的写法", right="intake.accept")
def remember_department(act: Act, *, department: int, text: str, origin: str = "") -> OrganisationAlias | None:
    """A document writes a department or unit so; of the region's others none is written so any more. ``origin``: where it was met."""
    found = act.get(Organisation, department, lock=False)
    text = _text(text)
    if plain_of(text) in (plain_of(found.name), plain_of(found.code)):
        raise Refused(f"“{text}”就是它自己的名称或编码，不用另记", field="text", status=422)
    own = Organisation.objects.unrestricted("names are told apart in a region").filter(region=found.region_id)
    if any(plain_of(one.name) == plain_of(text) for one in own.exclude(pk=found.pk).filter(closed_on=None)):
        raise Refused(f"“{text}”是另一家单位的名称，不能作“{found.name}”的别名", field="text", status=422)
    same = act.all(OrganisationAlias).filter(plain=plain_of(text), organisation__region=found.region_id)
    for one in same.exclude(organisation=found):
        act.delete(one)
    if same.filter(organisation=found).exists():
        return None
    return act.add(OrganisationAlias(organisation=found, text=text, plain=plain_of(text), **_known_from(act, origin)))


@service("organisation.forget", "去掉单位的写法", right="intake.accept")
def forget_department_alias(act: Act, *, alias: int) -> None:
    """A way of writing that was wrong; files that were matched by it stay as they are."""
    act.delete(act.get(OrganisationAlias, alias))


def _text(text: str) -> str:
    text = " ".join(text.split())
    if not plain_of(text):
        raise Refused("写法是空的", field="text", status=422)
    return text[:200]
