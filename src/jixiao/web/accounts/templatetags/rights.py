"""Who may do something, for pages that say whom to ask."""

from __future__ import annotations

from django import template

from jixiao.web.accounts.words import who_may

register = template.Library()
register.filter("who_may", who_may)
