"""Random questionnaires and answers, as their JSON: every operator, every side, every shape that an answer has."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

OPTIONS = ["a", "b", "1"]
ROWS = ["r1", "r2"]
DAYS = ["2026-03-04", "2026-03-05", "2026-11-23", "2025", "2026", "2026-03", "2026-11"]
TIMES = ["09:05", "14:30"]
#: What stands in an answer of each shape, as packed atoms: (part, choice, number, text).
SHAPES = ["one", "several", "grid", "grid_several", "grid_numbers", "ranks", "number", "day", "range", "time", "words"]
PARTS = {"grid": ROWS, "grid_several": ROWS, "grid_numbers": ROWS, "ranks": OPTIONS, "range": ["from", "to"]}
#: What an answer of a shape is most usefully compared with; options, unless it is named here.
FITTING = {
    "grid_numbers": [0, 1, 2, 3, 1.5],
    "number": [0, 1, 2, 3, 1.5],
    "ranks": [1, 2, 3],
    "day": DAYS,
    "range": DAYS,
    "time": TIMES,
    "words": ["hello", "1", 1],
}
CONSTANTS = [*OPTIONS, *DAYS, *TIMES, 0, 1, 2, 1.5, "2", "hello"]
OPERATORS = ["answered", "any_of", "none_of", "all_of", "at_least", "at_most", "above", "below"]
numbers = st.sampled_from([0, 1, 2, 3, 1.5])

Atoms = list[list[Any]]


def answers_to(shape: str) -> st.SearchStrategy[Atoms]:
    """Atoms of an answer, or none."""
    keys, some = st.sampled_from(OPTIONS), st.sets(st.sampled_from(OPTIONS))
    made: dict[str, st.SearchStrategy[Atoms]] = {
        "one": keys.map(lambda key: [["", key, None, None]]),
        "several": some.map(lambda chosen: [["", key, None, None] for key in sorted(chosen)]),
        "grid": st.dictionaries(st.sampled_from(ROWS), keys).map(
            lambda rows: [[row, key, None, None] for row, key in sorted(rows.items())]
        ),
        "grid_several": st.dictionaries(st.sampled_from(ROWS), some).map(
            lambda rows: [[row, key, None, None] for row, chosen in sorted(rows.items()) for key in sorted(chosen)]
        ),
        "grid_numbers": st.dictionaries(st.sampled_from(ROWS), numbers).map(
            lambda rows: [[row, None, number, None] for row, number in sorted(rows.items())]
        ),
        "ranks": st.permutations(OPTIONS).map(lambda order: [[key, None, at, None] for at, key in enumerate(order, 1)]),
        "number": numbers.map(lambda number: [["", None, number, None]]),
        "day": st.sampled_from(DAYS).map(lambda day: [["", None, None, day]]),
        "range": st.dictionaries(st.sampled_from(["from", "to"]), st.sampled_from(DAYS)).map(
            lambda days: [[part, None, None, day] for part, day in sorted(days.items())]
        ),
        "time": st.sampled_from(TIMES).map(lambda time: [["", None, None, time]]),
        "words": st.sampled_from(["hello", "1", "2026"]).map(lambda text: [["", None, None, text]]),
    }
    return st.one_of(st.just([]), made[shape], made[shape])


@st.composite
def tests_of(draw: st.DrawFn, earlier: dict[str, str]) -> dict[str, Any]:
    """One comparison with an earlier question; `earlier` are shapes by question."""
    key = draw(st.sampled_from(sorted(earlier)))
    test: dict[str, Any] = {"when": key, "is": draw(st.sampled_from(OPERATORS))}
    if draw(st.booleans()) and earlier[key] in PARTS:
        test["row"] = draw(st.sampled_from(PARTS[earlier[key]]))
    count = draw(st.sampled_from([False, False, True, "rows"]))
    if count:
        test["count"] = count
    if test["is"] == "answered":
        return test
    right = draw(st.sampled_from(["constants", "constants", "question", "today"]))
    if right == "question":
        test["of"] = {"question": draw(st.sampled_from(sorted(earlier)))}
    elif right == "today":
        test["of"] = {"today": draw(st.sampled_from([-263, -1, 0, 1, 400]))}
    else:
        most = 3 if test["is"] in ("any_of", "none_of", "all_of") else 1
        fitting = [0, 1, 2, 3] if count else FITTING.get(earlier[key], OPTIONS)
        pool = draw(st.sampled_from([fitting, fitting, CONSTANTS]))
        test["of"] = draw(st.lists(st.sampled_from(pool), min_size=1, max_size=most))
    return test


def conditions_on(earlier: dict[str, str]) -> st.SearchStrategy[dict[str, Any] | None]:
    """Nothing, or a condition on earlier questions."""
    if not earlier:
        return st.none()
    several = st.recursive(
        tests_of(earlier),
        lambda inner: st.one_of(
            st.lists(inner, min_size=1, max_size=3).map(lambda parts: {"all": parts}),
            st.lists(inner, min_size=1, max_size=3).map(lambda parts: {"any": parts}),
            inner.map(lambda part: {"not": part}),
        ),
        max_leaves=4,
    )
    return st.one_of(st.none(), st.none(), several)


@st.composite
def definitions(draw: st.DrawFn) -> tuple[dict[str, Any], dict[str, str]]:
    """A definition, and the shape of the answer to each question."""
    pages: list[dict[str, Any]] = []
    shapes: dict[str, str] = {}
    for number in range(draw(st.integers(1, 5))):
        earlier = dict(shapes)
        shows = conditions_on(earlier)
        asked: list[dict[str, Any]] = []
        for at in range(draw(st.integers(1, 3))):
            shape = draw(st.sampled_from(SHAPES))
            key = f"q{number}_{at}"
            shapes[key] = shape
            question: dict[str, Any] = {"key": key, "kind": shape, "text": key, "show": draw(shows)}
            if shape in ("one", "several", "grid", "grid_several", "ranks"):
                question["options"] = [{"key": one, "label": one, "show": draw(shows)} for one in OPTIONS]
            if shape in ("grid", "grid_several", "grid_numbers"):
                question["rows"] = [{"key": one, "label": one, "show": draw(shows)} for one in ROWS]
            if draw(st.integers(0, 3)) == 0:
                section = {"section": f"s{number}_{at}", "title": "S", "show": draw(shows), "questions": [question]}
                if asked and "section" in asked[-1] and draw(st.booleans()):
                    asked[-1]["questions"].append(question)
                else:
                    asked.append(section)
            else:
                asked.append(question)
        pages.append({"key": f"p{number}", "questions": asked, "show": draw(shows)})
    return {"title": "T", "pages": pages}, shapes


@st.composite
def answers_for(draw: st.DrawFn, shapes: dict[str, str]) -> dict[str, Atoms]:
    """Answers to some of the questions."""
    found = {key: draw(answers_to(shape)) for key, shape in shapes.items()}
    return {key: atoms for key, atoms in found.items() if atoms}
