"""Looking closer: what is counted, what is refused, who may, and what is kept."""

from __future__ import annotations

from datetime import date

import pytest

from consult.answering.actions import boxes
from consult.domain.findings import Cell, Scale, Table, Total
from consult.extensions import db
from consult.results import copying, explore
from consult.results.explore import verdict
from tests.accounts.factories import make_person, sign_in
from tests.answering.factories import make_open, say
from tests.results.factories import AFTER, DEFINITION, answer, close, count, crowd, make_answered

EXPLORE = "/staff/consultations/phones/explore"
COMPARE = "/staff/consultations/phones/compare"


@pytest.fixture
def copied(answered):
    """Closed, counted, and copied into columns."""
    copying.copy(answered)
    return answered


@pytest.fixture
def staff(app, copied, commissioner):
    return sign_in(app, commissioner)


def rows(page, caption):
    """The figures of a table by its rows."""
    table = next(one for one in page.all("table") if one.all("caption")[0].text == caption)
    return {row.all("th")[0].text: [cell.text for cell in row.all("td")] for row in table.all("tbody")[0].all("tr")}


def test_everybody_is_counted_as_on_the_page_of_counts(staff):
    page = staff.page(EXPLORE)
    assert page.all("h2")[2].text == "Everybody: 73"
    assert rows(page, "How easy is it?")["Easy"][0] == "40"


def test_only_those_who_gave_an_answer_are_counted(staff):
    page = staff.page(f"{EXPLORE}?in-how=hard")
    assert "30 of 73 responses" in page.text
    assert rows(page, "How easy is it?")["Easy"][0] == "0"
    assert rows(page, "How easy is it?")["Hard"][0] == "30"


def test_two_questions_against_each_other_in_people_and_per_cent(staff):
    people = [one for one in crowd() if one.get("which")]
    both = sum(one["how"][0].choice == "easy" and any(v.choice == "web" for v in one["which"]) for one in people)
    easy = sum(one["how"][0].choice == "easy" for one in people)
    page = staff.page(f"{EXPLORE}?rows=how&columns=which")
    table = rows(page, "How easy is it? by Which do you use?")
    assert table["Easy"][0] == str(both) and table["Easy"][-1] == str(easy)
    assert table["All"][-1] == str(len(people)) and "so there are no percentages" not in page.text
    assert len(people) < 50
    few = staff.page(f"{EXPLORE}?rows=how&columns=which&show=row")
    assert "Fewer than 50 people answered both, so there are no percentages." in few.text


def test_per_cent_of_a_row_is_of_those_in_it(app, database, clock, commissioner):
    clock.set(AFTER)
    people = [answer(how="easy", which=["web"])] * 30 + [answer(how="easy", which=["walk"])] * 10
    people += [answer(how="hard", which=["web", "walk"])] * 20
    copying.copy(make_answered(app, people))
    browser = sign_in(app, commissioner)
    by = "How easy is it? by Which do you use?"
    assert rows(browser.page(f"{EXPLORE}?rows=how&columns=which&show=row"), by)["Easy"] == ["75%", "25%", "0%", "40"]
    assert rows(browser.page(f"{EXPLORE}?rows=how&columns=which&show=column"), by)["Easy"] == ["60%", "33%", "–", "40"]
    assert rows(browser.page(f"{EXPLORE}?rows=how&columns=which&show=all"), by)["Hard"] == ["33%", "33%", "0%", "20"]


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("in-how=other", "Fewer than 10 people are in this part"),
        ("in-how=easy&in-how=hard", "Fewer than 10 people are left out of this part"),
        ("in-how=nonsense", "not in this questionnaire"),
        ("in-gone=easy", "not in this questionnaire"),
        ("since=2026-02-30", "“2026-02-30” is not a date"),
        ("since=tomorrow", "is not a date"),
        ("since=2026-12-02&until=2026-12-01", "The last day is before the first one"),
        ("language=xx", "choose from the list"),
        ("revision=1%20OR%201", "choose from the list"),
        ("rows=how", "Choose a question for the rows and one for the columns"),
        ("rows=how&columns=how", "Choose two different questions"),
        ("rows=how&columns=gone", "is not in this questionnaire"),
        ("in-how=easy&in-rate=1&in-which=web&in-grid/desk=good&in-grid/line=bad&in-times=..5", "5 questions at most"),
    ],
)
def test_what_says_too_much_or_nothing_is_a_sentence_and_no_number(staff, query, sentence):
    page = staff.page(f"{EXPLORE}?{query}", status=422)
    assert sentence in page.text and not page.all("table")


def test_it_opens_when_everything_is_counted_and_copied(app, database, clock, commissioner):
    consultation = make_answered(app, closed=False)
    browser = sign_in(app, commissioner)
    assert "when everything is counted" in browser.page(EXPLORE, status=409).text
    close(consultation)
    db.session.commit()
    assert "being prepared" in browser.page(EXPLORE, status=409).text
    copying.copy(consultation)
    assert "Everybody: 73" in browser.page(EXPLORE).text
    count(consultation, crowd(6, 6, 0))
    db.session.commit()
    assert "being prepared" in browser.page(EXPLORE, status=409).text


def test_who_may_look(app, copied, editor, commissioner, stranger):
    for person, status in ((editor, 200), (commissioner, 200), (stranger, 403), (make_person("promoter"), 403)):
        browser = sign_in(app, person)
        assert browser.get(EXPLORE).status_code == status
        assert browser.get(COMPARE).status_code == status


def test_a_view_is_kept_replaced_and_removed(app, copied, staff, stranger):
    address = f"{EXPLORE}?in-how=hard&rows=how&columns=which"
    assert staff.post(address, {"name": "Hard ones"}).status_code == 303
    assert staff.post(address, {"name": " "}).status_code == 422
    page = staff.page(EXPLORE)
    link = next(one for one in page.all("a") if one.text == "Hard ones")
    assert "in-how=hard" in link.get("href") and "30 of 73" in staff.page(link.get("href")).text
    assert staff.post(f"{EXPLORE}?in-how=easy", {"name": "Hard ones"}).status_code == 303
    link = next(one for one in staff.page(EXPLORE).all("a") if one.text == "Hard ones")
    assert "in-how=easy" in link.get("href")
    remove = next(form for form in staff.page(EXPLORE).all("form") if "remove" in form.get("action")).get("action")
    assert sign_in(app, stranger).post(remove, {}).status_code == 403
    assert staff.post(remove, {}).status_code == 303
    assert not [one for one in staff.page(EXPLORE).all("a") if one.text == "Hard ones"]
    assert staff.post(remove, {}).status_code == 404


def test_two_consultations_stand_side_by_side_where_they_asked_the_same(app, copied, commissioner):
    changed = {
        **DEFINITION,
        "pages": [
            {
                "key": "p1",
                "questions": [
                    {**DEFINITION["pages"][0]["questions"][0], "text": say("How easy was it?")},
                    {**DEFINITION["pages"][0]["questions"][1], "settings": {"points": 5}},
                ],
            }
        ],
    }
    other = make_open(definition=changed, slug="second")
    other.group = copied.group
    boxes.open_box(db.session, app.config["CONSULT"].box_keys, consultation_id=other.id, today=date(2026, 11, 23))
    count(other, [answer(how="hard", rate="5")] * 60)
    close(other)
    db.session.commit()
    browser = sign_in(app, commissioner)
    page = browser.page(f"{COMPARE}?with=second")
    figures = rows(page, "How easy is it?, side by side")
    assert figures["Easy"] == ["40 (55%)", "0 (0%)", "+55"]
    assert figures["Hard"] == ["30 (41%)", "60 (100%)", "-59"]
    assert "The words of the question were different." in page.text
    assert "Not compared" in page.text and "Rate us" in page.text.split("Not compared")[1]


def test_the_best_two_and_the_net_of_a_scale():
    def scale(*counts, apart=()):
        cells = tuple(Cell(str(at), n) for at, n in enumerate(counts, 1))
        return Scale(Table("q", cells, Total(sum(counts))), apart)

    assert verdict(scale(10, 10, 20, 30, 30)) == explore.Verdict(60, 40)
    assert verdict(scale(10, 10, 20, 30, 30, 500, apart=("6",))) == explore.Verdict(60, 40)
    assert verdict(scale(10, 10, 10)) is None, "three points have no best two"
    assert verdict(scale(1, 1, 1, 1)) is None, "too few people"
