"""Received = keyed + unreadable + late, at all times; a batch is closed when it adds up, and the box waits for it."""

from __future__ import annotations

from datetime import time, timedelta
from pathlib import Path
from zipfile import ZipFile

import pytest
from sqlalchemy import select

from consult.answering import jobs
from consult.answering.models import Ballot, Response
from consult.answering.timetable import Due, boxed, due
from consult.domain.errors import NotNow, Rejected
from consult.domain.lifecycle import LONDON
from consult.extensions import db
from consult.keying import queries
from consult.keying.actions import batches
from consult.keying.models import KeyedForm, PaperCount
from tests.accounts.factories import sign_in
from tests.answering.factories import CLOSES, NOW
from tests.keying.factories import FORM, type_form

AFTER = CLOSES + timedelta(days=2)


def sum_of(batch):
    db.session.rollback()
    return queries.summed(queries.batch(batch.id))


def test_an_editor_counts_a_batch_and_says_who_keys_it(app, office):
    browser = sign_in(app, office.editor)
    start = f"/staff/consultations/{office.consultation.slug}/batches"
    assert start in [
        one.get("href") for one in browser.page(f"/staff/consultations/{office.consultation.slug}").all("a")
    ]
    assert "Nothing has been counted yet" in browser.page(start).text
    revision = queries.revisions(office.consultation)[0]
    given = {
        "channel": "paper",
        "revision": str(revision.id),
        "language": "en",
        "received_on-day": "23",
        "received_on-month": "11",
        "received_on-year": "2026",
        "received": "40",
        "twice": "yes",
        "note": "The box at the library",
    }
    for field, wrong in (
        ("received", "0"),
        ("received", "many"),
        ("received_on-day", "24"),
        ("channel", "pigeon"),
        ("language", "xx"),
        ("revision", "99"),
        ("twice", ""),
    ):
        assert browser.post(f"{start}/new", {**given, field: wrong}).status_code == 422, field
    done = browser.post(f"{start}/new", given)
    address = done.headers["Location"]
    assert done.status_code == 303 and "phones/1" in browser.page(address).text
    assert "40 received = 0 keyed + 0 unreadable + 0 late + 40 missing" in browser.page(address).text
    same = {"first": [str(office.keyer.id)], "second": [str(office.keyer.id)]}
    assert browser.post(f"{address}/keyers", same).status_code == 422
    chosen = {"first": [str(office.keyer.id)], "second": [str(office.second.id)]}
    assert browser.post(f"{address}/keyers", chosen).status_code == 303
    assert "Key form 1" in sign_in(app, office.keyer).page(address).text
    assert "Batch 1" in browser.page(start).text


def test_the_sum_says_what_is_missing_and_closes_only_when_nothing_is(app, office):
    batch = office.count(4)
    browser, editor = sign_in(app, office.keyer), sign_in(app, office.editor)
    type_form(browser, batch, **FORM)
    type_form(browser, batch, **FORM, number="3")
    browser.post(f"/staff/batches/{batch.id}/unreadable", {"unreadable": "4", "reason": "blank"})
    page = editor.page(f"/staff/batches/{batch.id}")
    assert "4 received = 2 keyed + 1 unreadable + 0 late + 1 missing" in page.text
    assert "Forms that nobody has keyed 2" in page.text
    refused = editor.post(f"/staff/batches/{batch.id}/close")
    assert refused.status_code == 409 and "1 missing" in refused.get_data(as_text=True)
    type_form(browser, batch, **FORM)
    assert (sum_of(batch).keyed, sum_of(batch).lacking, sum_of(batch).adds_up) == (3, 0, True)
    assert editor.post(f"/staff/batches/{batch.id}/close").status_code == 303
    db.session.rollback()
    assert queries.batch(batch.id).closed_on == NOW.date()
    assert browser.get(f"/staff/batches/{batch.id}/key").status_code == 303
    assert (
        browser.post(f"/staff/batches/{batch.id}/unreadable", {"unreadable": "1", "reason": "blank"}).status_code == 409
    )
    assert editor.post(f"/staff/batches/{batch.id}/close").status_code == 409
    assert "Open this batch again" in editor.page(f"/staff/batches/{batch.id}").text
    assert "Open this batch again" not in browser.page(f"/staff/batches/{batch.id}").text
    assert browser.post(f"/staff/batches/{batch.id}/reopen").status_code == 403
    assert editor.post(f"/staff/batches/{batch.id}/reopen").status_code == 303
    db.session.rollback()
    assert queries.batch(batch.id).closed_on is None
    assert editor.post(f"/staff/batches/{batch.id}/count", {"received": "5", "late": "0"}).status_code == 303
    assert type_form(browser, batch, **FORM, number="5").status_code == 303, "a form that was found later"


def test_a_form_that_waits_for_a_second_person_keeps_the_batch_open(app, office):
    batch = office.count(1, twice=True)
    type_form(sign_in(app, office.keyer), batch, **FORM)
    assert (sum_of(batch).waiting, sum_of(batch).adds_up) == (1, False)
    with pytest.raises(NotNow, match="waiting for a second person"):
        batches.close_batch(queries.batch(batch.id), by=office.editor, now=NOW)


def test_a_wrong_count_is_corrected_but_never_below_what_is_keyed(app, office):
    batch = office.count(3)
    type_form(sign_in(app, office.keyer), batch, **FORM, number="3")
    editor = sign_in(app, office.editor)
    address = f"/staff/batches/{batch.id}/count"
    assert editor.post(address, {"received": "2", "late": "0"}).status_code == 422
    assert editor.post(address, {"received": "3", "late": "3"}).status_code == 422
    assert editor.post(address, {"received": "5", "late": "1"}).status_code == 303
    assert (sum_of(batch).received, sum_of(batch).late, sum_of(batch).lacking) == (5, 1, 3)


def test_what_came_after_closing_is_late_until_the_commissioner_counts_it_with_a_reason(app, office, clock):
    clock.set(AFTER)
    batch = office.count(2)
    late = batches.make_batch(
        office.consultation,
        revision=queries.revisions(office.consultation)[0],
        channel="paper",
        language="en",
        received_on=AFTER.date(),
        received=2,
        twice=False,
        note="",
        by=office.editor,
        now=AFTER,
    )
    batches.choose_keyers(late, first=[office.keyer.id], second=[], by=office.editor, now=AFTER)
    db.session.commit()
    assert (sum_of(late).late, sum_of(late).adds_up) == (2, True)
    keyer = sign_in(app, office.keyer)
    assert keyer.get(f"/staff/batches/{late.id}/key").status_code == 303, "nothing of it is to be keyed"
    refused = keyer.post(f"/staff/batches/{late.id}/key", {**FORM, "number": "1"})
    assert refused.status_code == 422 and "accounted for" in refused.get_data(as_text=True)
    address = f"/staff/batches/{late.id}/late"
    for who in (office.editor, office.keyer):
        assert sign_in(app, who).post(address, {"reason": "Because"}).status_code == 403
    commissioner = sign_in(app, office.commissioner)
    assert commissioner.post(address, {"reason": " "}).status_code == 422
    assert commissioner.post(address, {"reason": "The post was on strike"}).status_code == 303
    assert "counted all the same: The post was on strike" in commissioner.page(f"/staff/batches/{late.id}").text
    assert (sum_of(late).late, sum_of(late).lacking) == (0, 2)
    assert type_form(keyer, late, **FORM).status_code == 303
    assert sum_of(batch).lacking == 2


def at(office, now):
    db.session.rollback()
    box = next(iter(list(boxed(db.session, slug=office.consultation.slug))))
    waits = queries.waits(db.session, office.consultation.id, now)
    db.session.rollback()
    return due(box, now, at=time(3), zone=LONDON, paper_waits=waits)


def test_the_box_is_emptied_for_good_only_when_every_batch_is_closed(app, office, clock):
    jobs.settle_what_is_due()
    assert at(office, AFTER) is Due.LAST_SWEEP, "without paper"
    batch = office.count(1)
    assert at(office, AFTER) is Due.SWEEP, "swept daily meanwhile"
    clock.set(AFTER)
    jobs.settle_what_is_due()
    assert type_form(sign_in(app, office.keyer), batch, **FORM).status_code == 303, (
        "the box still takes what came in time"
    )
    number = batch.id
    batches.close_batch(queries.batch(number), by=office.editor, now=AFTER)
    db.session.commit()
    assert at(office, AFTER) is Due.LAST_SWEEP
    jobs.settle_what_is_due()
    assert len(db.session.scalars(select(Response)).all()) == 1
    with pytest.raises(NotNow, match="counted for good"):
        batches.reopen_batch(queries.batch(number), by=None, now=AFTER)


def test_a_forgotten_batch_keeps_nothing_for_ever_and_then_takes_no_more(app, office, clock):
    jobs.settle_what_is_due()
    number, browser = office.count(2).id, sign_in(app, office.keyer)
    long_after = CLOSES + queries.PATIENCE + timedelta(hours=2)
    assert at(office, long_after) is Due.LAST_SWEEP
    clock.set(long_after)
    jobs.settle_what_is_due()
    refused = type_form(browser, queries.batch(number), **FORM)
    assert refused.status_code == 409 and "counted for good" in refused.get_data(as_text=True)
    assert not db.session.scalars(select(KeyedForm)).all()


def test_after_the_last_sweep_nothing_that_was_keyed_once_is_left(app, office, clock):
    from consult.answering import paper

    jobs.settle_what_is_due()
    batch = office.count(2, twice=True)
    number, browser = batch.id, sign_in(app, office.keyer)
    type_form(browser, batch, **{**FORM, "why": "A word that waits"})
    clock.set(CLOSES + queries.PATIENCE + timedelta(hours=2))
    jobs.settle_what_is_due()
    assert not db.session.scalars(select(KeyedForm)).all()
    assert queries.summed(queries.batch(number)).lacking == 2
    assert {table.name for table in paper.paper().tables} == {"keyed_forms", "paper_counts"}, "scrubbed like the others"
    if db.engine.dialect.name == "sqlite":
        file = Path(str(db.engine.url.database))
        kept = file.read_bytes() + file.with_name(f"{file.name}-wal").read_bytes()
        assert b"A word that waits" not in kept


def test_a_backup_leaves_out_what_waits_for_a_second_person(app, office, tmp_path):
    from consult.commands import backup

    batch = office.count(3, twice=True)
    keyer, second = sign_in(app, office.keyer), sign_in(app, office.second)
    type_form(keyer, batch, **FORM)
    type_form(second, batch, **FORM)
    type_form(keyer, batch, **{**FORM, "why": "A word that waits"})
    backup.write(db.session, tmp_path / "site.zip", app.config["CONSULT"])
    with ZipFile(tmp_path / "site.zip") as archive:
        kept = {name: archive.read(name).decode() for name in archive.namelist()}
    assert not any("A word that waits" in text for text in kept.values())
    assert kept["tables/keyed_forms.jsonl"].count("counted") == 1
    assert kept["tables/keyed_forms.jsonl"].count("\n") == 1


def test_what_waits_is_destroyed_with_the_answers_of_a_consultation_taken_down(app, office):
    from consult.answering.actions import destroy

    batch = office.count(2, twice=True)
    type_form(sign_in(app, office.keyer), batch, **FORM)
    db.session.add(PaperCount(consultation_id=office.consultation.id, question="how", what="unclear", count=3))
    db.session.commit()
    destroy.destroy(db.session, consultation_id=office.consultation.id)
    db.session.commit()
    assert not db.session.scalars(select(KeyedForm)).all() and not db.session.scalars(select(PaperCount)).all()
    assert queries.batch(batch.id).received == 2


def test_nothing_is_keyed_for_a_consultation_that_was_taken_down(app, office):
    batch = office.count(2)
    office.consultation.withdrawn_at = NOW
    db.session.commit()
    assert type_form(sign_in(app, office.keyer), batch, **FORM).status_code == 409
    assert not db.session.scalars(select(Ballot)).all()


def test_pages_of_batches_show_no_result_and_not_how_many_wait(app, office):
    batch = office.count(30)
    browser = sign_in(app, office.keyer)
    for _form in range(3):
        type_form(browser, batch, **{**FORM, "why": "Unmistakable"})
    editor = sign_in(app, office.editor)
    for address in (f"/staff/batches/{batch.id}", f"/staff/consultations/{office.consultation.slug}/batches"):
        page = editor.page(address)
        assert "Unmistakable" not in page.text and "Hard" not in page.text


def test_only_forms_that_are_there_are_counted_and_rejected_as_such(office):
    batch = office.count(2)
    with pytest.raises(Rejected):
        batches.count_again(batch, received=2_001, late=0, by=office.editor, now=NOW)
    with pytest.raises(Rejected):
        batches.count_again(batch, received=2, late=-1, by=office.editor, now=NOW)
