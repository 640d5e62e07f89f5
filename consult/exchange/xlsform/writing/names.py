"""What questions, rows, pages and choices are called in a form: names that XML, XPath and pyxform take."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

#: Names that forms give a meaning of their own.
RESERVED = frozenset({"meta", "name", "label", "instanceid", "data"})
PLAIN_CHOICE = re.compile(r"[A-Za-z0-9_.-]+")


@dataclass
class Names:
    """Gives every thing a name like no other in the form, whatever the case of its letters."""

    taken: set[str] = field(default_factory=lambda: set(RESERVED))
    #: what a question, or a row of one, is called
    of: dict[tuple[str, str], str] = field(default_factory=dict)

    def give(self, wanted: str) -> str:
        """A free name made of a key."""
        wanted = re.sub(r"[^A-Za-z0-9_]", "_", wanted)
        name, number = wanted, 1
        while name.lower() in self.taken:
            number += 1
            name = f"{wanted}_{number}"
        self.taken.add(name.lower())
        return name

    def question(self, key: str, row: str = "") -> str:
        """The name of a question, or of one row of it; always the same."""
        if (key, row) not in self.of:
            self.of[key, row] = self.give(f"{key}_{row}" if row else key)
        return self.of[key, row]


def choice_names(keys: list[str]) -> dict[str, str]:
    """Names for choices by their keys; a key that XPath or a list with spaces could misread gets a plain one."""
    names: dict[str, str] = {key: key for key in keys if PLAIN_CHOICE.fullmatch(key)}
    taken = set(names)
    for key in keys:
        if key not in names:
            plain = re.sub(r"[^A-Za-z0-9_.-]+", "_", key).strip("_") or "choice"
            name, number = plain, 1
            while name in taken:
                number += 1
                name = f"{plain}_{number}"
            names[key] = name
            taken.add(name)
    return names


@dataclass(frozen=True)
class Said:
    """How expressions speak of a question: its variables by row, whether it is chosen from, its choices' names."""

    variables: Mapping[str, str]
    #: one, many, number, date, text, ranked or parts
    answers: str
    choices: Mapping[str, str] = field(default_factory=dict)
