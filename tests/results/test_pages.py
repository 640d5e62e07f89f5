"""What readers and staff see: words for the eye and the ear, every language, and never what waits."""

from __future__ import annotations

import copy

import pytest

from consult.domain.findings import HIDDEN, Cell, Table, Total
from consult.extensions import db
from consult.results import actions
from consult.results.drawn import outstanding
from tests.accounts.factories import sign_in
from tests.answering.factories import NOW, options, say
from tests.results.factories import AFTER, DEFINITION, RESULTS, STAFF, answer, crowd, make_answered

COMMENTS = "/staff/consultations/phones/comments"
HOSTILE = "<script>alert(1)</script> {{ 7 * 7 }} \u202e & \"'"


@pytest.fixture
def published(answered):
    """Its results, for everybody."""
    release = actions.publish(answered, by=None, now=AFTER)
    db.session.commit()
    return release


def question(page, heading):
    """The section of one question."""
    return next(one for one in page.all("section") if one.all("h2", "h3")[0].text == heading)


def test_every_figure_stands_in_a_table_with_caption_and_scopes(client, published):
    tables = client.page(RESULTS).all("table")
    assert len(tables) == 6
    for one in tables:
        assert one.all("caption")[0].text
        assert {cell.get("scope") for cell in one.all("th")} == {"col", "row"}
        drawings = one.all("svg")
        assert len(drawings) == len(one.all("tbody")[0].all("tr")), "a bar beside each row"
        assert all(drawing.get("aria-hidden") == "true" for drawing in drawings)
    captions = [one.all("caption")[0].text for one in tables]
    assert len(set(captions)) == len(captions) and "How good is – The desk" in captions


def test_the_length_of_a_bar_is_the_figure_and_a_hidden_one_has_none(client, published):
    section = question(client.page(RESULTS), "How easy is it?")
    rows = section.all("tbody")[0].all("tr")
    widths = [[one.get("width") for one in row.all("rect")] for row in rows]
    assert widths == [[rows[0].all("td")[1].text.rstrip("%")], [rows[1].all("td")[1].text.rstrip("%")], []]
    hidden = rows[2].all("td")[0]
    assert [(one.text, one.get("aria-hidden")) for one in hidden.all("span")] == [("[c]", "true"), ("hidden", "")]


def test_every_question_says_its_finding_and_how_many_answered(client, published):
    page = client.page(RESULTS)
    assert "The most common answer was “ Easy ”, from about 5 in 10 people." in question(page, "How easy is it?").text
    for section in page.all("section"):
        assert section.text.count("People who answered: about") == len(section.all("table"))
    assert "People could choose more than one answer." in question(page, "Which do you use?").text


@pytest.mark.parametrize(
    ("figures", "first"),
    [
        ([(50, 5), (30, 5), (HIDDEN, 1)], "0"),
        ([(45, 5), (40, 5), (30, 5)], None),
        ([(100, 50), (80, 5), (10, 5)], None),
        ([(30, 5), (30, 5)], None),
        ([(60, 5)], "0"),
        ([(HIDDEN, 1), (HIDDEN, 1)], None),
        ([(0, 1), (0, 1)], None),
    ],
    ids=["ahead", "close", "rounding could make up for it", "equal", "alone", "all hidden", "nobody"],
)
def test_an_answer_is_called_the_most_common_only_where_rounding_cannot_have_made_it_so(figures, first):
    cells = tuple(Cell(str(at), count, nearest) for at, (count, nearest) in enumerate(figures))
    found = outstanding(Table("how", cells, Total(sum(cell.about for cell in cells))))
    assert (found.key if found else None) == first


def test_answers_that_are_close_are_left_to_the_reader(app, client, database, clock):
    clock.set(AFTER)
    actions.publish(make_answered(app, crowd(34, 36, 3)), by=None, now=AFTER)
    db.session.commit()
    assert "The most common answer" not in question(client.page(RESULTS), "How easy is it?").text


def test_it_is_said_which_figure_is_exact_and_which_are_rounded(client, published):
    text = client.page(RESULTS).text
    assert "The number who took part is exact. All other figures are rounded to the nearest 5," in text
    assert "marked [c], so that nobody can be recognised." in text and "counts as 5" not in text


def test_under_fifty_people_there_are_counts_and_no_percentages(client, published):
    section = question(client.page(RESULTS), "Rate us")
    assert [one.text for one in section.all("thead")[0].all("th")] == ["Answer", "People"]
    assert "%" not in section.text and "in 10" not in section.text


def test_a_reader_of_another_language_gets_the_words_of_the_questionnaire_in_it(client, published):
    page = client.page(f"/pl{RESULTS}")
    assert "How easy is it? (pl)" in page.text and "Hard (pl)" in page.text
    assert not [one for one in page.all("main")[0].all("span") if one.get("lang")]
    arabic = client.page(f"/ar{RESULTS}")
    assert arabic.all("html")[0].get("dir") == "rtl" and "The desk (ar)" in arabic.text


def test_words_that_are_missing_in_a_language_are_marked_as_what_they_are(app, client, database, clock):
    clock.set(AFTER)
    definition = copy.deepcopy(DEFINITION)
    definition["languages"] = ["en"]
    definition["pages"][0]["questions"] = definition["pages"][0]["questions"][:1]
    definition["pages"][0]["questions"][0].update(text={"en": "How easy?"}, options=options("easy", "hard"))
    for one in definition["pages"][0]["questions"][0]["options"]:
        one["label"] = {"en": one["label"]["en"]}
    people = [answer(how="easy")] * 30 + [answer(how="hard")] * 25
    consultation = make_answered(app, people, definition=definition)
    actions.publish(consultation, by=None, now=AFTER)
    db.session.commit()
    section = client.page(f"/ar{RESULTS}").all("section")[0]
    marked = [one.text for one in section.all("span") if one.get("lang") == "en" and one.get("dir") == "ltr"]
    assert {"How easy?", "Easy", "Hard"} <= set(marked)


def test_hostile_words_stay_words(app, client, database, clock, commissioner):
    clock.set(AFTER)
    definition = copy.deepcopy(DEFINITION)
    asked = definition["pages"][0]["questions"]
    asked[0].update(text=say(HOSTILE), options=[{"key": "a", "label": say(HOSTILE)}, {"key": "b", "label": say("B")}])
    asked[2]["rows"][0]["label"] = say(HOSTILE)
    people = [answer(how="a", why=HOSTILE, grid={"desk": "good"}) for _ in range(30)]
    consultation = make_answered(app, people, definition=definition)
    actions.publish(consultation, by=None, now=AFTER)
    browser = sign_in(app, commissioner)
    for text in (
        client.get(RESULTS).text,
        client.get(f"/ar{RESULTS}").text,
        browser.get(STAFF).text,
        browser.get(COMMENTS).text,
        browser.get(f"{STAFF}/preview").text,
    ):
        assert "<script>alert" not in text and "{{ 7 * 7 }}" in text and "&lt;script&gt;" in text


def test_while_it_is_open_staff_see_what_was_counted_and_never_what_waits(app, database, clock, commissioner):
    clock.set(NOW)
    ages = [{"age_band": "65_74"}] * 20 + [{"age_band": "16_24"}] * 3
    make_answered(app, closed=False, given=ages)
    text = sign_in(app, commissioner).page(STAFF).text
    assert "As counted on 23 November 2026: 73 responses." in text and "70 or more people took part" in text
    assert "Heard from: 65 to 74." in text and "Few or nobody so far: Under 16; 16 to 24;" in text
    about = text[text.index("Who answered") :]
    assert "20" not in about.replace("20 to 34", "").replace("2026", "") and "[c]" not in about


def test_after_the_last_count_staff_see_equality_counts(app, database, clock, commissioner):
    clock.set(AFTER)
    make_answered(app, given=[{"age_band": "65_74"}] * 20 + [{"age_band": "16_24"}] * 3)
    page = sign_in(app, commissioner).page(STAFF)
    assert "Everything is counted: 73 responses." in page.text
    rows = question(page, "What is your age?").all("tbody")[0].all("tr")
    assert {row.all("td")[0].text for row in rows} == {"0", "3", "20"}


def test_equality_counts_are_public_only_when_small_ones_are_hidden_and_others_rounded(app, client, database, clock):
    clock.set(AFTER)
    ages = [{"age_band": "65_74"}] * 52 + [{"age_band": "16_24"}] * 3
    consultation = make_answered(app, given=ages)
    assert client.get(RESULTS).status_code == 404
    actions.publish(consultation, by=None, now=AFTER)
    db.session.commit()
    rows = question(client.page(RESULTS), "What is your age?").all("tbody")[0].all("tr")
    shown = {row.all("th")[0].text: row.all("td")[0].text for row in rows}
    assert shown.pop("65 to 74") == "50" and set(shown.values()) == {"[c] hidden"} and len(shown) == 8
    cells = [one for one in client.get(f"{RESULTS}.json").json["cells"] if one["question"] == "&age_band"]
    assert {one["people"] for one in cells} == {None, 50}


def test_staff_read_comments_page_by_page_and_each_once(app, database, clock, editor):
    clock.set(AFTER)
    make_answered(app, crowd(80, 40, 0))
    browser, path, read = sign_in(app, editor), COMMENTS, []
    for _page in range(3):
        page = browser.page(path)
        read += [one.text for one in page.all("blockquote")]
        path = next((one.get("href") for one in page.all("a") if one.text == "More comments"), "")
        if not path:
            break
    assert sorted(read) == [f"Comment {at:03}" for at in range(120) if at % 2]
    assert read != sorted(read), "in no order"


@pytest.mark.parametrize("odd", ["question=nope", "after=x", "after=-1", "after=99999999999999999999", "after=%00"])
def test_odd_addresses_of_comments_do_no_harm(app, answered, editor, odd):
    assert sign_in(app, editor).get(f"{COMMENTS}?{odd}").status_code == 200


def test_the_list_names_what_people_could_answer_in_ones_own_groups(app, answered, editor, stranger):
    assert STAFF in [one.get("href") for one in sign_in(app, editor).page("/staff/results").all("a")]
    assert STAFF not in [one.get("href") for one in sign_in(app, stranger).page("/staff/results").all("a")]


def test_my_work_says_the_one_number_that_may_be_given_out_while_it_is_open(app, database, clock, editor):
    clock.set(NOW)
    make_answered(app, closed=False)
    text = sign_in(app, editor).page("/staff/").text
    assert "is open until then; you may say “70 or more people took part”" in text and "73" not in text
