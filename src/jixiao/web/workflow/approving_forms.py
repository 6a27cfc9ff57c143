"""What the pages of 批复 ask for."""

from __future__ import annotations

from typing import Any

from django import forms

from jixiao.web.kernel import clock
from jixiao.web.site.forms import Day, Form, Several, Words


class ApproveForm(Form):
    """Number and date of the document; whether it is one that was used before."""

    document = Words("文号", most=120, help_text="和文件上的一字不差，例如：清财预〔2027〕12号。写上就是确认")
    day = Day("批复日期")
    same_document = forms.BooleanField(label="同一份文件，上次没批完，这次接着用这个文号", required=False)

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        self.fields["document"].widget.attrs["autocomplete"] = "off"
        self.fields["day"].initial = clock.today()


class HandDownForm(Form):
    """Which units, by which document."""

    units = Several("下达给", [], required=True)
    document = Words("文号", most=120, help_text="本单位下达文件的文号")
    day = Day("下达日期")

    def __init__(self, units: list[tuple[int, str]], **more: Any) -> None:
        super().__init__(**more)
        self.fields["units"] = Several("下达给", units, required=True, initial=[key for key, _ in units])
        self.fields["day"].initial = clock.today()
