"""What staff can do with transformation groups."""

from consult.engagement.actions.groups import (
    add_group,
    add_lead,
    add_practice,
    edit_group,
    edit_practice,
    remove_lead,
    remove_practice,
)

__all__ = ["add_group", "add_lead", "add_practice", "edit_group", "edit_practice", "remove_lead", "remove_practice"]
