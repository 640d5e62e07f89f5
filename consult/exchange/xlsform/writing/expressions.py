"""Conditions as XPath, the way XLSForm writes them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from consult.exchange.xlsform.writing.names import Said

ORDERED = {"at_least": ">=", "at_most": "<=", "above": ">", "below": "<"}


def quoted(text: object) -> str:
    """A text as XPath: it has no way to escape a quotation mark, so that both kinds need concat()."""
    said = str(text)
    if "'" not in said:
        return f"'{said}'"
    if '"' not in said:
        return f'"{said}"'
    parts = ["'" + part + "'" for part in said.split("'")]
    return "concat(" + ', "\'", '.join(parts) + ")"


def expression(condition: Mapping[str, Any], known: Mapping[str, Said], itself: Said | None = None) -> str:
    """A condition's JSON as XPath; `known` says how each question is spoken of, `itself` the answer being checked."""
    for how, joint in (("all", " and "), ("any", " or ")):
        if how in condition:
            parts = [expression(part, known, itself) for part in condition[how]]
            return parts[0] if len(parts) == 1 else joint.join(f"({part})" for part in parts)
    if "not" in condition:
        return f"not({expression(condition['not'], known, itself)})"
    return _test(condition, known, itself)


def _test(test: Mapping[str, Any], known: Mapping[str, Said], itself: Said | None) -> str:
    said = itself if test["when"] == "." and itself else known[test["when"]]
    row = str(test.get("row"))
    variables = [said.variables[row]] if row in said.variables else list(said.variables.values())
    if test.get("count"):
        return _compared([_counted(said, variables, test["count"])], "number", said, test, known, itself)
    if test["is"] == "answered":
        return _either([f"{one} != ''" for one in variables])
    return _compared(variables, said.answers, said, test, known, itself)


def _counted(said: Said, variables: list[str], what: Any) -> str:
    if said.answers in ("one", "many", "ranked") and what != "rows":
        return " + ".join(f"count-selected({one})" for one in variables)
    return " + ".join(f"if({one} != '', 1, 0)" for one in variables)


def _compared(
    variables: list[str],
    answers: str,
    said: Said,
    test: Mapping[str, Any],
    known: Mapping[str, Said],
    itself: Said | None,
) -> str:
    operator, of = test["is"], test.get("of")
    constants = [] if isinstance(of, Mapping) else list(of) if isinstance(of, list | tuple) else [of]
    if operator == "matches":
        return _either([f"regex({one}, {quoted(constants[0])})" for one in variables])
    right: list[str] | None = None
    if isinstance(of, Mapping):
        right = _other_side(of, known, itself)
    if operator in ORDERED:
        values = right or [_constant(answers, constants[0])]
        return _either([f"{one} {ORDERED[operator]} {value}" for one in variables for value in values])
    same: Callable[[str, str], str]
    if answers in ("one", "many", "ranked"):
        values = right or [quoted(said.choices.get(str(one), one)) for one in constants]
        same = lambda one, value: f"selected({one}, {value})"  # noqa: E731
    else:
        values = right or [_constant(answers, one) for one in constants]
        same = lambda one, value: f"{one} = {value}"  # noqa: E731
    if operator == "all_of":
        found = [_either([same(one, value) for one in variables]) for value in values]
        return found[0] if len(found) == 1 else " and ".join(f"({one})" for one in found)
    either = _either([same(one, value) for one in variables for value in values])
    return either if operator == "any_of" else f"not({either})"


def _other_side(of: Mapping[str, Any], known: Mapping[str, Said], itself: Said | None) -> list[str]:
    if "today" in of:
        days = int(of["today"])
        return ["today()" if not days else f"date(today() {'+' if days > 0 else '-'} {abs(days)})"]
    said = itself if of["question"] == "." and itself else known[of["question"]]
    return list(said.variables.values())


def _constant(answers: str, value: Any) -> str:
    if answers == "date":
        return f"date({quoted(value)})"
    if answers == "number" or (isinstance(value, int | float) and not isinstance(value, bool)):
        try:
            number = float(value)
        except (TypeError, ValueError):
            return quoted(value)
        return str(int(number)) if number.is_integer() else repr(number)
    return quoted(value)


def _either(parts: list[str]) -> str:
    if not parts:
        return "false()"
    return parts[0] if len(parts) == 1 else " or ".join(f"({part})" for part in parts)
