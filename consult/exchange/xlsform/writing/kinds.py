"""How each kind of question is asked in XLSForm, as data, and what XLSForm cannot say of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

Definition = Mapping[str, Any]
Rules = Callable[[Definition], list[str]]


def settings(question: Definition) -> Mapping[str, Any]:
    """The settings of a question's definition."""
    return question.get("settings") or {}


def _number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _between(*names: tuple[str, str], least: float | None = None, most: float | None = None) -> Rules:
    """Bounds that settings give, or that the kind itself has."""

    def rules(question: Definition) -> list[str]:
        said = settings(question)
        low = next((said[one] for one, _ in names if _number(said.get(one))), least)
        high = next((said[one] for _, one in names if _number(said.get(one))), most)
        bounds = [(". >= ", low), (". <= ", high)]
        return [f"{compared}{_plain(bound)}" for compared, bound in bounds if bound is not None]

    return rules


def _plain(number: float) -> str:
    return str(int(number)) if float(number).is_integer() else repr(number)


def _days(question: Definition) -> list[str]:
    said = settings(question)
    found = []
    for name, compared in (("earliest", ">="), ("latest", "<=")):
        day = said.get(name)
        if isinstance(day, str) and day:
            found.append(f". {compared} today()" if day == "today" else f". {compared} date('{day}')")
    return found


def _times(question: Definition) -> list[str]:
    said = settings(question)
    bounds = (("earliest", ">="), ("latest", "<="))
    given = [(compared, said[name]) for name, compared in bounds if isinstance(said.get(name), str) and said[name]]
    return [f". {compared} '{moment}'" for compared, moment in given]


def _longest(question: Definition) -> list[str]:
    longest = settings(question).get("longest")
    return [f"string-length(.) <= {longest}"] if _number(longest) else []


def _chosen(question: Definition) -> list[str]:
    said = settings(question)
    found = []
    if _number(said.get("least")):
        found.append(f"count-selected(.) >= {said['least']}")
    if _number(said.get("most")):
        found.append(f"count-selected(.) <= {said['most']}")
    return found


def _pattern(pattern: str) -> Rules:
    return lambda _question: [f"regex(., '{pattern}')"]


@dataclass(frozen=True)
class Kind:
    """A kind as XLSForm asks it: one row, or a group with a row for each of its parts."""

    #: the type of its row, or of the row of each part; a list's name follows where it `chooses`
    type: str
    #: how conditions speak of its answers: one, many, number, date, text, ranked
    answers: str = "text"
    appearance: str = ""
    rules: Rules = lambda _question: []
    #: what has a row of its own in a group: rows, options, or the kind's own parts in words
    parts: str = ""
    #: settings with words that are written as notes, before it or after it
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    #: settings that XLSForm cannot say, with what is written instead
    lost: Mapping[str, str] = field(default_factory=dict)

    @property
    def chooses(self) -> bool:
        """Whether its type names a list of choices."""
        return self.type in ("select_one", "select_multiple", "rank")


UNIT = "XLSForm has no units; name it in the question if people outside Consult will be asked."
BANDS = "Bands for counting mean nothing to other programs; they are kept for Consult only."
ENDS = "The words for the ends of the scale stand beside its first and last number."
LOOK = "How it looks is kept for Consult only; other programs show a list."
FACES = "Faces are kept for Consult only; other programs show numbers."

#: Every kind of consult/questions; a test compares the two.
KINDS: dict[str, Kind] = {
    "single_choice": Kind("select_one", "one"),
    "multiple_choice": Kind("select_multiple", "many", rules=_chosen),
    "yes_no": Kind("select_one", "one"),
    "rating": Kind("select_one", "one", lost={"appearance": FACES, "low": ENDS, "high": ENDS}),
    "number": Kind(
        "integer", "number", rules=_between(("minimum", "maximum"), ("least", "most")),
        lost={"unit": UNIT, "bands": BANDS},
    ),
    "money": Kind(
        "decimal", "number", rules=_between(("least", "most"), ("minimum", "maximum")),
        lost={"currency": UNIT, "bands": BANDS},
    ),
    "percentage": Kind(
        "integer", "number", rules=_between(("least", "most"), least=0, most=100), lost={"bands": BANDS},
    ),
    "duration": Kind(
        "integer", "number", rules=_between(("least", "most"), least=0),
        lost={"units": "XLSForm has no lengths of time; other programs ask for whole minutes."},
    ),
    "date": Kind("date", "date", rules=_days),
    "partial_date": Kind("text", "text", rules=_pattern("[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")),
    "date_range": Kind("date", "date", rules=_days, parts="kind"),
    "time": Kind("time", "text", rules=_times),
    "short_text": Kind("text", rules=_longest),
    "long_text": Kind("text", appearance="multiline", rules=_longest),
    "email": Kind("text", rules=_pattern("[^@ ]+@[^@ ]+[.][^@ ]+")),
    "telephone": Kind("text", appearance="numbers"),
    "postcode_district": Kind("text", rules=_pattern("[A-Za-z]{1,2}[0-9][A-Za-z0-9]?")),
    "statement": Kind("note", after=("background_title", "background")),
    "document_comment": Kind("text", appearance="multiline", rules=_longest, before=("passage", "source")),
    "matrix": Kind("select_one", "one", parts="rows"),
    "matrix_several": Kind("select_multiple", "many", parts="rows"),
    "matrix_numbers": Kind(
        "integer", "number", rules=_between(("least", "most"), ("minimum", "maximum")), parts="rows",
        lost={"unit": UNIT, "bands": BANDS},
    ),
    "matrix_text": Kind("text", rules=_longest, parts="rows"),
    "ranking": Kind(
        "rank", "ranked", lost={"partial": "Other programs want the whole list in order.",
                                "most": "Other programs want the whole list in order."},
    ),
    "points": Kind("integer", "number", rules=_between(least=0), parts="options"),
    "place": Kind(
        "select_one", "one", appearance="autocomplete",
        lost={"list": "The list of the organisation is written as it is now."},
    ),
    "place_on_map": Kind(
        "select_one", "one", lost={"map": "The map is kept for Consult only; other programs show a list."},
    ),
    "publish_consent": Kind(
        "select_one", "one", lost={"about": "What follows from this answer is known to Consult only."},
    ),
}  # fmt: skip
