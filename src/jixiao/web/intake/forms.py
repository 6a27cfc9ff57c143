"""What is filled in to register approved sheets."""

from __future__ import annotations

from django import forms


class RegistrationForm(forms.Form):
    """文号 and date of a 批复 that was given outside the system."""

    approval_document = forms.CharField(
        label="批复文号", max_length=120, help_text="照批复文件写，如：示财预〔2026〕12号"
    )
    approved_on = forms.DateField(
        label="批复日期",
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"invalid": "日期写成2026-02-18这样"},
    )
