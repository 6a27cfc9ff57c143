"""Forms of pages: only what a form showed is written; what a service refuses stands at its field."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from django import forms
from django.http import HttpRequest

from jixiao.web.kernel.acts import NotAllowed, NotThere, Refused

T = TypeVar("T")
F = TypeVar("F", bound="Form")


class Form(forms.Form):
    """A form whose fields that were not sent stay as they are: absent is not empty. ``partial``: it changes something there is,
    so nothing that is absent is asked for."""

    partial = False

    def full_clean(self) -> None:
        # Django says the same of every field; several at once are told apart by their words.
        for field in self.fields.values():
            if field.error_messages.get("required") == forms.Field.default_error_messages["required"]:
                word = "选" if isinstance(field, forms.ChoiceField) else "填"
                field.error_messages["required"] = f"请{word}{field.label}"
        if self.partial and self.is_bound:
            for name, field in self.fields.items():
                field.required = field.required and self.add_prefix(name) in self.data
        super().full_clean()

    def given(self) -> dict[str, Any]:
        """Of a valid form, the values of the fields that were sent."""
        return {name: self.cleaned_data[name] for name in self.fields if self.add_prefix(name) in self.data}


class Day(forms.DateField):
    """A day, as the browser asks for it."""

    def __init__(self, label: str, *, required: bool = True, help_text: str = "", initial: Any = None) -> None:
        super().__init__(
            label=label,
            required=required,
            help_text=help_text,
            initial=initial,
            widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "short", "autocomplete": "off"}),
            error_messages={"invalid": "日期不对，请写成 2026-12-31"},
        )


class Words(forms.CharField):
    """A line of words."""

    def __init__(self, label: str, *, most: int = 120, required: bool = True, help_text: str = "", **more: Any) -> None:
        super().__init__(label=label, max_length=most, required=required, help_text=help_text, **more)


def _whole(text: Any) -> int:
    return int(text)


class One(forms.TypedChoiceField):
    """One of a list of (id, words); ``empty`` are the words for none of them."""

    def __init__(
        self, label: str, choices: list[tuple[Any, str]], *, empty: str = "请选", required: bool = True, **more: Any
    ) -> None:
        super().__init__(
            label=label,
            choices=[("", empty), *choices],
            required=required,
            coerce=_whole if choices and isinstance(choices[0][0], int) else str,
            empty_value=None,
            error_messages={"invalid_choice": "这一项不在列表里，请重新选"},
            **more,
        )


class Several(forms.TypedMultipleChoiceField):
    """Any of a list of (id, words), to be ticked."""

    def __init__(self, label: str, choices: list[tuple[int, str]], *, required: bool = False, **more: Any) -> None:
        super().__init__(
            label=label,
            choices=choices,
            required=required,
            coerce=_whole,
            widget=forms.CheckboxSelectMultiple(attrs={"class": "many"}),
            error_messages={"invalid_choice": "有一项不在列表里，请重新选"},
            **more,
        )


def filled(form: Callable[..., F], request: HttpRequest, *args: Any, initial: Mapping[str, Any] | None = None) -> F:
    """The form with what was sent, or empty."""
    return form(*args, data=request.POST if request.method == "POST" else None, initial=initial)


def done(form: Form, act: Callable[[], T]) -> T | None:
    """Do something with a valid form; None where the form is not valid, or what was asked is refused: then it says so."""
    if not form.is_valid():
        return None
    try:
        return act()
    except (NotAllowed, NotThere):
        raise
    except Refused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, refused.message)
        return None


def status_of(form: Form) -> int:
    """Of the answer with this form: 422 where something in it is wrong."""
    return 422 if form.is_bound and form.errors else 200
