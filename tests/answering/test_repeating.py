"""Later words say earlier answers; sections and introductions stand where they belong; the day decides openly."""

from __future__ import annotations

import copy
from datetime import timedelta

import pytest
from sqlalchemy import select

from consult.answering import jobs, queries
from consult.answering.models import Response
from consult.answering.timetable import boxed
from consult.domain.statistics import ANSWERED, ASKED
from consult.extensions import db
from consult.web.questions import _kept as drawings
from tests.answering.factories import CLOSES, NOW, make_open, options, say
from tests.client import StrictClient, parse

START = "/consultations/phones/answer"
HOSTILE = "Car <b>&</b> **van** [[how|x]] {{ 7*7 }}"
#: The same for authors, to whom marks mean something.
ESCAPED = r"Car <b>&</b> \*\*van\*\* \[\[how|x\]\] {{ 7*7 }}"

DEFINITION = {
    "language": "en",
    "languages": ["en", "pl"],
    "title": {"en": "Phones", "pl": "Telefony"},
    "pages": [
        {
            "key": "p1",
            "title": say("Ways"),
            "questions": [
                {
                    "key": "how",
                    "kind": "single_choice",
                    "text": say("How?"),
                    "options": [
                        {"key": "bus", "label": {"en": "By bus", "pl": "Autobusem"}},
                        {
                            "key": "car",
                            "label": {"en": ESCAPED, "pl": "Auto"},
                        },
                        {"key": "boat", "label": {"en": "Boat"}},
                        {"key": "other", "label": {"en": "Another way", "pl": "Inaczej"}, "other": True},
                    ],
                },
                {"key": "what", "kind": "multiple_choice", "text": say("What?"), "options": options("a", "b", "c")},
                {"key": "days", "kind": "number", "text": say("Days?")},
                {
                    "key": "grid",
                    "kind": "matrix",
                    "text": say("Grid?"),
                    "options": options("good", "bad"),
                    "rows": [{"key": "r1", "label": say("One")}, {"key": "r2", "label": say("Two")}],
                },
            ],
        },
        {
            "key": "p2",
            "title": {"en": "On [[how|your way]]", "pl": "O [[how|drodze]]"},
            "text": {
                "en": "You said **[[how|nothing]]**.\n\n- [[what|nothing]]\n- [[days|no]] days",
                "pl": "[[how|nic]]",
            },
            "questions": [
                {"key": "free", "kind": "yes_no", "text": {"en": "Alone?", "pl": "Samo?"}},
                {
                    "section": "s1",
                    "title": {"en": "About [[grid.r1|it]]", "pl": "O [[grid.r1|tym]]"},
                    "text": {"en": "Read _this_.", "pl": "To."},
                    "show": {"when": "how", "is": "answered"},
                    "questions": [
                        {
                            "key": "why",
                            "kind": "single_choice",
                            "text": {"en": "Why [[how|so]]?", "pl": "Czemu [[how|tak]]?"},
                            "hint": {"en": "Not [[days|0]]", "pl": "Nie [[days|0]]"},
                            "options": [
                                {"key": "x", "label": {"en": "As [[how|it]] is", "pl": "Bo [[how|to]]"}},
                                {"key": "y", "label": {"en": "Other", "pl": "Inne"}},
                            ],
                        },
                        {
                            "key": "rows",
                            "kind": "matrix",
                            "text": {"en": "Rows?", "pl": "Wiersze?"},
                            "options": [{"key": "x", "label": {"en": "X", "pl": "X"}}],
                            "rows": [{"key": "r", "label": {"en": "Row [[how|r]]", "pl": "Rząd [[how|r]]"}}],
                        },
                    ],
                },
            ],
        },
    ],
}


@pytest.fixture(autouse=True)
def noon(clock):
    clock.set(NOW)


@pytest.fixture
def asked(app):
    with app.app_context():
        made = make_open(definition=DEFINITION)
        db.session.commit()
        return made.slug


def hidden(response):
    tree = parse(response.get_data(as_text=True))
    return {one.get("name"): one.get("value") for one in tree.all("input") if one.get("type") == "hidden"}


def begin(client):
    return client.get(client.post(START).headers["Location"])


def fill(client, key, prefix="", **fields):
    page = client.get(f"{prefix}{START}/{key}")
    named = {name.replace("__", "--"): value for name, value in fields.items()}
    return client.post(f"{prefix}{START}/{key}", {**hidden(page), **named})


def shown(client, address):
    text = client.get(address).get_data(as_text=True)
    return text, parse(text)


def test_an_earlier_answer_is_said_in_every_place_that_words_have(client, asked):
    begin(client)
    fill(client, "p1", how="bus", what=["a", "c"], days="3", grid__r1="good")
    text, tree = shown(client, f"{START}/p2")
    assert tree.all("h1")[0].text == "On By bus"
    assert "On By bus" in tree.all("title")[0].text
    assert [one.text for one in tree.all("h2") if one.inside("form")] == ["About Good"]
    assert [one.text for one in tree.all("li") if one.inside("form")] == ["A and C", "3 days"]
    assert "Why By bus ?" in tree.all("main")[0].text
    assert "Not 3" in tree.all("main")[0].text
    assert "As By bus is" in tree.all("main")[0].text
    assert "Row By bus" in tree.all("main")[0].text
    assert "<em>this</em>" in text
    assert {one.get("lang") for one in tree.all("bdi")} == {"en"}


def test_without_an_answer_the_words_for_that_are_said(client, asked):
    begin(client)
    fill(client, "p1", what=["a"])
    _text, tree = shown(client, f"{START}/p2")
    assert tree.all("h1")[0].text == "On your way"
    assert [one.text for one in tree.all("li") if one.inside("form")] == ["A", "no days"]
    assert "Why" not in tree.all("main")[0].text  # the section came with an answer


def test_an_answer_is_never_markup_nor_html_nor_an_answer_again(client, asked):
    begin(client)
    fill(client, "p1", how="car")
    text, tree = shown(client, f"{START}/p2")
    assert tree.all("h1")[0].text == f"On {HOSTILE}"
    assert f"Why {HOSTILE} ?" in tree.all("main")[0].text
    assert "<b>" not in text and "<strong>van" not in text
    assert "49" not in tree.all("main")[0].text


def test_what_was_typed_after_other_is_never_repeated(client, asked):
    begin(client)
    fill(client, "p1", how="other", how__other1="On my own camel")
    text, tree = shown(client, f"{START}/p2")
    assert "camel" not in text
    assert tree.all("h1")[0].text == "On Another way"


def test_an_answer_in_another_language_than_the_page_says_so(client, asked):
    begin(client)
    fill(client, "p1", how="bus")
    _text, tree = shown(client, f"/pl{START}/p2")
    assert tree.all("h1")[0].text == "O Autobusem"
    assert {one.get("lang") for one in tree.all("bdi")} == {"pl"}
    fill(client, "p1", how="boat")
    _text, tree = shown(client, f"/pl{START}/p2")
    assert tree.all("h1")[0].text == "O Boat"
    assert {(one.get("lang"), one.get("dir")) for one in tree.all("bdi")} == {("en", "ltr")}


def test_a_drawing_kept_for_one_answer_is_not_shown_for_another(app, asked):
    drawings.clear()
    for way, words in (("bus", "By bus"), ("boat", "Boat"), ("bus", "By bus"), ("", "so")):
        client = StrictClient(app)
        begin(client)
        fill(client, "p1", how=way, days="2")
        text, _tree = shown(client, f"{START}/p2")
        if way:
            assert f'Why <bdi lang="en" dir="ltr">{words}</bdi>?' in text
        else:
            assert "Why" not in text
    kept = [key for key in drawings if key[1] == "why"]
    assert len(kept) == 2


def test_the_check_page_says_earlier_answers_in_plain_words(client, asked):
    begin(client)
    fill(client, "p1", how="bus")
    fill(client, "p2", why="x", rows__r="x")
    text, tree = shown(client, f"{START}/check")
    terms = {term.text: value.text for term, value in zip(tree.all("dt"), tree.all("dd")[::2], strict=True)}
    assert terms["Why By bus?"] == "As By bus is"
    assert terms["Rows?"] == "Row By bus: X"
    assert "[[" not in text


def test_messages_say_earlier_answers_too(app, client):
    definition = copy.deepcopy(DEFINITION)
    definition["pages"][1]["questions"][1]["questions"][1]["required"] = True
    with app.app_context():
        make_open(definition=definition)
    begin(client)
    fill(client, "p1", how="bus")
    refused = fill(client, "p2")
    assert refused.status_code == 422
    assert "Row By bus" in parse(refused.get_data(as_text=True)).all("main")[0].all("a")[0].text


def test_a_section_alone_on_its_page_is_the_heading_of_the_page(app, client):
    definition = copy.deepcopy(DEFINITION)
    del definition["pages"][1]["title"], definition["pages"][1]["questions"][0]
    with app.app_context():
        make_open(definition=definition)
    begin(client)
    fill(client, "p1", how="bus", grid__r1="bad")
    _text, tree = shown(client, f"{START}/p2")
    assert [one.text for one in tree.all("h1")] == ["About Bad"]
    assert not [one for one in tree.all("h2") if one.inside("form")]


def test_what_a_later_change_hides_in_part_is_said_before_sending(app, client):
    definition = copy.deepcopy(DEFINITION)
    definition["pages"][1]["questions"][0] = {
        "key": "free",
        "kind": "multiple_choice",
        "text": {"en": "Which?", "pl": "Które?"},
        "options": [
            {"key": "x", "label": {"en": "X", "pl": "X"}, "show": {"when": "how", "is": "any_of", "of": ["bus"]}},
            {"key": "y", "label": {"en": "Y", "pl": "Y"}},
        ],
    }
    with app.app_context():
        make_open(definition=definition)
    begin(client)
    fill(client, "p1", how="bus")
    fill(client, "p2", free=["x", "y"])
    assert "Part of your answer" not in shown(client, f"{START}/check")[0]
    fill(client, "p1", how="boat")
    _text, tree = shown(client, f"{START}/check")
    insets = [one.text for one in tree.all("div") if "nhsuk-inset-text" in one.get("class")]
    assert any("Part of your answer" in one and "Which?" in one for one in insets)


# The day


DAILY = {
    "language": "en",
    "languages": ["en"],
    "title": {"en": "Days"},
    "pages": [
        {"key": "p1", "questions": [{"key": "day", "kind": "date", "text": {"en": "Which day?"}}]},
        {
            "key": "p2",
            "show": {"when": "day", "is": "at_least", "of": {"today": 0}},
            "questions": [{"key": "plan", "kind": "short_text", "text": {"en": "What will you do?"}}],
        },
    ],
}


@pytest.fixture
def daily(app):
    with app.app_context():
        make_open(definition=DAILY, equality=False)


def test_what_is_asked_depends_on_the_day_where_people_are(client, clock, daily):
    begin(client)
    fill(client, "p1", day__day="24", day__month="11", day__year="2026")
    assert "What will you do?" in shown(client, f"{START}/p2")[0]
    clock.set(NOW.replace(hour=23, minute=30) + timedelta(days=1))  # winter: also 24 November in London
    assert client.get(f"{START}/p2").status_code == 200
    clock.set(NOW + timedelta(days=2))
    assert client.get(f"{START}/p2").status_code == 303


def test_nothing_is_dropped_silently_because_midnight_came_between_checking_and_sending(app, client, clock, daily):
    begin(client)
    fill(client, "p1", day__day="23", day__month="11", day__year="2026")
    fill(client, "p2", plan="Ring again")
    check = client.get(f"{START}/check")
    clock.set(NOW + timedelta(days=1))
    again = client.post(f"{START}/check", hidden(check))
    assert again.status_code == 422
    text = again.get_data(as_text=True)
    assert "The date has changed" in text
    assert "What will you do?" in text and "will not be sent" in text
    assert client.post(f"{START}/check", hidden(again)).headers["Location"].endswith("/done")


def test_a_new_day_that_changes_nothing_does_not_stop_anybody(client, clock, daily):
    begin(client)
    fill(client, "p1", day__day="30", day__month="11", day__year="2026")
    check = client.get(f"{START}/check")
    clock.set(NOW + timedelta(days=1))
    assert client.post(f"{START}/check", hidden(check)).headers["Location"].endswith("/done")


def test_answers_are_counted_as_they_were_asked_on_the_day_they_were_sent(app, clock, daily):
    for person in range(12):
        client = StrictClient(app)
        begin(client)
        fill(client, "p1", day__day="24" if person < 8 else "1", day__month="11", day__year="2026")
        if person < 8:
            fill(client, "p2", plan="Ring again")
        assert client.post(f"{START}/check", hidden(client.get(f"{START}/check"))).status_code == 303
    clock.set(CLOSES + timedelta(days=1))
    with app.app_context():
        box = next(iter(list(boxed(db.session, slug="phones"))))
        db.session.rollback()
        assert jobs.sweep(box, now=CLOSES + timedelta(days=1), last=True).settled == 12
        counted = queries.tally(db.session, box.id)
        assert counted["plan", "", ASKED] == counted["plan", "", ANSWERED] == 8
        kept = db.session.execute(select(Response.answers)).scalars().all()
    assert "2026-11-23" not in str(kept)  # the day of sending is forgotten
