"""Crossings on pages: declared before approval, told to whoever answers, seen by nobody before closing."""

from __future__ import annotations

from random import Random

import pytest

from consult.consultations import actions as consultations
from consult.consultations.actions.crossing import MOST, crossable, lacking
from consult.consultations.models import Consultation
from consult.domain.crossing import Declared, age_by_sex, relations
from consult.domain.disclosure import found_out
from consult.domain.errors import NotNow, Rejected
from consult.extensions import db
from consult.results import actions, queries
from consult.results import jobs as opening
from tests.accounts.factories import make_person, sign_in
from tests.answering.factories import NOW, make_open
from tests.answering.test_answering import begin, send
from tests.engagement.factories import make_group
from tests.results.factories import AFTER, DEFINITION, RESULTS, STAFF, answer, close, make_answered

pytestmark = pytest.mark.sqlite
PURPOSE = "Whether older people find it harder"
FORM = "/staff/consultations/newer/crossings"


def crossed_crowd(app) -> Consultation:
    """Counted, with one question crossed, everybody in one of two ages; not closed yet."""
    random = Random(4)
    about = [
        {"age_band": random.choice(["25_34", "75_84"]), "sex": random.choice(["female", "male"])} for _ in range(160)
    ]
    people = [answer(how=random.choice(["easy", "hard"])) for _ in about]
    return make_answered(app, people, given=about, closed=False, crossings={"how": PURPOSE}, weighted=("how",))


@pytest.fixture
def draft(database, clock):
    """A draft with a questionnaire, whose settings say that equality questions are asked."""
    clock.set(NOW)
    made = consultations.create(group=make_group(slug="g"), title="New", slug="newer", by=None, now=NOW)
    consultations.save_definition(made, definition=DEFINITION, by=None, now=NOW)
    made.equality = True
    db.session.commit()
    return made


def test_staff_name_questions_with_a_purpose_each(app, draft):
    staff = sign_in(app, make_person("editor"))
    shown = staff.page(FORM)
    assert [axis.question for axis in crossable(draft)][:3] == ["how", "rate", "which"]
    assert "How easy is it?" in shown.text
    refused = staff.post(FORM, {"weighted": "how"})
    assert refused.status_code == 422
    saved = staff.post(FORM, {"purpose_how": PURPOSE, "purpose_which": " ", "weighted": "how"})
    assert saved.status_code == 303
    db.session.expire_all()
    named = Declared.from_json(draft.crossings).named
    assert [(one.question, one.purpose, one.weighted) for one in named] == [("how", {"en": PURPOSE}, True)]
    assert PURPOSE in staff.page("/staff/consultations/newer").text


def test_a_question_that_cannot_be_crossed_is_refused_and_a_lost_one_keeps_it_from_approval(draft):
    with pytest.raises(Rejected):
        consultations.declare_crossings(draft, purposes={"why": PURPOSE}, weighted=(), by=None, now=NOW)
    consultations.declare_crossings(draft, purposes={"how": PURPOSE}, weighted=(), by=None, now=NOW)
    assert lacking(draft) == []
    draft.equality = False
    assert len(lacking(draft)) == 1
    assert MOST == 6


def test_whoever_answers_is_told_before_the_equality_questions(client, database, clock):
    clock.set(NOW)
    made = make_open(crossings={"how": PURPOSE})
    with pytest.raises(NotNow):
        consultations.declare_crossings(made, purposes={}, weighted=(), by=None, now=NOW)
    db.session.commit()
    begin(client)
    send(client)
    gate = client.page("/consultations/phones/answer/equality")
    assert PURPOSE in gate.text and "How?" in gate.text
    assert "stay locked until everything is counted" in gate.text


def test_nothing_is_seen_before_closing_and_only_what_was_let_out_after(app, client, database, clock):
    clock.set(NOW)
    consultation = crossed_crowd(app)
    staff = sign_in(app, make_person("commissioner"))
    before = staff.page(STAFF)
    assert "Nobody sees any of it before everything is counted" in before.text
    assert "75 to 84" not in [one.text for one in before.all("h4")]
    clock.set(AFTER)
    close(consultation)
    db.session.commit()
    with pytest.raises(NotNow, match="about to be opened"):
        actions.publish(consultation, by=None, now=AFTER)
    assert opening.open_arrays() == 1
    after = staff.page(STAFF)
    assert "Opened once" in after.text and "75 to 84" in after.text
    release = actions.publish(db.session.get_one(Consultation, consultation.id), by=None, now=AFTER)
    db.session.commit()
    figures = release.released()
    assert [one.question for one in figures.crossed] == ["how&age_band", "how&sex", "how&age_band&sex"]
    assert not found_out(figures, relations=relations(figures.crossed, figures.findings))
    shown = client.page(RESULTS)
    assert "How different people answered" in [one.text for one in shown.all("h2")]
    [table] = [
        one for one in shown.all("table") if one.inside("section").get("aria-labelledby") == "crossed-how-age_band-sex"
    ]
    [row] = [one for one in table.all("tr") if one.all("th")[0].text == "75 to 84, Female"]
    cells = age_by_sex(figures.crossed, "how")["75_84", "female"]
    assert [one.text.split()[0] for one in row.all("td")[:-1]] == [str(one.about) for one in cells.cells]
    assert row.all("td")[-1].text == f"about {cells.base.count} people"
    assert client.page(f"/ar{RESULTS}").all("h2")
    assert queries.figures(db.session.get_one(Consultation, consultation.id)) == figures


def test_crossings_that_would_give_somebody_away_beside_the_rest_are_not_published(app, database, clock, monkeypatch):
    clock.set(AFTER)
    consultation = crossed_crowd(app)
    close(consultation)
    db.session.commit()
    opening.open_arrays()
    queries._tried.clear()
    monkeypatch.setattr("consult.domain.crossing.released.found_out", lambda *_given, **_more: ["somebody"])
    figures = queries.figures(db.session.get_one(Consultation, consultation.id))
    assert figures is not None and figures.findings and figures.crossed == ()
