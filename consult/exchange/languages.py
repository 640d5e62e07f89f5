"""Which language a column is in: `label::Polski (pl)`, `label::pl`, `label:Polish`, or a bare `label`."""

from __future__ import annotations

import re
from functools import cache

import babel

#: Names that forms use and CLDR does not know.
MORE = {
    "dari": "prs",
    "dioula": "dyu",
    "farsi": "fa",
    "fulfulde": "ff",
    "gourmantchema": "gux",
    "kiswahili": "sw",
    "mandarin": "zh",
    "moore": "mos",
    "oromiffa": "om",
    "oromo": "om",
    "pashto": "ps",
    "sorani": "ckb",
    "tigirigna": "ti",
    "tigrigna": "ti",
}
CODED = re.compile(r"^(.*?)\(\s*([A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,8})*)\s*\)\s*$")
CODE = re.compile(r"^[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,8})*$")


@cache
def _names() -> dict[str, str]:
    """Names of languages in English and in themselves, in small letters, by code."""
    known: dict[str, str] = {}
    for code, name in babel.Locale("en").languages.items():
        if re.fullmatch(r"[a-z]{2,3}", code):
            known.setdefault(name.lower(), code)
            try:
                own = babel.Locale.parse(code).languages.get(code)
            except (babel.UnknownLocaleError, ValueError):
                own = None
            if own:
                known.setdefault(own.lower(), code)
    return {**known, **MORE}


def code_of(said: str) -> tuple[str, bool]:
    """The code of a language as a form names it, and whether it was known; one that was not gets a private code."""
    text = said.strip()
    coded = CODED.match(text)
    if coded:
        return _tidy(coded[2]), True
    if text.lower() in _names():
        return _names()[text.lower()], True
    if CODE.match(text) and text.split("-")[0].split("_")[0].lower() in babel.Locale("en").languages:
        return _tidy(text), True
    private = re.sub(r"[^a-z0-9]", "", text.lower())[:8] or "other"
    return f"und-x-{private}", False


def _tidy(code: str) -> str:
    first, *rest = re.split("[-_]", code)
    return "-".join([first.lower(), *rest])
