"""From files to plans, in two steps: a format reader yields neutral blocks, sheet readers find known forms in them."""

from __future__ import annotations

from pathlib import Path

from jixiao.domain.plan import Plan
from jixiao.readers.errors import UnreadableFileError, system_words
from jixiao.readers.registry import read_raw, registry, unreadable_as_named
from jixiao.readers.sheets.arranged import SCORING_TABLE
from jixiao.readers.sheets.draft import REFUSED
from jixiao.readers.sheets.plan import read_plan
from jixiao.readers.sheets.recognise import PROJECT_LIST
from jixiao.vocabulary import Vocabulary, shipped

__all__ = ["ONLY_PROJECTS", "UnreadableFileError", "read_bytes", "read_file"]

ONLY_PROJECTS = "这是项目清单，没有绩效目标和绩效指标，不是绩效目标表"
"""What was met in a file that holds a list of projects and nothing to review"""


def read_bytes(data: bytes, name: str, converted: bytes | None = None, vocabulary: Vocabulary | None = None) -> Plan:
    """The plan in a file's bytes. Raises UnreadableFileError, with what was met and what to do.

    ``converted``: what LibreOffice made of an old file, where that has been done already. ``vocabulary``: the words of
    forms, those that come with the program where it is None; a locality's are in its rulebook.
    """
    vocabulary = vocabulary or shipped()
    plan = read_plan(read_raw(data, name, converted, vocabulary), vocabulary)
    told = any(note.code == SCORING_TABLE for note in plan.notes)
    if not (plan.overall_goals or plan.activities or plan.safeguards or plan.goal_sheets or told):
        if any(note.code == PROJECT_LIST for note in plan.notes):
            raise UnreadableFileError(ONLY_PROJECTS, "要审核，请提供绩效目标表；要列入项目库，请到工作台的“项目库”导入")
        error = _refused(plan) or UnreadableFileError(
            "没有读到绩效文本：文件里没有总体绩效目标、分项绩效目标、工作保障措施，也没有绩效目标表",
            "请核对是不是选错了文件；如确是绩效文本，请检查各部分标题和表头是否完整，或改用 Word、Excel 原件",
        )
        raise unreadable_as_named(error, name, registry().named(plan.source.format))
    return plan


def _refused(plan: Plan) -> UnreadableFileError | None:
    """The error of a file whose tables were met and not kept."""
    note = next((n for n in plan.notes if n.code == REFUSED and "，为免错位" in n.message), None)
    if note is None:
        return None
    return UnreadableFileError(note.message.split("，为免错位")[0] + "，为免错位没有读入", "请提供 Word、Excel 原件")


def read_file(path: str | Path, vocabulary: Vocabulary | None = None) -> Plan:
    """The plan in a file. Raises UnreadableFileError where it cannot be opened or read."""
    file = Path(path)
    try:
        data = file.read_bytes()
    except OSError as error:
        raise UnreadableFileError(
            f"文件打不开（{system_words(error)}）", "请核对路径和权限，关闭正在使用它的程序后重试"
        ) from error
    return read_bytes(data, file.name, vocabulary=vocabulary)
