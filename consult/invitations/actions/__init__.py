"""What can be done with people we write to, one function each."""

from consult.invitations.actions.letters import make_letters
from consult.invitations.actions.listing import (
    check_list,
    delete_list,
    keep,
    list_of,
    throw_away,
    throw_undecided_away,
)
from consult.invitations.actions.opting_out import opt_out
from consult.invitations.actions.sending import ask_to_send, bounced, call_off, failed, heard, prepare, referenced, sent
from consult.invitations.actions.telling import (
    ask_to_be_told,
    how_many,
    newest,
    stop,
    stop_token,
    subscriber_of,
    tell,
)
from consult.invitations.actions.wording import word

__all__ = [
    "ask_to_be_told",
    "ask_to_send",
    "bounced",
    "call_off",
    "check_list",
    "delete_list",
    "failed",
    "heard",
    "how_many",
    "keep",
    "list_of",
    "make_letters",
    "newest",
    "opt_out",
    "prepare",
    "referenced",
    "sent",
    "stop",
    "stop_token",
    "subscriber_of",
    "tell",
    "throw_away",
    "throw_undecided_away",
    "word",
]
