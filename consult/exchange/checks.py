"""What an XLSForm says about good answers: required, and constraints as far as they go."""

from __future__ import annotations

from typing import Any

from consult.domain import conditions
from consult.exchange import expressions
from consult.exchange.expressions import Asked, Broken, Called, Compared, Constant, Joined, Place, Unsupported
from consult.exchange.losses import CHANGED, LOST, Losses, Refused
from consult.exchange.workbook import Row

YES = {"yes", "true", "true()", "1", "required", "x", "y", "vrai", "oui", "si", "ja"}
NO = {"", "no", "false", "false()", "0", "optional", "n"}


def required(said: str, row: Row, column: str, losses: Losses) -> bool:
    """Whether an answer is needed; one needed only sometimes is not."""
    if said.strip().lower() in YES:
        return True
    if said.strip().lower() not in NO:
        losses.add(CHANGED, row=row.number, column=column, said=said, done="An answer that is needed only sometimes cannot be kept as such; it may be left out.")
    return False


def constraint(said: str, row: Row, column: str, kind: str, place: Place, losses: Losses) -> tuple[dict[str, Any], dict[str, Any] | None]:
    """A rule for good answers: as settings (smallest, largest, longest) where it is that simple, else as a condition."""
    if not said or said.strip().lower() in ("true", "true()", "yes"):
        return {}, None
    try:
        tree = expressions.parse(said)
        settings = _settings(tree, kind)
        if settings is not None:
            return settings, None
        made = expressions.condition(tree, place, constraint=True)
        if isinstance(made, bool):
            return {}, None
        conditions.read(made, constraint=True)
        return {}, made
    except Unsupported as reason:
        losses.add(CHANGED, row=row.number, column=column, said=said, done=f"Answers are not checked by this rule: {reason} cannot be kept.")
    except conditions.BadCondition as reason:
        losses.add(CHANGED, row=row.number, column=column, said=said, done=f"Answers are not checked by this rule: {reason}.")
    except Broken as reason:
        raise Refused(f"Sheet “survey”, row {row.number}, column “{column}”: the rule cannot be read: {reason}.") from None
    return {}, None


def _settings(tree: Any, kind: str) -> dict[str, Any] | None:
    """Smallest and largest number, or the longest text, if the rule says just that."""
    parts = tree.parts if isinstance(tree, Joined) and tree.how == "all" else (tree,)
    settings: dict[str, Any] = {}
    for part in parts:
        if not isinstance(part, Compared):
            return None
        left, operator, right = part.left, part.operator, part.right
        if isinstance(left, Constant):
            left, operator, right = right, expressions.FLIPPED[operator], left
        number = _as_number(right)
        if number is None or operator in ("=", "!="):
            return None
        if left == Asked(".") and kind in ("whole", "decimal", "range"):
            if operator in (">", "<"):
                if kind != "whole":
                    return None
                number = number + 1 if operator == ">" and number == int(number) else number
                number = number - 1 if operator == "<" and number == int(number) else number
            name = "minimum" if operator in (">", ">=") else "maximum"
            if name in settings:
                number = max(number, settings[name]) if name == "minimum" else min(number, settings[name])
            settings[name] = int(number) if float(number).is_integer() else number
        elif left == Called("string-length", (Asked("."),)) and kind in ("text", "long text") and operator in ("<", "<="):
            settings["longest"] = max(1, int(number) - (operator == "<"))
        else:
            return None
    return None if settings.get("minimum", 0) is not None and settings.get("minimum", float("-inf")) > settings.get("maximum", float("inf")) else settings


def _as_number(node: Any) -> float | None:
    if not isinstance(node, Constant):
        return None
    try:
        return float(node.value)
    except ValueError:
        return None


def relevance(said: str, row: Row, column: str, place: Place, losses: Losses, what: str) -> dict[str, Any] | bool | None:
    """When a question is shown: a condition, None for always, False for never; what cannot be kept is shown to everyone."""
    if not said.strip():
        return None
    try:
        made = expressions.condition(expressions.parse(said), place)
    except Unsupported as reason:
        losses.add(CHANGED, row=row.number, column=column, said=said, done=f"{what} is shown to everyone: its condition needs {reason}.")
        return None
    except Broken as reason:
        raise Refused(f"Sheet “survey”, row {row.number}, column “{column}”: the condition cannot be read: {reason}.") from None
    if made is False:
        losses.add(LOST, row=row.number, column=column, said=said, done=f"{what} is never shown by this condition and is left out.")
    return None if made is True else made
