"""What a SurveyJS question says about good answers: validators, bounds, and when an answer is needed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from consult.domain.conditions import BadCondition, read
from consult.exchange.assembly import Asked
from consult.exchange.conditions import Broken, Unsupported, joined
from consult.exchange.losses import CHANGED, NOTE, Refused
from consult.exchange.structure import Thing, number_of
from consult.exchange.surveyjs.conditions import Meaning
from consult.exchange.surveyjs.reading import Reading

NUMBERS = frozenset({"number", "percentage", "money"})
TEXTS = frozenset({"short_text", "long_text"})
LENGTHS = frozenset({*TEXTS, "email", "telephone"})


def needed(reading: Reading, thing: Thing, show: dict[str, Any] | None, *, open_to_all: bool) -> bool:
    """Whether an answer is needed; one that is needed only sometimes is not."""
    required = thing.flag("isRequired")
    if required and open_to_all:
        thing.lose(CHANGED, "isRequired", "Everybody is asked this now, so an answer is no longer required.")
        return False
    if "requiredIf" not in thing:
        return required
    made, lost = reading.condition(thing, "requiredIf", "The rule that makes this required")
    if lost:
        return False
    if made is True or (isinstance(made, dict) and show is not None and made in (show, *show.get("all", ()))):
        return not open_to_all
    if made is False:
        return required
    done = "An answer that is needed only sometimes cannot be kept as such; it may be left out."
    thing.lose(CHANGED, "requiredIf", done)
    return False


def bounds(reading: Reading, thing: Thing, kind: str) -> dict[str, Any]:
    """The smallest and largest answer, as settings of the kind."""
    found: dict[str, Any] = {}
    for name, setting, day in (("min", "least", "earliest"), ("max", "most", "latest")):
        value = thing.raw(name)
        if value in (None, ""):
            continue
        if kind in NUMBERS and number_of(value) is not None:
            found[setting] = number_of(value)
        elif kind == "date" and _day(value):
            found[day] = _day(value)
        else:
            thing.lose(CHANGED, name, "Answers are not checked against this bound.")
    low, high = found.get("least", found.get("earliest")), found.get("most", found.get("latest"))
    if low is not None and high is not None and low > high:
        thing.lose(CHANGED, "min", "No answer is within these bounds, so they are not kept.", said=f"{low}, {high}")
        return {}
    return found


def _day(value: Any) -> str:
    try:
        return date.fromisoformat(str(value)[:10]).isoformat()
    except ValueError:
        return ""


def rules(reading: Reading, thing: Thing, made: dict[str, Any], itself: Asked, name: str) -> None:
    """Keep what validators and worked-out bounds say: as settings, as a constraint, or in the report."""
    conditions: list[dict[str, Any] | bool] = []
    here = Asked(".", itself.kind, itself.options)
    meaning = Meaning(lambda asked: here if asked in (name, "") else reading.assembly.place(asked))
    for bound, operator in (("minValueExpression", ">="), ("maxValueExpression", "<=")):
        said = thing.text(bound)
        if said:
            conditions.append(_worded(reading, thing, bound, f"{{{name}}} {operator} ({said})", said, meaning))
    messages = [reading.line(thing, "minErrorText"), reading.line(thing, "maxErrorText")]
    for validator in thing.things("validators"):
        validator.place = thing.place
        kind = validator.text("type").lower().removesuffix("validator")
        conditions += _rule(reading, validator, kind, made, meaning)
        messages.append(reading.line(validator, "text"))
        reading.finish(validator)
    kept = joined("all", conditions)
    if isinstance(kept, dict):
        made["constraint"] = kept
    _messages(thing, made, [words for words in messages if words])


def _messages(thing: Thing, made: dict[str, Any], messages: list[dict[str, str]]) -> None:
    if messages and "constraint" in made:
        made["constraint_message"] = messages.pop(0)
    for words in messages:
        done = "The site has its own words for an answer that does not fit; these are not kept."
        said = next(iter(words.values()))
        thing.lose(NOTE, "validators", done, said=said, together=f"message {said}")


def _worded(
    reading: Reading, thing: Thing, name: str, expression: str, said: str, meaning: Meaning
) -> dict[str, Any] | bool:
    try:
        condition = meaning.of(expression)
        if isinstance(condition, dict):
            read(condition, constraint=True)
        return condition
    except (Unsupported, BadCondition) as reason:
        thing.lose(CHANGED, name, f"Answers are not checked by this rule: it needs {reason}.", said=said)
    except Broken as reason:
        where = f"“{reading.assembly.filename}”, {thing.place}, {name}"
        raise Refused(f"{where}: the rule cannot be read: {reason}.") from None
    return True


def _rule(
    reading: Reading, validator: Thing, kind: str, made: dict[str, Any], meaning: Meaning
) -> Iterator[dict[str, Any] | bool]:
    asked, settings = made["kind"], made.setdefault("settings", {})
    if kind == "numeric" and asked in NUMBERS:
        _narrow(settings, "least", validator.number("minValue"))
        _narrow(settings, "most", validator.number("maxValue"))
    elif kind == "text" and asked in LENGTHS:
        longest, least = validator.number("maxLength"), validator.number("minLength")
        if isinstance(longest, int) and longest > 0:
            settings["longest"] = min(longest, settings.get("longest", longest))
        if isinstance(least, int) and 1 < least < 10_000:
            yield {"when": ".", "is": "matches", "of": [rf"[\s\S]{{{least},}}"]}
        if "allowDigits" in validator.data and not validator.flag("allowDigits"):
            yield {"when": ".", "is": "matches", "of": [r"\D*"]}
    elif kind == "answercount" and asked == "multiple_choice":
        for limit, setting in (("minCount", "least"), ("maxCount", "most")):
            count = validator.number(limit)
            if isinstance(count, int) and 0 < count <= len(made["options"]):
                settings[setting] = count
    elif kind == "email" and asked in TEXTS:
        made |= {"kind": "email", "settings": {}}
        validator.lose(NOTE, "validators", IDENTIFIES, said="email")
    elif kind == "email" and asked == "email":
        return
    elif kind == "regex" and asked in LENGTHS:
        yield _pattern(validator)
    elif kind == "expression":
        said = validator.text("expression")
        yield _worded(reading, validator, "expression", said, said, meaning) if said else True
    else:
        done = "Answers are not checked by this rule, which this kind of question does not have."
        validator.lose(CHANGED, "validators", done, said=kind or str(validator.data)[:80])
        validator.seen(*validator.data)


IDENTIFIES = "This can identify people, so it is kept apart from all other answers."


def _narrow(settings: dict[str, Any], name: str, number: int | float | None) -> None:
    if number is None:
        return
    if name in settings:
        number = max(number, settings[name]) if name == "least" else min(number, settings[name])
    settings[name] = number


def _pattern(validator: Thing) -> dict[str, Any] | bool:
    """A pattern that is searched for in the file's program, and has to fit the whole answer here."""
    pattern = said = validator.text("regex")
    if not pattern:
        return True
    pattern = pattern[1:] if pattern.startswith("^") else rf"[\s\S]*{pattern}"
    ends = pattern.endswith("$") and not pattern.endswith(r"\$")
    pattern = pattern[:-1] if ends else rf"{pattern}[\s\S]*"
    if validator.flag("caseInsensitive"):
        pattern = f"(?i){pattern}"
    if re.search(r"(?<!\\)\|", re.sub(r"\([^()]*\)|\[[^\]]*\]", "", said)):
        validator.lose(CHANGED, "regex", "Answers are not checked by this rule: it has alternatives.", said=said)
        return True
    made = {"when": ".", "is": "matches", "of": [pattern]}
    try:
        read(made, constraint=True)
    except BadCondition as reason:
        validator.lose(CHANGED, "regex", f"Answers are not checked by this rule: {reason}.", said=said)
        return True
    return made
