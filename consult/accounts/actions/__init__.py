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
from consult.accounts.actions.leaving import add_handing_over, hand_over
from consult.accounts.actions.letters import (
    ask_for_password,
    choose_password,
    forget_old,
    invite,
    opened,
    refused,
    whose,
    withdraw,
)
from consult.accounts.actions.log import name_of, record
from consult.accounts.actions.organisation import OrganisationText, check_link, edit_organisation

__all__ = [
    "OrganisationText",
    "add_account",
    "add_handing_over",
    "ask_for_password",
    "change_password",
    "check_link",
    "choose_password",
    "disable_account",
    "edit_organisation",
    "enable_account",
    "forget_old",
    "give_role",
    "hand_over",
    "invite",
    "lend_password",
    "name_of",
    "opened",
    "record",
    "refused",
    "rename_account",
    "said",
    "take_role",
    "whose",
    "withdraw",
]
