"""The panel that says where to get help now: on the way only where words are asked for, or sound like danger."""

from __future__ import annotations

from flask import current_app, render_template
from markupsafe import Markup

from consult.accounts.queries import organisation
from consult.answering.asked import RevisionAsked
from consult.answering.telling import worries
from consult.domain.journey import Route, Stop
from consult.domain.wording import direction
from consult.web.locale import current_language

#: How many drawn panels are kept: one for each language, and one that opens itself.
MOST_KEPT = 50


def help_on(route: Route, stop: Stop, revision: RevisionAsked) -> Markup:
    """The panel before the first question for words, or after words that sound like danger; else nothing.

    It looks at the page before this one, whose answers are in the draft: neither the address nor anything kept says
    that it was shown.
    """
    earlier = route.before(stop.page.key)
    if earlier is not None and earlier.page.key in revision.for_words and worries(earlier.questions, route.given):
        return panel(worried=True)
    if stop.page.key in revision.for_words:
        first = next((key for key in revision.for_words if route.stop(key) is not None), None)
        return panel(worried=False) if stop.page.key == first else Markup("")
    return Markup("")


def panel(*, worried: bool) -> Markup:
    """The short panel, drawn once for each language and kept until the organisation is read again."""
    kept: dict[tuple[str, bool], tuple[object, Markup]] = current_app.extensions.setdefault("consult.help", {})
    here, language = organisation(), current_language()
    known = kept.get((language, worried))
    if known is None or known[0] is not here:
        drawn = render_template(
            "answering/help.html", organisation=here, worried=worried, locale=language, direction=direction(language)
        )
        known = kept[language, worried] = (here, Markup(drawn))  # noqa: S704 - drawn by a template, which escapes
        if len(kept) > MOST_KEPT:
            kept.pop(next(iter(kept)))
    return known[1]
