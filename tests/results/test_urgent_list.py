"""Comments that somebody asked to be read today: who sees them, what becomes of them, who is told, when they go."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select, text

from consult.accounts.models import StaffEvent
from consult.accounts.work import Step
from consult.answering.actions import destroy, rewrite, urgent
from consult.answering.actions.urgent import Urgent
from consult.answering.models import UrgentComment
from consult.extensions import db
from consult.results import jobs
from tests.accounts.factories import make_person, sign_in
from tests.answering.factories import NOW, make_open
from tests.engagement.factories import make_group

LIST = "/staff/urgent"
TODAY = NOW.date()
WORDS = "I can’t cope. <b>I want to kill myself</b> and nobody listens."


class Post:
    """Keeps what was sent; or fails."""

    def __init__(self, broken=False):
        self.sent, self.broken = [], broken

    def send(self, *, to, subject, body):
        if self.broken:
            raise OSError("no server")
        self.sent.append((to, subject, body))


@pytest.fixture
def consultation(app, database, clock):
    clock.set(NOW)
    return make_open()


@pytest.fixture
def comment(consultation):
    return leave_words(consultation, WORDS)


def leave_words(consultation, words, day=TODAY):
    before = set(db.session.scalars(select(UrgentComment.id)))
    urgent.copy(db.session, [Urgent("why", words)], consultation_id=consultation.id, day=day)
    db.session.commit()
    return next(one for one in db.session.scalars(select(UrgentComment)) if one.id not in before)


def decided(number):
    db.session.expire_all()
    return db.session.get_one(UrgentComment, number).outcome


# Who sees them


@pytest.mark.parametrize("role", ["editor", "analyst", "commissioner"])
def test_the_team_of_the_group_sees_the_list_and_the_words_on_a_page_of_their_own(app, comment, role):
    client = sign_in(app, make_person(role, make_group("group-phones")))
    listed = client.get(LIST).get_data(as_text=True)
    assert "Suicide" in listed and "kill" not in listed and "hard to read" in listed
    page = client.page(f"{LIST}/{comment.id}")
    assert [one.text for one in page.all("mark")] == ["kill myself"] and not page.all("b")
    (folded,) = page.all("details")
    assert "kill myself" in folded.text and "open" not in folded.attributes
    assert page.text.count("kill myself") == 1, "the words stand in the folded part alone"


@pytest.mark.parametrize(
    ("role", "group"), [("promoter", "group-phones"), ("keyer", "group-phones"), ("editor", "elsewhere")]
)
def test_nobody_else_sees_them(app, comment, role, group):
    client = sign_in(app, make_person(role, make_group(group, "Elsewhere")))
    assert client.get(f"{LIST}/{comment.id}").status_code == 403
    assert client.post(f"{LIST}/{comment.id}", {"outcome": "none", "before": ""}).status_code == 403
    listed = client.get(LIST)
    assert listed.status_code == 403 or "Suicide" not in listed.get_data(as_text=True)
    assert decided(comment.id) == ""


def test_an_administrator_of_the_site_does_not_read_them(app, comment):
    assert sign_in(app, make_person("administrator")).get(LIST).status_code == 403


def test_it_stands_first_in_my_work_with_the_next_working_day(app, comment, monkeypatch):
    from consult.accounts import work

    late = Step(date(2020, 1, 1), "Something late", "/staff/", "You", "other")
    monkeypatch.setitem(work._work, "late", lambda _account, _now: [late])
    rows = sign_in(app, make_person("analyst", make_group("group-phones"))).page("/staff/").all("tbody")[0].all("tr")
    assert "somebody asked you to read at once" in rows[0].text and "24 November 2026" in rows[0].text
    assert "Something late" in rows[1].text


def test_on_a_friday_it_is_due_on_monday_and_late_after_it(app, consultation, clock):
    leave_words(consultation, WORDS, day=date(2026, 11, 20))
    client = sign_in(app, make_person("editor", make_group("group-phones")))
    assert "Late" not in client.page(LIST).all("tbody")[0].text
    clock.set(NOW + timedelta(days=1))
    assert "Late" in client.page(LIST).all("tbody")[0].text and "23 November" in client.page(LIST).text


# What becomes of them


def test_a_decision_is_kept_and_logged_without_the_words(app, comment):
    client = sign_in(app, make_person("editor", make_group("group-phones")))
    fields = {"outcome": "safeguarding", "passed_on": "Told the lead that a comment speaks of suicide", "before": ""}
    assert client.post(f"{LIST}/{comment.id}", fields).status_code == 303
    assert decided(comment.id) == "safeguarding"
    (event,) = db.session.scalars(select(StaffEvent).where(StaffEvent.verb == "decide_urgent"))
    assert event.note == "Referred to the safeguarding lead" and event.account_id is not None
    logged = f"{event.thing} {event.note}"
    assert "kill" not in logged and "suicide" not in logged and str(comment.id) not in logged
    assert "Nothing waits" in client.get(LIST).get_data(as_text=True)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "Choose what becomes of it"),
        ({"outcome": "gossip"}, "Choose"),
        ({"outcome": "police"}, "Say what was passed on, and to whom"),
        ({"outcome": "quality", "passed_on": "   "}, "Say what was passed on, and to whom"),
    ],
)
def test_what_is_not_said_is_asked_for(app, comment, fields, said):
    client = sign_in(app, make_person("editor", make_group("group-phones")))
    answer = client.post(f"{LIST}/{comment.id}", {"before": "", **fields})
    assert answer.status_code == 422 and said in answer.get_data(as_text=True)
    assert decided(comment.id) == ""


def test_two_people_do_not_decide_over_each_other(app, comment):
    first = sign_in(app, make_person("editor", make_group("group-phones")))
    second = sign_in(app, make_person("analyst", make_group("group-phones")))
    assert first.post(f"{LIST}/{comment.id}", {"outcome": "signposted", "before": ""}).status_code == 303
    assert second.post(f"{LIST}/{comment.id}", {"outcome": "none", "before": ""}).status_code == 409
    assert decided(comment.id) == "signposted"
    changed = {"outcome": "police", "passed_on": "The day and the words", "before": "signposted"}
    assert second.post(f"{LIST}/{comment.id}", changed).status_code == 303


def test_what_was_passed_on_is_forgotten_when_nothing_was_after_all(app, comment):
    client = sign_in(app, make_person("editor", make_group("group-phones")))
    client.post(f"{LIST}/{comment.id}", {"outcome": "police", "passed_on": "The words", "before": ""})
    client.post(f"{LIST}/{comment.id}", {"outcome": "none", "passed_on": "The words", "before": "police"})
    assert db.session.execute(text("select passed_on from urgent_comments")).scalar() == ""


def test_one_can_be_left_to_a_colleague_without_a_reason(app, comment):
    client = sign_in(app, make_person("editor", make_group("group-phones")))
    answer = client.post(f"{LIST}/{comment.id}", {"leave": "1"})
    assert answer.status_code == 303 and decided(comment.id) == ""
    assert "left a comment to a colleague" in client.get(answer.headers["Location"]).get_data(as_text=True)
    assert "Suicide" in client.get(LIST).get_data(as_text=True)


# Who is told


@pytest.fixture
def post(monkeypatch):
    kept = Post()
    monkeypatch.setattr(jobs, "post_of", lambda _settings: kept)
    return kept


def lead_of(consultation, email):
    from consult.engagement.models import Group, GroupLead

    group = db.session.get_one(Group, consultation.group_id)
    group.leads.append(GroupLead(role="clinical lead", name="A Lead", email=email))
    db.session.commit()


def test_the_lead_is_told_that_one_waits_and_never_what_it_says(app, comment, consultation, post):
    lead_of(consultation, "lead@example.org")
    assert jobs.tell_leads() == 1
    ((to, subject, body),) = post.sent
    assert to == "lead@example.org" and "24 November 2026" in body and "/staff/urgent" in body
    assert not any(word in subject + body for word in ("kill", "cope", "uicide", str(comment.id)))


def test_a_message_goes_at_the_round_of_the_hour_and_never_because_something_arrived(app, consultation, post, clock):
    lead_of(consultation, "lead@example.org")
    clock.set(NOW + timedelta(minutes=1))
    assert jobs.tell_leads() == 0, "a round with nothing to tell is a round"
    leave_words(consultation, WORDS)
    for minutes in (2, 30, 59):
        clock.set(NOW + timedelta(minutes=minutes))
        assert jobs.tell_leads() == 0
    clock.set(NOW + timedelta(minutes=60, seconds=3))
    assert jobs.tell_leads() == 1
    leave_words(consultation, "I will kill him")
    clock.set(NOW + timedelta(minutes=119))
    assert jobs.tell_leads() == 0
    clock.set(NOW + timedelta(minutes=121))
    assert jobs.tell_leads() == 1
    clock.set(NOW + timedelta(hours=5))
    assert jobs.tell_leads() == 0, "nobody is told of the same comment twice"


def test_where_the_post_fails_the_next_hour_tries_again(app, comment, consultation, post, clock):
    lead_of(consultation, "lead@example.org")
    post.broken = True
    assert jobs.tell_leads() == 0
    post.broken = False
    clock.set(NOW + timedelta(hours=1))
    assert jobs.tell_leads() == 1


def test_without_a_lead_those_are_told_who_may_decide(app, comment, post):
    for role, slug in (("editor", "group-phones"), ("promoter", "group-phones"), ("editor", "elsewhere")):
        make_person(role, make_group(slug, "Elsewhere"), email=f"{role}-{slug}@example.org")
    db.session.commit()
    assert jobs.tell_leads() == 1
    assert [to for to, _subject, _body in post.sent] == ["editor-group-phones@example.org"]


# When they go


def test_decided_ones_are_deleted_after_the_days_of_the_setting_and_unread_ones_stay(app, consultation, clock):
    old = leave_words(consultation, WORDS)
    old.outcome = "none"
    unread, day = leave_words(consultation, "I want to die").id, app.config["CONSULT"].urgent_days
    young = leave_words(consultation, WORDS, day=NOW.date() + timedelta(days=1))
    young.outcome = "none"
    db.session.commit()
    kept = {unread, young.id}
    clock.set(NOW + timedelta(days=day))
    jobs.forget_old()
    assert len(db.session.scalars(select(UrgentComment.id)).all()) == 3
    clock.set(NOW + timedelta(days=day + 1))
    jobs.forget_old()
    db.session.expire_all()
    assert set(db.session.scalars(select(UrgentComment.id))) == kept


def test_they_go_with_answers_that_are_destroyed_and_are_written_anew_after_closing(app, comment, consultation):
    assert UrgentComment.__table__ in rewrite.WRITTEN and UrgentComment.__table__ in rewrite.SCRUBBED
    assert rewrite.rewrite(db.session, UrgentComment.__table__, consultation_id=consultation.id, after=0) == comment.id
    db.session.expire_all()
    assert db.session.get_one(UrgentComment, comment.id).text == WORDS
    destroy.destroy(db.session, consultation_id=consultation.id)
    assert db.session.scalars(select(UrgentComment.id)).all() == []
