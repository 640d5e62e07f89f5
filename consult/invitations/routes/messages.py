"""What a message to somebody invited says, in their language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import babel as cldr
from babel.dates import format_datetime
from flask import current_app, has_request_context, request
from flask_babel import force_locale
from flask_babel import gettext as _

from consult.accounts.queries import organisation
from consult.consultations.models import Consultation
from consult.domain.wording import Wording
from consult.invitations import queries
from consult.invitations.actions.wording import filled
from consult.web.locale import autonym, catalogues, cldr_name, zone


@dataclass(frozen=True)
class Message:
    """What is sent."""

    subject: str
    body: str


def offered(consultation: Consultation) -> list[str]:
    """The languages to write to people in: those it is offered in and we have words for, its own first."""
    current = consultation.current
    languages = current.languages if current else consultation.languages
    known = [one for one in languages if one in catalogues()] or [current_app.config["BABEL_DEFAULT_LOCALE"]]
    return sorted(known, key=lambda one: one != consultation.language)


def names_of_languages(codes: Sequence[str]) -> dict[str, str]:
    """What a list may call these languages: codes, names in English and in themselves, in small letters."""
    names: dict[str, str] = {}
    for code in codes:
        english = cldr.Locale.parse(code, sep="-").get_display_name("en") or code
        names |= {code.lower(): code, english.lower(): code, autonym(code).lower(): code}
    return names


def ours(kind: str, language: str, *, named: bool = True) -> Message:
    """Our own words for a message, with places to fill in."""
    with force_locale(language.replace("-", "_")):
        first = _("We would like to know what you think about this:")
        if kind == "remind":
            first = _("We wrote to you because we would like to know what you think about this:")
        lines = [
            _("Hello {name},") if named else _("Hello,"),
            first,
            "{title}",
            _("This link is for you alone. It can be used to answer once:"),
            "{link}",
            _("You can answer until {closes}."),
            _("We know that you were invited, and later that you answered. Nobody can tell which answers are yours."),
        ]
        if kind == "remind":
            lines.append(_("If you have answered in the last few days, there is nothing else to do."))
        lines += [_("If you do not want to be invited again, open this address:"), "{stop}"]
        subject = _("Reminder: {title}") if kind == "remind" else _("Have your say: {title}")
    return Message(subject, "\n\n".join(lines))


def message(consultation: Consultation, *, kind: str, language: str, name: str, token: str) -> Message:
    """What one person is sent."""
    if language not in offered(consultation):
        language = offered(consultation)[0]
    words = queries.words_for(consultation.id, kind, language)
    said = Message(words.subject, words.body) if words else ours(kind, language, named=bool(name))
    link = link_of(token, language)
    closes, own = consultation.closes_at, cldr_name(language)
    with force_locale(language.replace("-", "_")):
        given = {
            "name": name,
            "title": consultation.wording("title").to(language).text,
            "link": link,
            "closes": format_datetime(closes, "d MMMM y, HH:mm", tzinfo=zone(), locale=own) if closes else "",
            "stop": f"{link}/stop",
        }
        by = Wording(organisation().name).to(language).text
    subject = " ".join(filled(said.subject, given).split())
    return Message(subject, filled(said.body, given) + f"\n\n{by}\n")


def knows_its_address() -> bool:
    """Whether links in messages lead here: a live site has to be told its address, as the worker is asked by nobody."""
    settings = current_app.config["CONSULT"]
    return bool(settings.site_url) or not settings.production


def link_of(token: str, language: str) -> str:
    """The whole address of a link, in a language."""
    settings = current_app.config["CONSULT"]
    site = settings.site_url.rstrip("/") or (request.host_url.rstrip("/") if has_request_context() else "")
    prefix = "" if language == settings.site_language else f"/{language}"
    return f"{site}{prefix}/i/{token}"
