"""What was set aside is looked through, decided batch by batch with a reason, and told with the results."""

from __future__ import annotations

import io
import json
from datetime import timedelta

import openpyxl
import pytest
from sqlalchemy import select

from consult.accounts import work
from consult.accounts.models import StaffEvent
from consult.answering import jobs
from consult.answering.actions import quarantine
from consult.answering.actions.drop import Label
from consult.answering.actions.grouping import Batch, Opened
from consult.answering.models import Comment, Quarantine
from consult.consultations.queries import by_slug
from consult.domain.answers import pack
from consult.domain.errors import NotNow
from consult.extensions import db
from consult.results import actions, personal, queries
from tests.accounts.factories import make_person, sign_in
from tests.answering.factories import NOW
from tests.engagement.factories import make_group
from tests.results.factories import AFTER, RESULTS, STAFF, answer, crowd, make_answered

ASIDE = "/staff/consultations/phones/set-aside"


def hold(consultation, people, *, reason="fast", language="en"):
    """Set these answers aside as one batch; gives its number."""
    label = Label(consultation.current.id, language, held=reason)
    quarantine.set_aside(
        db.session,
        [Batch(label, [Opened(at, 1, b"", label, pack(one), True) for at, one in enumerate(people)])],
        consultation_id=consultation.id,
        questionnaires={consultation.current.id: consultation.current.questionnaire()},
        day=AFTER.date(),
        equality={at: {"sex": "female"} for at in range(len(people))},
    )
    db.session.commit()
    return db.session.scalars(select(Quarantine.id).where(Quarantine.reason == reason)).first()


def copies(count, words="Buy now at example dot org"):
    """So many of the same."""
    return [answer(how="hard", why=words) for _ in range(count)]


def decide(browser, *numbers, decision="left_out", grounds="They came from one script"):
    """Press the button."""
    return browser.post(ASIDE, {"batches": [str(one) for one in numbers], "decision": decision, "grounds": grounds})


def count_decided():
    """The worker looks."""
    box = next(iter(list(jobs.boxed(db.session, slug="phones"))))
    jobs.count_decided(box, now=AFTER)


@pytest.fixture
def analyst(database):
    """Looks through what was set aside, for the consultation's group."""
    return make_person("analyst", make_group("group-phones"))


@pytest.fixture
def batch(answered):
    """297 of the same, beside 73 that are counted."""
    return hold(answered, copies(297))


def test_a_batch_is_looked_at_as_a_whole_and_never_one_by_one(app, batch, analyst):
    browser = sign_in(app, analyst)
    listed = browser.page(ASIDE)
    assert "297 answers in English" in listed.text and "faster than a person can answer" in listed.text
    shown = browser.page(f"{ASIDE}/{batch}").text
    assert "297 times, to “Why?”: Buy now" in " ".join(shown.split())
    assert "How easy is it?" in shown and "297" in shown


def test_what_campaigns_send_is_said_to_be_an_opinion_like_any_other(app, answered, analyst):
    hold(answered, copies(30), reason="same")
    assert "opinion like any other" in sign_in(app, analyst).page(ASIDE).text


def test_what_is_left_out_is_logged_with_its_reason_and_told_in_tens(app, client, batch, analyst, commissioner):
    assert decide(sign_in(app, analyst), batch).status_code == 303
    event = db.session.scalars(select(StaffEvent).where(StaffEvent.verb == "leave_out_set_aside")).one()
    assert event.account_id == analyst.id and event.note == "297 answers (fast): They came from one script"
    preview = sign_in(app, commissioner).page(f"{STAFF}/preview").text
    actions.publish(by_slug("phones"), by=None, now=AFTER)
    db.session.commit()
    for shown in (preview, client.page(RESULTS).text):
        assert "Answers we left out" in shown and "at least 290" in shown and "faster than a person" in shown
        assert "297" not in shown and "73 people took part" in shown
    assert json.loads(client.get(f"{RESULTS}.json").text)["left_out_at_least"] == {"fast": 290}
    cover = openpyxl.load_workbook(io.BytesIO(client.get(f"{RESULTS}.xlsx").data))["Cover"]
    assert (
        "Answers we left out",
        "They were sent faster than a person can answer. Number of answers: at least 290.",
    ) in set(cover.values)


def test_a_flood_of_several_batches_is_looked_at_and_decided_at_once(app, answered, analyst):
    for _sweep in range(3):
        hold(answered, copies(20))
    hold(answered, copies(20), language="pl")
    listed = queries.set_aside(answered)
    assert sorted(one.people for one in listed) == [20, 60]
    most = max(listed, key=lambda one: one.people)
    browser = sign_in(app, analyst)
    shown = browser.page(f"{ASIDE}/{most.number}").text
    assert "60 answers in English" in shown and "60 times" in shown and "40 times" not in shown
    assert decide(browser, most.number).status_code == 303
    assert queries.left_out(answered) == {"fast": 60}
    assert sorted(one.stage for one in queries.set_aside(answered)) == ["left_out", "waiting"]


def test_nothing_left_out_is_told_where_nothing_was(app, client, answered):
    actions.publish(answered, by=None, now=AFTER)
    db.session.commit()
    assert "left out" not in client.page(RESULTS).text


def test_results_wait_for_the_decision_and_for_the_count(app, batch, answered, analyst):
    browser = sign_in(app, analyst)
    assert "set aside" in actions.why_not_yet(answered, AFTER)
    with pytest.raises(NotNow, match="set aside"):
        actions.publish(answered, by=None, now=AFTER)
    decide(browser, batch, decision="to_count")
    db.session.expire_all()
    assert actions.why_not_yet(by_slug("phones"), AFTER), "decided, and not counted yet"
    count_decided()
    assert actions.why_not_yet(by_slug("phones"), AFTER) is None


def test_what_is_counted_after_all_is_in_every_figure(app, batch, analyst):
    decide(sign_in(app, analyst), batch, decision="to_count", grounds="A class answered together")
    count_decided()
    exact = queries.exact(by_slug("phones"))
    assert exact.responses == 73 + 297
    assert db.session.query(Comment).filter(Comment.text.startswith("Buy now")).count() == 297
    assert len(list(personal.Responses(by_slug("phones"), least=10).rows())) == 370
    assert "in the count now" in sign_in(app, analyst).page(f"{ASIDE}/{batch}").text


def test_undecided_ones_are_in_no_export_and_among_no_comments(app, batch, analyst):
    rows = list(personal.Responses(by_slug("phones"), least=10).rows())
    assert len(rows) == 73
    assert not any("Buy now" in str(row) for row in personal.comments(by_slug("phones")))
    assert "Buy now" not in sign_in(app, analyst).page("/staff/consultations/phones/comments").text


def test_published_figures_stand_until_ten_more_are_counted_and_then_there_is_one_release_more(
    app, client, batch, analyst
):
    browser = sign_in(app, analyst)
    decide(browser, batch)
    first = actions.publish(by_slug("phones"), by=None, now=AFTER)
    db.session.commit()
    with pytest.raises(NotNow, match="stand"):
        actions.publish(by_slug("phones"), by=None, now=AFTER)
    db.session.rollback()
    decide(browser, batch, decision="to_count", grounds="They were people after all")
    count_decided()
    assert client.page(RESULTS).text.count("73 people took part") == 1
    second = actions.publish(by_slug("phones"), by=None, now=AFTER + timedelta(days=1))
    assert (first.number, second.number, second.left_out) == (1, 2, {})
    assert second.released().responses == 370


def test_what_is_counted_is_never_left_out_again(app, batch, analyst):
    browser = sign_in(app, analyst)
    decide(browser, batch, decision="to_count")
    assert decide(browser, batch).status_code in (409, 422)
    count_decided()
    assert decide(browser, batch).status_code == 422
    assert db.session.get(Quarantine, batch).stage == "counted"


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({"grounds": ""}, "Say why"),
        ({"grounds": "   "}, "Say why"),
        ({"decision": ""}, "Choose what is to become of them"),
        ({"decision": "counted"}, "Choose from the answers shown"),
    ],
)
def test_a_decision_needs_a_reason(app, batch, analyst, form, sentence):
    answered = decide(sign_in(app, analyst), batch, **form)
    assert answered.status_code == 422 and sentence in answered.text
    assert db.session.get(Quarantine, batch).stage == "waiting"


def test_a_batch_of_another_consultation_is_not_touched(app, batch, analyst):
    make_answered(app, crowd(), slug="other")
    other = make_person("analyst", make_group("group-other"))
    browser = sign_in(app, other)
    assert browser.get(ASIDE).status_code == 403
    away = "/staff/consultations/other/set-aside"
    assert browser.get(f"{away}/{batch}").status_code == 404
    assert browser.post(away, {"batches": [str(batch)], "decision": "left_out", "grounds": "x"}).status_code == 422
    assert db.session.get(Quarantine, batch).stage == "waiting"


def test_only_an_analyst_decides_and_who_sees_results_may_look(app, batch, commissioner, editor, stranger):
    for person in (commissioner, editor):
        browser = sign_in(app, person)
        assert "An analyst decides" in browser.page(ASIDE).text
        assert decide(browser, batch).status_code == 403
    assert sign_in(app, stranger).get(ASIDE).status_code == 403
    assert db.session.get(Quarantine, batch).stage == "waiting"


def test_what_waits_appears_in_the_work_of_an_analyst_until_it_is_decided(app, batch, analyst):
    def waiting():
        return [step.link for step in work.steps(analyst, NOW) if step.kind == "set aside"]

    with app.test_request_context():
        assert waiting() == [ASIDE]
        assert ASIDE in sign_in(app, analyst).get(STAFF).text
        decide(sign_in(app, analyst), batch)
        assert waiting() == []
