"""A questionnaire is changed one step at a time; every step can be looked at again, undone and brought back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from sqlalchemy import select

from consult import questions
from consult.accounts.models import Account
from consult.consultations import actions as consultations
from consult.consultations.actions.writing import only_a_draft, wrote
from consult.consultations.models import Consultation
from consult.domain import editing
from consult.domain.errors import ConsultError, Missing, NotNow
from consult.domain.questionnaire import Problem, as_json
from consult.domain.questionnaire.reading import read_unfinished
from consult.extensions import db
from consult.studio.models import Edit

Definition = dict[str, Any]
Change = Callable[[Definition], Definition]
OUTSIDE = "Written outside the editor"
TRANSLATED = "Translated"


class ChangedMeanwhile(ConsultError):
    """Somebody else changed the same thing since the page was drawn; `edit` is what they did last."""

    def __init__(self, edit: Edit) -> None:
        super().__init__("Somebody else has changed this since you opened the page.")
        self.edit = edit


@dataclass(frozen=True)
class State:
    """A questionnaire as it stands: its definition, the number of its last change, and what is not finished in it."""

    definition: Definition
    number: int
    problems: Sequence[Problem]
    last: Edit | None


def state(consultation: Consultation) -> State:
    """How the questionnaire stands, finished or not; an empty one where nothing was written yet."""
    last = _last(consultation)
    if last is not None:
        definition = dict(last.definition)
    elif consultation.definition:
        definition = dict(consultation.definition)
    else:
        definition = editing.start(language=consultation.language, title=consultation.title)
    return State(definition, last.number if last else 0, unfinished(definition), last)


def history(consultation: Consultation, *, since: int = 1, before: int = 0, most: int | None = None) -> Sequence[Edit]:
    """Changes, the newest first: from the one numbered `since`, those before `before` where it is given."""
    query = select(Edit).where(Edit.consultation_id == consultation.id, Edit.number >= since)
    if before:
        query = query.where(Edit.number < before)
    return db.session.scalars(query.order_by(Edit.number.desc()).limit(most)).all()


def earlier(consultation: Consultation, number: int) -> Edit:
    """One earlier state; raises Missing."""
    query = select(Edit).where(Edit.consultation_id == consultation.id, Edit.number == number)
    found = db.session.scalar(query)
    if found is None:
        raise Missing("There is no such state of the questionnaire.")
    return found


def unfinished(definition: Mapping[str, Any]) -> list[Problem]:
    """What keeps a definition from being asked: what reading finds, then what its kinds of question find."""
    questionnaire, problems = read_unfinished(definition)
    return problems or list(questions.check(questionnaire))


def edit(
    consultation: Consultation,
    change: Change,
    *,
    said: str,
    thing: tuple[str, str] | None = None,
    seen: int,
    by: Account | None,
    now: datetime,
) -> Edit:
    """Change the questionnaire as it stands now; `seen` is the number of the state that the page was drawn from.

    Raises ChangedMeanwhile where somebody else has changed the `thing` (its kind and key) since, Missing where it has
    gone, and what `change` raises. What changes nothing is no new state.
    """
    only_a_draft(consultation)
    _one_at_a_time(consultation)
    now_stands = state(consultation)
    if thing is not None:
        _alone(consultation, thing, seen, now_stands.definition, by)
    after = change(now_stands.definition)
    if now_stands.last is not None and after == now_stands.definition:
        return now_stands.last
    return _keep(consultation, after, said, by=by, now=now)


def undo(consultation: Consultation, *, seen: int, by: Account | None, now: datetime) -> Edit:
    """Bring back the state before the last change; again goes one further. Raises NotNow where there is nothing to."""
    only_a_draft(consultation)
    _one_at_a_time(consultation)
    last = _last(consultation)
    if last is not None and last.number != seen:
        raise NotNow("Somebody has changed the questionnaire meanwhile. Look at it again before you undo anything.")
    before = (last.brought_back or last.number) - 1 if last is not None else 0
    if before < 1:
        raise NotNow("There is nothing to undo.")
    return bring_back(consultation, before, by=by, now=now)


def bring_back(consultation: Consultation, number: int, *, by: Account | None, now: datetime) -> Edit:
    """Go on from an earlier state; what came after it stays in the history. Raises Missing where there is none."""
    only_a_draft(consultation)
    found = earlier(consultation, number)
    said = f"Went back to state {number}: {found.said}"
    return _keep(consultation, dict(found.definition), said, by=by, now=now, brought_back=number)


def keep_written(consultation: Consultation, by: Account | None, now: datetime, *, same_meaning: bool = False) -> None:
    """Note a questionnaire that was written otherwise (brought in, translated, put in as JSON) as a state of its own.

    What is not finished in the editor goes on when only translations were written.
    """
    last, written = _last(consultation), consultation.definition
    if consultation.state != "draft" or not written or last is None:
        return
    whole = last if last.whole else _last(consultation, whole=True)
    if whole is not None and whole.definition == written:
        return
    if whole is None or not editing.same_parts(whole.definition, written):
        _note(consultation, dict(written), OUTSIDE, by=by, now=now)
        return
    if last.said == TRANSLATED and last.made_by == (by.id if by else None) and last.whole:
        last.definition, last.made_at = dict(written), now
        db.session.flush()
        return
    _note(consultation, dict(written), TRANSLATED, by=by, now=now)
    if not last.whole:
        unfinished_one = editing.with_translations(last.definition, written)
        _note(consultation, unfinished_one, f"{last.said} (went on after a translation)", by=by, now=now)


def lacking(consultation: Consultation) -> list[str]:
    """What is not finished in the editor keeps a consultation from being published: what is asked would be older."""
    last = _last(consultation)
    if consultation.state != "draft" or last is None or last.whole:
        return []
    return ["The questionnaire is not finished: “Write the questionnaire” says what is still to be mended."]


def _keep(
    consultation: Consultation,
    definition: Definition,
    said: str,
    *,
    by: Account | None,
    now: datetime,
    brought_back: int | None = None,
) -> Edit:
    made = _note(consultation, definition, said, by=by, now=now, brought_back=brought_back)
    if made.whole:
        consultations.save_definition(consultation, definition=made.definition, by=by, now=now)
    else:
        wrote(consultation, by)
    return made


def _note(
    consultation: Consultation,
    definition: Definition,
    said: str,
    *,
    by: Account | None,
    now: datetime,
    brought_back: int | None = None,
) -> Edit:
    last = _last(consultation)
    if last is None and consultation.definition:
        # The state before the first change, so that it can be brought back too.
        last = Edit(
            consultation_id=consultation.id,
            number=1,
            definition=dict(consultation.definition),
            whole=True,
            said="As it was before",
            made_at=now,
        )
        db.session.add(last)
    whole = not unfinished(definition)
    made = Edit(
        consultation_id=consultation.id,
        number=(last.number if last else 0) + 1,
        definition=as_json(read_unfinished(definition)[0]) if whole else definition,
        whole=whole,
        said=said,
        brought_back=brought_back,
        made_by=by.id if by else None,
        made_at=now,
    )
    db.session.add(made)
    db.session.flush()
    return made


def _alone(
    consultation: Consultation, thing: tuple[str, str], seen: int, stands: Definition, by: Account | None
) -> None:
    """Refuse where somebody else changed a thing since state `seen`."""
    kind, key = thing
    language = str(stands.get("language") or "en")
    editing.find(stands, kind, key)

    def then(one: Edit) -> Any:
        try:
            return editing.bare(editing.find(one.definition, kind, key).data, language)
        except Missing:
            return None

    for later, before in pairwise(history(consultation, since=max(seen, 1))):
        if later.made_by != (by.id if by else None) and then(later) != then(before):
            raise ChangedMeanwhile(later)


def _last(consultation: Consultation, *, whole: bool = False) -> Edit | None:
    query = select(Edit).where(Edit.consultation_id == consultation.id).order_by(Edit.number.desc()).limit(1)
    return db.session.scalar(query.where(Edit.whole) if whole else query)


def _one_at_a_time(consultation: Consultation) -> None:
    db.session.execute(select(Consultation.id).where(Consultation.id == consultation.id).with_for_update())
