"""What can be done with people we write to, one function each."""

from consult.invitations.actions.opting_out import opt_out
from consult.invitations.actions.telling import (
    ask_to_be_told,
    how_many,
    newest,
    stop,
    stop_token,
    subscriber_of,
    tell,
)

__all__ = ["ask_to_be_told", "how_many", "newest", "opt_out", "stop", "stop_token", "subscriber_of", "tell"]
