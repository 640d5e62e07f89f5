"""What people and staff can do where somebody writes to us by name."""

from consult.correspondence.actions.enquiries import ask, publish, reply, set_aside, told
from consult.correspondence.actions.forgetting import forget_contacts
from consult.correspondence.actions.formats import ask_for_format, settle_format_request
from consult.correspondence.actions.submissions import (
    edit_submission,
    record_submission,
    send_submission,
    thanked,
)

__all__ = [
    "ask",
    "ask_for_format",
    "edit_submission",
    "forget_contacts",
    "publish",
    "record_submission",
    "reply",
    "send_submission",
    "set_aside",
    "settle_format_request",
    "thanked",
    "told",
]
