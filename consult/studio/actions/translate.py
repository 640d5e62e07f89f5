"""Translations are written as drafts, said to be still right, and signed off by a second person."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from consult.accounts.actions.log import record
from consult.consultations.models import Consultation
from consult.domain import translating
from consult.domain.errors import Missing, NotNow, Rejected
from consult.domain.translating import DRAFT, SIGNED, STALE
from consult.exchange.translating import Unit, places, wrong
from consult.exchange.translating.bringing import bring_back
from consult.extensions import db
from consult.studio.models import Translation, TranslatorsNote
from consult.studio.queries import desk
from consult.studio.queries.desk import Text

if TYPE_CHECKING:
    from consult.accounts.models import Account

#: The longest note, in characters.
LONGEST_NOTE = 2_000
#: Until it is over: what was changed or corrected while people answer wants a second reader too.
SIGNED_IN = ("draft", "in_review", "approved")
#: What a copy keeps of a translation that was signed off.
CARRIED = ("source", "target_mark", "written_by", "written_at", "signed_by", "signed_at", "note")
GONE = "This text is no longer in the consultation. Copy your translation before you leave this page if you need it."
MOVED = "Somebody else saved another translation after you opened this page. Both are shown: keep the one you want."
CHANGED = "The original was changed after you opened this page. Read it again, then save."
SEEN_NO_MORE = "This was changed after you opened the page. Read it again."


@dataclass(frozen=True)
class Typed:
    """What somebody left in the fields of one text, and the mark of what they saw when they began."""

    words: str
    seen: str
    #: the mark of the original alone, as they saw it
    seen_source: str
    note: str = ""
    #: whether they say that a stale translation is still right
    still: bool = False


class Unsaved(Rejected):
    """Nothing was saved: a sentence for each place that somebody has to look at first."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__("", "Nothing is saved yet. Look at the texts below.")
        self.problems = problems


@dataclass(frozen=True)
class SignedOff:
    """How many texts were signed off, and why others were not, by place."""

    number: int = 0
    refused: Mapping[str, str] = field(default_factory=dict)


def keep_written(consultation: Consultation, by: Account | None, now: datetime, *, same_meaning: bool) -> None:
    """Keep from which original each new translation was made; called whenever words of a consultation are saved.

    After a mistake was mended (`same_meaning`) what was made from the words before counts as made from those now.
    """
    own = consultation.language
    worded = [(place, wording) for place, wording, _about in places(consultation)]
    if all(language == own for _place, wording in worded for language in wording):
        return
    kept = desk.rows(consultation)
    for place, wording in worded:
        source = wording.get(own, "")
        for language, target in wording.items() if source else ():
            if language == own:
                continue
            row = kept.get((language, place))
            if row is None or not translating.speaks_of(row, target):
                _draft(row or _row(consultation, language, place), source, target, by, now)
            elif same_meaning:
                row.source = source
    db.session.flush()


def save(
    consultation: Consultation, language: str, *, typed: Mapping[str, Typed], by: Account | None, now: datetime
) -> int:
    """Keep what was typed as drafts, all of it or (raising Unsaved) nothing; gives how many translations changed."""
    if consultation.state != "draft":
        raise NotNow("It is not a draft any more, so its words can only be corrected one by one.")
    there = {text.place: text for text in desk.texts(consultation, [language])[language]}
    problems: dict[str, str] = {}
    taken: dict[str, str] = {}
    for place, one in typed.items():
        text = there.get(place)
        if text is None:
            if one.words:
                problems[place] = GONE
        elif why := _why_not(text, one):
            problems[place] = why
        elif one.words != text.target.strip():
            taken[place] = one.words
    if problems:
        raise Unsaved(problems)
    bring_back(consultation, language=language, taken=taken, by=by, now=now)
    kept = desk.rows(consultation)
    for place, one in typed.items():
        if text := there.get(place):
            _more(consultation, language, text, one, place in taken, kept.get((language, place)), by, now)
    db.session.flush()
    if taken:
        record(by, "translate", consultation, now=now, note=f"{len(taken)} in “{language}”")
    return len(taken)


def sign(
    consultation: Consultation, language: str, *, seen: Mapping[str, str], by: Account | None, now: datetime
) -> SignedOff:
    """Sign off the texts somebody saw (marks by place), where another person wrote them and they are up to date."""
    if consultation.state not in SIGNED_IN:
        raise NotNow("This consultation is over: nothing is signed off any more.")
    there = {text.place: text for text in desk.texts(consultation, [language])[language]}
    refused: dict[str, str] = {}
    number = 0
    for place, mark in seen.items():
        text = there.get(place)
        if text is None or text.mark != mark:
            refused[place] = SEEN_NO_MORE
        elif why := translating.why_not_sign(text.source, text.target, text.kept, by.id if by else 0):
            refused[place] = why
        elif text.state == DRAFT:
            row = text.kept or _row(consultation, language, place)
            if text.told is None:
                _draft(row, text.source, text.target, None, now)
            row.signed_by, row.signed_at = by.id if by else None, now
            number += 1
    db.session.flush()
    if number:
        record(by, "sign_translation", consultation, now=now, note=f"{number} in “{language}”")
    return SignedOff(number, refused)


def sign_all(
    consultation: Consultation, *, by: Account | None, now: datetime, languages: Collection[str] | None = None
) -> int:
    """Sign off everything that can be, in these languages or in all that are offered; gives how many texts."""
    offered = [one for one in consultation.languages if one != consultation.language]
    found = desk.texts(consultation, offered if languages is None else languages)
    return sum(
        sign(consultation, language, seen={text.place: text.mark for text in listed}, by=by, now=now).number
        for language, listed in found.items()
    )


def carry(earlier: Consultation, copy: Consultation) -> None:
    """In a copy, what was signed off where it came from stays so: the same words for the same original in one place."""
    signed = {at: row for at, row in desk.rows(earlier).items() if row.signed}
    kept = desk.rows(copy) if signed else {}
    for place, wording, _about in places(copy) if signed else ():
        source = wording.get(copy.language, "")
        for language, target in wording.items():
            row = signed.get((language, place))
            if row is not None and translating.state(source, target, row) == SIGNED:
                mine = kept.get((language, place)) or _row(copy, language, place)
                for name in CARRIED:
                    setattr(mine, name, getattr(row, name))
    db.session.flush()


def tell_translators(consultation: Consultation, place: str, *, words: str, by: Account, now: datetime) -> None:
    """Say what translators should know about a text; empty words take the note away."""
    if place not in {one for one, _wording, _about in places(consultation)}:
        raise Missing("There is no such text. It may have been removed.")
    words = words.strip()
    if len(words) > LONGEST_NOTE:
        raise Rejected("words", f"Shorten the note to {LONGEST_NOTE:,} characters or fewer")
    row = db.session.get(TranslatorsNote, (consultation.id, place))
    if row is not None and not words:
        db.session.delete(row)
    elif row is not None:
        row.words = words
    elif words:
        db.session.add(TranslatorsNote(consultation_id=consultation.id, place=place, words=words))
    db.session.flush()
    record(by, "edit_consultation", consultation, now=now, note="note for translators")


def _why_not(text: Text, one: Typed) -> str | None:
    """Why what was typed cannot be kept in this place."""
    if one.words == text.target.strip() and not one.still:
        return None
    if translating.mark(text.source) != one.seen_source:
        return CHANGED
    if one.seen != text.mark:
        return MOVED
    return wrong(Unit(text.place, text.source), one.words) or None if one.words else None


def _more(
    consultation: Consultation,
    language: str,
    text: Text,
    one: Typed,
    changed: bool,
    row: Translation | None,
    by: Account | None,
    now: datetime,
) -> None:
    """Keep the note beside a translation, and that it is still right."""
    if one.still and not changed and row is not None and text.state == STALE:
        _draft(row, text.source, text.target, by, now)
    note = one.note[:LONGEST_NOTE]
    if row is None and note:
        row = _draft(_row(consultation, language, text.place), text.source, text.target, by, now)
    if row is not None and row.note != note:
        row.note = note


def _row(consultation: Consultation, language: str, place: str) -> Translation:
    row = Translation(consultation_id=consultation.id, language=language, place=place)
    db.session.add(row)
    return row


def _draft(row: Translation, source: str, target: str, by: Account | None, now: datetime) -> Translation:
    row.source, row.target_mark = source, translating.mark(target)
    row.written_by, row.written_at = by.id if by else None, now
    row.signed_by = row.signed_at = None
    return row
