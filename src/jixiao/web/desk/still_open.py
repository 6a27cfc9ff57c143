"""What of a sheet that came in is still to be looked at or said."""

from __future__ import annotations

from django.conf import settings

from jixiao.web.intake.doubts import still_open
from jixiao.web.intake.models import IncomingSheet


def open_in(sheet: IncomingSheet) -> int:
    """What of a sheet is to be looked at or said: nothing where it says what the pool says. Looks at ``same_as``."""
    if sheet.accepted_id or sheet.dropped or sheet.is_unchanged:
        return 0
    return len(still_open(sheet.doubts, sheet.looked_at)) + needs_project(sheet)


def needs_project(sheet: IncomingSheet) -> bool:
    """Whether somebody has to say first which project a sheet is about; nobody is asked at the desk of one person."""
    return not settings.DESK and not sheet.is_of_department and sheet.project_id is None and not sheet.makes_project
