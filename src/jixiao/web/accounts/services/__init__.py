"""What changes people, their accounts and their rights."""

from jixiao.web.accounts.services.leaving import leave, restore
from jixiao.web.accounts.services.own import change_password, edit_own, sign_in_failed, signed_in
from jixiao.web.accounts.services.people import (
    add_person,
    edit_person,
    import_person,
    issue_passwords,
    reset_password,
    unlock,
)
from jixiao.web.accounts.services.rights import assign_clerk, delegate, end_delegation, grant, withdraw, withdraw_clerk
from jixiao.web.accounts.services.second_factor import (
    cancel_second_factor,
    check_second_factor,
    turn_off_second_factor,
    turn_on_second_factor,
)

__all__ = [
    "add_person",
    "assign_clerk",
    "cancel_second_factor",
    "change_password",
    "check_second_factor",
    "delegate",
    "edit_own",
    "edit_person",
    "end_delegation",
    "grant",
    "import_person",
    "issue_passwords",
    "leave",
    "reset_password",
    "restore",
    "sign_in_failed",
    "signed_in",
    "turn_off_second_factor",
    "turn_on_second_factor",
    "unlock",
    "withdraw",
    "withdraw_clerk",
]
