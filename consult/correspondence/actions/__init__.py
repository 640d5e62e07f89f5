"""What people and staff can do where somebody writes to us by name."""

from consult.correspondence.actions.formats import ask_for_format, settle_format_request

__all__ = ["ask_for_format", "settle_format_request"]
