"""What conditions mean, written a second time from docs/questionnaire.md, without looking at the first."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

Atoms = list[list[Any]]
#: What one page shows: (question, its options, its rows).
Seen = list[tuple[str, list[str], list[str]]]


def number(thing: Any) -> float | None:
    """A number, or a text that is one."""
    try:
        return float(thing)
    except (TypeError, ValueError):
        return None


def same(left: Any, right: Any) -> bool:
    if type(left) is str and type(right) is str:
        return left == right
    return number(left) is not None and number(left) == number(right)


def span(text: str) -> tuple[date, date] | None:
    """The days a date may mean when its day, or day and month, were left out."""
    pieces = text.split("-")
    if not all(piece.isdigit() for piece in pieces) or [len(piece) for piece in pieces] not in ([4], [4, 2], [4, 2, 2]):
        return None
    year, *rest = (int(piece) for piece in pieces)
    if len(rest) == 2:
        return date(year, *rest), date(year, *rest)
    if len(rest) == 1:
        after = date(year + rest[0] // 12, rest[0] % 12 + 1, 1)
        return date(year, rest[0], 1), after - timedelta(days=1)
    return date(year, 1, 1), date(year, 12, 31)


def ordered(operator: str, left: Any, right: Any) -> bool:
    if number(left) is not None and number(right) is not None:
        one, other = (number(left),) * 2, (number(right),) * 2
    elif isinstance(left, str) and isinstance(right, str):
        one, other = span(left), span(right)
        if one is None or other is None:
            one, other = (left,) * 2, (right,) * 2
    else:
        return False
    if operator == "at_least":
        return one[0] >= other[0]
    if operator == "at_most":
        return one[1] <= other[1]
    return one[0] > other[1] if operator == "above" else one[1] < other[0]


def contents(atoms: Atoms) -> list[Any]:
    return [
        next((thing for thing in (choice, given, text) if thing is not None), None) for _, choice, given, text in atoms
    ]


def true(condition: dict[str, Any] | None, given: dict[str, Atoms], today: date | None) -> bool:
    """Whether a condition holds of these answers."""
    if condition is None:
        return True
    for how, joined in (("all", all), ("any", any)):
        if how in condition:
            return joined([true(part, given, today) for part in condition[how]])
    if "not" in condition:
        return not true(condition["not"], given, today)
    atoms = [one for one in given.get(condition["when"], []) if condition.get("row") in (None, one[0])]
    operator, of = condition["is"], condition.get("of")
    if operator == "answered":
        return atoms != []
    left = contents(atoms)
    if condition.get("count") == "rows":
        left = [len({part for part, *_ in atoms})]
    elif condition.get("count"):
        left = [len([choice for _, choice, _, _ in atoms if choice is not None])]
    if isinstance(of, dict) and "today" in of:
        if today is None:
            return False
        right: list[Any] = [str(today + timedelta(days=of["today"]))]
    else:
        right = contents(given.get(of["question"], [])) if isinstance(of, dict) else of
    if not left or not right:
        return operator == "none_of"
    if operator == "all_of":
        return [one for one in right if not [1 for other in left if same(other, one)]] == []
    if operator in ("any_of", "none_of"):
        return (operator == "any_of") == bool([1 for one in left for other in right if same(one, other)])
    return bool([1 for one in left if ordered(operator, one, right[0])])


def walked(
    definition: dict[str, Any], given: dict[str, Atoms], today: date | None
) -> tuple[list[tuple[str, Seen]], dict[str, Atoms]]:
    """The pages somebody sees with what stands on them, and the answers that count."""
    counted: dict[str, Atoms] = {}
    pages = []
    for page in definition["pages"]:
        before = dict(counted)
        seen: Seen = []
        for thing in page["questions"]:
            inside = thing["questions"] if "section" in thing else [thing]
            for question in inside:
                gates = [page["show"], question["show"], thing["show"]]
                parts = {
                    name: [one["key"] for one in question[name] if true(one["show"], before, today)]
                    for name in ("options", "rows")
                    if name in question
                }
                if not all(true(gate, before, today) for gate in gates) or [] in parts.values():
                    continue
                seen.append((question["key"], parts.get("options", []), parts.get("rows", [])))
                kept = []
                for atom in given.get(question["key"], []):
                    rows = parts.get("rows") or (parts.get("options") if question["kind"] == "ranks" else None)
                    gone = (rows is not None and atom[0] not in rows) or (
                        atom[1] is not None and atom[1] not in parts.get("options", [atom[1]])
                    )
                    kept += [] if gone else [atom]
                if kept:
                    counted[question["key"]] = kept
        if seen:
            pages.append((page["key"], seen))
    return pages, counted
