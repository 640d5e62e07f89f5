"""What administrators do, and what everybody does with their own account."""

from consult.accounts.actions.accounts import (
    add_account,
    change_password,
    disable_account,
    enable_account,
    give_role,
    lend_password,
    rename_account,
    said,
    take_role,
)
from consult.accounts.actions.log import name_of, record
from consult.accounts.actions.organisation import OrganisationText, check_link, edit_organisation

__all__ = [
    "OrganisationText",
    "add_account",
    "change_password",
    "check_link",
    "disable_account",
    "edit_organisation",
    "enable_account",
    "give_role",
    "lend_password",
    "name_of",
    "record",
    "rename_account",
    "said",
    "take_role",
]
