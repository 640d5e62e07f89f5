"""The pages that say what holds everywhere: accessibility, privacy, cookies, contact."""

from __future__ import annotations

from functools import cache

from flask import Response, current_app

from consult import clock
from consult.config import ROOT
from consult.consultations.routes import blueprint
from consult.web.access import public
from consult.web.locale import SOURCE, catalogues
from consult.web.page import page
from consult.web.sections import sections

#: How a catalogue's header says that nobody who speaks the language has read it yet.
UNCHECKED = "not yet checked by a speaker"
HEADER = 4_000


@blueprint.get("/accessibility")
@public(max_age=3600)
def accessibility() -> Response:
    """What works for whom, what does not yet, and how to tell us."""
    return page(unchecked=unchecked_languages())


@blueprint.get("/privacy")
@public(max_age=3600)
def privacy() -> Response:
    """What makes answers anonymous, what remains, and what we keep about people who write to us."""
    least = current_app.config["CONSULT"].min_group
    return page(least=least, sections=sections("privacy", None, clock.now()))


@blueprint.get("/cookies")
@public(max_age=3600)
def cookies() -> Response:
    """The one cookie, and when it comes."""
    return page()


@blueprint.get("/contact")
@public(max_age=3600)
def contact() -> Response:
    """How to reach us."""
    return page()


@cache
def unchecked_languages() -> tuple[str, ...]:
    """The interface languages whose translation no speaker has checked, as their catalogues' headers say."""
    found = []
    for language in catalogues():
        source = ROOT / "translations" / language / "LC_MESSAGES" / "messages.po"
        if language != SOURCE and source.exists() and UNCHECKED in source.read_text("utf-8")[:HEADER].lower():
            found.append(language)
    return tuple(found)
