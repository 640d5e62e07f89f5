"""People who answer, each with a mark of their own in what they write."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from flask import current_app
from sqlalchemy import select

from consult.answering import drafts, jobs, queries
from consult.answering.actions import drop, equality
from consult.answering.jobs import Outcome
from consult.answering.models import Ballot, Comment, Counted, Response
from consult.answering.receipt import kept_of
from consult.answering.timetable import Boxed, boxed
from consult.consultations.models import Consultation
from consult.domain.answers import Value, Values
from consult.extensions import db
from consult.jobs import saving
from tests.answering.factories import NOW, make_open


@dataclass(frozen=True)
class Sender:
    """Somebody who has sent their answers; `mark` stands in what they wrote."""

    mark: str
    key: bytes
    receipt: str
    label: drop.Label
    answers: dict[str, Values]
    equality: dict[str, str] | None
    #: of an invitation, where they had one
    ticket: str = ""


@dataclass
class Crowd:
    """A consultation and everybody who sent answers to it, in order."""

    consultation_id: int
    slug: str
    revision: int
    people: list[Sender] = field(default_factory=list)

    def send(
        self,
        count: int = 1,
        *,
        language: str = "en",
        channel: str = "online",
        about: dict[str, str] | None = None,
        passes_equality: bool = True,
        answers: dict[str, Values] | None = None,
    ) -> list[Sender]:
        """So many people send, in one transaction."""
        with saving():
            return [
                self.send_one(drop.Label(self.revision, language, channel), about, passes_equality, answers)
                for _ in range(count)
            ]

    def send_one(
        self,
        label: drop.Label,
        about: dict[str, str] | None = None,
        passes_equality: bool = True,
        answers: dict[str, Values] | None = None,
    ) -> Sender:
        """One person sends, in the transaction that is open."""
        begun = drafts.begin(
            db.session,
            consultation_id=self.consultation_id,
            revision=label.revision,
            language=label.language,
            now=NOW,
        )
        mark = f"mark-{len(self.people):05}-{begun.key.hex()[:12]}"
        given = answers or {"how": (Value(choice="hard"),), "why": (Value(text=mark),)}
        receipt = drop.submit(
            db.session, consultation_id=self.consultation_id, draft_key=begun.key, label=label, answers=given
        )
        if passes_equality:
            equality.add(db.session, draft_key=begun.key, answers=about)
        person = Sender(mark, begun.key, receipt, label, given, about)
        self.people.append(person)
        return person

    def box(self) -> Boxed:
        """Its box."""
        db.session.rollback()
        found = next(iter(list(boxed(db.session, slug=self.slug))))
        db.session.rollback()
        return found

    def sweep(self, *, last: bool = False, whatever: bool = False, now: datetime = NOW) -> Outcome:
        """Sweep its box."""
        return jobs.sweep(self.box(), now=now, last=last, whatever=whatever)

    def state(self, person: Sender) -> str | None:
        """What became of their answers."""
        db.session.rollback()
        return queries.ballot_state(db.session, person.key)

    def marks(self) -> Counter[str]:
        """The marks that were counted, with how often."""
        db.session.rollback()
        return Counter(db.session.execute(select(Comment.text)).scalars())

    def everybody_once(self, people: Iterable[Sender] | None = None) -> bool:
        """Whether everybody is counted exactly once or still in the box, and nothing else is there."""
        db.session.rollback()
        people = self.people if people is None else list(people)
        counted = set(db.session.execute(select(Counted.receipt)).scalars())
        waiting = set(db.session.execute(select(Ballot.receipt)).scalars())
        expected = {kept_of(person.key) for person in people}
        settled = Counter(person.mark for person in people if kept_of(person.key) in counted)
        responses = len(db.session.execute(select(Response.id)).all())
        return (
            not counted & waiting
            and counted | waiting == expected
            and self.marks() == settled
            and responses == len(counted) == queries.responses(db.session, self.consultation_id)
            and queries.tally(db.session, self.consultation_id)["how", "", "hard"] == responses
        )


def make_crowd(**more: object) -> Crowd:
    """An open consultation nobody has answered yet."""
    with saving():
        consultation = make_open(**more)  # type: ignore[arg-type]
    consultation = db.session.get_one(Consultation, consultation.id)
    crowd = Crowd(consultation.id, consultation.slug, consultation.current.id)  # type: ignore[union-attr]
    db.session.rollback()
    return crowd


def key_files() -> list[str]:
    """The box keys that are there."""
    folder = current_app.config["CONSULT"].box_keys
    return sorted(file.name for file in folder.iterdir()) if folder.is_dir() else []
