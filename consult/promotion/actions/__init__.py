"""Short addresses are made, and their opens counted."""

from consult.promotion.actions.counting import Opens, add_opens, hour_of
from consult.promotion.actions.making import make_link

__all__ = ["Opens", "add_opens", "hour_of", "make_link"]
