"""The first row of a Microsoft Forms export: what Forms adds by itself, and the questions beside it.

Forms gives no questionnaire away, only a workbook of responses; its columns were read off workbooks that others
describe in public: ID, Start time, Completion time, Email, Name, then a column for each question, and its points.
"""

from __future__ import annotations

import re

#: Headings that Forms adds, by what they are, in the languages that councils and the NHS meet.
OWN: dict[str, frozenset[str]] = {
    "number": frozenset({"id", "identyfikator", "id.", "المعرف"}),
    "began": frozenset(
        {
            "start time", "hora de inicio", "heure de début", "startzeit", "hora de início", "ora di inizio",
            "begintijd", "godzina rozpoczęcia", "ora de începere", "amser dechrau", "starttid", "وقت البدء",
        }
    ),
    "ended": frozenset(
        {
            "completion time", "hora de finalización", "heure de fin", "fertigstellungszeit", "hora de conclusão",
            "ora di completamento", "tijd van voltooien", "godzina ukończenia", "ora de finalizare", "amser cwblhau",
            "slutförandetid", "وقت الإكمال",
        }
    ),
    "email": frozenset(
        {
            "email", "e-mail", "correo electrónico", "adresse de messagerie", "posta elettronica", "adres e-mail",
            "email address", "e-bost", "e-post", "البريد الإلكتروني",
        }
    ),
    "name": frozenset({"name", "nombre", "nom", "nome", "naam", "nazwa", "nume", "enw", "namn", "الاسم"}),
    "changed": frozenset(
        {
            "last modified time", "hora de la última modificación", "heure de la dernière modification",
            "hora da última modificação", "uhrzeit der letzten änderung", "ora ultima modifica",
            "tijdstip van laatste wijziging", "godzina ostatniej modyfikacji",
        }
    ),
    "language": frozenset({"language", "idioma", "langue", "sprache", "taal", "język", "lingua"}),
    "points": frozenset({"total points", "quiz feedback", "grade posted time"}),
}  # fmt: skip
#: In a quiz each question has columns with what it was worth.
MARKED = re.compile(r"(?:Points|Feedback)\s+-\s+(.+)", re.S)


def own(heading: str) -> str:
    """Which of Forms' own columns a heading is; "" for a question."""
    said = " ".join(heading.split()).lower()
    return next((what for what, names in OWN.items() if said in names), "")


def looks_like_responses(headings: list[str]) -> bool:
    """Whether a first row is that of a Microsoft Forms export: numbered responses with when each began and ended."""
    found = [own(heading) for heading in headings[:8]]
    return bool(found) and found[0] in ("number", "began") and {"began", "ended"} <= set(found)
