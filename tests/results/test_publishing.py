"""Results are published once, by whoever may, as they were seen; everything public is drawn from what was frozen."""

from __future__ import annotations

import csv
import io
import json

import openpyxl
import pytest
from sqlalchemy import event, select, update

from consult.accounts import work
from consult.accounts.models import StaffEvent
from consult.answering.models import Tally
from consult.consultations import news
from consult.consultations.queries import by_slug
from consult.domain.disclosure import Figures
from consult.domain.errors import NotNow
from consult.domain.findings import HIDDEN
from consult.extensions import db
from consult.results import actions, queries
from consult.results.models import FrozenRelease, Release
from tests.accounts.factories import StaffClient, sign_in
from tests.answering.factories import NOW
from tests.results.factories import AFTER, RESULTS, STAFF, close, count, crowd, make_answered

FILES = [f"{RESULTS}.csv", f"{RESULTS}.json", f"{RESULTS}.xlsx"]


def publish_by_hand(browser):
    """Look at what would be published, and press the button."""
    shown = browser.page(f"{STAFF}/preview")
    seen = next(one.get("value") for one in shown.all("input") if one.get("name") == "seen")
    return browser.post(f"{STAFF}/publish", {"seen": seen})


def table(page, heading):
    """The rows of the table under a heading, as texts."""
    section = next(one for one in page.all("section") if one.all("h2", "h3")[0].text == heading)
    return [[cell.text for cell in row.all("th", "td")] for row in section.all("tbody")[0].all("tr")]


def test_nothing_is_public_before_it_is_published(client, answered):
    for path in (RESULTS, *FILES):
        assert client.get(path).status_code == 404, path
    for path in ("/", "/groups/group-phones", "/consultations/phones"):
        assert RESULTS not in client.get(path).text, path


def test_a_commissioner_publishes_exactly_what_they_saw(app, client, answered, commissioner):
    browser = sign_in(app, commissioner)
    preview = browser.page(f"{STAFF}/preview")
    assert publish_by_hand(browser).status_code == 303
    shown = client.page(RESULTS)
    as_seen = [one.text for one in preview.all("section")]
    assert as_seen == [one.text for one in shown.all("section")] and len(as_seen) == 7
    assert "73 people took part." in shown.text and "this is not a poll" in shown.text
    release = db.session.scalars(select(Release)).one()
    assert (release.number, release.published_by, release.profile) == (1, commissioner.id, "nhs-public")
    logged = db.session.scalars(select(StaffEvent).where(StaffEvent.verb == "publish_results")).one()
    assert (logged.account_id, logged.thing) == (commissioner.id, "consultation phones")
    for path in ("/", "/groups/group-phones", "/consultations/phones"):
        assert RESULTS in [one.get("href") for one in client.page(path).all("a")], path
    assert "Set-Cookie" not in client.get(RESULTS).headers


def test_only_a_commissioner_of_its_group_publishes(app, client, answered, commissioner, editor, stranger):
    as_editor, as_stranger = sign_in(app, editor), sign_in(app, stranger)
    assert "A commissioner can publish these results" in as_editor.page(f"{STAFF}/preview").text
    assert as_editor.post(f"{STAFF}/publish", {"seen": ""}).status_code == 403
    for path in (STAFF, f"{STAFF}/preview", "/staff/consultations/phones/comments"):
        assert as_stranger.get(path).status_code == 403, path
        assert client.get(path).status_code == 303, path
        assert as_editor.get(path).status_code == 200, path
    assert as_stranger.post(f"{STAFF}/publish", {"seen": ""}).status_code == 403
    assert client.post(f"{STAFF}/publish").status_code in (303, 400)
    assert queries.latest(answered) is None
    assert publish_by_hand(sign_in(app, commissioner)).status_code == 303


def test_figures_that_changed_since_they_were_seen_are_not_published(app, answered, commissioner):
    browser = sign_in(app, commissioner)
    browser.page(f"{STAFF}/preview")
    assert browser.post(f"{STAFF}/publish", {"seen": "what I never saw"}).status_code == 409
    assert browser.post(f"{STAFF}/publish").status_code == 409
    assert queries.latest(answered) is None


@pytest.mark.parametrize("when", ["open", "closed and not counted"])
def test_nothing_can_be_published_before_it_is_closed_and_counted(app, database, clock, commissioner, when):
    clock.set(NOW if when == "open" else AFTER)
    consultation = make_answered(app, closed=False)
    with pytest.raises(NotNow):
        actions.publish(consultation, by=commissioner, now=NOW if when == "open" else AFTER)
    browser = sign_in(app, commissioner)
    assert "Publish these results" not in browser.page(f"{STAFF}/preview").text
    assert browser.post(f"{STAFF}/publish", {"seen": ""}).status_code == 409


def test_everything_public_is_drawn_from_the_release(client, answered):
    actions.publish(answered, by=None, now=AFTER)
    db.session.commit()
    before = {path: client.get(path).data for path in (RESULTS, f"/pl{RESULTS}", *FILES[:2])}
    cells = spreadsheet(client)
    db.session.execute(update(Tally).values(count=Tally.count + 1000))
    db.session.commit()
    assert {path: client.get(path).data for path in before} == before
    assert spreadsheet(client) == cells


def spreadsheet(client):
    """The rows of the results in the public workbook."""
    book = openpyxl.load_workbook(io.BytesIO(client.get(FILES[2]).data))
    return [list(row) for row in book.worksheets[-1].iter_rows(values_only=True)]


def test_page_and_files_say_the_same(client, answered):
    actions.publish(answered, by=None, now=AFTER)
    db.session.commit()
    data = json.loads(client.get(FILES[1]).data)
    rows = list(csv.DictReader(io.StringIO(client.get(FILES[0]).data.decode())))
    sheet = spreadsheet(client)
    assert [["" if cell is None else str(cell) for cell in row] for row in sheet] == [
        list(rows[0]),
        *[[cell or "[z]" for cell in row.values()] for row in rows],
    ]
    assert [row["people"] for row in rows] == [
        "[c]" if cell["hidden"] else str(cell["people"]) for cell in data["cells"]
    ]
    how = [row for row in rows if row["question"] == "how"]
    shown = table(client.page(RESULTS), "How easy is it?")
    assert shown == [
        [
            row["answer_text"],
            row["people"].replace("[c]", "[c] hidden"),
            row["percent"] + "%" if row["percent"] != "[c]" else "[c] hidden",
        ]
        for row in how
    ]
    assert data["responses"] == 73 and data["published"] == AFTER.date().isoformat() and data["profile"] == "nhs-public"
    polish = json.loads(client.get(f"/pl{FILES[1]}").data)
    assert (
        polish["cells"][0]["answer_text"] == "Easy (pl)" and polish["cells"][0]["people"] == data["cells"][0]["people"]
    )


def test_small_figures_are_hidden_and_totals_are_sums_of_what_is_shown(client, answered):
    release = actions.publish(answered, by=None, now=AFTER)
    db.session.commit()
    figures = release.released()
    how = figures.finding_by_question["how"]
    assert [cell.count for cell in how.cells][2] is HIDDEN
    for one in figures.table_by_key.values():
        for cell in (*one.cells, *one.unticked):
            assert cell.hidden or cell.about % 5 == 0
        if not one.unticked:
            assert one.base.count == sum(cell.about for cell in one.cells)
    page = client.page(RESULTS)
    assert f"People who answered: about {how.base.count} people." in page.text
    assert "hidden and marked [c]" in page.text
    assert "Comment 0" not in client.get(RESULTS).text and "We read every comment" in page.text


def test_under_ten_responses_there_are_no_figures_at_all(app, client, database, clock):
    clock.set(AFTER)
    consultation = make_answered(app, crowd(5, 4, 0))
    release = actions.publish(consultation, by=None, now=AFTER)
    db.session.commit()
    assert release.released() == Figures(None, "nhs-public")
    page = client.page(RESULTS)
    assert (
        "We read every comment" in page.text and not page.all("table", "section") and "9" not in page.text.split("–")[0]
    )
    assert json.loads(client.get(FILES[1]).data)["responses"] is None
    assert len(client.get(FILES[0]).text.splitlines()) == 1


def test_ten_responses_are_enough_for_figures(app, client, database, clock):
    clock.set(AFTER)
    actions.publish(make_answered(app, crowd(10, 0, 0)), by=None, now=AFTER)
    db.session.commit()
    assert "10 people took part." in client.page(RESULTS).text


def test_published_figures_never_change(database, answered):
    release = actions.publish(answered, by=None, now=AFTER)
    release.figures = {**release.figures, "responses": 999}
    with pytest.raises(FrozenRelease):
        db.session.flush()


def test_new_figures_need_ten_responses_more(client, answered):
    first = actions.publish(answered, by=None, now=AFTER)
    for more in (0, 9):
        count(answered, crowd(more, 0, 0))
        with pytest.raises(NotNow, match="stand"):
            actions.publish(answered, by=None, now=AFTER)
    count(answered, crowd(60, 60, 0))
    close(answered)
    second = actions.publish(answered, by=None, now=AFTER)
    assert (first.number, second.number) == (1, 2)
    assert second.released().responses == 73 + 9 + 120
    db.session.commit()
    assert "202 people took part." in client.page(RESULTS).text


def test_my_work_asks_for_publication_until_it_is_done(app, answered, commissioner, editor, stranger):
    def asked(person):
        with app.test_request_context("/staff/"):
            return [step.link for step in work.steps(person, AFTER) if step.kind == "results"]

    assert asked(commissioner) == [STAFF]
    assert asked(editor) == asked(stranger) == []
    actions.publish(answered, by=commissioner, now=AFTER)
    assert asked(commissioner) == []


def test_people_who_asked_can_be_told(database, answered):
    actions.publish(answered, by=None, now=AFTER)
    told = [one for one in news.published(db.session) if one.consultation_id == answered.id]
    assert [one.path for one in told] == [RESULTS]


@pytest.mark.parametrize("path", [RESULTS, f"/ar{RESULTS}"])
def test_a_page_costs_the_same_number_of_statements_at_any_size(app, client, answered, path):
    actions.publish(answered, by=None, now=AFTER)
    db.session.commit()
    small = statements(client, path)
    answered = by_slug("phones")
    db.session.execute(update(Tally).values(count=Tally.count * 10_000))
    count(answered, crowd(300, 200, 50))
    release = db.session.scalars(select(Release)).one()
    db.session.delete(release)
    db.session.flush()
    actions.publish(answered, by=None, now=AFTER)
    db.session.commit()
    assert statements(client, path) == small < 8


def test_the_staff_page_counts_from_tallies_alone(app, answered, commissioner):
    browser = StaffClient(app, commissioner)
    seen: list[str] = []
    few = statements(browser, STAFF, seen)
    answered = by_slug("phones")
    assert not [one for one in seen if "FROM responses" in one or "FROM comments" in one]
    count(answered, crowd(300, 200, 50))
    db.session.commit()
    assert statements(browser, STAFF) == few


def statements(browser, path, seen=None):
    """How many SQL statements a page takes."""
    listed = [] if seen is None else seen

    def note(_connection, _cursor, statement, *_rest):
        listed.append(statement)

    browser.get(path)
    db.session.expunge_all()
    listed.clear()
    event.listen(db.engine, "before_cursor_execute", note)
    try:
        assert browser.get(path).status_code == 200
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    return len(listed)
