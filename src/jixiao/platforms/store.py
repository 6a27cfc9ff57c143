"""The templates that come with the program, and those a locality lays beside them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources
from pathlib import Path

from jixiao.platforms.template import Template, TemplateError, template_from
from jixiao.strict_yaml import load_strict


@cache
def templates() -> Mapping[str, Template]:
    """Every template that comes with the program, by name. Raises TemplateError where one is faulty."""
    folder = resources.files("jixiao.platforms") / "data"
    files = sorted((f for f in folder.iterdir() if f.name.endswith(".yaml")), key=lambda f: f.name)
    return {f.name.removesuffix(".yaml"): _read(f.read_text(encoding="utf-8"), f.name) for f in files}


def templates_in(folder: Path) -> Mapping[str, Template]:
    """Those of the program and of the ``*.yaml`` files in a folder, which need not exist; or of one such file.

    Raises TemplateError, which names the file, where one is faulty or has the name of one of the program.
    """
    found = dict(templates())
    for file in [folder] if folder.is_file() else sorted(folder.glob("*.yaml")):
        try:
            text = file.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            raise TemplateError(f"{file.name}：打不开，或者不是 UTF-8 文字") from None
        one = _read(text, file.name)
        if one.name in found:
            raise TemplateError(f"{file.name}：已经有叫“{one.name}”的模板，请换一个名字")
        found[one.name] = one
    return found


def _read(text: str, name: str) -> Template:
    try:
        template = template_from(load_strict(text, name))
    except ValueError as error:  # of the YAML, or of what it says
        raise TemplateError(str(error) if name in str(error) else f"{name}：{error}") from None
    if name != f"{template.name}.yaml":
        raise TemplateError(f"{name}：文件名应当与模板同名：{template.name}.yaml")
    return template
