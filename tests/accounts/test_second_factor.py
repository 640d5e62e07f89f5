"""Second factors, where somebody is signed in, letters with links, and handing over."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP

from consult import clock as site_clock
from consult.accounts import actions, jobs
from consult.accounts import second_factor as codes
from consult.accounts.actions import second_factor as acts
from consult.accounts.models import Account, AccountLetter, RecoveryCode, SignIn, StaffEvent
from consult.domain.errors import NotNow
from consult.extensions import db
from tests.accounts.factories import PASSWORD, make_person, sign_in
from tests.accounts.test_signing_in import token, try_to
from tests.client import StrictClient, parse

pytestmark = pytest.mark.sqlite
FACTOR = "/staff/second-factor"


def code_of(key: bytes, moment) -> str:
    return TOTP(key, 6, SHA1(), 30, enforce_key_length=False).generate(int(moment.timestamp())).decode()


def with_factor(email: str = "eva@example.org", role: str = "editor") -> tuple[Account, bytes, list[str]]:
    """Somebody with a second factor, its key and the codes to be written down."""
    person, key, now = make_person(role, email=email), codes.new_key(), site_clock.now()
    written = acts.set_up(person, key=key, code=code_of(key, now - timedelta(seconds=30)), now=now)
    db.session.commit()
    return person, key, written


def second(client: StrictClient, code: str):
    page = client.page("/staff/sign-in/code")
    given = next(one.get("value") for one in page.all("input") if one.get("name") == "csrf_token")
    return client.post("/staff/sign-in/code", {"csrf_token": given, "code": code})


def test_a_password_alone_does_not_let_anybody_in_who_has_a_second_factor(app, client, database, clock):
    _person, key, _written = with_factor()
    answer = try_to(client, "eva@example.org", PASSWORD)
    assert answer.location.startswith("/staff/sign-in/code") and client.get("/staff/").status_code == 303
    assert second(client, "000000").status_code == 422 and client.get("/staff/").status_code == 303
    now = site_clock.now()
    assert second(client, code_of(key, now)).status_code == 303 and client.get("/staff/").status_code == 200
    again = StrictClient(app)
    try_to(again, "eva@example.org", PASSWORD)
    assert second(again, code_of(key, now)).status_code == 422


def test_a_written_code_lets_somebody_in_once(app, client, database, clock):
    _person, _key, written = with_factor()
    assert len(written) == len(set(written)) == 10
    try_to(client, "eva@example.org", PASSWORD)
    assert second(client, written[0].upper()).status_code == 303
    again = StrictClient(app)
    try_to(again, "eva@example.org", PASSWORD)
    assert second(again, written[0]).status_code == 422
    kept = {one.mark for one in db.session.query(RecoveryCode).all()}
    assert len(kept) == 9 and not kept & set(written)


def test_the_code_has_to_come_soon_after_the_password(client, database, clock):
    _person, key, _written = with_factor()
    try_to(client, "eva@example.org", PASSWORD)
    clock.set(site_clock.now() + timedelta(minutes=11))
    assert client.get("/staff/sign-in/code").location == "/staff/sign-in"
    given = {"csrf_token": token(client), "code": code_of(key, site_clock.now())}
    assert client.post("/staff/sign-in/code", given).location == "/staff/sign-in"


@pytest.mark.parametrize("off", [-60, 60])
def test_a_clock_may_be_half_a_minute_wrong_and_no_more(database, clock, off):
    key, now = codes.new_key(), site_clock.now()
    right = [codes.step_of(key, code_of(key, now + timedelta(seconds=by)), now=now, after=None) for by in (-30, 0, 30)]
    assert None not in right
    assert codes.step_of(key, code_of(key, now + timedelta(seconds=off)), now=now, after=None) is None


def test_the_key_is_sealed_and_a_copy_of_the_database_has_no_code(app, database):
    person, key, _written = with_factor()
    assert key.hex() not in person.totp and codes.typed(key).replace(" ", "") not in person.totp
    assert codes.unseal(person.totp) == key
    app.config["SECRET_KEY"] = "another secret"
    assert codes.unseal(person.totp) is None


def test_somebody_sets_it_up_with_the_key_on_the_page(app, database, clock):
    person = make_person("editor")
    browser = sign_in(app, person)
    page = browser.page(FACTOR)
    assert page.all("svg") and "img" not in [one.tag for one in page.all("img")]
    typed = re.search(r"([A-Z2-7]{4}( [A-Z2-7]{4}){7})", page.text).group(1).replace(" ", "")
    from base64 import b32decode

    wrong = browser.post(FACTOR, {"code": "123456"})
    assert wrong.status_code == 422 and typed[:4] in parse(wrong.text).text
    done = browser.post(FACTOR, {"code": code_of(b32decode(typed), site_clock.now())})
    assert done.status_code == 200 and len(re.findall(r"<bdi>[a-z2-9]{5}(?:-[a-z2-9]{5}){2}</bdi>", done.text)) == 10
    assert "10 of the codes" in browser.page(FACTOR).text
    refused = browser.post(f"{FACTOR}/remove", {"password": "not it"})
    assert refused.status_code == 422
    assert browser.post(f"{FACTOR}/remove", {"password": PASSWORD}).status_code == 303
    assert db.session.get_one(Account, person.id, populate_existing=True).totp is None


def test_a_role_that_needs_one_leads_to_setting_it_up_and_nowhere_else(app, database, clock):
    administrator = make_person("administrator")
    chief, person = sign_in(app, administrator), make_person("editor")
    from consult.accounts.defaults import STARTING
    from consult.accounts.models import Organisation

    db.session.add(Organisation(id=1, **STARTING))
    db.session.commit()
    assert chief.post("/staff/second-factors", {"roles": ["editor"]}).status_code == 303
    browser = sign_in(app, person)
    assert browser.get("/staff/").location == FACTOR and browser.get(FACTOR).status_code == 200
    key = codes.new_key()
    acts.set_up(person, key=key, code=code_of(key, site_clock.now()), now=site_clock.now())
    db.session.commit()
    assert browser.get("/staff/").status_code == 200
    with pytest.raises(NotNow, match="needs a second factor"):
        acts.take_away(person, password=PASSWORD, now=site_clock.now())
    assert chief.post(f"/staff/accounts/{person.id}/second-factor").status_code == 303
    assert db.session.get_one(Account, person.id, populate_existing=True).totp is None


# Where somebody is signed in


def test_every_browser_is_listed_and_one_or_all_others_are_signed_out(app, database, clock):
    person = make_person("editor")
    here, there, third = sign_in(app, person), sign_in(app, person), sign_in(app, person)
    assert here.post("/staff/sign-ins/name", {"name": "The laptop"}).status_code == 303
    page = there.page("/staff/sign-ins")
    assert "The laptop" in page.text and page.text.count("Sign out there") == 2
    [laptop] = [one for one in db.session.query(SignIn).all() if one.name == "The laptop"]
    assert there.post(f"/staff/sign-ins/{laptop.id}/end").status_code == 303
    assert here.get("/staff/").status_code == 303 and third.get("/staff/").status_code == 200
    assert there.post("/staff/sign-ins/end").status_code == 303
    assert third.get("/staff/").status_code == 303 and there.get("/staff/").status_code == 200


def test_nobody_ends_the_session_of_somebody_else(app, database, clock):
    mine, other = sign_in(app, make_person("editor")), make_person("editor")
    browser = sign_in(app, other)
    [theirs] = db.session.query(SignIn).filter_by(account_id=other.id).all()
    assert mine.post(f"/staff/sign-ins/{theirs.id}/end").status_code == 404
    assert browser.get("/staff/").status_code == 200
    chief = sign_in(app, make_person("administrator"))
    assert chief.post(f"/staff/accounts/{other.id}/sign-out").status_code == 303
    assert browser.get("/staff/").status_code == 303


def test_what_is_kept_of_a_sign_in_tells_no_place_and_no_device(database):
    assert {column.name for column in SignIn.__table__.columns} == {"id", "account_id", "mark", "name", "begun_at"}


# Letters


def sent(capsys) -> str:
    said = capsys.readouterr().out
    return re.search(r"/staff/choose-password/\S+", said).group(0)


def choose(client: StrictClient, link: str, **given: str):
    page = client.page(link)
    hidden = next(one.get("value") for one in page.all("input") if one.get("name") == "csrf_token")
    return client.post(link, {"csrf_token": hidden, **given})


def test_somebody_invited_chooses_a_name_and_a_password_once(app, client, database, clock, capsys):
    chief = sign_in(app, make_person("administrator"))
    made = chief.post(
        "/staff/accounts/new", {"email": "new@example.org", "name": "N", "role": "editor", "group": "all"}
    )
    number = int(made.location.rsplit("/", 1)[1])
    assert chief.post(f"/staff/accounts/{number}/invite").status_code == 303
    assert jobs.send_letters() == 1 and jobs.send_letters() == 0
    link = sent(capsys)
    [letter] = db.session.query(AccountLetter).all()
    assert letter.to_send is None and link.rsplit("/", 1)[1] not in letter.mark
    assert choose(client, link, name="Nia", password="short").status_code == 422
    assert choose(client, link, name=" ", password="a fine new password").status_code == 422
    assert choose(client, link, name="Nia", password="a fine new password").location == "/staff/sign-in"
    assert client.get(link).status_code == 404
    assert try_to(client, "new@example.org", "a fine new password").location == "/staff/"
    assert "Nia" in client.page("/staff/").text


def test_a_link_works_for_its_time_only(client, database, clock, capsys):
    person = make_person("editor")
    actions.invite(person, by=make_person("administrator"), now=site_clock.now())
    db.session.commit()
    jobs.send_letters()
    link = sent(capsys)
    clock.set(site_clock.now() + timedelta(days=8))
    gone = client.get(link)
    assert gone.status_code == 404 and "too old" in gone.text
    jobs.forget_letters()
    assert not db.session.query(AccountLetter).count()


def test_asking_for_a_password_says_the_same_to_everybody(app, client, database, clock, capsys):
    person = make_person("editor", email="eva@example.org")
    old = sign_in(app, person)
    for email in ("eva@example.org", "nobody@example.org", "eva@example.org"):
        answer = client.post("/staff/forgotten", {"csrf_token": token(client), "email": email})
        assert (answer.status_code, answer.location) == (303, "/staff/forgotten/sent")
    assert db.session.query(AccountLetter).count() == 1 and jobs.send_letters() == 1
    assert choose(client, sent(capsys), password="a fine new password").status_code == 303
    assert old.get("/staff/").status_code == 303
    assert try_to(client, "eva@example.org", PASSWORD).status_code == 422
    assert try_to(client, "eva@example.org", "a fine new password").status_code == 303


# Handing over


def test_a_leaver_s_roles_go_to_somebody_else_in_one_step_and_the_log_keeps_the_name(app, database, clock):
    chief = sign_in(app, make_person("administrator"))
    leaver, successor = make_person("commissioner", name="Lee Leaver"), make_person("editor", name="Sue Successor")
    browser = sign_in(app, leaver)
    done = chief.post(f"/staff/accounts/{leaver.id}/hand-over", {"successor": str(successor.id)})
    assert done.status_code == 200 and "Roles: commissioner." in done.text
    leaver, successor = (db.session.get_one(Account, one.id, populate_existing=True) for one in (leaver, successor))
    assert not leaver.active and successor.role_names == ["editor", "commissioner"]
    assert browser.get("/staff/").status_code == 303
    assert db.session.query(StaffEvent).filter(StaffEvent.note.contains(successor.email)).count() == 1
    assert "Lee Leaver" in chief.page("/staff/log").text or "Lee Leaver" in chief.page("/staff/accounts").text
    again = chief.post(f"/staff/accounts/{leaver.id}/hand-over", {"successor": str(leaver.id)})
    assert again.status_code == 422


# What administrators see


def test_the_log_is_filtered_by_days_and_leaves_as_a_file_without_formulas(app, database, clock):
    chief = sign_in(app, make_person("administrator", name="=Ada"))
    now = site_clock.now()
    actions.record(None, "make_backup", "everything", now=now - timedelta(days=40), note="=1+1")
    db.session.commit()
    today = now.date().isoformat()
    assert "=1+1" in chief.page("/staff/log").text and "=1+1" not in chief.page(f"/staff/log?since={today}").text
    assert "=1+1" not in chief.page("/staff/log?until=2001-01-01").text
    assert chief.get("/staff/log?since=never").status_code == 200
    lines = chief.get("/staff/log.csv?verb=make_backup").text.splitlines()
    assert len(lines) == 2 and lines[1].endswith(",Command line,,make_backup,everything,'=1+1")
    assert sign_in(app, make_person("editor")).get("/staff/log.csv").status_code == 403


def test_administrators_are_told_of_accounts_that_nobody_uses_and_of_old_backups(app, database, clock):
    person = make_person("administrator")
    unused = make_person("editor", name="Una Used")
    chief = sign_in(app, person)
    assert "Una Used" not in chief.page("/staff/").text
    clock.set(site_clock.now() + timedelta(days=91))
    actions.record(None, "make_backup", "everything", now=site_clock.now() - timedelta(days=8))
    person.last_in = site_clock.now().date()
    db.session.commit()
    shown = sign_in(app, person).page("/staff/").text
    assert "Una Used has not signed in for 90 days" in shown and "The last backup was made on" in shown
    assert "Una Used" not in sign_in(app, unused).page("/staff/").text.split("My work", 2)[-1].replace(
        "Una Used", "", 1
    )
