"""Addresses as they are printed and read out, in each language."""

from __future__ import annotations

from typing import Any

from flask import current_app, request

from consult.consultations.models import Consultation
from consult.promotion.models import PromotionLink
from consult.web.locale import catalogues


def short_address(link: PromotionLink, language: str) -> str:
    """The whole address: “https://consult.example.org/pl/go/tavo-semi”."""
    site = current_app.config["CONSULT"].site_url.rstrip("/") or request.host_url.rstrip("/")
    return f"{site}{path('promotion.go', language, code=link.code)}"


def tablet_address(slug: str, language: str) -> str:
    """The whole address that makes a browser a shared tablet for a consultation, once somebody confirms it."""
    site = current_app.config["CONSULT"].site_url.rstrip("/") or request.host_url.rstrip("/")
    return f"{site}{path('answering.tablet_mode', language, slug=slug)}"


def spoken(address: str) -> str:
    """The address as people read and type it, without what a browser adds by itself."""
    return address.removeprefix("https://").removeprefix("http://")


def path(endpoint: str, language: str, **values: Any) -> str:
    """The path of a page in a language, from a page in whatever language."""
    own = language == current_app.config["BABEL_DEFAULT_LOCALE"]
    return current_app.url_map.bind("localhost", script_name="/" if own else f"/{language}").build(endpoint, values)


def offered(consultation: Consultation) -> list[str]:
    """The languages to tell people in: those the consultation is offered in and we have words for."""
    current = consultation.current
    languages = current.languages if current else consultation.languages
    return [one for one in languages if one in catalogues()] or [current_app.config["BABEL_DEFAULT_LOCALE"]]
