"""A passage of a draft document with a box for what somebody thinks of it."""

from __future__ import annotations

from html import escape
from typing import Any

from wtforms import Form, IntegerField
from wtforms.validators import NumberRange, Optional

from consult.domain.questionnaire import Question
from consult.domain.wording import Wording
from consult.questions.base import N_, Component, Drawing, hinted, spoken
from consult.questions.long_text import LongText


class Settings(Form):
    """How much may be written; the passage and its source are words of the definition."""

    longest = IntegerField("Most characters that may be written", validators=[Optional(), NumberRange(1, 20_000)])


class DocumentComment(LongText):
    """A comment on a passage of a document."""

    name = "document_comment"
    title = N_("A comment on part of a document")
    settings = Settings
    worded = {"passage": "The passage it is about", "source": "Where the passage stands"}
    seconds = 90

    def problems(self, question: Question) -> list[str]:
        passage = question.settings.get("passage")
        return [] if isinstance(passage, Wording) and passage else ["needs the passage it is about"]

    def component(self, question: Question, drawing: Drawing) -> Component:
        passage, source = question.settings.get("passage"), question.settings.get("source")
        return Component(
            "passage",
            {
                "passage": _block(hinted(passage, drawing.locale)) if isinstance(passage, Wording) else "",
                "source": _html(spoken(source, drawing.locale, links=True)) if isinstance(source, Wording) else "",
                "box": super().component(question, drawing),
            },
        )


def _block(words: dict[str, Any]) -> str:
    """The same as paragraphs and lists."""
    html = str(words.get("html") or escape(words["text"]))
    if not html.startswith(("<p>", "<ul", "<ol")):
        html = f"<p>{html}</p>"
    return _html({**words, "html": html})


def _html(words: dict[str, Any]) -> str:
    """Authored words as HTML, marked where their language differs from the page's."""
    html = str(words.get("html") or escape(words["text"]))
    marked = words.get("attributes")
    if html and marked:
        return f'<div lang="{marked["lang"]}" dir="{marked["dir"]}">{html}</div>'
    return html
