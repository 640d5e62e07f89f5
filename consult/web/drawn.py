"""A kept drawing: HTML with slots for what was typed, and with places for what stands in an order of its own."""

from __future__ import annotations

import re
from dataclasses import dataclass

from markupsafe import Markup, escape

from consult.questions.base import AnswerField
from consult.questions.order import sorted_keys

SLOT = re.compile("\ue000([^\ue001]*)\ue001")
#: A mark before something that may change its place, alone or as the divider that NHS.UK frontend drew around it.
PLACE = re.compile(
    '(?:<div class="nhsuk-(?:radios|checkboxes)__divider">\ue000=([^\ue001]*)\ue001</div>|\ue000=([^\ue001]*)\ue001)'
)

#: HTML and the names of slots in turn, HTML first.
Parts = tuple[str, ...]


@dataclass(frozen=True)
class Drawn:
    """What stands first, what is put into somebody's order (by key), and what stands last."""

    first: Parts
    movable: tuple[tuple[str, Parts], ...] = ()
    last: Parts = ()


def taken_apart(drawn: str) -> Drawn:
    """The drawing of a question with slots and marks, ready to be filled."""
    found = PLACE.split(drawn)
    first, last = found[0], found[-1] if len(found) > 1 else ""
    marked = [(found[at] or found[at + 1] or "", found[at + 2]) for at in range(1, len(found), 3)]
    movable = tuple((key, tuple(SLOT.split(html))) for key, html in marked if key)
    return Drawn(tuple(SLOT.split(first)), movable, tuple(SLOT.split(last)) if marked else ())


def filled(drawn: Drawn, field: AnswerField) -> Markup:
    """The drawing as somebody sees it now: escaped, and in their order."""
    if not drawn.movable and len(drawn.first) == 1:
        return Markup(drawn.first[0])  # noqa: S704 - drawn by the macros, which escape
    by_key = dict(drawn.movable)
    keys = sorted_keys(field.question.key, list(by_key), field.shuffle)
    places = {key: f"-{at}" for at, key in enumerate(keys, 1) if at > 1}

    def written(parts: Parts) -> str:
        return "".join(
            part if at % 2 == 0 else places.get(part[1:], "") if part[:1] == "#" else escape(field.typed(part))
            for at, part in enumerate(parts)
        )

    return Markup("".join(map(written, (drawn.first, *(by_key[key] for key in keys), drawn.last))))  # noqa: S704
