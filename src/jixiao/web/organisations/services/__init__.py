"""What changes regions, organisations, fiscal years and rounds."""

from jixiao.web.organisations.services.reforms import carry_out_due, reform, rehearse, withdraw_reform
from jixiao.web.organisations.services.rounds import (
    add_round,
    edit_round,
    extend,
    require_round_open,
    withdraw_extension,
)
from jixiao.web.organisations.services.units import (
    add_organisation,
    add_region,
    edit_organisation,
    edit_region,
    end_responsibility,
    look_after,
)
from jixiao.web.organisations.services.years import close_year, open_year, reopen_year, require_open, set_ruleset

__all__ = [
    "add_organisation",
    "add_region",
    "add_round",
    "carry_out_due",
    "close_year",
    "edit_organisation",
    "edit_region",
    "edit_round",
    "end_responsibility",
    "extend",
    "look_after",
    "open_year",
    "reform",
    "rehearse",
    "reopen_year",
    "require_open",
    "require_round_open",
    "set_ruleset",
    "withdraw_extension",
    "withdraw_reform",
]
