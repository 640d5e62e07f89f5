"""Whatever can be answered online can be typed from paper, and means the same; a long form is one quick page."""

from __future__ import annotations

import time
from datetime import date
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as any_of

from consult.domain.answers import Value
from consult.domain.journey import walk
from consult.domain.questionnaire import read as read_definition
from consult.keying.sheet import EQUALITY, Entry, Sheet, differences, in_typing, read, typed_in
from consult.questions import kind, kinds
from consult.questions.base import Locale, input_name
from tests.accounts.factories import sign_in
from tests.answering.factories import NOW, options, say
from tests.keying.factories import make_office, type_form, values_of

DAY = date(2026, 11, 23)
ENGLISH = Locale("en", lambda text, **values: text % values if values else text)


def definition(*questions):
    return {
        "language": "en",
        "languages": ["en", "pl", "ar"],
        "title": say("Everything"),
        "pages": [{"key": "p1", "title": say("One"), "questions": list(questions)}],
    }


def question(name, key="q", **more):
    one = {"key": key, "kind": name, "text": say(f"{key}?"), **more}
    found = kinds()[name]
    if found.needs_options or name in ("place", "place_on_map"):
        one.setdefault("options", options("bus", "train", "other", other={"other": True}))
    if found.needs_rows:
        one.setdefault("rows", [{"key": f"r{at}", "label": say(f"Row {at}")} for at in range(3)])
    if name == "rating":
        one.setdefault("settings", {"points": 5})
    if name in ("ranking", "points"):
        one["options"] = options("bus", "train", "walk")
    return one


def sheet_of(*questions, **more):
    return Sheet(read_definition(definition(*questions)), ENGLISH, day=DAY, **more)


ASKING = sorted(name for name, one in kinds().items() if one.asks)


@pytest.mark.parametrize("name", ASKING)
def test_every_kind_means_typed_what_it_means_online(name):
    sheet, random = sheet_of(question(name)), Random(9)
    asked = sheet.questions[0]
    for _time in range(25):
        values = kind(name).values(asked, kind(name).data(asked, kind(name).invent(asked, random)))
        entry = Entry("en", {"q": values} if values else {})
        reading = read(sheet, in_typing(sheet, entry), language="en")
        assert (reading.wrong, reading.entry) == ({}, entry)


@pytest.mark.parametrize("name", ASKING)
def test_every_kind_may_be_left_empty_on_paper_and_only_when_it_is_said_if_it_is_needed(name):
    sheet = sheet_of(question(name, required=True))
    names = [input_name(sheet.questions[0], suffix) for suffix in kind(name).inputs(sheet.questions[0])]
    assert read(sheet, dict.fromkeys(names, ""), language="en").wrong
    for sign in "-?":
        reading = read(sheet, dict.fromkeys(names, sign), language="en")
        assert (reading.wrong, reading.entry.answers) == ({}, {})
        assert reading.entry.unclear == (("q",) if sign == "?" else ())


@settings(max_examples=150, deadline=None)
@given(any_of.data())
def test_nothing_that_can_be_typed_is_a_failure(drawn):
    sheet = sheet_of(*(question(name, key=f"q{at}") for at, name in enumerate(ASKING)))
    names = typed_in(sheet, {}).keys()
    text = any_of.one_of(any_of.text(max_size=12), any_of.sampled_from(["1", "2 3", "-", "?", "1,2", "٣", "9" * 40]))
    typed = {name: drawn.draw(text) for name in names}
    reading = read(sheet, typed_in(sheet, typed), language="en")
    assert set(reading.wrong) <= set(names)
    assert Entry.of(reading.entry.kept()) == reading.entry
    assert walk(sheet.questionnaire, reading.entry.answers, today=DAY).kept == reading.entry.answers


def test_a_hidden_option_that_was_ticked_is_left_out_and_the_rest_kept():
    shown = options("bus", "train", "walk")
    shown[1]["show"] = {"when": "gate", "is": "any_of", "of": ["yes"]}
    first = {"key": "gate", "kind": "yes_no", "text": say("Gate?")}
    second = {"key": "q", "kind": "multiple_choice", "text": say("Q?"), "options": shown}
    given_pages = definition(first)
    given_pages["pages"].append({"key": "p2", "title": say("Two"), "questions": [second]})
    sheet = Sheet(read_definition(given_pages), ENGLISH, day=DAY)
    reading = read(sheet, {"gate": "2", "q": "1 2 3"}, language="en")
    assert reading.wrong == {}
    assert (reading.entry.not_asked, reading.entry.answers["q"]) == (
        ("q",),
        (Value(choice="bus"), Value(choice="walk")),
    )
    assert read(sheet, {"gate": "1", "q": "1 2 3"}, language="en").entry.not_asked == ()


def test_words_of_an_option_will_do_in_any_language():
    sheet = sheet_of(question("single_choice"))
    for typed in ("Train", "train ", "Train (pl)"):
        assert read(sheet, {"q": typed}, language="en").entry.answers["q"] == (Value(choice="train"),)


def test_one_row_that_is_not_clear_leaves_the_others_needed():
    rows = [{"key": f"r{at}", "label": say(f"Row {at}")} for at in range(2)]
    sheet = sheet_of(question("matrix", required=True, rows=rows))
    assert set(read(sheet, {"q--r0": "?", "q--r1": ""}, language="en").wrong) == {"q--r1"}
    assert read(sheet, {"q--r0": "?", "q--r1": "2"}, language="en").wrong == {}


def test_two_entries_differ_where_they_mean_something_else():
    sheet = sheet_of(question("number", key="n", settings={"minimum": 0, "maximum": 9}), question("long_text", key="t"))
    one, other = (
        read(sheet, {"n": typed, "t": words}, language="en").entry for typed, words in (("3", "Yes"), ("٣", "Yes "))
    )
    assert differences(sheet, one, other) == []
    other = read(sheet, {"n": "4", "t": "yes"}, language="pl").entry
    assert differences(sheet, one, other) == ["language", "n", "t"]
    assert not any(key.startswith(EQUALITY) for key in differences(sheet, one, other))


def test_a_form_of_sixty_questions_is_one_page_keyed_and_saved_in_a_second(app, database, clock):
    clock.set(NOW)
    names = ["single_choice", "multiple_choice", "matrix", "number", "long_text", "yes_no"]
    sixty = [question(names[at % 6], key=f"q{at}", required=at % 3 == 0) for at in range(60)]
    office = make_office(definition=definition(*sixty), slug="sixty", equality=False)
    batch = office.count(3)
    browser = sign_in(app, office.keyer)
    page = browser.page(f"/staff/batches/{batch.id}/key")
    typed = {}
    for name in values_of(page):
        if name.startswith("q") and "other" not in name:
            typed[name] = "1"
    assert len({name.split("--")[0] for name in typed}) == 60
    began = time.perf_counter()
    done = type_form(browser, batch, **typed)
    assert done.status_code == 303 and time.perf_counter() - began < 3
