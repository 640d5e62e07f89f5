"""Editors write themes and rows; what was published stays as it was until a second person publishes again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from consult.accounts.actions.log import record
from consult.consultations.models import Consultation
from consult.domain.errors import NotNow, Rejected
from consult.domain.feedback import ANSWERS, DEMANDS, EVIDENCE, REASONS, Evidence, in_order
from consult.domain.wording import Wording
from consult.extensions import db
from consult.feedback import queries
from consult.feedback.models import FeedbackDraft, FeedbackRow, FeedbackTheme

if TYPE_CHECKING:
    from consult.accounts.models import Account

Texts = Mapping[str, str]


@dataclass(frozen=True)
class RowText:
    """Everything an author says in one row; texts are by language."""

    heard: Texts
    evidence: Sequence[Evidence] = ()
    answer: str = ""
    words: Texts = field(default_factory=dict)
    who: Texts = field(default_factory=dict)
    day: date | None = None
    reason: str = ""
    addressed: Texts = field(default_factory=dict)
    href: str = ""


def add_theme(consultation: Consultation, *, title: Texts, by: Account | None, now: datetime) -> FeedbackTheme:
    """One more theme at the end; the first begins the draft."""
    draft = queries.draft_of(consultation)
    if draft is None:
        draft = FeedbackDraft(consultation=consultation, state="draft", authors=[], returned_because="")
        db.session.add(draft)
    _to_be_written(draft)
    theme = FeedbackTheme(position=len(draft.themes), title=_title(title, consultation))
    draft.themes.append(theme)
    _wrote(draft, by)
    record(by, "write_feedback", draft, now=now, note="theme added")
    return theme


def rename_theme(theme: FeedbackTheme, *, title: Texts, by: Account | None, now: datetime) -> None:
    """Another title, in every language."""
    _to_be_written(theme.draft)
    theme.title = _title(title, theme.draft.consultation)
    _wrote(theme.draft, by)
    record(by, "write_feedback", theme.draft, now=now, note="theme renamed")


def move_theme(theme: FeedbackTheme, *, up: bool, by: Account | None, now: datetime) -> None:
    """One place up or down; at the end it stays."""
    _to_be_written(theme.draft)
    order = in_order([one.id for one in theme.draft.themes], theme.id, up=up)
    for one in theme.draft.themes:
        one.position = order.index(one.id)
    _wrote(theme.draft, by)
    db.session.expire(theme.draft, ["themes"])
    record(by, "write_feedback", theme.draft, now=now, note="themes put in another order")


def remove_theme(theme: FeedbackTheme, *, by: Account | None, now: datetime) -> None:
    """Only an empty theme can be removed, so that no row goes with it unseen."""
    draft = theme.draft
    _to_be_written(draft)
    if theme.rows:
        raise NotNow("This theme still has rows. Remove its rows first.")
    draft.themes.remove(theme)
    _wrote(draft, by)
    record(by, "write_feedback", draft, now=now, note="theme removed")


def add_row(theme: FeedbackTheme, *, text: RowText, by: Account | None, now: datetime) -> FeedbackRow:
    """One more row at the end of its theme; whether it is complete is asked when it is sent for review."""
    _to_be_written(theme.draft)
    row = FeedbackRow(position=len(theme.rows), authors=[], reflects=False, informs=False)
    _put(row, text, theme.draft.consultation)
    theme.rows.append(row)
    _wrote(theme.draft, by, row)
    record(by, "write_feedback", theme.draft, now=now, note="row added")
    return row


def edit_row(
    row: FeedbackRow, *, text: RowText, by: Account | None, now: datetime, theme: FeedbackTheme | None = None
) -> None:
    """Other words, another answer or another theme; what the commissioner said beside it is asked again."""
    draft = row.theme.draft
    _to_be_written(draft)
    _put(row, text, draft.consultation)
    row.reflects = row.informs = False
    row.flagged_by = row.flagged_at = None
    if theme is not None and theme is not row.theme:
        row.position = len(theme.rows)
        row.theme = theme
    _wrote(draft, by, row)
    record(by, "write_feedback", draft, now=now, note="row edited")


def translate_row(
    row: FeedbackRow, *, language: str, texts: Texts, notes: Sequence[str], by: Account | None, now: datetime
) -> None:
    """Its words in one more language: `texts` by name (heard, words, who, addressed), a note for each evidence."""
    draft = row.theme.draft
    _to_be_written(draft)
    own = draft.consultation.language
    for name in ("heard", "words", "who", "addressed"):
        kept = getattr(row, name)
        setattr(row, name, Wording({**kept, language: texts.get(name, "")}, own).as_json())
    pairs = zip(row.evidence, [*notes, *[""] * len(row.evidence)], strict=False)
    row.evidence = [
        {**one, "note": Wording({**one["note"], language: note}, own).as_json()} if one["note"] else one
        for one, note in pairs
    ]
    _wrote(draft, by, row)
    record(by, "write_feedback", draft, now=now, note=f"row translated into {language}")


def move_row(row: FeedbackRow, *, up: bool, by: Account | None, now: datetime) -> None:
    """One place up or down within its theme; at the end it stays."""
    theme = row.theme
    _to_be_written(theme.draft)
    order = in_order([one.id for one in theme.rows], row.id, up=up)
    for one in theme.rows:
        one.position = order.index(one.id)
    _wrote(theme.draft, by)
    db.session.expire(theme, ["rows"])
    record(by, "write_feedback", theme.draft, now=now, note="rows put in another order")


def remove_row(row: FeedbackRow, *, by: Account | None, now: datetime) -> None:
    """It is gone from what is written; what was published keeps it until it is published again."""
    theme = row.theme
    _to_be_written(theme.draft)
    theme.rows.remove(row)
    _wrote(theme.draft, by)
    record(by, "write_feedback", theme.draft, now=now, note="row removed")


def _put(row: FeedbackRow, text: RowText, consultation: Consultation) -> None:
    language = consultation.language
    if language not in Wording(text.heard):
        raise Rejected("heard", "Enter what you heard")
    if text.answer and text.answer not in ANSWERS:
        raise Rejected("answer", "Choose an answer from the list")
    if text.reason and text.reason not in REASONS:
        raise Rejected("reason", "Choose a reason from the list")
    _check_link(text.href)
    demanded = DEMANDS.get(text.answer, {})
    row.heard = Wording(text.heard, language).as_json()
    row.evidence = _evidence(text.evidence, consultation)
    row.answer = text.answer or None
    # A past answer's role, day or reason must not come out under another answer, where nobody sees it on the form.
    row.words = Wording(text.words, language).as_json()
    row.who = Wording(text.who, language).as_json() if "who" in demanded or not text.answer else {}
    row.day = text.day if "day" in demanded or not text.answer else None
    row.reason = text.reason or None if "reason" in demanded or not text.answer else None
    row.addressed = Wording(text.addressed, language).as_json()
    row.href = text.href.strip()


def _evidence(evidence: Sequence[Evidence], consultation: Consultation) -> list[dict[str, object]]:
    asked = queries.questions(consultation)
    kept: list[dict[str, object]] = []
    for one in evidence:
        if one.kind not in EVIDENCE:
            raise Rejected("evidence", "Choose evidence from the list")
        if one.question and one.question not in asked:
            raise Rejected("questions", "Choose a question from the list")
        if one.question or one.note:
            kept.append({"kind": one.kind, "question": one.question, "note": one.note.as_json()})
    return kept


def _check_link(href: str) -> None:
    """Refuse what is neither a page of ours nor an address on the web."""
    href = href.strip()
    if not href:
        return
    try:
        parts = urlsplit(href)
    except ValueError:
        parts = urlsplit("")
    ours = href.startswith("/") and not href.startswith("//") and "\\" not in href
    elsewhere = parts.scheme in ("https", "http") and bool(parts.netloc)
    if not (ours or elsewhere) or any(one.isspace() or not one.isprintable() for one in href):
        raise Rejected("href", "Enter an address that begins with https:// or with /")


def _title(title: Texts, consultation: Consultation) -> dict[str, str]:
    if consultation.language not in Wording(title):
        raise Rejected("title", "Enter what the theme is called")
    return Wording(title, consultation.language).as_json()


def _to_be_written(draft: FeedbackDraft) -> None:
    if draft.state == "in_review":
        raise NotNow("This is with a second person for review. Take it back to change it.")


def _wrote(draft: FeedbackDraft, by: Account | None, row: FeedbackRow | None = None) -> None:
    draft.state = "draft"
    for thing in (draft, row):
        if by is not None and thing is not None and by.id not in thing.authors:
            thing.authors = [*thing.authors, by.id]
    db.session.flush()
