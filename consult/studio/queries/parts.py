"""The parts of a consultation that somebody can say something about."""

from __future__ import annotations

from dataclasses import dataclass

from consult.consultations.models import WORDED, Consultation
from consult.domain.errors import Missing
from consult.domain.questionnaire import BadDefinition, Questionnaire
from consult.domain.wording import Wording

#: What staff call each text of a page.
TEXTS = {
    "title": "Title",
    "summary": "Summary",
    "why": "Why this is needed",
    "decided": "What is already decided",
    "still_open": "What people can still change",
    "what_next": "What happens next",
    "equality_purpose": "Why the equality questions are asked",
}


@dataclass(frozen=True)
class Part:
    """A part by its kind (whole, text, page, question) and name, what staff call it, and its words."""

    kind: str
    name: str
    title: str
    words: Wording

    @property
    def anchor(self) -> str:
        """Its place on a page of ours."""
        return f"{self.kind}-{self.name}" if self.name else self.kind

    @property
    def quoted(self) -> str:
        """Its words in the language they were written in, as a remark keeps them."""
        return self.words.to(self.words.source).plain


def parts(consultation: Consultation) -> list[Part]:
    """The whole, each text that has words, then each page and its questions in order."""
    whole = Part("whole", "", "The consultation as a whole", consultation.wording("title"))
    texts = [
        Part("text", name, TEXTS[name], words)
        for name in (*WORDED, "equality_purpose")
        if (words := consultation.wording(name))
    ]
    return [whole, *texts, *asked(questionnaire_of(consultation))]


def asked(questionnaire: Questionnaire | None) -> list[Part]:
    """Each page and its questions, in order."""
    found: list[Part] = []
    number = 0
    for at, page in enumerate(questionnaire.pages if questionnaire else (), 1):
        found.append(Part("page", page.key, f"Page {at}", page.title or page.text))
        for question in page.questions:
            number += 1
            found.append(Part("question", question.key, f"Question {number}", question.text))
    return found


def questionnaire_of(consultation: Consultation) -> Questionnaire | None:
    """The draft as it would be asked; None where there is none, or none that can be read."""
    try:
        return consultation.questionnaire()
    except BadDefinition:
        return None


def part(consultation: Consultation, kind: str, name: str) -> Part:
    """One of them; raises Missing."""
    for found in parts(consultation):
        if (found.kind, found.name) == (kind, name):
            return found
    raise Missing("There is no such part. It may have been removed.")
