"""What the terminal and the journal of a server say: in Chinese, a line a thing, nothing about what is nobody's trouble.

``Words`` and ``Worth`` stand in the logging of Django (``settings``) and of granian (``operation/granian.json``).
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Sequence

_BROKEN = 500
_HOST = re.compile(r"Invalid HTTP_HOST header: '([^']*)'")
_GRANIAN: Sequence[tuple[re.Pattern[str], Callable[[re.Match[str]], str]]] = (
    (re.compile(r"Killing (?:old )?worker-(\d+) after"), lambda m: f"网页进程{m[1]}没有按时结束，强行结束了"),
    (re.compile(r"Unexpected exit from worker-(\d+)"), lambda m: f"网页进程{m[1]}意外停了，会再启动"),
    (re.compile(r"crash loop"), lambda _: "网页进程一启动就停，先退出，过一会儿再试"),
)


class Worth(logging.Filter):
    """Lets through what somebody at the server can do something about: no page that was not found, no form that was refused."""

    def filter(self, record: logging.LogRecord) -> bool:
        status = getattr(record, "status_code", None)
        if record.name.startswith("django.security"):
            return record.name.endswith("DisallowedHost")
        return not (record.name.startswith("django.request") and isinstance(status, int) and status < _BROKEN)


class Words(logging.Formatter):
    """A record as a line of words; a defect of ours with where it arose below it."""

    def __init__(self) -> None:
        super().__init__("%(message)s")

    def format(self, record: logging.LogRecord) -> str:
        text = self._text(record)
        if not record.exc_info or _is_told(record):
            return text
        return f"{text}\n{self.formatException(record.exc_info)}"

    def _text(self, record: logging.LogRecord) -> str:
        message = record.getMessage()
        if record.name == "_granian":
            for pattern, words in _GRANIAN:
                if found := pattern.search(message):
                    return words(found)
            return f"网页服务：{message}"
        if record.name.startswith("django.security"):
            host = _HOST.search(message)
            return f"有人用“{host[1] if host else '别的名字'}”打开，这个名字不在 JIXIAO_HOSTS 里，没有给看"
        if record.name.startswith("django.request"):
            request = getattr(record, "request", None)
            number = getattr(request, "request_id", "—")
            what = "数据库没有回答" if _is_told(record) else "程序出错"
            return (
                f"{what}：{getattr(request, 'path', message)}（编号{number}）{_why(record) if _is_told(record) else ''}"
            )
        return message


def _is_told(record: logging.LogRecord) -> bool:
    """Whether it is a database that does not answer: where in the program that was noticed helps nobody."""
    return getattr(record, "status_code", None) == 503


def _why(record: logging.LogRecord) -> str:
    error = record.exc_info[1] if record.exc_info else None
    return f"：{' '.join(str(error).split())}" if error else ""
