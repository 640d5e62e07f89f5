"""Letters: a table and QR codes for everybody with a postal address; only hashes of their links are kept."""

from __future__ import annotations

import csv
import io
import zipfile

import openpyxl
from sqlalchemy import select

from consult.accounts.models import StaffEvent
from consult.consultations.models import Consultation
from consult.extensions import db
from consult.invitations.actions import opt_out
from consult.invitations.models import Invitation
from tests.invitations.conftest import HEAD, kept
from tests.promotion.qr import from_png, read

PAGE = "/staff/consultations/phones/invitations"
#: The second half has no e-mail address.
PEOPLE = "\n".join(
    [
        HEAD,
        *(f"Person {at},p{at}@example.org,{at} High Street; Poole,en," for at in range(6)),
        *(f"Person {at},,{at} High Street; Poole,pl," for at in range(6, 12)),
    ]
)


def letters(client, listed, everybody="no", part=1):
    answer = client.post(f"{PAGE}/lists/{listed.id}/letters", {"everybody": everybody, "part": str(part)})
    assert answer.status_code == 200, answer.get_data(as_text=True)
    archive = zipfile.ZipFile(io.BytesIO(answer.get_data()))
    assert archive.testzip() is None
    rows = list(csv.DictReader(io.StringIO(archive.read("letters.csv").decode("utf-8-sig"))))
    return archive, rows


def path(row):
    return row["link"].partition("localhost")[2]


def states():
    db.session.rollback()
    return sorted(one.state for one in db.session.scalars(select(Invitation)))


def test_people_without_an_email_address_get_a_row_a_link_and_a_qr_code(client, editor, asked):
    listed = kept(editor, PEOPLE)
    archive, rows = letters(editor, listed)
    assert [one["name"] for one in sorted(rows, key=lambda one: int(one["name"][7:]))] == [
        f"Person {at}" for at in range(6, 12)
    ]
    assert rows[0]["title"] == "Phones (pl)" and "/pl/i/" in rows[0]["link"] and "2026" in rows[0]["closes"]
    assert "High Street" in rows[0]["address line 1"]
    for row in rows:
        assert client.get(path(row)).status_code == 200
        typed = row["link to type"]
        assert client.get(typed[typed.index("/") :]).status_code == 200
        assert row["QR code"].replace(".png", ".svg") in " ".join(archive.namelist())
    sheet = openpyxl.load_workbook(io.BytesIO(archive.read("letters.xlsx"))).active
    assert [cell.value for cell in sheet[2]][-3] == rows[0]["link to type"]
    assert states() == ["sent"] * 6 + ["to_send"] * 6


def test_the_qr_codes_lead_to_the_links(editor, asked):
    archive, rows = letters(editor, kept(editor, PEOPLE))
    assert [read(from_png(archive.read(f"qr/{row['QR code']}"), scale=8)) for row in rows] == [
        row["link"] for row in rows
    ]


def test_links_of_the_last_two_files_work_and_older_ones_do_not(client, editor, asked):
    listed = kept(editor, PEOPLE)
    files = [{row["name"]: path(row) for row in letters(editor, listed)[1]} for _time in range(3)]
    assert [client.get(one["Person 7"]).status_code for one in files] == [404, 200, 200]
    assert len({one["Person 7"] for one in files}) == 3


def test_a_file_tells_nobody_who_has_answered_and_leaves_out_who_opted_out(app, editor, asked):
    listed = kept(editor, PEOPLE)
    letters(editor, listed, "yes")
    invitations = {one.contact.name: one for one in db.session.scalars(select(Invitation))}
    invitations["Person 8"].state = "answered"
    opt_out(db.session, invitations["Person 9"], secret=app.secret_key)
    db.session.commit()
    names = {row["name"] for row in letters(editor, listed, "yes")[1]}
    assert "Person 8" in names and "Person 9" not in names and len(names) == 11
    assert states().count("answered") == 1


def test_only_hashes_are_kept_and_the_log_names_nobody(editor, asked):
    _archive, rows = letters(editor, kept(editor, PEOPLE))
    with db.engine.connect() as connection:
        everything = str([connection.execute(select(table)).all() for table in db.metadata.sorted_tables])
    assert not [row for row in rows if row["link"].rpartition("/")[2] in everything]
    (line,) = db.session.scalars(select(StaffEvent).where(StaffEvent.verb == "download_letters"))
    assert (line.thing, line.note) == ("consultation phones", "6 letters")


def test_looking_at_the_page_makes_no_links(editor, asked):
    listed = kept(editor, PEOPLE)
    editor.get(f"{PAGE}/lists/{listed.id}")
    assert editor.get(f"{PAGE}/lists/{listed.id}/letters").status_code == 405
    assert set(db.session.scalars(select(Invitation.next_link_hash))) == {None}


def test_letters_are_not_made_after_closing_nor_for_nobody(editor, asked, clock):
    listed = kept(editor, PEOPLE)
    where = f"{PAGE}/lists/{listed.id}/letters"
    assert editor.post(where, {"everybody": "no", "part": "2"}).status_code == 422
    clock.set(db.session.scalars(select(Consultation)).one().closes_at)
    assert editor.post(where, {"everybody": "no", "part": "1"}).status_code == 409
