"""A place chosen on a map of areas, or from the same list beside it: the list is always there and says the same."""

from __future__ import annotations

import re
from typing import Any

from consult.domain.questionnaire import Question
from consult.domain.wording import Wording
from consult.questions.base import N_, Component, Drawing, input_name, said
from consult.questions.single_choice import SingleChoice

#: What an outline may be made of: commands and numbers of SVG paths.
OUTLINE = re.compile(r"[MmLlHhVvCcSsQqTtAaZz0-9eE ,.\-+\n]{1,20000}")
#: How many letters' heights the names of areas leave across the map.
NAMES_ACROSS = 22
VIEWBOX = re.compile(r"-?\d+(?:\.\d+)? -?\d+(?:\.\d+)? \d+(?:\.\d+)? \d+(?:\.\d+)?")


class PlaceOnMap(SingleChoice):
    """A place on a map, with a list as the equal way to choose."""

    name = "place_on_map"
    title = N_("A place on a map, or from a list")
    missing = N_("Select a place")

    def problems(self, question: Question) -> list[str]:
        found = super().problems(question)
        drawn = _map(question)
        if not drawn:
            return [*found, "needs a map: a viewbox, areas by option, and a description"]
        if not VIEWBOX.fullmatch(str(drawn.get("viewbox"))):
            found.append("the viewbox of its map is four numbers")
        areas = drawn.get("areas")
        if not isinstance(areas, dict) or not areas:
            return [*found, "its map has no areas"]
        for key, outline in areas.items():
            if key not in question.option_by_key:
                found.append(f"its map has an area “{str(key)[:60]}”, and there is no such option")
            if not isinstance(outline, str) or not OUTLINE.fullmatch(outline):
                found.append(f"the outline of “{str(key)[:60]}” is not a path")
        if not alt_words(question):
            found.append("its map needs a description in words")
        return found

    def as_select(self, question: Question) -> bool:
        return False

    def component(self, question: Question, drawing: Drawing) -> Component:
        radios = super().component(question, drawing)
        drawn = _map(question)
        if not drawn or self.problems(question):
            return radios
        areas = drawn["areas"]
        picture = Component(
            "map",
            {
                "id": f"{input_name(question)}--map",
                "name": input_name(question),
                "viewbox": drawn["viewbox"],
                "size": round(float(drawn["viewbox"].split()[2]) / NAMES_ACROSS, 2),
                "alt": said(alt_words(question), drawing.locale),
                "help": drawing.locale.say(N_("You can also choose on the map.")),
                "areas": [
                    {
                        "key": option.key,
                        "outline": areas[option.key],
                        "label": said(option.label, drawing.locale),
                        "chosen": option.key in drawing.chosen(),
                        "at": _point(drawn, option.key),
                    }
                    for option in question.options
                    if option.key in areas
                ],
            },
        )
        return Component("radios", {**radios.params, "formGroup": {"afterInputs": {"html": [picture]}}})


def _map(question: Question) -> dict[str, Any]:
    drawn = question.settings.get("map")
    if isinstance(drawn, Wording):
        return {}
    return dict(drawn) if isinstance(drawn, dict) else {}


def _point(drawn: dict[str, Any], key: str) -> tuple[float, float] | None:
    """Where the name of an area stands, if its author said so."""
    points = drawn.get("points")
    at = points.get(key) if isinstance(points, dict) else None
    if isinstance(at, list | tuple) and len(at) == 2 and all(isinstance(one, int | float) for one in at):
        return (at[0], at[1])
    return None


def alt_words(question: Question) -> Wording:
    """What the map shows, in words."""
    alt = _map(question).get("alt")
    if isinstance(alt, Wording):
        return alt
    return Wording(alt if isinstance(alt, dict | str) else {})
