"""Words to read, with nothing to answer."""

from __future__ import annotations

import re
from html import escape
from random import Random
from typing import Any

from consult.domain.answers import Values
from consult.domain.markup import starts_list
from consult.domain.questionnaire import Question
from consult.domain.statistics import Tally
from consult.domain.wording import Wording
from consult.questions.base import N_, Component, Data, Drawing, QuestionType, hinted, said, spoken

#: A first paragraph that is shorter, with more behind it, is a heading.
LONGEST_TITLE = 100


def _html(words: dict[str, Any], *, block: bool = True) -> str:
    """Authored words as HTML, in paragraphs, and marked where their language differs from the page's."""
    html = str(words.get("html") or escape(words["text"]))
    if block and html and not html.startswith(("<p>", "<ul", "<ol")):
        html = f"<p>{html}</p>"
    if not html or "attributes" not in words:
        return html
    name, marked = ("div" if block else "span"), words["attributes"]
    return f'<{name} lang="{marked["lang"]}" dir="{marked["dir"]}">{html}</{name}>'


class Statement(QuestionType):
    """Words to read."""

    name = "statement"
    title = N_("A statement to read")
    worded = {"background": "Background, to open and read"}
    seconds = 10
    asks = False

    def inputs(self, question: Question) -> list[str]:
        return []

    def texts(self, question: Question) -> list[str]:
        return []

    def errors(self, question: Question, data: Data, locale: Any) -> dict[str, str]:
        return {}

    def component(self, question: Question, drawing: Drawing) -> Component:
        worded = question.text.to(drawing.locale.language)
        first, *rest = re.split(r"\n[ \t]*\n", worded.text.replace("\r\n", "\n").strip(), maxsplit=1)
        short = len(first) < LONGEST_TITLE and not starts_list(first)
        titled = drawing.heading or (short and bool(rest or question.hint))
        title = Wording(first if titled else "", worded.language)
        body = Wording("".join(rest) if titled else worded.text, worded.language)
        params: dict[str, Any] = {
            "title": _html(spoken(title, drawing.locale, links=True), block=False),
            "level": 1 if drawing.heading else 2,
            "parts": [_html(hinted(body, drawing.locale)), _html(hinted(question.hint, drawing.locale))],
        }
        background = question.settings.get("background")
        if isinstance(background, Wording) and background:
            given = question.settings.get("background_title")
            title = given if isinstance(given, Wording) else Wording()
            params["background"] = Component(
                "details",
                {
                    "summaryText": said(title, drawing.locale) or drawing.locale.say(N_("Background")),
                    "html": _html(hinted(background, drawing.locale)),
                },
            )
        return Component("statement", params)

    def values(self, question: Question, data: Data) -> Values:
        return ()

    def data(self, question: Question, values: Values) -> Data:
        return {}

    def counted(self, question: Question) -> list[tuple[str, str]]:
        return []

    def finding(self, question: Question, tally: Tally, *, everyone: bool) -> None:
        return None

    def columns(self, question: Question) -> list[str]:
        return []

    def cells(self, question: Question, values: Values) -> list[str | int | float | None]:
        return []

    def invent(self, question: Question, random: Random) -> Values:
        return ()
