"""What invitations and reminders say: an author's words, or ours."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime

from consult.accounts.actions.log import record
from consult.accounts.models import Account
from consult.consultations.models import Consultation
from consult.domain.errors import Rejected
from consult.extensions import db
from consult.invitations.models import InvitationWords

#: What is filled in for each person, and what it stands for.
PLACES = {
    "name": "the person’s name, or nothing",
    "title": "the title of the consultation",
    "link": "the person’s own link",
    "closes": "until when people can answer",
    "stop": "the link not to be invited again",
}
PLACE = re.compile(r"\{([^{}]*)\}")


def word(
    consultation: Consultation,
    *,
    kind: str,
    language: str,
    subject: str,
    body: str,
    by: Account | None,
    now: datetime,
) -> None:
    """Keep an author's words for one kind of message in one language; both empty: ours again. Raises Rejected."""
    kept = db.session.get(InvitationWords, (consultation.id, kind, language))
    if not subject and not body:
        if kept is not None:
            db.session.delete(kept)
    else:
        check_words(subject, body)
        if kept is None:
            kept = InvitationWords(consultation_id=consultation.id, kind=kind, language=language)
            db.session.add(kept)
        kept.subject, kept.body = subject, body
    record(by, "word_invitations", consultation, now=now, note=f"{kind}, {language}")
    db.session.flush()


def check_words(subject: str, body: str) -> None:
    """Raise Rejected where a message would not be understood, or would lack a link."""
    if not subject:
        raise Rejected("subject", "Enter a subject")
    if "\n" in subject or "\r" in subject:
        raise Rejected("subject", "The subject has one line")
    for field, text, allowed in (("subject", subject, {"name", "title", "closes"}), ("body", body, set(PLACES))):
        for place in PLACE.findall(text):
            if place not in allowed:
                raise Rejected(field, f"“{{{place}}}” cannot stand here. Use {', '.join(sorted(allowed))} in braces.")
        if "{" in PLACE.sub("", text) or "}" in PLACE.sub("", text):
            raise Rejected(field, "A brace is opened or closed without the other one")
    for place in ("link", "stop"):
        if f"{{{place}}}" not in body:
            raise Rejected("body", f"Put {{{place}}} where {PLACES[place]} is to stand")


def filled(text: str, given: Mapping[str, str]) -> str:
    """A text with what stands for its places; what a person's name says is never taken for a place."""
    made = PLACE.sub(lambda found: given.get(found[1], ""), text)
    return re.sub(r" +([,،.!])", r"\1", made) if not given.get("name") else made
