"""One row of a survey as one question."""

from __future__ import annotations

from typing import Any

from consult.exchange.losses import CHANGED, LOST, NOTE
from consult.exchange.xlsform import checks
from consult.exchange.xlsform.conditions import NUMBERS, Known
from consult.exchange.xlsform.reading import Reading
from consult.exchange.xlsform.rows import Item
from consult.questions import kinds

#: Dates of which the form asks a part only.
WHOLE_DATE = frozenset({"year", "month-year"})
#: Appearances that ask for what we do anyway, or that are acted on elsewhere.
LOOKS = {
    "minimal", "autocomplete", "search", "numbers", "multiline", "field-list", "table-list", "label", "list-nolabel",
    "hidden", "w1", "w2", "w3", "w4",
}  # fmt: skip
LONGEST_TEXT, LONGEST_LINES = 500, 4000
#: Kinds of rows that are not asked: what they are to a condition that names them, and what was done.
NOT_ASKED = {
    "metadata": ("collected by the device, not asked", "This is not collected: it would help to identify people."),
    "worked out": ("worked out by the form, not asked", "Values that the form works out are not kept."),
    "elsewhere": (
        "chosen from another file", "Choices in another file or sheet cannot be brought in; the question is left out.",
    ),
    "place": ("a place on a map, which is not kept", "A place on a map cannot be asked; the question is left out."),
    "media": (
        "a picture, sound, code or file, which is not kept",
        "Pictures, sounds, codes and files cannot be collected; the question is left out.",
    ),
    "ordered": (
        "a list put into order, which is not kept",
        "Putting things into order cannot be asked; the question is left out.",
    ),
    "setting": ("a setting, not a question", "This is a setting of the form, not a question; it is left out."),
    "unknown": ("of an unknown kind", "This kind of question is not known; it is left out."),
}  # fmt: skip
IDENTIFIES = "The answer identifies people: it is kept apart from all others."
NEVER = "never shown"
HIDDEN = "hidden in the form, not asked"
READ = "words to read, not a question"


def there(kind: str) -> bool:
    """Whether there is such a kind of question."""
    return kind in kinds()


def not_asked(reading: Reading, item: Item) -> str:
    """Why a row is not asked at all, known before anything is laid out; "" where it is."""
    if item.kind in NOT_ASKED and not (item.kind == "ordered" and there("ranking")):
        return NOT_ASKED[item.kind][0]
    if item.kind in ("one", "many") and "${" in item.choices:
        return "chosen from earlier answers"
    return HIDDEN if "hidden" in reading.looks(item.row) else ""


def report_not_asked(reading: Reading, item: Item, why: str) -> None:
    """Tell what is left out and why."""
    row, said = item.row, reading.get(item.row, "type")
    if why == HIDDEN:
        done = "The form hides this from people, so it is left out."
        reading.lose(LOST, row, "appearance", done, said=f"{said}: {item.name}")
    elif item.kind == "worked out":
        told = f"{item.name}: {reading.get(row, 'calculation')}".removesuffix(": ")
        reading.lose(LOST, row, "calculation", NOT_ASKED["worked out"][1], said=told)
    elif item.kind in NOT_ASKED:
        told = said if item.kind == "metadata" else f"{said}: {item.name}"
        reading.lose(LOST, row, "type", NOT_ASKED[item.kind][1], said=told)
    else:
        done = "Choices taken from earlier answers cannot be kept; the question is left out."
        reading.lose(LOST, row, "type", done, said=f"{said}: {item.name}")


def statement(reading: Reading, item: Item, *, key: str) -> dict[str, Any] | None:
    """A row as words to read; None where there are none."""
    label, hint = reading.words.of(item.row, "label"), reading.words.of(item.row, "hint")
    if not label and not hint:
        reading.lose(LOST, item.row, "label", "There are no words to read, so it is left out.", said=item.name)
        return None
    return {"key": key, "kind": "statement", "text": label or hint, "hint": hint if label else {}}


def label_of(reading: Reading, item: Item) -> tuple[dict[str, str], dict[str, str]]:
    """What is asked, and the hint; a question without words is asked by its hint, else by its name."""
    label, hint = reading.words.of(item.row, "label"), reading.words.of(item.row, "hint")
    guidance = reading.words.of(item.row, "guidance")
    if guidance:
        done = "Guidance for interviewers is kept as a note for authors and translators; people do not see it."
        reading.lose(NOTE, item.row, "guidance", done, said=next(iter(guidance.values())))
    if label:
        return label, ({} if hint == label else hint)
    used = "hint" if hint else "name"
    done = f"The question has no words; its {used} is asked instead."
    reading.lose(CHANGED, item.row, "label", done, said=item.name)
    return hint or dict.fromkeys(reading.languages, item.name.replace("_", " ")), {}


def question(reading: Reading, item: Item, *, needed: bool) -> tuple[dict[str, Any], Known]:
    """A row as a question that is asked, and how conditions know it; `needed` is whether it may be required at all."""
    row = item.row
    text, hint = label_of(reading, item)
    made: dict[str, Any] = {"key": _key(reading, item), "text": text, "hint": hint, "required": needed}
    for message in ("required_message", "constraint_message"):
        made[message] = reading.words.of(row, message)
    made["note"] = reading.words.of(row, "guidance")
    kind = "long text" if item.kind == "text" and "multiline" in reading.looks(row) else item.kind
    made |= _kind(reading, item, kind)
    known = Known(made["key"], kind="many" if kind == "ticked" else kind, keys=_keys(reading, item, made))
    itself = Known(".", kind=known.kind, keys=known.keys)
    rules = checks.constraint(reading, row, item.name, itself)
    for option in made.get("options", ()):
        if option["key"] in rules.alone:
            option["exclusive"] = True
    if rules.email and made["kind"] == "short_text":
        made |= {"personal": True, "settings": {**made["settings"], "expects": "email"}}
        if there("email"):
            made |= {"kind": "email", "settings": {}}
        reading.lose(NOTE, row, "constraint", IDENTIFIES)
    if rules.digits and made["kind"] == "short_text":
        made["settings"] = {"expects": "digits", "longest": rules.digits}
    if made["kind"] in ("rating", "telephone") and rules.settings:
        done = "Answers are not checked by these bounds: every answer shown is accepted."
        reading.lose(CHANGED, row, "constraint", done)
        rules.settings = {}
    settings = {**made.get("settings", {}), **rules.settings}
    if not checks.possible(settings):
        reading.lose(CHANGED, row, "constraint", "No answer is within these bounds, so they are not kept.")
        settings = made.get("settings", {})
    if made["kind"] == "percentage":
        settings = {{"minimum": "least", "maximum": "most"}.get(name, name): value for name, value in settings.items()}
    made["settings"] = {name: value for name, value in settings.items() if value is not None and value is not False}
    if rules.constraint is not None:
        made["constraint"] = rules.constraint
    report_looks(reading, item)
    _report_workings(reading, item)
    return made, known


def _keys(reading: Reading, item: Item, made: dict[str, Any]) -> dict[str, tuple[str, ...]]:
    return reading.lists.keys(item.choices, made["options"]) if "options" in made else {}


def _kind(reading: Reading, item: Item, kind: str) -> dict[str, Any]:
    """The parts of a question that its kind brings."""
    row, looks = item.row, reading.looks(item.row)
    if kind in ("one", "many", "ordered"):
        options = reading.lists.options(reading, item)
        order = {"order": "random"} if _shuffled(reading, item) else {}
        if kind == "ordered":
            return {"kind": "ranking", "options": options}
        if kind == "many":
            return {"kind": "multiple_choice", "options": options, "settings": order}
        return {"kind": "single_choice", "options": options, "settings": order | _look(item, looks)}
    if kind == "ticked":
        options = [{"key": "OK", "label": dict.fromkeys(reading.languages, "OK")}]
        return {"kind": "multiple_choice", "options": options}
    if kind == "range" and _rates(reading, item):
        return _rating(reading, item)
    if kind == "percentage" and there("percentage"):
        return {"kind": "percentage"}
    if kind in NUMBERS:
        settings = {"range": _range, "percentage": _percentage}.get(kind, _decimal)(reading, item)
        return {"kind": "number", "settings": settings}
    if kind in ("date", "moment"):
        if kind == "moment":
            reading.lose(CHANGED, row, "type", "The day is asked, not the time of day.")
        if looks & WHOLE_DATE and there("partial_date"):
            reading.lose(NOTE, row, "appearance", "People may leave out the day, and the month, of this date.")
            return {"kind": "partial_date"}
        if looks & WHOLE_DATE:
            reading.lose(CHANGED, row, "appearance", "The whole date is asked.")
        return {"kind": "date"}
    if kind == "time":
        return {"kind": "time"}
    if kind == "personal":
        reading.lose(NOTE, row, "type", IDENTIFIES)
        if there("telephone"):
            return {"kind": "telephone", "personal": True}
        return {"kind": "short_text", "personal": True, "settings": {"expects": "telephone"}}
    longest = LONGEST_LINES if kind == "long text" else LONGEST_TEXT
    done = f"The form sets no limit; answers like this one may be up to {longest:,} characters long."
    reading.lose(NOTE, row, "type", done, together="longest")
    return {"kind": "long_text" if kind == "long text" else "short_text", "settings": {"longest": longest}}


def _look(item: Item, looks: set[str]) -> dict[str, str]:
    """How a list is chosen from; a box to say what needs radios."""
    if item.with_other:
        return {}
    if looks & {"autocomplete", "search"}:
        return {"appearance": "type_ahead"}
    return {"appearance": "select"} if "minimal" in looks else {}


def _shuffled(reading: Reading, item: Item) -> bool:
    """Whether the choices stand in a random order; what else the parameters say is told."""
    said = checks.stepped(reading.get(item.row, "parameters"))
    return said.get("randomize", "").lower() == "true"


def _steps(reading: Reading, item: Item) -> tuple[float, float, float] | None:
    said = checks.stepped(reading.get(item.row, "parameters"))
    try:
        start, end, step = (float(said.get(name, usual)) for name, usual in (("start", 0), ("end", 10), ("step", 1)))
    except ValueError:
        return None
    return start, end, step


def _rates(reading: Reading, item: Item) -> bool:
    """Whether a range is a scale that people rate on: 0 or 1 to at most 10, in whole steps."""
    steps = _steps(reading, item)
    zero = hasattr(kinds()["rating"].settings, "first")
    return steps is not None and steps[2] == 1 and steps[0] in ((0, 1) if zero else (1,)) and 2 <= steps[1] <= 10


def _rating(reading: Reading, item: Item) -> dict[str, Any]:
    steps = _steps(reading, item)
    assert steps is not None
    first, last = int(steps[0]), int(steps[1])
    settings = {"points": last - first + 1} | ({"first": 0} if first == 0 else {})
    return {"kind": "rating", "settings": settings}


def _decimal(_reading: Reading, item: Item) -> dict[str, Any]:
    return {"decimal": item.kind == "decimal"}


def _percentage(_reading: Reading, _item: Item) -> dict[str, Any]:
    return {"minimum": 0, "maximum": 100}


def _range(reading: Reading, item: Item) -> dict[str, Any]:
    said = checks.stepped(reading.get(item.row, "parameters"))
    found: dict[str, Any] = {}
    for name, ours, otherwise in (("start", "minimum", 0.0), ("end", "maximum", 10.0), ("step", "step", 1.0)):
        try:
            number = float(said.get(name, otherwise))
        except ValueError:
            number = otherwise
        found[ours] = int(number) if number.is_integer() else number
    if found["minimum"] > found["maximum"]:
        found["minimum"], found["maximum"] = found["maximum"], found["minimum"]
    step = found.pop("step")
    found["decimal"] = any(isinstance(number, float) for number in (*found.values(), step))
    if step != 1:
        done = "Steps are not kept: every number in the range is accepted."
        reading.lose(CHANGED, item.row, "parameters", done, said=f"step={step}")
    others = {name: value for name, value in said.items() if name not in ("start", "end", "step")}
    if others:
        told = " ".join(f"{name}={value}" for name, value in others.items())
        reading.lose(NOTE, item.row, "parameters", "How a range looks on a device is not kept.", said=told)
    return found


def _key(reading: Reading, item: Item) -> str:
    """The question's key: its name, or what is told instead."""
    key = reading.layout.key(item.name)
    if key != item.name:
        done = (
            f"The results call this question “{key}”: a name is letters, digits and single underscores, once in a form."
        )
        reading.lose(NOTE, item.row, "name", done)
    return key


def report_looks(reading: Reading, item: Item) -> None:
    """Tell what a row says about a device, which is not kept."""
    row = item.row
    told = WHOLE_DATE if item.kind in ("date", "moment") else frozenset()
    others = sorted(reading.looks(row) - LOOKS - told)
    if others:
        done = "How a question looks on a device is not kept."
        reading.lose(NOTE, row, "appearance", done, together=" ".join(others))


def _report_workings(reading: Reading, item: Item) -> None:
    """Tell what a row works out by itself, which is not kept."""
    row = item.row
    if reading.get(row, "read_only").strip().lower() not in checks.NO:
        reading.lose(CHANGED, row, "read_only", "Everybody can answer this, whatever was answered before.")
    if reading.get(row, "choice_filter") and item.kind not in ("one", "many"):
        reading.lose(NOTE, row, "choice_filter", "There are no choices to filter.")
    if reading.get(row, "calculation"):
        reading.lose(CHANGED, row, "calculation", "The answer is not worked out; people are asked for it.")
    others = set(checks.stepped(reading.get(row, "parameters"))) - {"randomize"}
    if reading.get(row, "parameters") and item.kind != "range" and (others or item.kind not in ("one", "many")):
        reading.lose(CHANGED, row, "parameters", "Parameters such as a random order are not kept.")
