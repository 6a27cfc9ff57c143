"""The desk: what came in, one file beside its original, what is decided about it."""

from __future__ import annotations

from typing import Any, cast

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from jixiao.readers.registry import registry
from jixiao.web.desk.deciding import decide_of_file, decide_of_sheet
from jixiao.web.desk.models import FindingDecision
from jixiao.web.desk.originals import page_of_file, shown_of
from jixiao.web.desk.questions import found_in_pool, questions_of
from jixiao.web.desk.selectors import Opened, Queue, doubted, latest_batch, queue_of
from jixiao.web.desk.services import dismiss_finding, take_finding
from jixiao.web.desk.still_open import open_in
from jixiao.web.goals.models import SheetState
from jixiao.web.intake.acceptance import accept, current_version
from jixiao.web.intake.corrections import checked
from jixiao.web.intake.models import IncomingFile, IncomingSheet
from jixiao.web.intake.places import address_of, was_there, with_place
from jixiao.web.intake.receiving import Upload, receive
from jixiao.web.intake.selectors import how_far
from jixiao.web.intake.services import add_files, confirm, correct, open_batch
from jixiao.web.kernel.acts import NotAllowed, NotThere, Refused
from jixiao.web.site.pages import Request, page

_PARAMETERS = ("file", "sheet", "tab", "batch", "q")


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isdecimal() and len(text) < 18 else None


@page("intake.view", parameters=_PARAMETERS)
def desk(request: Request, year: int) -> HttpResponse:
    """收件台。"""
    queue = queue_of(request.actor, year, _number(request.GET.get("batch")))
    content: dict[str, Any] = {
        "single": settings.DESK,
        "registers": not settings.DESK and request.actor.may("intake.register"),
        "may_import": _may_import(request),
        "files": queue.files,
        "handed_out": queue.years(year),
        "counts": queue.counts,
        "reading": queue.is_reading,
        "here": _number(request.GET.get("file")),
        "batch": _number(request.GET.get("batch")),
        "upload_address": reverse("desk-upload", args=[year]),
        "most": settings.MOST_UPLOAD_BYTES,
        "accept": ",".join(sorted({".zip", *registry().suffixes})),
        "empty_title": "没有要核对的文件" if queue.files else "还没有收到文件",
        "empty_words": "从左边选一份文件，原件和读出的内容会并排显示"
        if queue.files
        else "把Word、Excel、PDF或压缩包拖进来，一次多少都行",
    }
    file = _number(request.GET.get("file"))
    if file is None and (first := _first_open(queue)) is not None:
        file = first
    if file is not None:
        request.about = ("intake.incomingfile", file)
        content |= _file(request, year, file, queue) | {"here": file}
    return render(request, "desk/desk.html", content)


def _may_import(request: Request) -> bool:
    """Whether a list of projects that came in can go on to the pool."""
    return not settings.DESK and request.actor.may("project.import")


def _first_open(queue: Queue) -> int | None:
    """The file to begin with: the first in the queue that waits to be checked."""
    waiting = [one.pk for one in queue.files if one.state == IncomingFile.State.TO_CHECK]
    return waiting[0] if waiting else None


def _file(request: Request, year: int, file: int, queue: Queue) -> dict[str, Any]:
    opened = Opened(request.actor, file)
    original, words = shown_of(opened.row)
    found: dict[str, Any] = {"file": opened.row, "original": original, "original_words": words}
    if opened.row.document is None or not opened.sheets:
        return found | {
            "file": None,
            "empty_title": opened.row.name,
            "empty_words": opened.row.met or "这份文件里没有读出表",
        }
    sheet = opened.sheet(_number(request.GET.get("sheet")))
    tab = request.GET.get("tab") or ("findings" if settings.DESK else "fields")
    groups = opened.groups(sheet)
    first = doubted(opened.plan, groups, sheet)
    plain = sum(1 for group in groups for field in group.every() if field.value and not field.doubt)
    findings = opened.findings(sheet)
    questions = () if settings.DESK else questions_of(request.actor, opened, sheet)
    asked = request.GET.get("q", "").strip() if any(one.sheet for one in questions) else ""
    return found | {
        "asked": asked,
        "found": found_in_pool(request.actor, sheet, asked) if asked else (),
        "sheets": [_listed(opened, year, one) for one in opened.sheets],
        "sheet": _listed(opened, year, sheet),
        "tab": tab,
        "groups": groups,
        "doubted": first,
        "doubted_open": sum(one.is_open for one in first),
        "plain_count": plain,
        "differs": _differs(request, year, opened, sheet),
        "questions": questions,
        "file_is_clean": opened.is_clean,
        "sheets_left": sum(one.accepted_id is None and not one.dropped for one in opened.sheets),
        "findings": findings,
        "findings_count": sum(not one.dismissed for one in findings),
        "grade_words": _grade_words(opened, sheet),
        "reasons": FindingDecision.Reason.choices,
        "back_to": request.get_full_path(),
        "next_address": _next(opened, year, sheet, queue),
    }


def _differs(request: Request, year: int, opened: Opened, sheet: IncomingSheet) -> dict[str, Any] | None:
    """The version that the pool has of a sheet that came in again: where it says the same, its state and where it stands; else
    where both are held against each other."""
    if sheet.accepted_id is not None or opened.row.year is None:
        return None
    before = current_version(request.actor, sheet)
    if before is None:
        return None
    of = before.sheet
    return {
        "number": before.number,
        "is_same": sheet.is_unchanged,
        "state": of.get_state_display() if of.state != SheetState.DRAFTED else "已收下",
        "approval": f"{of.approval_document}，{of.approved_on:%Y-%m-%d}"
        if of.approval_document and of.approved_on
        else "",
        "address": reverse("sheet", args=[of.year, of.pk])
        if sheet.is_unchanged
        else reverse("intake-differences", args=[sheet.year or year, sheet.pk]),
    }


def _listed(opened: Opened, year: int, sheet: IncomingSheet) -> dict[str, Any]:
    accepted = sheet.accepted
    return {
        "pk": sheet.pk,
        "title": sheet.title,
        "version": sheet.version,
        "open": open_in(sheet),
        "is_unchanged": sheet.is_unchanged,
        "is_accepted": accepted is not None,
        "accepted_address": reverse("sheet", args=[opened.row.year or year, accepted.sheet_id]) if accepted else "",
        "address": address_of(year, opened.row.pk, sheet.pk),
    }


def _grade_words(opened: Opened, sheet: IncomingSheet) -> str:
    review = opened.taken
    grade = review.grade if sheet.index is None else review.sheet_grades[sheet.index].grade
    whose = "整份文本" if sheet.index is None else "这张表"
    return f"{whose}评定为“{grade.level.label}”，{grade.score:f}分" + (f"。{grade.limit}" if grade.limit else "")


def _next(opened: Opened, year: int, sheet: IncomingSheet, queue: Queue) -> str:
    """Where to go when a sheet is done: the next open one of the file, else the next file to check."""
    left = [one for one in opened.sheets if one.accepted_id is None and not one.dropped and one.pk != sheet.pk]
    after = [one for one in left if one.position > sheet.position] or left
    if after:
        return address_of(year, opened.row.pk, after[0].pk)
    files = [one.pk for one in queue.files if one.state == IncomingFile.State.TO_CHECK and one.pk != opened.row.pk]
    return address_of(year, files[0]) if files else ""


@page("intake.view", parameters=("batch", "file"))
def queue_part(request: Request, year: int) -> HttpResponse:
    """收件台的文件队列。"""
    number = _number(request.GET.get("batch"))
    queue = queue_of(request.actor, year, number)
    here = _number(request.GET.get("file"))
    content = {"files": queue.files, "counts": queue.counts, "reading": queue.is_reading, "here": here}
    content["may_import"] = _may_import(request)
    return render(request, "desk/queue_list.html", content | {"year": year, "batch": number})


@page("intake.add", methods=("POST",))
def upload(request: Request, year: int) -> HttpResponse:
    """收文件：一次可以多个，也可以是压缩包。"""
    files = cast("list[Upload]", request.FILES.getlist("file"))
    if not files:
        raise Refused("没有选文件。请选一个或几个文件，或把文件拖进来", field="file", status=422)
    if request.actor.organisation is None:
        raise Refused("您不属于任何单位，收不了文件。请找系统管理员")
    received = receive(files, request.POST.getlist("path"))
    batch = latest_batch(request.actor, year) or open_batch(
        request.actor, organisation=request.actor.organisation, year=year
    )
    rows = add_files(request.actor, batch=batch.pk, files=received)
    if request.headers.get("HX-Request"):
        queue = queue_of(request.actor, year, batch.pk)
        added = {row.pk for row in rows}
        return render(request, "desk/queue.html", {"files": [one for one in queue.files if one.pk in added]})
    return redirect("intake", year)


@page("intake.view")
def page_image(request: Request, file: int, number: int) -> HttpResponse:
    """原件的一页。"""
    picture = page_of_file(request.actor, file, number)
    return HttpResponse(picture, content_type="image/png", headers={"Cache-Control": "private, max-age=86400"})


def _row(request: Request, file: int) -> IncomingFile:
    rows = IncomingFile.objects.restrict(request.actor, "intake.view").select_related("stored")
    row = rows.filter(pk=file).first()
    if row is None or row.stored is None:
        raise NotThere
    return row


def _sheet(request: Request, key: int) -> IncomingSheet:
    rows = IncomingSheet.objects.restrict(request.actor, "intake.accept").select_related("file__batch")
    found = rows.filter(pk=key).first()
    if found is None:
        raise NotThere
    return found


@page("intake.accept", methods=("POST",))
def correct_value(request: Request, sheet: int) -> JsonResponse:
    """更正一格。"""
    found = _sheet(request, sheet)
    opened = Opened(request.actor, found.file_id)
    pointer, value = request.POST.get("pointer", ""), request.POST.get("value", "").strip()
    checked(opened.plan, pointer, value or None)
    before = found.corrections.get(pointer)
    read = before["read"] if before else checked(opened.plan, pointer, value or None)
    done = correct(
        request.actor, sheet=sheet, pointer=pointer, value=value or None, read=read, version=_version(request)
    )
    return JsonResponse({"version": done.version})


@page("intake.accept", methods=("POST",))
def look_at_value(request: Request, sheet: int) -> JsonResponse:
    """核对无误。"""
    done = confirm(request.actor, sheet=sheet, pointers=[request.POST.get("pointer", "")], version=_version(request))
    return JsonResponse({"version": done.version})


def _version(request: Request) -> int | None:
    return _number(request.POST.get("version"))


@page("intake.accept", methods=("POST",))
def accept_sheet(request: Request, sheet: int) -> HttpResponse:
    """收下一张表。"""
    found = _sheet(request, sheet)
    year = found.file.batch.year or found.file.year or 0
    try:
        (version,) = accept(request.actor, file=found.file_id, sheets=[sheet])
    except (NotAllowed, NotThere):
        raise
    except Refused as refused:
        messages.error(request, with_place(refused, year, found.file_id))
        return redirect(address_of(year, found.file_id, sheet))
    if was_there(version, found.file):
        messages.success(
            request, f"{found.title}和库里第{version.number}版一致，没有新建一版{how_far(request.actor, found.file_id)}"
        )
    else:
        messages.success(request, f"收下了“{found.title}”{how_far(request.actor, found.file_id)}")
    return _onward(request, year, found.file_id, found)


@page("intake.accept", methods=("POST",))
def accept_file(request: Request, file: int) -> HttpResponse:
    """收下一份文件里的全部表。"""
    opened = Opened(request.actor, file)
    year = opened.row.batch.year or opened.row.year or 0
    try:
        done = accept(request.actor, file=file)
    except (NotAllowed, NotThere):
        raise
    except Refused as refused:
        messages.error(request, with_place(refused, year, file))
        return redirect(address_of(year, file))
    known = sum(was_there(one, opened.row) for one in done)
    told = f"，其中{known}张和库里一致，没有新建一版" if known else ""
    messages.success(request, f"收下了{len(done)}张：{opened.row.name}{told}")
    return _onward(request, year, file, opened.sheets[-1])


def _onward(request: Request, year: int, file: int, sheet: IncomingSheet) -> HttpResponse:
    onward = _next(Opened(request.actor, file), year, sheet, queue_of(request.actor, year))
    return redirect(onward or reverse("intake", args=[year]))


@page("intake.accept", methods=("POST",))
def dismiss(request: Request, file: int) -> HttpResponse:
    """不采纳一个问题。"""
    opened = Opened(request.actor, file)
    wanted = request.POST.get("finding", "")
    finding = next((one for one in opened.review.findings if one.id == wanted), None)
    if finding is None:
        raise NotThere("这个问题已经不在了，可能改过内容。请刷新")
    try:
        dismiss_finding(
            request.actor,
            file=file,
            finding=finding,
            reason=request.POST.get("reason", ""),
            words=request.POST.get("words", ""),
        )
    except (NotAllowed, NotThere):
        raise
    except Refused as refused:
        messages.error(request, refused.message)
    return redirect(_back(request))


@page("intake.accept", methods=("POST",))
def take(request: Request, file: int) -> HttpResponse:
    """采纳先前不采纳的问题。"""
    take_finding(request.actor, file=file, finding=request.POST.get("finding", ""))
    return redirect(_back(request))


@page("intake.accept", methods=("POST",))
def decide_whose(request: Request, file: int) -> HttpResponse:
    """定部门和年度。"""
    try:
        decide_of_file(
            request.actor,
            file=file,
            department=_number(request.POST.get("department")),
            year=_number(request.POST.get("year")),
            version=_version(request),
        )
    except (NotAllowed, NotThere):
        raise
    except Refused as refused:
        messages.error(request, refused.message)
    return redirect(_back(request))


@page("intake.accept", parameters=("q",))
def find_projects(request: Request, sheet: int) -> HttpResponse:
    """项目库里找得到的项目。"""
    asked = request.GET.get("q", "").strip()
    content = {"asked": asked, "found": found_in_pool(request.actor, _sheet(request, sheet), asked)}
    return render(request, "desk/found.html", content)


@page("intake.accept", methods=("POST",))
def decide_project(request: Request, sheet: int) -> HttpResponse:
    """定是哪个项目。"""
    chosen = request.POST.get("project", "")
    try:
        decide_of_sheet(
            request.actor,
            sheet=sheet,
            project=_number(chosen),
            makes_project=chosen == "new",
            version=_version(request),
        )
    except (NotAllowed, NotThere):
        raise
    except Refused as refused:
        messages.error(request, refused.message)
    return redirect(_back(request))


def _back(request: Request) -> str:
    back = request.POST.get("back", "/")
    return back if url_has_allowed_host_and_scheme(back, None) else "/"
