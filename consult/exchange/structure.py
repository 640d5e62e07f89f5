"""JSON files as things with places: what stands there is read by name, and what nobody read can be told.

Other people's files hold anything: a number where words should be, half a character, brackets without end. Nothing of
that gets past this file but as a sentence.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from typing import Any

from consult.exchange.losses import LOST, NOTE, Losses, Refused

LARGEST = 8 * 1024 * 1024
#: Brackets within brackets that a questionnaire can have.
DEEPEST = 60
#: Characters of one text.
LONGEST_TEXT = 40_000
#: What no text may hold: control characters, half characters, and private ones, which mean something where we draw.
FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ue000-\uf8ff\ufffe\uffff]")
LONGEST_SHOWN = 200


def read_structure(content: bytes, filename: str) -> Any:
    """What a JSON file holds, with clean texts; raises Refused with the place where it cannot be read."""
    if len(content) > LARGEST:
        raise Refused(f"“{filename}” is larger than {LARGEST // 1024 // 1024} MB, which no questionnaire is.")
    try:
        data = json.loads(content.decode("utf-8-sig"), parse_constant=lambda _name: None)
    except UnicodeDecodeError:
        raise Refused(f"“{filename}” is not JSON in UTF-8.") from None
    except RecursionError:
        raise Refused(f"“{filename}” has brackets within brackets deeper than a questionnaire can have.") from None
    except json.JSONDecodeError as error:
        raise Refused(f"“{filename}” is not JSON: line {error.lineno}, column {error.colno}: {error.msg}.") from None
    except ValueError:
        raise Refused(f"“{filename}” holds a number with thousands of digits, which no questionnaire does.") from None
    return _clean(data, filename, 0)


def _clean(data: Any, filename: str, depth: int) -> Any:
    if depth > DEEPEST:
        raise Refused(f"“{filename}” has brackets more than {DEEPEST} deep, which no questionnaire has.")
    if isinstance(data, str):
        return tidy(data)
    if isinstance(data, dict):
        return {tidy(name): _clean(value, filename, depth + 1) for name, value in data.items()}
    if isinstance(data, list):
        return [_clean(value, filename, depth + 1) for value in data]
    if isinstance(data, float) and not math.isfinite(data):
        return None
    return data


def tidy(text: str) -> str:
    """A text without what no text may hold, and not without end."""
    return FORBIDDEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))[:LONGEST_TEXT]


def shown(value: Any) -> str:
    """Any value as a report says it."""
    if isinstance(value, str):
        return value
    if isinstance(value, dict) and value and all(isinstance(one, str) for one in value.values()):
        return " / ".join(one for one in value.values() if one)
    said = json.dumps(value, ensure_ascii=False)
    return said if len(said) <= LONGEST_SHOWN else said[: LONGEST_SHOWN - 1] + "…"


def number_of(value: Any) -> int | float | None:
    """A number, or a text that is one; None otherwise."""
    if isinstance(value, bool):
        return None
    if isinstance(value, str):
        try:
            value = float(value.strip().replace(",", "."))
        except ValueError:
            return None
    if not isinstance(value, int | float) or not math.isfinite(value) or abs(value) > 1e15:
        return None
    return int(value) if float(value).is_integer() else float(value)


def text_of(value: Any) -> str:
    """A text, or a number or truth value as one; "" for anything else."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    number = number_of(value)
    return "" if number is None else str(number)


class Thing:
    """An object of a file, with its place, that remembers what was read of it."""

    def __init__(self, data: dict[str, Any], place: str, losses: Losses) -> None:
        self.data = data
        self.place = place
        self.losses = losses
        self._read: set[str] = set()

    def __contains__(self, name: str) -> bool:
        return self.data.get(name) not in (None, "", [], {})

    def raw(self, name: str) -> Any:
        """Whatever stands there."""
        self._read.add(name)
        return self.data.get(name)

    def text(self, name: str) -> str:
        """A text; a number is one too."""
        value = self.raw(name)
        if isinstance(value, dict | list) and value:
            self._strange(name, value, "a text")
        return text_of(value).strip()

    def number(self, name: str) -> int | float | None:
        """A number, or None."""
        value = self.raw(name)
        number = number_of(value)
        if number is None and value not in (None, ""):
            self._strange(name, value, "a number")
        return number

    def flag(self, name: str, otherwise: bool = False) -> bool:
        """True or false, in any of the ways that programs write it."""
        value = self.raw(name)
        if value is None or value == "":
            return otherwise
        if isinstance(value, str):
            return value.strip().lower() in ("true", "yes", "on", "1")
        return bool(value)

    def thing(self, name: str, place: str = "") -> Thing | None:
        """An object inside; None where there is none."""
        value = self.raw(name)
        if isinstance(value, dict):
            return Thing(value, place or self.place, self.losses)
        if value not in (None, "", [], False):
            self._strange(name, value, "an object")
        return None

    def things(self, name: str) -> list[Thing]:
        """The objects of a list, or of an object of objects."""
        return [Thing(value, self.place, self.losses) for value in self.values(name) if self._is_thing(name, value)]

    def values(self, name: str) -> list[Any]:
        """The values of a list, or of an object."""
        value = self.raw(name)
        if isinstance(value, list):
            return value
        if isinstance(value, dict):
            return list(value.values())
        if value not in (None, "", False):
            self._strange(name, value, "a list")
        return []

    def _is_thing(self, name: str, value: Any) -> bool:
        if isinstance(value, dict):
            return True
        self._strange(name, value, "an object")
        return False

    def _strange(self, name: str, value: Any, wanted: str) -> None:
        self.lose(LOST, name, f"This should be {wanted} and is not, so it is left out.", said=shown(value))

    def seen(self, *names: str) -> None:
        """These say nothing about what is asked."""
        self._read.update(names)

    def unread(self) -> Iterator[tuple[str, Any]]:
        """What nobody read, where it says something."""
        for name, value in self.data.items():
            if name not in self._read and value not in (None, "", [], {}, False):
                yield name, value

    def tell_unread(self, done: str = "This is not known here and not kept.") -> None:
        """Report what nobody read."""
        for name, value in self.unread():
            self.lose(NOTE, name, done, said=shown(value))

    def lose(self, severity: str, name: str, done: str, *, said: str | None = None, together: str = "") -> None:
        """Report what this says that is not kept."""
        said = shown(self.data.get(name, "")) if said is None else said
        self.losses.add(severity, sheet=self.place, column=name, said=said, done=done, together=together)
