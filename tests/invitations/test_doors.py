"""The way of somebody who is invited: what the link shows, what it keeps, and when it is used."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import event, func, select

from consult import create_app
from consult.answering import drafts
from consult.answering.jobs import sweep
from consult.answering.models import Ballot, Draft, Response
from consult.answering.timetable import boxed
from consult.consultations.models import Consultation
from consult.extensions import db
from consult.invitations.links import hash_of, new_token
from consult.invitations.models import Invitation, OptOut
from consult.jobs import saving
from tests.answering.factories import CLOSES, NOW, OPENS, make_open
from tests.answering.test_answering import START, begin, fill, hidden, page_of, send
from tests.client import StrictClient, parse
from tests.conftest import settings_for
from tests.invitations.guests import everything, invite, spent

#: What these do to the database is tried on both in test_doors_once.
pytestmark = pytest.mark.sqlite


@pytest.fixture(autouse=True)
def noon(clock):
    clock.set(NOW)


@pytest.fixture
def consultation(database):
    """Open to everybody, with nobody invited yet."""
    return make_open(equality=False)


@pytest.fixture
def closed_list(consultation):
    """Open only to those who are invited."""
    consultation.invited_only = True
    db.session.commit()
    return consultation


@pytest.fixture
def guest(consultation):
    """Somebody invited to it, from a part of a list."""
    return invite(consultation.id, parts=("North",))[0]


def count(model):
    db.session.rollback()
    return db.session.execute(select(func.count()).select_from(model)).scalar()


def accept(client, guest, prefix=""):
    """Follow the link and begin."""
    assert page_of(client.get(prefix + guest.link)) == "invited"
    response = client.post(prefix + guest.link)
    assert response.status_code == 303
    return response


def finish(client):
    """Answer one question and send."""
    fill(client, "p1", how="hard", finish="1")
    return send(client)


def opened(client):
    """The draft that this browser holds."""
    db.session.rollback()
    key = drafts.key_from_cookie(client.plain.get_cookie("answer-1").value.partition(".")[0])
    return drafts.open_draft(db.session, key, 1)


def test_looking_keeps_nothing_and_says_what_it_is_about(client, guest):
    before = everything()
    for method in ("GET", "GET", "HEAD"):
        response = client.plain.open(guest.link, method=method)
        assert response.status_code == 200 and "Set-Cookie" not in response.headers
    assert everything() == before
    page = client.page(guest.link)
    assert page.all("h1")[0].text == "Phones"
    words = page.text
    for said in ("Why", "This takes about", "It closes on 23 December 2026", "You can leave out any question", "North"):
        assert said in words
    assert [form.get("action") for form in page.all("main")[0].all("form")] == [guest.link]


def test_beginning_seals_the_part_and_the_ticket_and_nothing_of_the_link(client, guest):
    response = accept(client, guest)
    assert response.headers["Location"] == f"{START}/p1"
    begun = opened(client)
    assert (begun.channel, begun.segment, begun.token_hash) == ("online", "North", guest.ticket)
    assert (count(Draft), guest.state, spent()) == (1, "sent", [])


def test_the_link_stands_in_no_page_address_cookie_or_row_after_it(client, guest):
    pages = [accept(client, guest)]
    pages.append(client.get(f"{START}/p1"))
    pages.append(fill(client, "p1", how="hard", finish="1"))
    pages.append(client.get(f"{START}/check"))
    pages.append(send(client))
    pages.append(client.get(f"{START}/done"))
    for page in pages:
        assert guest.token not in page.get_data(as_text=True) + str(page.headers)
    assert guest.token not in repr(everything())


def test_the_page_of_a_link_leads_to_no_other_site_and_tells_none_where_it_was(client, guest):
    response = client.get(guest.link)
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert response.headers["Cache-Control"] == "no-store"
    tree = parse(response.get_data(as_text=True))
    addresses = [one.get("href") or one.get("src") for one in tree.all("a", "link", "script", "img")]
    assert not [one for one in addresses if one.startswith(("http:", "https:", "//"))]


def test_the_log_knows_the_route_and_not_the_link(app, client, guest, capfd):
    app.testing = False
    client.get(guest.link)
    client.post(guest.link)
    client.get("/i/" + "x" * 24)
    client.get(f"{guest.link}/stop")
    app.testing = True
    logged = "".join(capfd.readouterr())
    assert "/i/<token>" in logged and guest.token not in logged and "x" * 24 not in logged


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_links_that_lead_nowhere_all_look_the_same(client, consultation, guest, method):
    (nobody,) = invite(consultation.id, state="opted_out")
    (draft,) = invite(make_open(slug="unborn").id)
    db.session.execute(Consultation.__table__.update().where(Consultation.slug == "unborn").values(state="in_review"))
    db.session.commit()
    before = everything()
    paths = [
        nobody.link,
        draft.link,
        *(f"/i/{one}" for one in (new_token(), "x", "a" * 3000, "%ED%A0%80", "ü", "' or")),
    ]
    answers = {client.open(path, method=method).get_data() for path in paths}
    # Only the language links repeat the address.
    plain = {parse(one.decode()).all("main")[0].text for one in answers}
    assert len(plain) == 1
    assert {client.open(path, method=method).status_code for path in paths} == {404}
    assert everything() == before


def test_what_is_no_token_costs_as_much_as_one_that_was_never_made(client, guest):
    asked = []
    db.session.rollback()
    event.listen(db.engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    costs = []
    for token in (new_token(), "x", "0" * 64, "ü"):
        asked.clear()
        assert client.get(f"/i/{token}").status_code == 404
        costs.append([one for one in asked if "invitations" in one])
    assert costs[0] and all(cost == costs[0] for cost in costs)


def test_the_part_of_a_list_is_shown_as_it_was_written(client, consultation):
    (guest,) = invite(consultation.id, parts=("<b>North & “South”",))
    assert "“<b>North & “South””" in client.page(guest.link).text


def test_a_link_typed_by_hand_may_have_capitals_and_hyphens(client, guest):
    typed = "-".join(guest.token[at : at + 6].upper() for at in range(0, 24, 6))
    assert page_of(client.get(f"/i/{typed}")) == "invited"


def test_a_link_that_is_just_being_sent_works_beside_the_old_one(client, guest):
    newer = new_token()
    invitation = db.session.get_one(Invitation, guest.invitation)
    invitation.next_link_hash = hash_of(newer)
    db.session.commit()
    assert page_of(client.get(f"/i/{newer}")) == page_of(client.get(guest.link)) == "invited"


def test_the_link_speaks_every_language_of_the_site(client, guest):
    page = client.page("/ar" + guest.link)
    assert page.all("html")[0].get("dir") == "rtl"
    assert page.all("main")[0].all("form")[0].get("action") == "/ar" + guest.link
    assert {f"/pl{guest.link}", guest.link} <= {one.get("href") for one in page.all("nav")[0].all("a")}
    assert accept(client, guest, "/ar").headers["Location"] == f"/ar{START}/p1"
    assert opened(client).language == "ar"


@pytest.mark.parametrize(
    ("moment", "changed", "said"),
    [
        (OPENS - timedelta(days=30), {"opens_at": NOW}, "opens on"),
        (CLOSES, {}, "has closed"),
        (NOW, {"paused_at": NOW - timedelta(hours=1)}, "paused"),
        (NOW, {"withdrawn_at": NOW - timedelta(hours=1)}, "taken down"),
    ],
)
def test_nobody_begins_with_a_link_while_it_is_not_open(client, clock, consultation, guest, moment, changed, said):
    for name, value in changed.items():
        setattr(consultation, name, value)
    db.session.commit()
    clock.set(moment)
    response = client.get(guest.link)
    assert response.status_code == 200 and said in response.get_data(as_text=True)
    assert client.post(guest.link).status_code == 409
    assert count(Draft) == 0


def test_an_invitation_that_was_used_says_so_before_and_after_the_sweep(app, client, guest):
    accept(client, guest)
    assert finish(client).headers["Location"].endswith("/done")
    assert (count(Ballot), spent(), guest.state) == (1, [guest.ticket], "sent")
    for swept in (False, True):
        if swept:
            sweep(next(iter(list(boxed(db.session, slug="phones")))), now=NOW)
            assert guest.state == "answered"
        mine, elsewhere = client.get(guest.link), StrictClient(app).get(guest.link)
        for page in (mine, elsewhere):
            assert (page.status_code, page_of(page)) == (200, "already_answered")
        assert (f'href="{START}/done"' in mine.get_data(as_text=True)) is True
        assert (f'href="{START}/done"' in elsewhere.get_data(as_text=True)) is False
        other = StrictClient(app)
        assert (other.post(guest.link).status_code, count(Draft)) == (409, 0)
        assert other.plain.get_cookie("answer-1") is None


def test_two_devices_with_one_invitation_send_once_and_the_other_draft_stays(app, client, guest):
    other = StrictClient(app)
    accept(client, guest)
    accept(other, guest)
    fill(other, "p1", how="easy")
    assert finish(client).status_code == 303
    fill(other, "p1", how="easy", finish="1")
    for _ in range(2):
        late = send(other)
        assert (late.status_code, page_of(late)) == (409, "already_answered")
        assert "An answer has already been sent with this invitation" in late.get_data(as_text=True)
    assert (count(Ballot), count(Draft), spent()) == (1, 1, [guest.ticket])
    assert "Easy" in other.get(f"{START}/check").get_data(as_text=True)
    assert page_of(other.post(f"{START}/save", {**hidden(late), "delete": "1"})) == "deleted"
    assert count(Draft) == 0


def test_two_tabs_and_a_double_press_send_once(client, guest):
    accept(client, guest)
    fill(client, "p1", how="hard", finish="1")
    one, two = client.get(f"{START}/check"), client.get(f"{START}/check")
    sent = [client.post(f"{START}/check", hidden(tab)) for tab in (one, two, one)]
    assert {answer.headers["Location"] for answer in sent} == {f"{START}/done"}
    assert (count(Ballot), spent()) == (1, [guest.ticket])


def test_pressing_start_twice_begins_once_in_this_browser(client, guest):
    accept(client, guest)
    client.post(guest.link)
    assert count(Draft) == 1


def test_whoever_has_begun_is_asked_before_their_answers_go(client, guest):
    accept(client, guest)
    fill(client, "p1", how="hard")
    asked = client.post(guest.link)
    assert (asked.status_code, page_of(asked)) == (200, "begun_already")
    assert "Hard" in client.get(f"{START}/check").get_data(as_text=True)
    form = parse(asked.get_data(as_text=True)).all("main")[0].all("form")[0]
    assert form.get("action") == guest.link
    assert client.post(guest.link, {"again": "1"}).status_code == 303
    assert (opened(client).answers, opened(client).token_hash, count(Draft)) == ({}, guest.ticket, 1)


def test_the_come_back_number_keeps_the_invitation(app, client, guest):
    accept(client, guest)
    fill(client, "p1", how="hard")
    page = client.post(f"{START}/save", hidden(client.get(f"{START}/save")))
    number = parse(page.get_data(as_text=True)).all("bdi")[0].text
    elsewhere = StrictClient(app)
    elsewhere.post("/resume", {"number": number})
    assert (opened(elsewhere).token_hash, opened(elsewhere).segment) == (guest.ticket, "North")
    send(elsewhere)
    assert spent() == [guest.ticket]
    assert "You can answer again" in elsewhere.post(f"{START}/done").get_data(as_text=True)
    assert spent() == []


def test_only_the_invited_answer_where_the_list_is_closed(client, closed_list):
    page = client.page("/consultations/phones")
    assert "Take part" not in page.text and "Only people we invited can answer" in page.text
    look = client.get(START)
    assert (look.status_code, page_of(look)) == (200, "invited_only")
    assert look.headers["Cache-Control"].startswith("public") and "team@example.org" in look.get_data(as_text=True)
    for fields in ({}, {"again": "1"}):
        refused = client.post(START, fields)
        assert (refused.status_code, page_of(refused)) == (403, "invited_only")
        assert "cannot be answered without an invitation" in refused.get_data(as_text=True)
        assert "Set-Cookie" not in refused.headers
    assert count(Draft) == 0


def test_somebody_invited_answers_a_closed_list_and_nobody_after_them(client, closed_list, guest):
    accept(client, guest)
    fill(client, "p1", how="hard")
    assert client.post(START).status_code == 403
    assert client.post(START, {"again": "1"}).status_code == 303
    assert (opened(client).token_hash, opened(client).answers) == (guest.ticket, {})
    assert finish(client).status_code == 303
    done = client.get(f"{START}/done").get_data(as_text=True)
    assert "Answer for someone else" not in done and "Tell me what happened" in done
    for fields in ({}, {"again": "1"}):
        assert client.post(START, fields).status_code == 403
    assert count(Draft) == 0


def test_where_the_list_is_not_closed_everybody_answers_and_only_the_invited_have_a_part(app, client, guest):
    stranger = StrictClient(app)
    assert "Were you invited by email or letter?" in stranger.get(START).get_data(as_text=True)
    begin(stranger)
    assert (opened(stranger).token_hash, opened(stranger).segment) == (None, "")
    assert finish(stranger).status_code == 303
    accept(client, guest)
    assert finish(client).status_code == 303
    assert (count(Ballot), spent()) == (2, [guest.ticket])
    assert "Answer for someone else" in client.get(f"{START}/done").get_data(as_text=True)
    begin(client)
    assert opened(client).token_hash is None


def test_without_lists_nobody_is_asked_whether_they_were_invited(client, consultation):
    assert "Were you invited" not in client.get(START).get_data(as_text=True)


def test_the_part_of_the_list_is_settled_with_the_answers(app, consultation):
    for guest in invite(consultation.id, 10, parts=("North",)):
        client = StrictClient(app)
        accept(client, guest)
        finish(client)
    db.session.rollback()
    sweep(next(iter(list(boxed(db.session, slug="phones")))), now=NOW, last=True)
    found = db.session.execute(select(Response.segment, Response.channel, func.count()).group_by("segment", "channel"))
    assert [tuple(row) for row in found] == [("North", "online", 10)]


@pytest.mark.parametrize("swept", [False, True])
def test_answers_taken_back_here_let_the_invitation_be_used_again(client, guest, swept):
    accept(client, guest)
    finish(client)
    if swept:
        sweep(next(iter(list(boxed(db.session, slug="phones")))), now=NOW)
    taken = client.post(f"{START}/done")
    assert page_of(taken) == "taken_back" and "You can answer again" in taken.get_data(as_text=True)
    assert (count(Ballot), spent(), guest.state) == (0, [], "sent")
    accept(client, guest)
    assert finish(client).status_code == 303
    assert spent() == [guest.ticket]


def test_before_sending_the_invited_are_told_what_taking_back_means(app, client, guest):
    accept(client, guest)
    assert "If you take your answers back in this browser" in client.get(f"{START}/check").get_data(as_text=True)
    stranger = StrictClient(app)
    begin(stranger)
    assert "Your invitation counts once" not in stranger.get(f"{START}/check").get_data(as_text=True)


@pytest.mark.parametrize("forged", ["theirs", "unsigned", "stolen signature", "ž.ž"])
def test_taking_back_frees_no_invitation_but_the_one_that_was_used(app, client, consultation, forged):
    mine, theirs = invite(consultation.id, 2)
    other = StrictClient(app)
    for browser, guest in ((client, mine), (other, theirs)):
        accept(browser, guest)
        finish(browser)
    key, ticket, signature = client.plain.get_cookie("answer-1").value.split(".")
    note = {
        "theirs": f"{theirs.ticket}.{signature}",
        "unsigned": theirs.ticket,
        "stolen signature": other.plain.get_cookie("answer-1").value.partition(".")[2],
        "ž.ž": "ž.ž",
    }[forged]
    assert ticket == mine.ticket
    client.plain.set_cookie("answer-1", f"{key}.{note}")
    taken = client.post(f"{START}/done")
    assert page_of(taken) == "taken_back" and "You can answer again" not in taken.get_data(as_text=True)
    assert (count(Ballot), sorted(spent())) == (1, sorted([mine.ticket, theirs.ticket]))
    assert other.post(theirs.link).status_code == 409


def test_the_page_says_so_where_an_invitation_cannot_be_given_back(client, closed_list, guest):
    accept(client, guest)
    finish(client)
    client.plain.set_cookie("answer-1", client.plain.get_cookie("answer-1").value.partition(".")[0])
    assert "Your invitation cannot be used again" in client.post(f"{START}/done").get_data(as_text=True)


def test_opting_out_is_asked_first_and_then_ends_the_link(client, guest):
    before = everything()
    assert page_of(client.get(f"{guest.link}/stop")) == "stop_inviting"
    assert everything() == before
    for _ in range(2):
        assert page_of(client.post(f"{guest.link}/stop")) == "no_more_invitations"
    assert (guest.state, count(OptOut)) == ("opted_out", 1)
    assert page_of(client.get(f"{guest.link}/stop")) == "no_more_invitations"
    for method in ("GET", "POST"):
        assert client.open(guest.link, method=method).status_code == 404
    kept = db.session.execute(select(OptOut.who)).scalar()
    assert "@" not in kept and len(kept) == 64


def test_opting_out_by_a_link_that_leads_nowhere_stores_nothing(client, guest):
    before = everything()
    for method in ("GET", "POST"):
        assert client.open(f"/i/{new_token()}/stop", method=method).status_code == 404
    assert everything() == before


def test_whoever_opts_out_after_answering_has_answered(client, guest):
    accept(client, guest)
    finish(client)
    client.post(f"{guest.link}/stop")
    assert guest.state == "opted_out"
    sweep(next(iter(list(boxed(db.session, slug="phones")))), now=NOW)
    assert (guest.state, spent()) == ("answered", [])
    client.post(f"{guest.link}/stop")
    assert guest.state == "answered"
    assert client.post(f"{START}/done").status_code == 200
    assert guest.state == "opted_out"


def test_links_cannot_be_tried_out_without_end(app, database):
    ours = app.config["CONSULT"]
    limited = create_app(settings_for(ours.instance, CONSULT_RATE_LIMITS="on", CONSULT_DATABASE_URL=ours.database_url))
    limited.testing = True
    visitor = StrictClient(limited)
    looked = [visitor.get(f"/i/{new_token()}").status_code for _ in range(121)]
    assert looked == [404] * 120 + [429]
    assert [visitor.post(f"/i/{new_token()}").status_code for _ in range(31)][-2:] == [404, 429]
    with limited.app_context():
        db.engine.dispose()


def test_an_unknown_ticket_is_never_spent(database, consultation, guest):
    from consult.answering.actions import drop

    with pytest.raises(drop.AlreadyAnswered), saving():
        drop.spend(db.session, "0" * 64)
    assert spent() == []
