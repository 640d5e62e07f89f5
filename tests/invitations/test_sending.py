"""Invitations and reminders: what is sent, once, also when the worker is killed; bounces; what staff see."""

from __future__ import annotations

import dataclasses
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from consult.extensions import db
from consult.invitations import actions, jobs, queries
from consult.invitations.actions.wording import filled
from consult.invitations.models import Invitation
from consult.jobs.failures import Busy, Refused
from tests.answering.factories import CLOSES, NOW
from tests.invitations.conftest import kept, people

PAGE = "/staff/consultations/phones/invitations"


class Killed(BaseException):
    """The worker is gone."""


def rows():
    db.session.rollback()
    return {one.contact.email: one for one in db.session.scalars(select(Invitation))}


def works(client, token) -> bool:
    return client.get(f"/i/{token}").status_code == 200


@pytest.fixture
def invited(editor, asked):
    """Twelve people on a list."""
    return kept(editor, people(12))


@pytest.fixture
def sent(editor, invited, inbox):
    """They were sent their invitations."""
    assert editor.post(f"{PAGE}/send/invite").status_code == 303
    assert jobs.send_invitations() == 12
    return inbox


def test_everybody_gets_one_message_with_a_link_of_their_own_that_works(client, editor, invited, inbox):
    assert jobs.send_invitations() == 0
    editor.post(f"{PAGE}/send/invite")
    editor.post(f"{PAGE}/send/invite")
    assert "being sent" in editor.page(PAGE).text
    assert (jobs.send_invitations(), jobs.send_invitations()) == (12, 0)
    assert sorted(one["to"] for one in inbox.sent) == sorted(f"p{at}@example.org" for at in range(12))
    tokens = [token for one in rows() for token in inbox.to(one)]
    assert len(set(tokens)) == 12 and all(works(client, token) for token in tokens)
    assert {(one.state, one.wanted, one.sent_on) for one in rows().values()} == {("sent", "", NOW.date())}
    assert inbox.sent[0]["subject"] == "Have your say: Phones" and "Hello Person" in inbox.sent[0]["body"]


def test_only_hashes_of_links_are_kept(sent):
    with db.engine.connect() as connection:
        everything = str([connection.execute(select(table)).all() for table in db.metadata.sorted_tables])
    assert len(sent.sent) == 12 and not [token for one in rows() for token in sent.to(one) if token in everything]


@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_worker_killed_while_sending_loses_nobody_and_every_link_sent_works(
    client, editor, invited, inbox, monkeypatch, moment
):
    editor.post(f"{PAGE}/send/invite")
    if moment == "before":
        inbox.wrong["p3@example.org"] = Killed()
    else:
        told = actions.sent

        def killed(invitation, **named):
            if invitation.contact.email == "p3@example.org":
                raise Killed
            told(invitation, **named)

        monkeypatch.setattr(actions, "sent", killed)
    with pytest.raises(Killed):
        jobs.send_invitations()
    inbox.wrong.clear()
    if moment == "after":
        monkeypatch.setattr(actions, "sent", told)
    jobs.send_invitations()
    assert {one.state for one in rows().values()} == {"sent"}
    tokens = {one: inbox.to(one) for one in rows()}
    assert len(tokens["p3@example.org"]) == (1 if moment == "before" else 2)
    assert all(len(links) == 1 for one, links in tokens.items() if one != "p3@example.org")
    assert all(works(client, token) for links in tokens.values() for token in links)
    tickets = {queries.invitation_by_link(db.session, token).ticket for token in tokens["p3@example.org"]}
    assert len(tickets) == 1


def test_reminders_go_to_those_who_had_not_answered_and_the_first_link_keeps_working(client, editor, sent, clock):
    editor.post(f"{PAGE}/send/remind")
    assert jobs.send_invitations() == 0, "nobody gets two emails on one day"
    clock.set(NOW + timedelta(days=3))
    someone, other = rows()["p1@example.org"], rows()["p2@example.org"]
    someone.state = "answered"
    db.session.commit()
    actions.opt_out(db.session, db.session.get_one(Invitation, other.id), secret=editor.plain.application.secret_key)
    db.session.commit()
    sent.sent, first = [], list(sent.sent)
    editor.post(f"{PAGE}/send/remind")
    assert jobs.send_invitations() == 10
    reached = {one["to"] for one in sent.sent}
    assert reached == {f"p{at}@example.org" for at in range(12)} - {"p1@example.org", "p2@example.org"}
    assert all(one["subject"].startswith("Reminder") for one in sent.sent)
    assert works(client, sent.to("p5@example.org")[0])
    sent.sent = first
    assert works(client, sent.to("p5@example.org")[0])


def test_opting_out_between_asking_and_sending_is_heeded(app, editor, invited, inbox):
    editor.post(f"{PAGE}/send/invite")
    actions.opt_out(db.session, rows()["p4@example.org"], secret=app.secret_key)
    db.session.commit()
    assert jobs.send_invitations() == 11 and not inbox.to("p4@example.org")


def test_nothing_is_sent_after_closing_or_when_called_off(editor, invited, inbox, clock):
    editor.post(f"{PAGE}/send/invite")
    editor.post(f"{PAGE}/call-off")
    assert jobs.send_invitations() == 0
    editor.post(f"{PAGE}/send/invite")
    clock.set(CLOSES)
    assert jobs.send_invitations() == 0 and inbox.sent == []
    assert editor.post(f"{PAGE}/send/invite").status_code == 409


def test_an_address_that_is_refused_for_good_is_written_to_no_more(editor, invited, inbox):
    inbox.wrong["p2@example.org"] = Refused("550")
    editor.post(f"{PAGE}/send/invite")
    assert jobs.send_invitations() == 11
    assert (rows()["p2@example.org"].state, rows()["p2@example.org"].wanted) == ("bounced", "")


def test_after_five_failures_it_is_given_up_where_staff_see_it(editor, invited, inbox, clock):
    inbox.wrong["p2@example.org"] = Busy("450")
    editor.post(f"{PAGE}/send/invite")
    jobs.send_invitations()
    assert rows()["p2@example.org"].tries == 1
    jobs.send_invitations()
    assert rows()["p2@example.org"].tries == 1, "it is left alone for a while"
    for hours in range(1, 8):
        clock.set(NOW + timedelta(hours=2 * hours))
        jobs.send_invitations()
    failed = rows()["p2@example.org"]
    assert (failed.tries, failed.wanted, failed.state) == (5, "", "to_send")
    assert queries.figures(_asked(), least=2, most_tries=5).gave_up == 1
    inbox.wrong.clear()
    editor.post(f"{PAGE}/send/invite")
    assert jobs.send_invitations() == 1 and rows()["p2@example.org"].state == "sent"


def _asked():
    from consult.consultations.models import Consultation

    return db.session.scalars(select(Consultation)).one()


def test_when_the_way_itself_fails_nobodys_tries_are_counted(editor, invited, inbox):
    editor.post(f"{PAGE}/send/invite")
    inbox.wrong = {one: OSError("away") for one in rows()}
    with pytest.raises(OSError, match="away"):
        jobs.send_invitations()
    assert {one.tries for one in rows().values()} == {0}
    inbox.wrong = {}
    assert jobs.send_invitations() == 12


def test_figures_never_tell_of_few_who_answered_or_did_not(editor, sent):
    def answered(count):
        numbers = sorted(one.id for one in rows().values())[:count]
        db.session.execute(update(Invitation).values(state="sent"))
        db.session.execute(update(Invitation).where(Invitation.id.in_(numbers)).values(state="answered"))
        db.session.commit()
        return queries.figures(_asked(), least=5, most_tries=5).answered

    assert [answered(count) for count in (0, 4, 5, 7, 8, 12)] == [
        "fewer than 5",
        "fewer than 5",
        "5",
        "7",
        "more than 7",
        "more than 7",
    ]
    assert "not shown" in queries.figures(_asked(), least=13, most_tries=5).answered
    assert "p1@example.org" not in editor.page(PAGE).text


def test_a_live_site_that_does_not_know_its_address_sends_no_links_that_lead_nowhere(app, editor, invited, inbox):
    editor.post(f"{PAGE}/send/invite")
    settings = app.config["CONSULT"]
    app.config["CONSULT"] = dataclasses.replace(settings, env="production", site_url="")
    assert jobs.send_invitations() == 0
    app.config["CONSULT"] = dataclasses.replace(settings, env="production", site_url="https://say.example.org/")
    assert jobs.send_invitations() == 12
    assert all("https://say.example.org/i/" in one["body"] for one in inbox.sent)


# Words


def test_an_authors_words_are_used_checked_and_given_up_again(editor, invited, inbox):
    words = f"{PAGE}/words/invite/en"
    for body in ("Hello {name}, {link}", "{link} {stop} {secret}", "{link} {stop} {", "{stop}"):
        assert editor.post(words, {"subject": "Hi", "body": body}).status_code == 422, body
    for subject in ("", "{link}"):
        assert editor.post(words, {"subject": subject, "body": "{link} {stop}"}).status_code == 422
    assert editor.post(words, {"subject": "Dear {name}", "body": "Go to\n\n{link}\n\n{stop}"}).status_code == 303
    assert "Dear Jo Bloggs" in editor.page(words).text
    editor.post(f"{PAGE}/send/invite")
    jobs.send_invitations()
    assert {one["subject"] for one in inbox.sent} == {f"Dear Person {at}" for at in range(12)}
    assert editor.post(words, {"subject": "", "body": ""}).status_code == 303
    assert "These are our words" in editor.page(words).text


def test_what_a_name_says_is_never_taken_for_a_place():
    assert filled("{name}: {link}", {"name": "{link}", "link": "x"}) == "{link}: x"
    assert filled("Hello {name},", {"name": ""}) == "Hello,"


def test_people_are_written_to_in_their_language(editor, asked, inbox):
    kept(editor, people(12).replace("p1@example.org,,en", "p1@example.org,,Polish"))
    editor.post(f"{PAGE}/send/invite")
    jobs.send_invitations()
    (polish,) = [one for one in inbox.sent if one["to"] == "p1@example.org"]
    assert polish["subject"] == "Wyraź swoją opinię: Phones (pl)" and "/pl/i/" in polish["body"]
    assert all("{" not in one["body"] for one in inbox.sent)


@pytest.mark.parametrize("kind", ["invite", "remind"])
@pytest.mark.parametrize("language", ["en", "pl", "ar"])
def test_our_own_words_pass_our_own_check_in_every_language(editor, asked, kind, language):
    from consult.invitations.actions.wording import check_words
    from consult.invitations.routes.messages import ours

    with editor.plain.application.test_request_context():
        check_words(ours(kind, language).subject, ours(kind, language).body)
    assert editor.get(f"{PAGE}/words/{kind}/{language}").status_code == 200


def test_an_example_goes_to_whoever_asks_and_keeps_nothing(editor, asked, inbox, monkeypatch):
    from consult.invitations.routes import sending

    monkeypatch.setattr(sending, "post_of", lambda _settings: inbox)
    assert editor.post(f"{PAGE}/words/invite/pl/example").status_code == 200
    assert inbox.sent[0]["to"] in editor.page(f"{PAGE}/words/invite/pl").text
    assert len(inbox.sent) == 1 and inbox.sent[0]["to"].startswith("editor") and rows() == {}
    inbox.wrong[inbox.sent[0]["to"]] = OSError("away")
    assert editor.post(f"{PAGE}/words/invite/pl/example").status_code == 409
