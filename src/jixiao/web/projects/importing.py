"""Projects of a year from the list that the provincial budget system exports: whose they are, which go on from last year, what changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from jixiao.readings.text import likeness
from jixiao.web.imports.fields import Amount, Choice, Code, Field, Text, Year, YesNo
from jixiao.web.imports.kinds import Change, Difference, Kind, Row, Scope, Unsure, register
from jixiao.web.kernel.acts import Refused
from jixiao.web.organisations.models import Organisation
from jixiao.web.projects.matching import ALIKE, Match, Organisations
from jixiao.web.projects.models import Project, ProjectClass, ProjectYear, plain_of
from jixiao.web.projects.services import remember_department, take_in
from jixiao.web.projects.several_rows import together

_MONEY = Amount()
_MOST_WEIGHED = 2000
_CLASSES = Choice(
    {
        ProjectClass.TARGETED.value: ("特定目标类", "特定目标类项目", "特定项目"),
        ProjectClass.OPERATION.value: ("其他运转类", "其他运转类项目", "运转类"),
        ProjectClass.PERSONNEL.value: ("人员类", "人员类项目"),
    }
)
FUNCTION = "功能科目编码"
FIELDS = (
    Field("code", "项目编码", Code(), aliases=("项目代码", "项目编号"), hint="当年的编码；没有这一列就按单位和名称认"),
    Field("name", "项目名称", Text(), required=True, aliases=("项目", "支出项目名称", "预算项目名称")),
    Field(
        "unit_code", "单位编码", Code(), aliases=("单位代码", "预算单位编码", "预算单位代码", "部门编码"),
        hint="单位编码、单位名称至少要有一列",
    ),
    Field(
        "unit_name", "单位名称", Text(),
        aliases=("预算单位", "预算单位名称", "单位", "项目单位", "实施单位", "主管部门", "部门名称"),
        hint="可以连着编码写：310001县交通运输局",
    ),
    Field("class", "项目类别", _CLASSES, aliases=("支出项目类别", "项目类型", "项目大类"), hint="人员类、其他运转类、特定目标类"),
    Field(
        "function", FUNCTION, Text(60),
        aliases=("支出功能分类科目编码", "支出功能分类科目", "功能分类科目", "功能分类编码", "功能科目", "科目编码"),
        hint="照抄，不核对",
    ),
    Field(
        "total", "预算数", _MONEY,
        aliases=("总额", "合计", "资金总额", "预算金额", "预算总额", "项目总额", "年度预算数", "预算资金", "金额", "本年预算"),
    ),
    Field(
        "fiscal", "财政资金", _MONEY,
        aliases=("财政拨款", "财政拨款资金", "财政性资金", "财政拨款小计", "其中：财政资金", "一般公共预算"),
    ),
    Field(
        "source", "资金来源", Text(60), aliases=("资金性质", "资金来源名称", "资金性质名称", "预算来源", "经费来源"),
        hint="一个项目分几行写各种来源的，合成一行",
    ),
    Field(
        "economic", "经济分类科目", Text(60),
        aliases=("部门预算支出经济分类", "部门经济分类", "政府预算支出经济分类", "政府经济分类", "经济科目", "经济分类"),
        hint="只用来分清同一项目的几行，不保存",
    ),
    Field("other", "其他资金", _MONEY, aliases=("单位资金", "其他", "自筹资金", "其他收入资金")),
    Field("starts", "起始年度", Year(), aliases=("开始年度", "项目起始年度", "起始年份")),
    Field("ends", "终止年度", Year(), aliases=("结束年度", "项目终止年度", "终止年份")),
    Field("key", "重点项目", YesNo(), aliases=("是否重点", "是否重点项目", "重点")),
    Field("document", "上级文号", Text(120), aliases=("上级文件文号", "上级指标文号", "文号")),
    Field("previous", "上年编码", Code(), aliases=("上年项目编码", "原项目编码", "延续项目编码"), hint="有这一列，接上年就不用猜"),
)  # fmt: skip
_FIELD = {one.name: one for one in FIELDS}
_OF_PROJECT = (
    ("class", "project_class"),
    ("starts", "starts_in"),
    ("ends", "ends_in"),
    ("key", "is_key"),
    ("document", "upper_document"),
)
_OF_YEAR = (("total", "total_fen"), ("fiscal", "fiscal_fen"), ("other", "other_fen"))


_Place = tuple[int, str]
"""A unit and a name, as far as spelling goes"""


@dataclass
class _Pool:
    """What is there: the year's rows by code, by unit and name; last year's and never listed ones that may go on."""

    year: int
    by_code: dict[str, ProjectYear] = field(default_factory=dict)
    by_name: dict[_Place, list[ProjectYear]] = field(default_factory=dict)
    old_code: dict[str, ProjectYear] = field(default_factory=dict)
    old_name: dict[_Place, list[ProjectYear]] = field(default_factory=dict)
    unlisted: dict[_Place, list[Project]] = field(default_factory=dict)
    taken: set[int] = field(default_factory=set)
    """Projects that are in the year already, or that a row before goes on from"""


def _pool(scope: Scope, region: int, year: int) -> _Pool:
    found = _Pool(year)
    rows = ProjectYear.objects.restrict(scope.actor, "project.import").filter(
        project__unit__region=region, year__in=(year, year - 1)
    )
    for one in rows.select_related("project__unit").order_by("-year", "pk"):
        place = (one.project.unit_id, plain_of(one.name))
        codes, names = (found.by_code, found.by_name) if one.year == year else (found.old_code, found.old_name)
        if one.code:
            codes.setdefault(one.code.upper(), one)
        names.setdefault(place, []).append(one)
        if one.year == year:
            found.taken.add(one.project_id)
    never = Project.objects.restrict(scope.actor, "project.import").filter(
        Q(unit__region=region), Q(years__isnull=True), Q(closed_on__isnull=True)
    )
    for project in never.select_related("unit").order_by("pk"):
        found.unlisted.setdefault((project.unit_id, plain_of(project.name)), []).append(project)
    return found


def plan(scope: Scope, rows: Sequence[Row]) -> Callable[[Row], Change]:
    """What each row means: a project that is there with what differs, one that goes on from last year, or a new one."""
    place = Organisation.objects.restrict(scope.actor, "project.import").filter(pk=scope.organisation or 0).first()
    if place is None or scope.year is None:
        raise Refused("不知道导入到哪个县区、哪个年度。请由财政部门的人导入，并选好年度")
    units = Organisations(scope.actor, place.region_id, "project.import")
    known: dict[tuple[str | None, str | None], Match[Organisation]] = {}
    named: dict[_Place, list[int]] = {}
    pool = _pool(scope, place.region_id, scope.year)

    def unit_of(row: Row) -> Match[Organisation]:
        about = (row["unit_name"], row["unit_code"])
        if about not in known:
            known[about] = units.match_unit(*about)
        return known[about]

    for row in rows:
        if (unit := unit_of(row).found) is not None:
            named.setdefault((unit.pk, plain_of(row["name"])), []).append(row.number)

    def one(row: Row) -> Change:
        unit = _unit(unit_of(row), row)
        key = (unit.pk, plain_of(row["name"]))
        if not row["code"] and (others := [n for n in named.get(key, ()) if n != row.number]):
            raise Refused(
                f"和第 {others[0]} 行是同一个单位的同名项目，这一行没有编码，分不清。请写编码，或留一行", field="code"
            )
        return _change(pool, row, unit, key)

    return one


def _unit(found: Match[Organisation], row: Row) -> Organisation:
    """The unit a row names. Raises Refused with those it may be."""
    name, code = row["unit_name"], row["unit_code"]
    if not name and not code:
        raise Refused("没有填单位编码，也没有填单位名称", field="unit_name")
    if found.found is not None:
        return found.found
    about = "unit_code" if code else "unit_name"
    if name and len(found.candidates) == 1:
        ((only, why),) = found.candidates
        raise Unsure(
            f"文件上写的是“{name}”，库里没有这个名称；最像的是{only.code}{only.name}（{why}）。是就点下面的按钮，不是请写准单位编码",
            field="unit_name",
            answer=str(only.pk),
            label=f"就是{only.name}，记为别名",
        )
    named = "、".join(f"“{text}”" for text in (code, name) if text)
    likely = "、".join(f"{one.code}{one.name}（{why}）" for one, why in found.candidates[:3])
    if likely:
        raise Refused(f"看不出{named}是哪个单位：{likely}。请写准单位编码", field=about)
    raise Refused(f"没有{named}这个单位。请核对，或先由系统管理员新增单位", field=about)


def _change(pool: _Pool, row: Row, unit: Organisation, key: tuple[int, str]) -> Change:
    part = str(unit.department_id or unit.pk)
    remarks = [*row.remarks, *_money_remarks(row)]
    there = _there(pool, row, key)
    if there is not None:
        return Change(
            part, row["name"], str(there.project_id), tuple(_differences(there, row, unit)), tuple(remarks),
            _payload(pool, row, unit, there.project),
        )  # fmt: skip
    before = _before(pool, row, key)
    if before is not None:
        pool.taken.add(before.project_id)
        moved = [
            Difference("接上年", f"{before.year}年“{before.name}”", f"{pool.year}年"),
            *_differences(before, row, unit, goes_on=True),
        ]
        return Change(
            part, row["name"], str(before.project_id), tuple(moved), tuple(remarks),
            _payload(pool, row, unit, before.project),
        )  # fmt: skip
    never = [project for project in pool.unlisted.get(key, ()) if project.pk not in pool.taken]
    if never:
        pool.taken.add(never[0].pk)
        first = Difference("列入年度", "", f"{pool.year}年")
        return Change(
            part, row["name"], str(never[0].pk), (first,), tuple(remarks), _payload(pool, row, unit, never[0])
        )
    remarks += _alike(pool, row, unit)
    return Change(part, row["name"], "", (), tuple(remarks), _payload(pool, row, unit, None))


def _there(pool: _Pool, row: Row, key: _Place) -> ProjectYear | None:
    """The project in this year: by its code; by unit and name where one of the two has no code. Raises Refused where a name
    without code is that of two."""
    code = (row["code"] or "").upper()
    if code in pool.by_code:
        return pool.by_code[code]
    same = [one for one in pool.by_name.get(key, ()) if not code or not one.code]
    if len(same) > 1 and not code:
        codes = "、".join(one.code or "没有编码的" for one in same)
        raise Refused(f"这个单位{pool.year}年度有 {len(same)} 个同名项目（{codes}）。请写编码", field="code")
    return same[0] if same else None


def _before(pool: _Pool, row: Row, key: _Place) -> ProjectYear | None:
    """Last year's project that goes on: by the code it had, by the same code, by unit and name where only one has it."""
    named = pool.old_name.get(key, ())
    for found in (
        pool.old_code.get((row["previous"] or "").upper()),
        pool.old_code.get((row["code"] or "").upper()),
        named[0] if len(named) == 1 else None,
    ):
        if found is not None and found.project_id not in pool.taken and found.project.closed_on is None:
            return found
    return None


def _alike(pool: _Pool, row: Row, unit: Organisation) -> list[str]:
    """Last year's project of the unit that a new one may be under another name."""
    open_ones = [
        one
        for (place, _), found in pool.old_name.items()
        for one in found
        if place == unit.pk and one.project_id not in pool.taken and one.project.closed_on is None
    ]
    best = max(open_ones, key=lambda one: likeness(row["name"], one.name), default=None)
    if best is None or likeness(row["name"], best.name) < ALIKE:
        return []
    return [
        f"像{best.year}年的“{best.name}”{best.code}。如是同一项目，请在“上年编码”一列写{best.code or '它的编码'}，或导入后在项目页接上年"
    ]


def _differences(there: ProjectYear, row: Row, unit: Organisation, *, goes_on: bool = False) -> Iterable[Difference]:
    """What a row changes, against this year's row of the pool or, where it ``goes_on``, last year's, when it had another code."""
    if row["name"] != there.name:
        yield Difference("项目名称", there.name, row["name"])
    if row["code"] and row["code"] != there.code and not goes_on:
        yield Difference("项目编码", there.code, row["code"])
    if unit.pk != there.project.unit_id:
        yield Difference("单位", there.project.unit.name, unit.name)
    for name, attribute in _OF_YEAR:
        before, after = getattr(there, attribute), row[name]
        if after is not None and after != before:
            yield Difference(_FIELD[name].label, _MONEY.shown(before), _MONEY.shown(after), before, after)
    for name, attribute in _OF_PROJECT:
        before, after = getattr(there.project, attribute), row[name]
        if after is not None and after != before:
            type_ = _FIELD[name].type
            yield Difference(_FIELD[name].label, type_.shown(before or None), type_.shown(after))
    if row["function"] and row["function"] != there.extra.get(FUNCTION, ""):
        yield Difference(FUNCTION, str(there.extra.get(FUNCTION, "")), row["function"])


def _money_remarks(row: Row) -> Iterable[str]:
    total, fiscal, other = row["total"], row["fiscal"], row["other"]
    if (
        total is not None
        and fiscal is not None
        and fiscal + (other or 0) != total
        and (other is not None or fiscal > total)
    ):
        yield f"财政资金＋其他资金＝{_MONEY.shown(fiscal + (other or 0))}，和预算数{_MONEY.shown(total)}不平"
    if total is None and fiscal is None:
        yield "没有金额"


def _payload(pool: _Pool, row: Row, unit: Organisation, project: Project | None) -> dict[str, Any]:
    fields = {attribute: row[name] for name, attribute in _OF_PROJECT if row[name] is not None}
    of_year = {attribute: row[name] for name, attribute in _OF_YEAR if row[name] is not None}
    of_year |= {"name": row["name"]} | ({"code": row["code"]} if row["code"] else {})
    if row["function"]:
        of_year["extra"] = {FUNCTION: row["function"]}
    return {
        "project": project.pk if project is not None else None,
        "unit": unit.pk,
        "year": pool.year,
        "fields": fields,
        "of_year": of_year,
    }


def is_that_unit(scope: Scope, row: Row, given: str) -> None:
    """A person said which unit the words of a row mean: they are remembered, so that all rows of these words are known."""
    if not row["unit_name"] or not given.isdecimal():
        raise Refused("这一行没有写单位名称，请写准单位编码", field="unit_name", status=422)
    remember_department(
        scope.actor, department=int(given), text=row["unit_name"], origin=f"导入{scope.year or ''}年项目"
    )


def typical(scope: Scope) -> tuple[str, Sequence[int]]:
    """The budgets that projects have in the year and the one before, as far as somebody may see them."""
    if scope.year is None:
        return "total", ()
    rows = ProjectYear.objects.restrict(scope.actor, "project.import").filter(year__in=(scope.year, scope.year - 1))
    amounts = rows.order_by("pk").values_list("total_fen", flat=True)[:_MOST_WEIGHED]
    return "total", [fen for fen in amounts if fen is not None]


def apply(scope: Scope, changes: Sequence[Change]) -> list[str]:
    """Store them, through the pool's own service."""
    return [str(take_in(scope.actor, **change.payload).pk) for change in changes]


KIND = register(
    Kind(
        "projects",
        "项目",
        "project.import",
        FIELDS,
        ("code",),
        plan,
        apply,
        by_year=True,
        keeps_file=True,
        one_of=(("unit_code", "unit_name"),),
        note="一体化系统导出的项目表直接传上来就行；选好年度，金额单位下一步核对",
        gather=together,
        typical=typical,
        answer=is_that_unit,
        done_view="projects",
    )
)
