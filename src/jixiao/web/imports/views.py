"""The four steps of an import: file, columns, trial, result; and the list of past ones."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import quote, urlencode

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from jixiao.domain.money import CurrencyUnit
from jixiao.web.files import answers
from jixiao.web.imports import running, selectors, services
from jixiao.web.imports.kinds import Kind, kind_named, kinds_for
from jixiao.web.imports.mapping import Choice, Mapped, problems, stated_unit
from jixiao.web.imports.models import ImportSession
from jixiao.web.imports.reading import MOST_BYTES
from jixiao.web.imports.running import Seen
from jixiao.web.imports.table import RowSort
from jixiao.web.jobs.models import Job
from jixiao.web.kernel.acts import NotAllowed, NotThere, Refused
from jixiao.web.kernel.keyset import page_of
from jixiao.web.site.pages import Request, page

_SHOWN_ABOVE, _SHOWN_BELOW = 4, 12
_MOST_ODD_ROWS = 60
State = ImportSession.State


@page("import.own", parameters=("after",))
def sessions(request: Request) -> HttpResponse:
    """导入：做过的和没做完的。"""
    kinds = kinds_for(request.actor)
    found = page_of(selectors.sessions(request.actor), ["-made_at"], request.GET.get("after", ""))
    titles = {kind.name: kind.title for kind in kinds}
    rows = [(one, titles.get(one.kind, one.kind)) for one in found.rows]
    content = {"found": found, "rows": rows, "kinds": kinds} | _pages(request, found.after)
    return render(request, "imports/sessions.html", content)


def _pages(request: Request, after: str, **kept: str) -> dict[str, str]:
    """Addresses of the first and the next page of a list."""
    return {
        "first": f"{request.path}?{urlencode(kept)}" if request.GET.get("after") else "",
        "next": f"{request.path}?{urlencode({**kept, 'after': after})}" if after else "",
    }


def _steps(step: int, session: ImportSession | None = None) -> list[dict[str, Any]]:
    columns = (
        reverse("import_columns", args=[session.pk])
        if session and session.state not in (State.DROPPED, State.READING)
        else ""
    )
    titles = (("文件", ""), ("认表头", columns), ("试导入", ""), ("结果", ""))
    return [
        {"title": title, "address": address if n < step else "", "done": n < step, "here": n == step}
        for n, (title, address) in enumerate(titles, 1)
    ]


@page("import.own", parameters=("year",), methods=("GET", "POST"))
def new(request: Request, kind: str) -> HttpResponse:
    """第1步：文件。"""
    chosen = _kind(request, kind)
    trouble: Refused | None = None
    text = request.POST.get("year") or request.GET.get("year") or ""
    year = int(text) if text.isascii() and text.isdigit() and len(text) == 4 else None
    if request.method == "POST":
        try:
            session = _begun(request, chosen, year)
        except Refused as refused:
            trouble = refused
        else:
            return redirect("import_rows" if session.state == State.READING else "import_columns", session.pk)
    content = {
        "kind": chosen,
        "trouble": trouble,
        "year_chosen": year,
        "most": MOST_BYTES // 1024 // 1024,
        "steps": _steps(1),
    }
    return render(request, "imports/new.html", content, status=trouble.status if trouble else 200)


def _kind(request: Request, name: str) -> Kind:
    try:
        kind = kind_named(name)
    except KeyError:
        raise NotThere from None
    if not request.actor.may(kind.right):
        raise NotAllowed(f"您没有导入“{kind.title}”的权限。需要时请找财政部门绩效股或本单位管理员")
    return kind


def _begun(request: Request, kind: Kind, year: int | None) -> ImportSession:
    file = request.FILES.get("file")
    if file is None:
        raise Refused("还没有选文件", field="file", status=422)
    if (file.size or 0) > MOST_BYTES:
        raise Refused(
            f"文件超过 {MOST_BYTES // 1024 // 1024} MB。请删去多余的行和工作表，或分成几个文件",
            field="file",
            status=413,
        )
    return running.begin(request.actor, kind=kind.name, name=file.name or "", data=file.read(), year=year)


@page("import.own")
def session(request: Request, session: int) -> HttpResponse:
    """回到一次导入停下的那一步。"""
    found = running.session_of(request.actor, session)
    return redirect("import_columns" if found.state == State.READ else "import_rows", session)


@page("import.own", parameters=("sheet", "header"), methods=("GET", "POST"), about=("imports.importsession", "session"))
def columns(request: Request, session: int) -> HttpResponse:
    """第2步：认表头。"""
    found = running.session_of(request.actor, session)
    if found.state in (State.DROPPED, State.READING):
        return redirect("import_rows", session)
    source = request.POST if request.method == "POST" else request.GET
    sheet = _whole(source.get("sheet"))
    header = [n for part in source.get("header", "").replace("，", ",").split(",") if (n := _whole(part)) is not None]
    seen = running.view(request.actor, session, sheet=sheet, header=header or None)
    trouble: Refused | None = None
    mapped = seen.mapped
    if request.method == "POST":
        mapped = _chosen(request, seen)
        try:
            running.choose(
                request.actor,
                session,
                mapped=mapped,
                sheet=found.sheet if sheet is None else sheet,
                header=header or seen.head.header,
                sorts=_sorts(request, seen),
            )
            running.attempt_soon(request.actor, session)
        except Refused as refused:
            trouble = refused
        else:
            return redirect("import_rows", session)
    content = _columns_content(seen, mapped, sheet if sheet is not None else found.sheet)
    content |= {"trouble": trouble, "steps": _steps(2, found), "before": selectors.met_before(found)}
    return render(request, "imports/columns.html", content, status=trouble.status if trouble else 200)


def _whole(text: str | None) -> int | None:
    text = (text or "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 8 else None


def _chosen(request: Request, seen: Seen) -> Mapped:
    """The columns a form showed; fields it did not show stay as they are."""
    known = {column.index for column in seen.head.columns}
    found = dict(seen.mapped)
    for one in seen.kind.fields:
        if f"column-{one.name}" not in request.POST:
            continue
        column = _whole(request.POST.get(f"column-{one.name}"))
        unit = request.POST.get(f"unit-{one.name}", "")
        was = seen.mapped[one.name]
        chosen = column if column in known else None
        money = CurrencyUnit(unit) if one.is_money and unit in list(CurrencyUnit) else None
        why = was.why if chosen == was.column else "自己选的"
        found[one.name] = Choice(chosen, money if chosen is not None else None, why)
    return _one_unit(seen, found)


def _one_unit(seen: Seen, found: Mapped) -> Mapped:
    """Where the file says no unit and a person said one, other columns of which none was said have it too: it is one table."""
    asked = [
        one.name
        for one in seen.kind.fields
        if one.is_money
        and found[one.name].column is not None
        and stated_unit(seen.head, found[one.name].column) is None
    ]
    said = {unit for name in asked if (unit := found[name].unit) is not None}
    if len(said) == 1:
        (unit,) = said
        found |= {name: replace(found[name], unit=unit) for name in asked}
    return found


def _sorts(request: Request, seen: Seen) -> dict[int, RowSort]:
    """Rows that a person said to be data though they do not look it."""
    numbers = {n for text in request.POST.getlist("as_data") if (n := _whole(text)) is not None}
    return {n: RowSort.DATA for n in numbers if n in seen.head.sorts}


def _columns_content(seen: Seen, mapped: Mapped, sheet: int) -> dict[str, Any]:
    lacking = problems(seen.kind.fields, mapped, seen.kind.one_of)
    fields = [(one, mapped[one.name], lacking.get(one.name, "")) for one in seen.kind.fields]
    fields.sort(key=lambda one: not one[2])
    used = {choice.column for choice in mapped.values()}
    lines = seen.sheet.lines
    data = [line for line in lines if seen.head.sorts.get(line.number) is RowSort.DATA]
    odd = [
        (line, seen.head.sorts[line.number])
        for line in lines
        if seen.head.sorts.get(line.number) not in (RowSort.DATA, RowSort.HEADER, None)
    ]
    by_column = {column.index: column for column in seen.head.columns}
    readings = {}
    for one in seen.kind.fields:
        column = mapped[one.name].column
        if one.is_money and column is not None and stated_unit(seen.head, column) is None:
            words = selectors.both_readings([line.cell(column) for line in data])
            before = seen.units_before.get(one.name)
            readings[one.name] = (words, str(before) if before is not None else "")
    return {
        "readings": readings,
        "seen": seen,
        "fields": fields,
        "columns": seen.head.columns,
        "unused": [column for column in seen.head.columns if column.index not in used],
        "samples": {n: [text for line in data[:40] if (text := line.cell(n))][:3] for n in by_column},
        "units": list(CurrencyUnit),
        "lacking": lacking,
        "preview": [([line.cell(n) for n in by_column], line.number) for line in data[:8]],
        "odd": odd[:_MOST_ODD_ROWS],
        "odd_count": len(odd),
        "data_count": len(data),
        "sheets": list(seen.session.sheets.unrestricted("of a session that was asked for").order_by("position")),
        "sheet": sheet,
        "header_text": "、".join(str(n) for n in seen.head.header),
        "header": ",".join(str(n) for n in seen.head.header),
    }


@page("import.own", parameters=("state", "after"), about=("imports.importsession", "session"))
def rows(request: Request, session: int) -> HttpResponse:
    """第3步：试导入；第4步：结果。"""
    found = running.session_of(request.actor, session)
    state = request.GET.get("state", "")
    if state and state not in ("new", "changed", "same", "error", "taken", "remarked"):
        raise Refused(f"没有“{state}”这种行", field="state", status=400)
    count = selectors.counts(request.actor, found)
    if not state and count.error and found.state != State.DROPPED:
        state = "error" if "state" not in request.GET else ""
    listed = page_of(selectors.rows_of(request.actor, found, state), ["number"], request.GET.get("after", ""))
    kind = kind_named(found.kind)
    selectors.note_people(request.actor, listed.rows)
    work = selectors.work_on(found) if found.state in (State.READING, State.TRYING, State.APPLYING) else None
    content = {
        "session": found,
        "kind": kind,
        "count": count,
        "tabs": _tabs(count),
        "sorts": selectors.sorts(request.actor, found),
        "state_chosen": state,
        "no_rows": "没有这种行" if count.total else "还没有试",
        "found": listed,
        "rows": selectors.shown(found, listed.rows),
        "before": selectors.met_before(found),
        "sums": selectors.money_sums(request.actor, found) if found.state in (State.TRIED, State.DONE) else (),
        "doubt": selectors.unit_doubt(request.actor, found) if found.state == State.TRIED else "",
        "steps": _steps({State.DONE: 4, State.READING: 1}.get(State(found.state), 3), found),
        "done_address": _done_address(kind, found),
        "stuck": found.state == State.APPLYING and (work is None or work.state not in _UNDER_WAY),
        "unread": found.state == State.READING and (work is None or work.state not in _UNDER_WAY),
        "is_busy": work is not None and work.state in _UNDER_WAY,
    }
    if content["unread"]:
        why = f"：{work.message}" if work is not None and work.message else ""
        content["unread_words"] = f"没有读成{why}。请点“换一份文件”重新传；再不行，告诉系统管理员"
    content |= _pages(request, listed.after, state=state) | _progress(found, work)
    return render(request, "imports/rows.html", content)


_UNDER_WAY = (Job.State.WAITING, Job.State.RUNNING)


def _tabs(count: selectors.Counts) -> list[tuple[str, str, int]]:
    tabs = [
        ("error", "有错", count.error),
        ("new", "新增", count.new),
        ("changed", "有变", count.changed),
        ("same", "相同不动", count.same),
        ("taken", "已导入", count.taken),
        ("remarked", "请看一眼", count.remarked),
    ]
    return [one for one in tabs if one[2]] + [("", "全部", count.total)]


def _done_address(kind: Kind, session: ImportSession) -> str:
    return reverse(kind.done_view, args=[session.year] if kind.by_year else []) if kind.done_view else ""


def _progress(session: ImportSession, work: Job | None) -> dict[str, Any]:
    """What the row of the background work shows."""
    busy = work is not None and work.state in _UNDER_WAY
    word = f"{work.done}/{work.total}，可以离开" if work is not None and work.total else "排队，可以离开"
    return {
        "work": work,
        "progress_word": word
        if busy
        else "完了"
        if session.state in (State.READ, State.TRIED, State.DONE)
        else "停下了",
        "finished": not busy,
        "work_failed": work is not None and work.state in (Job.State.FAILED, Job.State.PARKED),
        "progress_address": "" if busy else reverse("import_session", args=[session.pk]),
        "poll": reverse("import_progress", args=[session.pk]) if busy else "",
    }


@page("import.own")
def progress(request: Request, session: int) -> HttpResponse:
    """后台做到哪里。"""
    found = running.session_of(request.actor, session)
    return render(request, "imports/progress.html", {"session": found} | _progress(found, selectors.work_on(found)))


@page("import.own", methods=("POST",))
def attempt(request: Request, session: int) -> HttpResponse:
    """再试导入一次。"""
    running.attempt_soon(request.actor, session)
    return redirect("import_rows", session)


@page("import.own", methods=("POST",))
def correct(request: Request, session: int, number: int) -> HttpResponse:
    """改一格，再试。"""
    field, text = request.POST.get("field", ""), request.POST.get("text", "")
    running.correct(request.actor, session, number=number, field=field, text=text)
    return redirect(f"{reverse('import_rows', args=[session])}?state=error")


@page("import.own", methods=("POST",))
def answer(request: Request, session: int, number: int) -> HttpResponse:
    """认定一行里没写准的，再试。"""
    try:
        running.answer(request.actor, session, number=number, given=request.POST.get("answer", ""))
    except (NotAllowed, NotThere):
        raise
    except Refused as refused:
        messages.error(request, refused.message)
    return redirect(f"{reverse('import_rows', args=[session])}?state=error")


@page("import.own")
def original(request: Request, session: int) -> HttpResponseBase:
    """传上来的原件。"""
    found = running.session_of(request.actor, session)
    if found.stored is None:
        raise NotThere("这份文件的原件没有留存")
    services.handed_out(request.actor, session=session, what="原件")
    return answers.original(found.stored, found.file_name)


@page("import.own", methods=("POST",))
def apply(request: Request, session: int) -> HttpResponse:
    """导入没有错的行。"""
    running.apply_soon(request.actor, session)
    return redirect("import_rows", session)


@page("import.own", methods=("POST",))
def drop(request: Request, session: int) -> HttpResponse:
    """不导了。"""
    found = services.drop(request.actor, session=session)
    messages.success(request, f"“{found.file_name}”不导了，什么都没有改")
    return redirect("imports")


@page("import.own")
def left_over(request: Request, session: int) -> HttpResponse:
    """没有导入的行，带原因。"""
    name, data = selectors.left_over(request.actor, session)
    services.handed_out(request.actor, session=session, what="没有导入的行")
    answer = HttpResponse(data, content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return answer
