"""The order in which options and rows stand for one respondent.

Where the order is random, it comes from the key that only the respondent holds: the same on every visit and in every
language, another for everybody else, and kept nowhere. A kept drawing is one for all orders: what may change its place
is drawn between marks, and `web/drawn.py` puts it into place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Protocol, TypeVar

from wtforms import SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional

from consult.domain.questionnaire import Question

#: Gives bytes by which to sort, for the name of a thing; see `answering/drafts.py`.
Shuffle = Callable[[str], bytes]


class Keyed(Protocol):
    """An option or a row."""

    @property
    def key(self) -> str:
        """Its name in the definition."""


Thing = TypeVar("Thing", bound=Keyed)


def order_setting() -> Any:
    """What an author may choose: `as_written` or `random`."""
    return SelectField(
        choices=[SelectChoice("as_written", "As written"), SelectChoice("random", "Random")], validators=[Optional()]
    )


def is_random(question: Question) -> bool:
    """Whether everybody sees them in an order of their own."""
    return question.settings.get("order") == "random"


def in_order(question: Question, things: Sequence[Thing], shuffle: Shuffle | None) -> list[Thing]:
    """Options or rows as they stand for somebody; those pinned stay last, and without `shuffle` all stay as written."""
    if not is_random(question):
        return list(things)
    by_key = {one.key: one for one in movable(things)}
    moved = (by_key[key] for key in sorted_keys(question.key, list(by_key), shuffle))
    return [*moved, *(one for one in things if _pinned(one))]


def movable(things: Iterable[Thing]) -> list[Thing]:
    """Those that may change their place."""
    return [one for one in things if not _pinned(one)]


def sorted_keys(name: str, keys: Sequence[str], shuffle: Shuffle | None) -> list[str]:
    """The keys of one question's things in somebody's order."""
    return list(keys) if shuffle is None else sorted(keys, key=lambda key: shuffle(f"{name} {key}"))


def place(key: str) -> str:
    """The mark before a thing that may change its place in a kept drawing."""
    return f"\ue000={key}\ue001"


#: The mark after the last of them.
LAST_PLACE = place("")


def placed_id(key: str) -> str:
    """The number of the place in which a thing stands, in a kept drawing: `-2`, `-3`, and nothing in the first."""
    return f"\ue000#{key}\ue001"


def _pinned(one: Keyed) -> bool:
    return bool(getattr(one, "pinned", False))
