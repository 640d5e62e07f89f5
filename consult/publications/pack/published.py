"""What was published of the results, as plain data: all that the files of a pack are made from."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, cached_property
from importlib.metadata import version
from typing import Any

from consult.accounts.queries import organisation
from consult.config import ROOT
from consult.consultations.models import Consultation, Revision
from consult.domain import lifecycle
from consult.domain.crossing import Crossed, equality_question
from consult.domain.disclosure import Figures
from consult.domain.questionnaire import Questionnaire, read, together
from consult.domain.wording import Wording
from consult.results.models import Release
from consult.web.locale import catalogues

#: The version of the pack itself.
FORM = 1
#: How a questionnaire is told that was approved a second time, before anybody was asked the first.
AGAIN = "Approved again"


@dataclass(frozen=True)
class Asked:
    """A questionnaire as people were asked it: its number, since when, in which languages, its definition."""

    number: int
    since: date
    languages: tuple[str, ...]
    definition: Mapping[str, Any]

    @property
    def file(self) -> str:
        """Where it is in the pack."""
        return f"questionnaires/revision-{self.number}.json"


@dataclass(frozen=True)
class Published:
    """A release with what its tables say besides figures; `revision` is the number of the one they are told in."""

    consultation: str
    title: Mapping[str, str]
    language: str
    publisher: Mapping[str, str]
    opened_on: date | None
    closed_on: date | None
    number: int
    published_on: date
    left_out: Mapping[str, int]
    figures: Figures
    revision: int
    asked: tuple[Asked, ...]
    #: the languages of the tables
    languages: tuple[str, ...]
    #: what made the pack: name, version, and the fingerprint of its program and its words
    software: Mapping[str, str]

    @cached_property
    def questionnaire(self) -> Questionnaire:
        """The questionnaire whose words the figures are told in, with what only earlier versions asked."""
        return together([read(one.definition) for one in self.asked if one.number <= self.revision])

    @property
    def worded_title(self) -> Wording:
        """The title with the language it falls back to."""
        return Wording(self.title, self.language)

    @property
    def worded_publisher(self) -> Wording:
        """Who published it."""
        return Wording(self.publisher)

    def to_json(self) -> dict[str, Any]:
        """As it stands in `release.json`; definitions are files of their own."""
        return {
            "pack": FORM,
            "consultation": self.consultation,
            "title": dict(self.title),
            "language": self.language,
            "publisher": dict(self.publisher),
            "opened_on": self.opened_on.isoformat() if self.opened_on else None,
            "closed_on": self.closed_on.isoformat() if self.closed_on else None,
            "release": self.number,
            "published_on": self.published_on.isoformat(),
            "left_out_at_least": dict(self.left_out),
            "figures": self.figures.to_json(),
            "told_in_revision": self.revision,
            "revisions": [
                {"number": one.number, "since": one.since.isoformat(), "languages": list(one.languages)}
                for one in self.asked
            ],
            "languages": list(self.languages),
            "software": dict(self.software),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any], definitions: Mapping[int, Mapping[str, Any]]) -> Published:
        """The inverse, with the definitions by their revision; raises LookupError, TypeError or ValueError."""
        if data["pack"] != FORM:
            raise ValueError("a pack of another form")
        return cls(
            consultation=data["consultation"],
            title=data["title"],
            language=data["language"],
            publisher=data["publisher"],
            opened_on=_day(data["opened_on"]),
            closed_on=_day(data["closed_on"]),
            number=data["release"],
            published_on=date.fromisoformat(data["published_on"]),
            left_out=data["left_out_at_least"],
            figures=Figures.from_json(data["figures"]),
            revision=data["told_in_revision"],
            asked=tuple(
                Asked(
                    one["number"],
                    date.fromisoformat(one["since"]),
                    tuple(one["languages"]),
                    definitions[one["number"]],
                )
                for one in data["revisions"]
            ),
            languages=tuple(data["languages"]),
            software=data["software"],
        )


def published(consultation: Consultation, release: Release) -> Published:
    """A release as it is now told on the site."""
    told, figures = release.questionnaire(), release.released()
    asked = told.question_by_key
    shown = tuple(one for one in figures.findings if one.question in asked or equality_question(one))
    crossed = tuple(one for one in figures.crossed if Crossed.of(one).question in told.question_by_key)
    return Published(
        consultation=consultation.slug,
        title=dict(consultation.title),
        language=consultation.language,
        publisher=dict(organisation().name),
        opened_on=lifecycle.day_of(consultation.opens_at) if consultation.opens_at else None,
        closed_on=lifecycle.day_of(consultation.closes_at) if consultation.closes_at else None,
        number=release.number,
        published_on=release.published_on,
        left_out=release.left_out or {},
        figures=replace(figures, findings=shown, crossed=crossed),
        revision=release.revision.number,
        asked=tuple(
            Asked(one.number, one.created_on, tuple(one.languages), one.definition)
            for one in were_asked(consultation, until=release.revision.number)
        ),
        languages=catalogues(),
        software=software(),
    )


def were_asked(consultation: Consultation, *, until: int) -> Iterable[Revision]:
    """The revisions that people could answer: not those that were replaced before it opened, which nobody saw."""
    listed = [one for one in consultation.revisions if one.number <= until]
    opened = lifecycle.day_of(consultation.opens_at) if consultation.opens_at else date.min
    for one, following in zip(listed, [*listed[1:], None], strict=True):
        if following is None or following.created_on > opened:
            yield one
        elif following.created_on == opened and following.reason != AGAIN:
            yield one  # put right on the very day that it opened


@cache
def software() -> dict[str, str]:
    """What this program is: its version, and the SHA-256 of its source and of its words in other languages."""
    digest = hashlib.sha256()
    for folder, ending in (("consult", "*.py"), ("translations", "*.po")):
        for file in sorted((ROOT / folder).rglob(ending)):
            content = file.read_bytes()
            digest.update(f"{file.relative_to(ROOT).as_posix()}\n{len(content)}\n".encode() + content)
    return {"name": "Consult", "version": version("consult"), "source_sha256": digest.hexdigest()}


def _day(written: str | None) -> date | None:
    return None if written is None else date.fromisoformat(written)
