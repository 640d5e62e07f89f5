"""Lists of people to invite: what a table of them says, and which parts of a list are large enough to tell apart."""

from consult.domain.contacts.folding import fold
from consult.domain.contacts.reading import Refused, Table, Written
from consult.domain.contacts.rows import Checked, Person, Trouble, check

__all__ = ["Checked", "Person", "Refused", "Table", "Trouble", "Written", "check", "fold"]
