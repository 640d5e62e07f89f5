"""The reader's language: it stands first in the address when it is not the site's own."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import babel as cldr
from babel.dates import format_date, format_datetime, format_skeleton
from babel.lists import format_list
from babel.numbers import format_currency, format_decimal, get_currency_symbol
from babel.support import NullTranslations, Translations
from flask import Flask, current_app, g, has_request_context, request
from flask_babel import gettext, ngettext

from consult.config import ROOT
from consult.domain.wording import direction
from consult.questions.base import Locale

SOURCE = "en"


@cache
def catalogues() -> tuple[str, ...]:
    """The interface languages: English and every folder of translations, English first."""
    folder = ROOT / "translations"
    found = sorted(path.parent.parent.name for path in folder.glob("*/LC_MESSAGES/messages.po"))
    return (SOURCE, *(language for language in found if language != SOURCE))


@cache
def autonym(language: str) -> str:
    """A language's name in itself: “polski”."""
    try:
        name = cldr.Locale.parse(language, sep="-").get_display_name(language.replace("-", "_"))
    except (cldr.UnknownLocaleError, ValueError):
        return language
    return (name or language)[:1].upper() + (name or language)[1:]


def language_name(language: str) -> str:
    """A language's name in the reader's language."""
    try:
        return cldr.Locale.parse(language, sep="-").get_display_name(current_language()) or language
    except (cldr.UnknownLocaleError, ValueError):
        return language


class LanguagePrefix:
    """Moves a leading /<language> of the path into SCRIPT_NAME, so that every address exists once."""

    def __init__(self, app: Callable[..., Iterable[bytes]], languages: Iterable[str], site_language: str) -> None:
        self.app = app
        self.languages = frozenset(languages) - {site_language}

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        first, slash, rest = path[1:].partition("/")
        if first in self.languages and not rest.startswith("staff"):
            environ["SCRIPT_NAME"] = f"{environ.get('SCRIPT_NAME', '')}/{first}"
            environ["PATH_INFO"] = f"/{rest}" if slash else "/"
            environ["consult.language"] = first
        return self.app(environ, start_response)


def current_language() -> str:
    """The language of this request; staff pages are English."""
    if not has_request_context():
        return str(current_app.config["BABEL_DEFAULT_LOCALE"])
    language: str | None = g.get("language")
    if language is None:
        chosen = request.environ.get("consult.language") or current_app.config["BABEL_DEFAULT_LOCALE"]
        language = SOURCE if request.path.startswith("/staff") else str(chosen)
        g.language = language
    return language


def cldr_name(language: str) -> str:
    """The name that dates and numbers go by: English as it is written in Britain, “23 November 2026”."""
    return "en_GB" if language == SOURCE else language.replace("-", "_")


@cache
def locale_of(language: str) -> Locale:
    """How questions say things in a language."""
    return Locale(
        language=language,
        say=gettext,
        number=lambda number: format_decimal(number, locale=cldr_name(language)),
        money=lambda amount, currency: say_money(amount, currency, language),
        counted=say_time,
        date=lambda iso: format_date(date.fromisoformat(iso), "long", locale=cldr_name(language)),
        month=lambda iso: format_skeleton("yMMMM", date.fromisoformat(f"{iso}-01"), locale=cldr_name(language)),
        listed=lambda words: format_list(words, locale=cldr_name(language)),
    )


def say_money(amount: float, currency: str, language: str) -> str:
    """“£12.50”, and “£12” where there are no pence; the sign is the one that stands on the notes."""
    name = cldr_name(language)
    pattern = cldr.Locale.parse(name).currency_formats["standard"].pattern
    if float(amount).is_integer():
        pattern = pattern.replace(".00", "")
    said = format_currency(amount, currency, format=pattern, locale=name, currency_digits=False)
    return said.replace(get_currency_symbol(currency, name), get_currency_symbol(currency, "en_US"))


def say_time(number: int, unit: str) -> str:
    """“2 hours”; the plurals are ours, since Babel's lack some of our languages."""
    if unit == "day":
        return ngettext("%(num)s day", "%(num)s days", number)
    if unit == "hour":
        return ngettext("%(num)s hour", "%(num)s hours", number)
    return ngettext("%(num)s minute", "%(num)s minutes", number)


def current_locale() -> Locale:
    """The same for this request's language."""
    return locale_of(current_language())


def address_in(language: str) -> str:
    """This page's address in another language."""
    prefix = "" if language == current_app.config["BABEL_DEFAULT_LOCALE"] else f"/{language}"
    return prefix + request.path


def zone() -> Any:
    """The zone in which times are told and typed."""
    from zoneinfo import ZoneInfo

    return ZoneInfo(current_app.config["CONSULT"].time_zone)


def say_date(moment: datetime | date) -> str:
    """“23 November 2026” in the reader's language, as the day is in the site's zone."""
    day = moment.astimezone(zone()) if isinstance(moment, datetime) else moment
    return format_date(day, "long", locale=cldr_name(current_language()))


def say_datetime(moment: datetime) -> str:
    """Day and time in the reader's language and the site's zone."""
    return format_datetime(moment, "d MMMM y, HH:mm", tzinfo=zone(), locale=cldr_name(current_language()))


def say_number(number: int | float) -> str:
    """A number as the reader writes it."""
    return format_decimal(number, locale=cldr_name(current_language()))


@cache
def _catalogue(language: str) -> NullTranslations:
    """One catalogue, read once: Babel's own way looks for it again at every word, forty times a page."""
    return Translations.load(ROOT / "translations", [language.replace("-", "_")])


def _said(text: str) -> str:
    return _catalogue(current_language()).gettext(text)


def _counted(singular: str, plural: str, number: int) -> str:
    return _catalogue(current_language()).ngettext(singular, plural, number)


def compile_catalogues() -> None:
    """Make the compiled catalogues where a source is newer: they are not kept in the repository."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    for source in (ROOT / "translations").glob("*/LC_MESSAGES/messages.po"):
        target: Path = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        with source.open("rb") as opened:
            catalogue = read_po(opened, locale=source.parent.parent.name)
        partial = target.with_suffix(f".{id(catalogue)}.tmp")
        with partial.open("wb") as opened:
            write_mo(opened, catalogue)
        partial.replace(target)


def register(app: Flask) -> None:
    """Bind Babel, the language prefix and the words that templates say things with."""
    from consult.extensions import babel

    compile_catalogues()
    babel.init_app(app, locale_selector=lambda: current_language().replace("-", "_"))
    app.wsgi_app = LanguagePrefix(app.wsgi_app, catalogues(), app.config["BABEL_DEFAULT_LOCALE"])  # type: ignore[method-assign]
    app.jinja_env.add_extension("jinja2.ext.do")
    app.jinja_env.install_gettext_callables(_said, _counted, newstyle=True)  # type: ignore[attr-defined]
    app.jinja_env.globals.update(
        autonym=autonym,
        language_name=language_name,
        address_in=address_in,
        direction_of=direction,
        date=say_date,
        datetime=say_datetime,
        number=say_number,
    )
