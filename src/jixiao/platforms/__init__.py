"""Import templates of budget platforms 「一体化」: which sheets they have, under which names which field stands, how long it may be.

A template is data; ``jixiao.writers.platform`` fills it in.
"""

from jixiao.platforms.store import templates, templates_in
from jixiao.platforms.template import VALUES, Column, Sheet, Template, TemplateError, template_from

__all__ = ["VALUES", "Column", "Sheet", "Template", "TemplateError", "template_from", "templates", "templates_in"]
