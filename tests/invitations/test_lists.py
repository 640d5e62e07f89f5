"""Lists of people: read on trial, kept or thrown away, added to, deleted; and who may."""

from __future__ import annotations

import io
from datetime import timedelta

import openpyxl
import pytest
from sqlalchemy import func, select

from consult.accounts.models import StaffEvent
from consult.accounts.work import steps
from consult.extensions import db
from consult.invitations import actions, jobs
from consult.invitations.models import Contact, ContactList, Invitation
from tests.answering.factories import NOW
from tests.invitations.conftest import HEAD, kept, people, upload

PAGE = "/staff/consultations/phones/invitations"


def count(model):
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(model))


def workbook(*rows) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_list_is_read_on_trial_and_nobody_is_invited_until_it_is_kept(editor, asked):
    answer = upload(
        editor, people(12) + "\nJo,nobody,,,\nPerson 0 again,P0@example.org,,,\nAlf,alf@example.org,,Klingon,"
    )
    assert answer.status_code == 303
    page = editor.page(answer.location)
    assert "13" in page.text and "Row 15 is the same person as row 2" in page.text
    assert "the email address is not in the right form" in page.text and "the language is not one we know" in page.text
    assert (count(ContactList), count(Contact), count(Invitation)) == (1, 13, 0)
    assert editor.post(f"{answer.location}/keep").status_code == 303
    assert (count(ContactList), count(Contact), count(Invitation)) == (1, 13, 13)
    assert editor.post(f"{answer.location}/keep").status_code == 409
    assert editor.get(answer.location).status_code == 200
    assert "13" in editor.page(PAGE).text


def test_no_report_and_no_log_line_holds_a_person(editor, asked):
    listed = kept(editor, people(12) + "\nJo Bloggs,wrong address,,,\nPerson 3,p3@example.org,,,")
    log = [f"{one.verb} {one.thing} {one.note}" for one in db.session.scalars(select(StaffEvent))]
    assert {
        "import_contacts consultation phones 12 people read on trial",
        "keep_contacts consultation phones 12 people",
    } <= set(log)
    for person in ("Jo", "wrong address", "p3@", "Person"):
        assert person not in str(listed.report) + str(log)


def test_what_was_read_can_be_thrown_away_and_is_after_two_days(editor, asked, clock):
    first = upload(editor, people(12))
    assert editor.post(f"{first.location}/throw-away").status_code == 303
    assert (count(ContactList), count(Contact)) == (0, 0)
    upload(editor, people(12))
    clock.set(NOW + timedelta(days=2))
    assert jobs.throw_undecided_away() == 0
    clock.set(NOW + timedelta(days=3))
    assert jobs.throw_undecided_away() == 1
    assert (count(ContactList), count(Contact)) == (0, 0)


def test_a_kept_list_is_not_thrown_away_by_either(editor, asked, clock):
    listed = kept(editor, people(12))
    assert editor.post(f"{PAGE}/lists/{listed.id}/throw-away").status_code == 409
    clock.set(NOW + timedelta(days=9))
    assert jobs.throw_undecided_away() == 0 and count(Contact) == 12


def test_people_are_added_to_a_list_later_and_nobody_is_invited_twice(editor, asked):
    listed = kept(editor, people(12))
    again = kept(editor, people(12, begin=9), adds_to=listed.id)
    assert again.id == listed.id and (count(ContactList), count(Contact), count(Invitation)) == (1, 21, 21)
    assert db.session.get_one(ContactList, listed.id).report["people"] == 21


def test_two_lists_of_the_same_people_read_at_once_invite_them_once(editor, asked):
    one, other = upload(editor, people(12), name="One"), upload(editor, people(22), name="Other")
    assert [editor.post(f"{at.location}/keep").status_code for at in (one, other)] == [303, 303]
    assert (count(Contact), count(Invitation)) == (22, 22)


def test_whoever_opted_out_is_left_out_of_the_next_list_and_counted(app, editor, asked):
    kept(editor, people(12))
    secret = app.config["SECRET_KEY"]
    actions.opt_out(db.session, db.session.scalars(select(Invitation)).first(), secret=secret)
    db.session.commit()
    listed = db.session.scalars(select(ContactList)).one()
    assert editor.post(f"{PAGE}/lists/{listed.id}/delete").status_code == 303
    assert (count(Contact), count(Invitation), count(ContactList)) == (0, 0, 0)
    listed = kept(editor, people(12))
    assert (listed.report["opted_out"], listed.report["people"], count(Contact)) == (1, 11, 11)


def test_fewer_people_than_the_smallest_group_are_no_list(app, editor, asked):
    least = app.config["CONSULT"].min_group
    answer = upload(editor, people(least - 1))
    refused = editor.post(f"{answer.location}/keep")
    assert refused.status_code == 422 and "nobody stands out" in refused.get_data(as_text=True)
    assert count(Invitation) == 0


def test_parts_smaller_than_the_smallest_group_are_folded(app, editor, asked):
    least = app.config["CONSULT"].min_group
    rows = [f"A {at},a{at}@example.org,,,North" for at in range(least)]
    rows += [f"B {at},b{at}@example.org,,,South" for at in range(least)]
    rows += [f"C {at},c{at}@example.org,,,North > Tiny" for at in range(least - 1)]
    answer = upload(editor, "\n".join([HEAD, *rows]))
    assert "“North > Tiny” is counted in “North”" in editor.page(answer.location).text
    editor.post(f"{answer.location}/keep")
    db.session.rollback()
    sizes = dict(db.session.execute(select(Contact.segment, func.count()).group_by(Contact.segment)).all())
    assert sizes == {"North": 2 * least - 1, "South": least}


def test_a_workbook_is_read_and_its_formulas_are_text_that_is_refused(editor, asked):
    rows = [["Name", "E-mail"], *([f"Person {at}", f"p{at}@example.org"] for at in range(12))]
    rows += [["=1+1", "x@example.org"], ['=HYPERLINK("http://evil")', "y@example.org"]]
    answer = upload(editor, workbook(*rows), file="list.xlsx")
    page = editor.page(answer.location)
    assert "which spreadsheet programs take for a formula" in page.text and "evil" not in page.text
    assert count(Contact) == 12


HOSTILE = {
    "nothing": (b"", "empty"),
    "columns": (("name,email" + ",x" * 100 + "\n").encode(), "more than 100 columns"),
    "nul": (b"name,email\nJo\0,jo@example.org\n", "NUL"),
    "too many": (("email\n" + "a@example.org\n" * 60_000).encode(), "more than 50,000 people"),
    "encoding": (b"\xff\xfe\x00\xd8A\x00", "says that it is UTF-16"),
    "quotes": (b'name,email\n"Jo,jo@example.org\n', "never closed"),
    "no way to reach": (b"name,colour\nJo,red\n", "nobody could be written to"),
    "two columns": (b"email,mail\na@example.org,b@example.org\n", "taken for the same"),
    "no workbook": (b"PK\x03\x04 and nothing else", "broken"),
    "old workbook": (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "old Excel workbook"),
    "packed": (None, "not an Excel workbook"),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_file_that_cannot_be_read_is_refused_in_words_and_leaves_nothing(editor, asked, kind):
    content, words = HOSTILE[kind]
    if content is None:
        import zipfile

        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr("x.txt", "x")
        content = out.getvalue()
    answer = upload(editor, content)
    assert answer.status_code == 422 and words in answer.get_data(as_text=True)
    assert (count(ContactList), count(Contact)) == (0, 0)


def test_only_editors_of_the_group_invite_and_its_commissioners_see(editor, commissioner, stranger, asked):
    listed = kept(editor, people(12, post="1 High Street"))
    here = f"{PAGE}/lists/{listed.id}"
    for path in (PAGE, here, f"{PAGE}/words/invite/en"):
        assert (commissioner.get(path).status_code, stranger.get(path).status_code) == (200, 403), path
    assert "Read on trial" in editor.page(PAGE).text and "Read on trial" not in commissioner.page(PAGE).text
    posts = ("lists", f"lists/{listed.id}/delete", f"lists/{listed.id}/keep", f"lists/{listed.id}/letters")
    posts += (f"lists/{listed.id}/throw-away", "send/invite", "send/remind", "call-off", "words/invite/en")
    posts += ("words/invite/en/example",)
    for path in posts:
        assert [one.post(f"{PAGE}/{path}").status_code for one in (commissioner, stranger)] == [403, 403], path
    assert count(Contact) == 12


def test_a_list_of_another_consultation_is_not_found(editor, asked):
    assert editor.get(f"{PAGE}/lists/12345").status_code == 404


def test_what_waits_stands_on_my_work(editor, asked):
    from consult.accounts.models import Account

    def titles():
        db.session.rollback()
        who = db.session.scalars(select(Account).where(Account.email.startswith("editor"))).first()
        return [one.title for one in steps(who, NOW)]

    with (
        editor.app.test_request_context() if hasattr(editor, "app") else editor.plain.application.test_request_context()
    ):
        answer = upload(editor, people(12))
        assert "Keep “Patients” or throw it away" in titles()
        editor.post(f"{answer.location}/keep")
        assert "Send 12 invitations: Phones" in titles()
