"""Drawing a page: the template is found by the view's name, the frame is the same everywhere."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from flask import Flask, Response, current_app, make_response, redirect, render_template, request, url_for
from markupsafe import Markup, escape

from consult.domain.markup import has_markup, inline
from consult.domain.wording import Wording, direction
from consult.web.locale import catalogues, current_language

#: Numbers written in groups: telephone numbers and the like.
GROUPED = re.compile(r"(\+?\d+(?:[ \u00a0-]\d+)+)")

#: How many parts of the frame are kept as drawn: one for each language, and for each place the site may be mounted at.
MOST_KEPT = 400

#: Macros that every template may say; imported by name, each page would put their files together anew.
MACROS = {
    "asked": "components/questions.html",
    "language_buttons": "components/languages.html",
    "urgent_help": "components/urgent_help.html",
}

#: Context that rooms add to every page, such as the organisation; each is called once a page.
frame: dict[str, Callable[[], Any]] = {}


def page(view: str | None = None, /, *, status: int = 200, folder: str | None = None, **context: Any) -> Response:
    """The page of this view, or of another view of the same room."""
    room, _, own = (request.endpoint or "web.error").rpartition(".")
    view = view or own
    named = {name: make() for name, make in frame.items()}
    named.update(context)
    named.setdefault("page_name", view)
    named.setdefault("languages", catalogues())
    named.setdefault("form", None)
    language = current_language()
    text = render_template(f"{folder or room}/{view}.html", locale=language, direction=direction(language), **named)
    return make_response(text, status)


def frame_part(template: str, organisation: Any, home: str = "") -> Markup:
    """A part of the frame that everybody meets alike, drawn once for each language, and anew when the organisation is.

    `home` is where the name at the head leads to.
    """
    known: dict[tuple[str, ...], tuple[Any, Markup]] = current_app.extensions.setdefault("consult.kept", {})
    language = current_language()
    key = (template, language, request.script_root, home)
    found = known.get(key)
    if found is None or found[0] is not organisation:
        drawn = render_template(
            template, organisation=organisation, home=home, locale=language, direction=direction(language)
        )
        found = known[key] = (organisation, Markup(drawn))  # noqa: S704 - drawn by a template, which escapes
        if len(known) > MOST_KEPT:
            known.pop(next(iter(known)))
    return found[1]


def _macro(app: Flask, name: str) -> Callable[..., Markup]:
    """A macro of MACROS for all templates."""

    @cache
    def written() -> Any:
        return getattr(app.jinja_env.get_template(MACROS[name]).module, name)

    return lambda *arguments, **named: written()(*arguments, **named)


def see_other(endpoint: str, **values: Any) -> Response:
    """Redirect after a good post (303)."""
    anchor = values.pop("_anchor", None)
    return make_response(redirect(url_for(endpoint, _anchor=anchor, **values), 303))


def words(wording: Wording | Mapping[str, str] | str | None, source: str = "en") -> Markup:
    """Authored words for the reader, marked with their language where they fell back; links are their words alone."""
    if not wording:
        return Markup("")
    if not isinstance(wording, Wording):
        wording = Wording(wording, source)
    worded = wording.to(current_language())
    text = escape(worded.text)
    if has_markup(worded.text):
        text = Markup(inline(worded.text, links=False))  # noqa: S704 - it escapes
    elif worded.direction == "rtl" and worded.language == current_language():
        return numbered(worded.text)
    if worded.language == current_language():
        return text
    return Markup('<span lang="{}" dir="{}">{}</span>').format(worded.language, worded.direction, text)


def numbered(text: str) -> Markup:
    """Words of a right-to-left page, with numbers in groups such as “116 123” kept in their order."""
    pieces = GROUPED.split(text)
    return Markup("").join(
        Markup('<bdi dir="ltr">{}</bdi>').format(piece) if at % 2 else escape(piece) for at, piece in enumerate(pieces)
    )


def plain(wording: Wording | Mapping[str, str] | str | None) -> str:
    """The same without mark-up, for titles and attributes."""
    if not wording:
        return ""
    return (wording if isinstance(wording, Wording) else Wording(wording)).to(current_language()).plain


def paragraphs(wording: Wording | Mapping[str, str] | str | None) -> Markup:
    """Authored words with blank lines between paragraphs and “- ” before list items."""
    if not wording:
        return Markup("")
    worded = (wording if isinstance(wording, Wording) else Wording(wording)).to(current_language())
    foreign = worded.language != current_language()
    mark = Markup(' lang="{}" dir="{}"').format(worded.language, worded.direction) if foreign else Markup("")
    parts = []
    for part in worded.text.replace("\r\n", "\n").split("\n\n"):
        lines = [line.strip() for line in part.split("\n") if line.strip()]
        if lines and all(line.startswith("- ") for line in lines):
            listed = Markup("").join(Markup("<li>{}</li>").format(line[2:]) for line in lines)
            parts.append(Markup('<ul class="nhsuk-list nhsuk-list--bullet"{}>{}</ul>').format(mark, listed))
        elif lines:
            parts.append(Markup("<p{}>{}</p>").format(mark, Markup("<br>").join(escape(line) for line in lines)))
    return Markup("\n").join(parts)


def error_summary(form: Any) -> Markup:
    """The list of what is wrong, with links to the inputs."""
    if form is None or not getattr(form, "errors", None):
        return Markup("")
    from flask_babel import gettext as _

    from consult.web.nhsuk import nhsuk

    listed = []
    for field in form:
        parts = getattr(field, "part_errors", None)
        if parts is not None:
            listed += [
                {"text": message, "href": f"#{field.name}--{suffix}" if suffix else f"#{field.name}"}
                for suffix, message in parts.items()
            ]
        elif field.errors:
            listed.append({"text": str(field.errors[0]), "href": f"#{getattr(field, 'error_id', field.id)}"})
    listed += [{"text": str(message)} for message in getattr(form, "form_errors", ())]
    return nhsuk("error-summary", titleText=_("There is a problem"), errorList=listed)


def register(app: Flask) -> None:
    """What every template may say."""
    app.jinja_env.globals.update(
        words=words, plain=plain, paragraphs=paragraphs, error_summary=error_summary, frame_part=frame_part
    )
    app.jinja_env.globals.update({name: _macro(app, name) for name in MACROS})
    app.jinja_env.globals.update(settings=lambda: current_app.config["CONSULT"])
