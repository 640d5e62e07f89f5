"""From the box to the published figures: what waits tells nothing, every file agrees, each role sees its own part."""

from __future__ import annotations

import copy
import csv
import io
import json
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from consult.answering.models import Ballot
from consult.commands.settling import invent_for
from consult.consultations.queries import by_slug
from consult.extensions import db
from consult.results import actions, queries
from tests.accounts.factories import StaffClient, make_person, sign_in
from tests.answering.crowd import make_crowd
from tests.answering.factories import CLOSES, NOW, options, say
from tests.engagement.factories import make_group
from tests.results.factories import AFTER, DEFINITION, RESULTS, STAFF, answer, close, make_answered
from tests.results.test_publishing import statements, table

COMMENTS = "/staff/consultations/phones/comments"
DANGER = '=HYPERLINK("http://example.org","x")'


def test_what_waits_in_the_box_changes_no_page_and_no_file(app, client, database, clock):
    clock.set(NOW)
    crowd = make_crowd()
    crowd.send(34)
    crowd.sweep()
    browser = sign_in(app, make_person("commissioner", by_slug("phones").group))
    paths = (STAFF, f"{STAFF}/preview", COMMENTS)
    before = [main(browser, path) for path in paths]
    counted = queries.exact(by_slug("phones")).responses
    assert counted >= 10 and f": {counted} responses." in before[0]
    assert f"“{counted // 10 * 10} or more people took part”" in before[0]
    crowd.send(27)
    assert db.session.scalar(select(func.count()).select_from(Ballot)) >= 27, "they wait"
    assert [main(browser, path) for path in paths] == before
    assert client.get(RESULTS).status_code == 404


def main(browser, path):
    """What the page itself says."""
    return browser.page(path).all("main")[0].text


def test_while_nothing_is_counted_no_number_is_told(app, database, clock):
    clock.set(NOW)
    crowd = make_crowd()
    crowd.send(15)
    text = main(sign_in(app, make_person("analyst", by_slug("phones").group)), STAFF)
    assert "Nothing has been counted yet." in text and "there is no number that you may give out" in text
    assert "15" not in text and "fewer" not in text.lower() and "exact" not in text


def test_answers_go_from_the_box_to_the_published_page(app, client, database, clock):
    clock.set(NOW)
    crowd = make_crowd()
    crowd.send(34)
    crowd.sweep()
    commissioner = make_person("commissioner", by_slug("phones").group)
    clock.set(CLOSES + timedelta(minutes=1))
    browser = sign_in(app, commissioner)
    assert "still waiting to be counted" in main(browser, f"{STAFF}/preview")
    clock.set(AFTER)
    crowd.sweep(last=True, now=AFTER)
    preview = browser.page(f"{STAFF}/preview")
    seen = next(one.get("value") for one in preview.all("input") if one.get("name") == "seen")
    assert browser.post(f"{STAFF}/publish", {"seen": seen}).status_code == 303
    text = main(client, RESULTS)
    assert "34 people took part." in text and "About 35 people wrote something here." in text
    assert not any(one.mark in client.get(RESULTS).text for one in crowd.people)


@pytest.mark.parametrize(
    ("role", "group", "status"),
    [
        ("editor", "own", 200),
        ("analyst", "own", 200),
        ("commissioner", "own", 200),
        ("commissioner", "all", 200),
        ("promoter", "own", 403),
        ("promoter", "other", 403),
        ("analyst", "other", 403),
        ("editor", "other", 403),
        ("administrator", "all", 403),
    ],
)
def test_each_role_sees_its_part_and_only_commissioners_publish(app, answered, role, group, status):
    of = {"own": answered.group, "all": None, "other": make_group("elsewhere", "Elsewhere")}[group]
    browser = sign_in(app, make_person(role, of))
    for path in (STAFF, f"{STAFF}/preview", COMMENTS):
        assert browser.get(path).status_code == status, path
    answered = by_slug("phones")
    seen = actions.digest(queries.figures(answered))
    published = browser.post(f"{STAFF}/publish", {"seen": seen}).status_code
    allowed = role == "commissioner" and group != "other"
    assert published == (303 if allowed else 403)
    assert (queries.latest(by_slug("phones")) is not None) == allowed


def test_every_figure_on_the_page_is_the_one_in_the_files(client, answered):
    actions.publish(answered, by=None, now=AFTER)
    db.session.commit()
    rows = list(csv.DictReader(io.StringIO(client.get(f"{RESULTS}.csv").text)))
    cells = json.loads(client.get(f"{RESULTS}.json").data)["cells"]
    page = client.page(RESULTS)
    on_page = []
    for one in page.all("table"):
        for row in one.all("tbody")[0].all("tr"):
            label, people = row.all("th")[0].text, row.all("td")[0].text
            on_page.append((label, people.removesuffix(" hidden")))
    # What people wrote is a sentence on the page, not a table.
    in_file = [row for row in rows if row["question"] != "why"]
    assert on_page == [(row["answer_text"], row["people"]) for row in in_file] and len(on_page) == 20
    assert [row["people"] for row in rows] == ["[c]" if one["hidden"] else str(one["people"]) for one in cells]
    assert [row["percent"] for row in rows] == [
        "[c]" if one["hidden"] else "[z]" if one["percent"] is None else str(one["percent"]) for one in cells
    ]


def test_totals_in_the_files_are_sums_of_what_is_shown(client, answered):
    actions.publish(answered, by=None, now=AFTER)
    db.session.commit()
    tables: dict[tuple[str, str], list[dict]] = {}
    for cell in json.loads(client.get(f"{RESULTS}.json").data)["cells"]:
        tables.setdefault((cell["question"], cell["row"]), []).append(cell)
    assert any(one["hidden"] for cells in tables.values() for one in cells)
    for key, cells in tables.items():
        if not cells[0]["several"] and key[0] != "why":
            shown = sum(5 if one["hidden"] else one["people"] for one in cells)
            assert {one["answered"] for one in cells} == {shown}, key


def test_labels_that_look_like_formulas_are_text_in_published_files(app, client, database, clock):
    clock.set(AFTER)
    definition = copy.deepcopy(DEFINITION)
    asked = definition["pages"][0]["questions"][0]
    asked.update(text=say(DANGER), options=[{"key": "a", "label": say("+44")}, *options("b")])
    asked["options"][1]["label"] = say("@SUM(1)")
    consultation = make_answered(app, [answer(how="a")] * 30 + [answer(how="b")] * 25, definition=definition)
    actions.publish(consultation, by=None, now=AFTER)
    db.session.commit()
    rows = list(csv.DictReader(io.StringIO(client.get(f"{RESULTS}.csv").text)))
    assert {row["question_text"] for row in rows if row["question"] == "how"} == {f"'{DANGER}"}
    assert {"+44", "'@SUM(1)"} <= {row["answer_text"] for row in rows}
    assert not [cell for row in rows for cell in row.values() if cell.startswith(("=", "@"))]
    assert table(client.page(RESULTS), DANGER)[1][0] == "@SUM(1)", "the page says it as it was written"


@pytest.mark.parametrize("path", [RESULTS, STAFF])
def test_a_page_takes_as_many_statements_for_two_thousand_responses_as_for_ten(app, database, clock, path):
    clock.set(AFTER)
    make_answered(app, [], closed=False)
    invent_for(by_slug("phones"), count=10, seed=1)
    close(by_slug("phones"))
    actions.publish(by_slug("phones"), by=None, now=AFTER)
    commissioner = make_person("commissioner", by_slug("phones").group)
    db.session.commit()
    browser = StaffClient(app, commissioner)
    few = statements(browser, path)
    db.session.rollback()
    invent_for(by_slug("phones"), count=1_990, seed=2)
    actions.publish(by_slug("phones"), by=None, now=AFTER)
    db.session.commit()
    assert queries.latest(by_slug("phones")).released().responses == 2_000
    assert statements(browser, path) == few
