"""NHS.UK frontend's components behind one function, kept apart from our strict environment.

Their macros need undefined values to chain; ours must not. Both escape everything that is not marked safe.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from flask import Flask, current_app
from jinja2 import ChainableUndefined, ChoiceLoader, Environment, PackageLoader
from markupsafe import Markup

from consult.questions.base import Component

#: Components of our own, for which NHS.UK frontend has none: templates/components/<name>.html.
OURS = frozenset({"grid", "map", "passage", "stack", "statement"})
#: What NHS.UK frontend's script would read to hide a box until its choice is made. It sets aria-expanded on radios,
#: which they may not have; so a box under its choice is always there. Escaped text has no quotation marks to match.
REVEALING = re.compile(
    r' data-aria-controls="[^"]*"'
    r'|(?<=class="nhsuk-radios__conditional) nhsuk-radios__conditional--hidden(?=")'
    r'|(?<=class="nhsuk-checkboxes__conditional) nhsuk-checkboxes__conditional--hidden(?=")'
)


class _Drawers:
    """The environment of NHS.UK frontend's macros in one application, and those read so far; they go when it goes."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.macros: dict[str, Any] = {}

    @cached_property
    def environment(self) -> Environment:
        environment = self.app.jinja_env.overlay(undefined=ChainableUndefined)
        environment.loader = ChoiceLoader([PackageLoader("nhsuk_frontend_jinja"), self.app.jinja_env.loader])  # type: ignore[list-item]
        return environment

    def macro(self, name: str) -> Any:
        found = self.macros.get(name)
        if found is None:
            first, *rest = name.split("-")
            module = self.environment.get_template(f"nhsuk/components/{name}/macro.jinja").module
            found = self.macros[name] = getattr(module, first + "".join(part.capitalize() for part in rest))
        return found


def nhsuk(component: str, /, **params: Any) -> Markup:
    """One component by its NHS name: `nhsuk("button", text="Continue")`; components in parameters are drawn first."""
    drawers: _Drawers = current_app.extensions["consult.nhsuk"]
    resolved = {name: _resolved(value) for name, value in params.items() if value is not None}
    if component in OURS:
        return Markup(drawers.environment.get_template(f"components/{component}.html").render(params=resolved))
    drawn = str(drawers.macro(component)(resolved)).strip()
    return Markup(REVEALING.sub("", drawn) if "__conditional" in drawn else drawn)


def draw(field: Any) -> Markup:
    """A form field, or a component, as it stands on the page."""
    component = field if isinstance(field, Component) else field.component()
    return nhsuk(component.name, **component.params)


def _resolved(value: Any) -> Any:
    if isinstance(value, Component):
        return nhsuk(value.name, **value.params)
    if isinstance(value, Mapping):
        found = {name: _resolved(one) for name, one in value.items() if one is not None}
        if isinstance(found.get("html"), list):
            found["html"] = Markup("\n").join(found["html"])
        return found
    if isinstance(value, list | tuple):
        return [_resolved(one) for one in value]
    return value


def register(app: Flask) -> None:
    """Templates say `nhsuk("button", text=…)` and `draw(form.title)`."""
    app.extensions["consult.nhsuk"] = _Drawers(app)
    app.jinja_env.globals.update(nhsuk=nhsuk, draw=draw)
