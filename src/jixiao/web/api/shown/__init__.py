"""What pages show that is no list of a model 「页面内容」: one's own desk and account, a year about to open, a comparison, a history.

Each is an ``Operation`` over the selector that the page calls; the classes of answers say which of it programs get.
"""

from __future__ import annotations

from collections.abc import Sequence

from jixiao.web.api.router import Operation
from jixiao.web.api.shown import files, imports, library, log, organisations, own, people, pool, sheets

OPERATIONS: Sequence[Operation] = (
    *own.OPERATIONS,
    *people.OPERATIONS,
    *organisations.OPERATIONS,
    *pool.OPERATIONS,
    *sheets.OPERATIONS,
    *library.OPERATIONS,
    *files.OPERATIONS,
    *imports.OPERATIONS,
    *log.OPERATIONS,
)
