"""A consultation is begun, its page written and its questionnaire saved: all of it only while it is a draft."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from consult import questions
from consult.accounts.actions.log import record
from consult.consultations.models import ACTIVITIES, WORDED, Consultation
from consult.domain.equality import asked
from consult.domain.errors import NotNow, Rejected
from consult.domain.questionnaire import LANGUAGE, BadDefinition, Questionnaire, as_json, read
from consult.domain.wording import Wording
from consult.engagement.models import Group
from consult.extensions import db

if TYPE_CHECKING:
    from consult.accounts.models import Account

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LONGEST_SLUG = 80
Texts = Mapping[str, str]


@dataclass(frozen=True)
class PageText:
    """What its authors say on a consultation's page; texts are by language, moments are aware."""

    title: Texts
    summary: Texts = field(default_factory=dict)
    why: Texts = field(default_factory=dict)
    decided: Texts = field(default_factory=dict)
    still_open: Texts = field(default_factory=dict)
    what_next: Texts = field(default_factory=dict)
    activity: str = "engage"
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    contact_name: str = ""
    contact_email: str = ""
    contact_telephone: str = ""
    contact_address: str = ""
    languages: tuple[str, ...] = ("en",)
    equality: bool = False
    #: keys of the equality questions asked; None for the usual ones
    equality_questions: Sequence[str] | None = None
    equality_purpose: Texts = field(default_factory=dict)
    #: whether only people on a list may answer; None leaves it as it is
    invited_only: bool | None = None


def create(
    *,
    group: Group,
    title: Texts | str,
    by: Account | None,
    now: datetime,
    slug: str | None = None,
    language: str = "en",
) -> Consultation:
    """A new draft; without a `slug` one is made from the title. `by` is None from the command line."""
    if not LANGUAGE.fullmatch(language) or len(language) > 35:
        raise Rejected("language", "Choose a language")
    words = Wording(title, language)
    if not words:
        raise Rejected("title", "Enter a title")
    consultation = Consultation(
        group=group,
        slug=_given_slug(slug) if slug else _free_slug(words.to(language).text),
        title=words.as_json(),
        language=language,
        languages=[language],
        authors=[],
        state="draft",
        created_at=now,
    )
    db.session.add(consultation)
    wrote(consultation, by)
    db.session.flush()
    record(by, "edit_consultation", consultation, now=now, note="begun")
    return consultation


def edit_page(consultation: Consultation, *, text: PageText, by: Account | None, now: datetime) -> None:
    """Save the page of a draft; whether it is complete is asked when it is sent for review."""
    only_a_draft(consultation)
    if text.activity not in ACTIVITIES:
        raise Rejected("activity", "Choose what kind of activity this is")
    if not Wording(text.title):
        raise Rejected("title", "Enter a title")
    if text.opens_at and text.closes_at and text.closes_at <= text.opens_at:
        raise Rejected("closes_at", "The closing date must be after the opening date")
    put(consultation, text)
    if text.invited_only is not None:
        consultation.invited_only = text.invited_only
    wrote(consultation, by)
    written(consultation, by, now)
    record(by, "edit_consultation", consultation, now=now, note="page")


def save_definition(
    consultation: Consultation, *, definition: Mapping[str, Any], by: Account | None, now: datetime
) -> Questionnaire:
    """Keep a questionnaire in a draft; raises BadDefinition with every problem found."""
    only_a_draft(consultation)
    questionnaire = check_definition(definition)
    consultation.definition = as_json(questionnaire)
    if not consultation.revisions:
        consultation.language = questionnaire.language
        consultation.languages = list(dict.fromkeys((questionnaire.language, *consultation.languages)))
    wrote(consultation, by)
    written(consultation, by, now)
    record(by, "edit_consultation", consultation, now=now, note="questionnaire")
    return questionnaire


#: Called as `keep(consultation, by, now, same_meaning=…)`, true where only a mistake in the words was mended.
Keep = Callable[..., None]
#: Who keeps account of what was written, as docs/decisions/0007 has it.
_keeping: dict[str, Keep] = {}


def add_written(keep: Keep) -> None:
    """A room above keeps account of the words of a consultation each time that they are saved."""
    _keeping[f"{keep.__module__}.{keep.__qualname__}"] = keep


def written(consultation: Consultation, by: Account | None, now: datetime, *, same_meaning: bool = False) -> None:
    """Say that words of a consultation were saved."""
    for keep in _keeping.values():
        keep(consultation, by, now, same_meaning=same_meaning)


def check_definition(definition: Mapping[str, Any]) -> Questionnaire:
    """The questionnaire of a definition that can be asked; raises BadDefinition."""
    questionnaire = read(definition)
    problems = questions.check(questionnaire)
    if problems:
        raise BadDefinition(problems)
    return questionnaire


def put(consultation: Consultation, text: PageText) -> None:
    """Write a page's text into the row, without asking whether that is allowed."""
    for name in (*WORDED, "equality_purpose"):
        setattr(consultation, name, Wording(getattr(text, name), consultation.language).as_json())
    for name in ("contact_name", "contact_email", "contact_telephone", "contact_address"):
        setattr(consultation, name, getattr(text, name).strip())
    consultation.activity = text.activity
    consultation.opens_at, consultation.closes_at = text.opens_at, text.closes_at
    consultation.languages = list(dict.fromkeys((consultation.language, *text.languages)))
    consultation.equality = text.equality
    keys = text.equality_questions
    consultation.equality_questions = None if keys is None else [question.key for question in asked(keys)]


def only_a_draft(consultation: Consultation) -> None:
    """Refuse anything but a draft."""
    if consultation.state != "draft":
        raise NotNow(
            "Only a draft can be edited. Send it back to its authors first, or correct it in public if it is open."
        )


def wrote(consultation: Consultation, by: Account | None) -> None:
    """Remember an author, who from now on may not approve it."""
    if by is not None and by.id not in consultation.authors:
        consultation.authors = [*consultation.authors, by.id]


def _given_slug(slug: str) -> str:
    if not SLUG.fullmatch(slug) or len(slug) > LONGEST_SLUG:
        raise Rejected("slug", "Use small letters, digits and single hyphens for the address")
    if _taken(slug):
        raise Rejected("slug", "Another consultation has this address")
    return slug


def _free_slug(title: str) -> str:
    plain = unicodedata.normalize("NFKD", title.lower()).encode("ascii", "ignore").decode()
    base = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[: LONGEST_SLUG - 6].strip("-") or "consultation"
    slug, number = base, 1
    while _taken(slug):
        number += 1
        slug = f"{base}-{number}"
    return slug


def _taken(slug: str) -> bool:
    return db.session.scalar(select(Consultation.id).where(Consultation.slug == slug)) is not None
