"""Which services a program can call, and through which function: each service stands in exactly one of the three lists.

What a service trusts its caller to have computed (what was read from a file, which rows mean what) is never taken from a program:
there the function that pages call stands in for it, and takes ids.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from jixiao.web.api import composed, keeping
from jixiao.web.desk.deciding import decide_of_file, decide_of_sheet
from jixiao.web.editor import answering
from jixiao.web.editor.drafting import name_version
from jixiao.web.imports import running
from jixiao.web.intake.registering import register_batch
from jixiao.web.organisations.services.reforms import rehearse
from jixiao.web.workflow import chasing
from jixiao.web.workflow.handing_in import hand_in
from jixiao.web.workflow.sending_back import send_back

THEMSELVES = frozenset(
    {
        "account.password",
        "account.settings",
        "appraisal.concluded",
        "appraisal.file_removed",
        "appraisal.reopened",
        "appraisal.written",
        "approval.handed_down",
        "approval.held_back",
        "approval.let_go",
        "approvals.begun",
        "approvals.resumed",
        "audit.root",
        "comment.answered",
        "comment.closed",
        "explanation.accepted",
        "explanation.refused",
        "control.set",
        "decision.taken_back",
        "finding.take",
        "flow.chosen",
        "flow.kept",
        "import.drop",
        "intake.again",
        "intake.confirm",
        "intake.drop",
        "intake.open",
        "intake.register",
        "library.accepted",
        "library.merged",
        "library.retired",
        "operation.again",
        "operation.put_away",
        "organisation.add",
        "organisation.alias",
        "organisation.forget",
        "organisation.edit",
        "person.add",
        "person.cancel_second_factor",
        "person.edit",
        "person.issue_passwords",
        "person.leave",
        "person.reset_password",
        "person.restore",
        "person.unlock",
        "project.alias",
        "project.close",
        "project.continue",
        "project.forget",
        "project.merge",
        "project.rename",
        "project.reopen",
        "project.split",
        "reform.make",
        "reform.withdraw",
        "region.add",
        "region.edit",
        "responsibility.add",
        "responsibility.end",
        "right.delegate",
        "right.end_delegation",
        "right.withdraw",
        "right.withdraw_clerk",
        "round.add",
        "sheet.proposal_dropped",
        "sheet.proposal_taken",
        "round.edit",
        "round.extend",
        "round.withdraw_extension",
        "sheet.adjusted",
        "sheet.agreed",
        "sheet.opened",
        "sheet.reassigned",
        "sheet.released",
        "sheet.revised",
        "sheet.unreported",
        "sheet.voided",
        "sheet.withdrawn",
        "sheets.approved",
        "token.make",
        "token.revoke",
        "year.close",
        "year.open",
        "year.reopen",
        "year.ruleset",
    }
)
"""Services that take nothing on trust: their own parameters are the body"""

NOT_HERE: Mapping[str, str] = {
    "approval.letter": "导出的记录：GET /approvals/{key}/letter 导出时写",
    "library.exported": "导出的记录：由指标库页的导出写",
    "library.import": "导入指标的一部分：由 import.apply 写",
    "account.failed": "登录失败的记录：由登录页写",
    "account.second_factor": "登录时核对动态口令：由登录页办",
    "account.second_factor_off": "关闭动态口令：只在网页上本人办，令牌不能办",
    "account.second_factor_on": "启用动态口令：只在网页上本人办，令牌不能办",
    "account.signed_in": "登录的记录：由登录页写",
    "appraisal.file_added": "加附件：在网页上传，和收件一样先看有没有密级标志",
    "audit.checked": "核对日志的记录：由“日志”页核对时写",
    "audit.viewed": "查看日志的记录：GET /log 查看时写",
    "audit.export": "导出审计日志：GET /log-export 导出时写",
    "desk.person": "单人版自己的账号：由 jixiao desk 建",
    "import.begin": "开始导入：POST /import-files 上传文件",
    "import.done": "导入结束：由 import.apply 写",
    "import.forget": "清理早先导入的内容：由每日清理办",
    "import.handed_out": "下载的记录：GET /imports/{key}/left 等下载时写",
    "import.read": "大文件读完：由后台任务写；begin_import 之后 state 为 reading 时请稍等",
    "import.state": "导入到了哪一步：由 import.try、import.apply 写",
    "installation.begin": "第一次启动建单位和管理员：由 jixiao serve 的首次启动页办",
    "intake.handed_out": "下载的记录：GET /files/{key}/original、/files/{key}/opinion 下载时写",
    "intake.read": "读出的内容：由后台任务写",
    "intake.receive": "收文件：POST /batches/{key}/files 上传文件",
    "notice.tell": "截止和逾期提醒：由后台任务办",
    "person.import": "导入人员的一部分：由 import.apply 写",
    "progress.exported": "导出的记录：GET /progress/export 导出时写",
    "project.exported": "导出的记录：由项目库页的导出写",
    "project.import": "导入项目的一部分：由 import.apply 写",
    "project.save": "网页上一张表单同时改项目和当年的数：程序用 project.edit、project.list",
    "reform.due": "机构改革到期：由后台任务办",
    "reform.stuck": "机构改革到期没办成：由后台任务写",
    "result.taken": "取走的记录：GET /made-files/{key}/file 下载时写",
    "sheet.accept": "收下表：由 intake.accept 办",
    "sheet.proposed": "离线填报传回来：POST /sheets/{key}/offline 上传文件",
    "sheet.exported": "导出的记录：GET /sheet-versions/{key}/export 导出时写",
}
"""Services that have no operation of their name, and what does it instead"""


INSTEAD: Mapping[str, Callable[..., Any]] = {
    "department.reminded": chasing.remind_one,
    "library.counted": keeping.count_usual,
    "library.edited": keeping.edit,
    "library.filled": keeping.fill,
    "library.proposed": keeping.propose,
    "comment.written": answering.comment,
    "finding.dismiss": composed.dismiss,
    "import.apply": running.apply_soon,
    "import.columns": composed.choose_columns,
    "import.correct": running.correct,
    "import.try": running.attempt_soon,
    "intake.accept": composed.accept,
    "intake.correct": composed.correct_value,
    "intake.decide": decide_of_sheet,
    "intake.decide_file": decide_of_file,
    "project.add": composed.add_project,
    "project.edit": composed.edit_project,
    "point.explained": answering.explain,
    "project.list": composed.list_project,
    "reform.rehearse": rehearse,
    "right.grant": composed.grant,
    "right.staff": composed.staff,
    "set.submitted": hand_in,
    "sheet.sent_back": send_back,
    "sheet.started": composed.start_sheet,
    "sheet.edited": composed.edit_sheet,
    "sheet.named": name_version,
}
"""Services by what pages call in their place"""

BESIDES: Mapping[str, tuple[str, str, Callable[..., Any]]] = {
    "import.answer": ("认定一行里没写准的", "import.own", running.answer),
    "intake.export_all": ("在后台做一年的审核意见或总表", "intake.view", composed.export_all),
    "intake.import_list": ("把项目清单送去导入", "project.import", composed.import_list),
    "sheet.export_many": ("在后台导出一批表", "sheet.export", composed.export_many),
    "intake.register_batch": ("登记一批已批复的表", "intake.register", register_batch),
}
"""What pages do by several services at once: title, right, function"""
