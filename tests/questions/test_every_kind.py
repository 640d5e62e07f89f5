"""What is true of every kind of question, the moment its file exists."""

from __future__ import annotations

import random
import re

import pytest
from werkzeug.datastructures import MultiDict

from consult.domain.answers import Value, pack, unpack
from consult.domain.journey import Stop
from consult.domain.questionnaire import Page, Question, read
from consult.questions import check, kinds
from consult.questions.base import input_name
from consult.web.locale import current_locale
from consult.web.questions import draw_page, page_form
from tests.client import parse

HOSTILE = "<script>alert(1)</script>\"'&{{ 7*7 }}{% raw %}\ue000x\ue001"


#: Kinds that let people choose, rank or share out what their author lists.
WITH_OPTIONS = {
    "single_choice",
    "multiple_choice",
    "matrix",
    "matrix_several",
    "ranking",
    "points",
    "rating",
    "place",
    "place_on_map",
}


def question_of(kind_name: str, text: str = "What do you think?", **more: object) -> Question:
    """A whole question of a kind, with everything that a kind may use."""
    data = {
        "key": "q1",
        "kind": kind_name,
        "text": {"en": text},
        "hint": {"en": f"A hint. {text}"},
        "options": [
            {"key": "a", "label": {"en": f"First {text}"}, "hint": {"en": text}},
            {"key": "b", "label": {"en": f"Second {text}"}},
            {"key": "c", "label": {"en": f"Third {text}"}, "other": kind_name in ("single_choice", "multiple_choice")},
            {
                "key": "d",
                "label": {"en": f"None {text}"},
                "exclusive": kind_name in ("multiple_choice", "matrix_several"),
            },
        ],
        "rows": [{"key": "r1", "label": {"en": f"Row one {text}"}}, {"key": "r2", "label": {"en": f"Row two {text}"}}],
        "settings": {
            "points": 5,
            "unit": {"en": text},
            "low": {"en": text},
            "high": {"en": text},
            "maximum": 50,
            "minimum": 0,
            "passage": {"en": text},
            "source": {"en": text},
            "background": {"en": text},
            "background_title": {"en": text},
            "map": {
                "viewbox": "0 0 10 10",
                "areas": {"a": "M0 0h5v5z", "b": "M5 5h5v5z"},
                "points": {"a": [2, 2]},
                "alt": {"en": text},
            },
        },
        **more,
    }
    if kind_name not in WITH_OPTIONS:
        data.pop("options")
    if not kind_name.startswith("matrix"):
        data.pop("rows")
    return read({"title": {"en": "T"}, "pages": [{"key": "p1", "questions": [data]}]}).pages[0].questions[0]


def stop_of(question: Question) -> Stop:
    return Stop(Page("p1", (question,)), (question,))


@pytest.fixture(params=sorted(kinds()))
def kind_name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def sent(question: Question, data: dict[str, list[str]]) -> MultiDict[str, str]:
    return MultiDict([(input_name(question, suffix), text) for suffix, texts in data.items() for text in texts])


def test_an_invented_answer_is_accepted_kept_and_given_back(app, kind_name):
    question = question_of(kind_name)
    asked = kinds()[kind_name]
    with app.test_request_context("/"):
        for seed in range(60):
            values = asked.invent(question, random.Random(seed))
            assert unpack(pack({"q1": values})).get("q1", ()) == values
            form = page_form(
                stop_of(question), current_locale(), answers={}, formdata=sent(question, asked.data(question, values))
            )
            assert form.validate(), form.errors
            assert form["q1"].values == values


def test_what_is_counted_is_among_the_rows_of_its_table(app, kind_name):
    question, asked = question_of(kind_name), kinds()[kind_name]
    rows = asked.counted(question)
    for seed in range(60):
        atoms = list(asked.atoms(question, asked.invent(question, random.Random(seed))))
        if rows:
            assert set(atoms) <= set(rows)
    with app.test_request_context("/"):
        assert all(asked.atom_words(question, part, atom, current_locale()) for part, atom in rows)


def test_an_export_has_as_many_cells_as_headings(kind_name):
    question, asked = question_of(kind_name), kinds()[kind_name]
    for seed in range(20):
        values = asked.invent(question, random.Random(seed))
        assert len(asked.cells(question, values)) == len(asked.columns(question))
    assert len(asked.cells(question, ())) == len(asked.columns(question))


def test_nothing_given_is_fine_unless_it_is_needed(app, kind_name):
    asked = kinds()[kind_name]
    for required in (False, True):
        question = question_of(kind_name, required=required)
        with app.test_request_context("/"):
            form = page_form(stop_of(question), current_locale(), answers={}, formdata=MultiDict({"token": "x"}))
            assert form.validate() is (not required or not asked.asks)
            assert form["q1"].values == ()


def test_free_text_leaves_the_response_for_the_comments(kind_name):
    question, asked = question_of(kind_name), kinds()[kind_name]
    for seed in range(60):
        values = asked.invent(question, random.Random(seed))
        texts = {value.text for value in values if value.text and (asked.free or value.choice is not None)}
        assert {text for _part, text in asked.comments(question, values)} == texts
        assert not texts & {value.text for value in asked.closed(question, values)}


@pytest.mark.parametrize("language", ["en", "ar"])
def test_hostile_text_in_every_slot_comes_out_as_text(app, kind_name, language):
    question, asked = question_of(kind_name, text=HOSTILE), kinds()[kind_name]
    with app.test_request_context("/", environ_overrides={"consult.language": language}):
        data = {suffix: [HOSTILE] for suffix in asked.inputs(question)}
        form = page_form(stop_of(question), current_locale(), answers={}, formdata=sent(question, data))
        form.validate()
        for revision in (None, ("test", 1)):
            drawn = "".join(draw_page(stop_of(question), form, revision=revision, heading=True))
            assert "<script" not in drawn
            assert "{{ 7*7 }}" in drawn
            parse(drawn)


def test_a_kept_drawing_is_what_would_have_been_drawn(app, kind_name):
    question, asked = question_of(kind_name, text=f"Two & {HOSTILE[:20]}"), kinds()[kind_name]
    with app.test_request_context("/"):
        for seed in range(30):
            chance = random.Random(seed)
            values = asked.invent(question, chance)
            data = {suffix: list(texts) for suffix, texts in asked.data(question, values).items()}
            if chance.random() < 0.4:
                data = {suffix: [chance.choice([HOSTILE, "", "99999", "b"])] for suffix in asked.inputs(question)}
            form = page_form(stop_of(question), current_locale(), answers={}, formdata=sent(question, data))
            if chance.random() < 0.7:
                form.validate()
            heading = chance.random() < 0.5
            direct = draw_page(stop_of(question), form, heading=heading, mark_optional=True)
            kept = draw_page(stop_of(question), form, revision=("kept", kind_name), heading=heading, mark_optional=True)
            again = draw_page(
                stop_of(question), form, revision=("kept", kind_name), heading=heading, mark_optional=True
            )
            assert direct == kept == again


def test_every_input_on_the_page_has_a_name_the_kind_reads(app, kind_name):
    question, asked = question_of(kind_name), kinds()[kind_name]
    with app.test_request_context("/"):
        form = page_form(stop_of(question), current_locale(), answers={})
        drawn = parse("".join(draw_page(stop_of(question), form)))
        names = {one.get("name") for one in drawn.all("input", "select", "textarea")}
        assert names == {input_name(question, suffix) for suffix in asked.inputs(question)}


def test_a_fallback_is_marked_with_its_language(app, kind_name):
    question = question_of(kind_name)
    with app.test_request_context("/", environ_overrides={"consult.language": "pl"}):
        form = page_form(stop_of(question), current_locale(), answers={})
        drawn = "".join(draw_page(stop_of(question), form))
        assert re.search(r'lang="en" dir="ltr"|dir="ltr" lang="en"', drawn)


def test_an_option_that_does_not_exist_is_refused(app, kind_name):
    question, asked = question_of(kind_name), kinds()[kind_name]
    data = {suffix: ["no_such_option"] for suffix in asked.inputs(question) if suffix not in asked.texts(question)}
    if not data:
        pytest.skip("has nothing to choose from")
    with app.test_request_context("/"):
        form = page_form(stop_of(question), current_locale(), answers={}, formdata=sent(question, data))
        assert not form.validate()
        assert all(value.choice != "no_such_option" for value in form["q1"].values)


def test_a_kind_that_needs_options_says_so(kind_name):
    asked = kinds()[kind_name]
    bare = read({"title": "T", "pages": [{"key": "p", "questions": [{"key": "q", "kind": kind_name, "text": "Q"}]}]})
    assert bool(check(bare)) is (asked.needs_options or asked.needs_rows or kind_name in ("rating", "document_comment"))


def test_two_kinds_never_share_a_name():
    assert len(kinds()) == len({type(one) for one in kinds().values()})


def test_words_typed_after_other_choose_other_when_nothing_is_chosen(app):
    for kind_name in ("single_choice", "multiple_choice"):
        question = question_of(kind_name)
        with app.test_request_context("/"):
            form = page_form(
                stop_of(question), current_locale(), answers={}, formdata=MultiDict({"q1--other1": "the bus"})
            )
            assert form.validate()
            assert form["q1"].values == (Value(choice="c", text="the bus"),)


@pytest.mark.parametrize("kind_name", ["single_choice", "multiple_choice"])
def test_the_box_after_other_stands_under_its_own_option_and_is_never_hidden(app, kind_name):
    question = question_of(kind_name)
    with app.test_request_context("/"):
        drawn = "".join(draw_page(stop_of(question), page_form(stop_of(question), current_locale(), answers={})))
    places = [drawn.index(part) for part in ('value="c"', 'name="q1--other1"', 'value="d"')]
    assert places == sorted(places)
    assert "conditional--hidden" not in drawn
    assert "aria-controls" not in drawn
    assert "Third What do you think?: </span>Please say what" in drawn


def test_none_of_these_stands_alone(app):
    question = question_of("multiple_choice")
    with app.test_request_context("/"):
        form = page_form(
            stop_of(question), current_locale(), answers={}, formdata=MultiDict([("q1", "a"), ("q1", "d")])
        )
        assert not form.validate()
        assert "None" in form.errors["q1"][0]


def test_numbers_are_read_from_any_keyboard(app):
    question = question_of("number")
    with app.test_request_context("/"):
        for typed, number in (("12", 12), (" 1 2 ", 12), ("١٢", 12), ("۴۵", 45), ("0", 0)):
            form = page_form(stop_of(question), current_locale(), answers={}, formdata=MultiDict({"q1": typed}))
            assert form.validate(), typed
            assert form["q1"].values == (Value(number=number),)
        for typed in ("51", "-1", "twelve", "1e3", "12.5", "nan", "9" * 400):
            form = page_form(stop_of(question), current_locale(), answers={}, formdata=MultiDict({"q1": typed}))
            assert not form.validate(), typed


def test_dates_take_month_names_and_refuse_days_that_never_were(app):
    question = question_of("date")
    with app.test_request_context("/"):

        def read_date(day: str, month: str, year: str) -> tuple[bool, str | None]:
            typed = MultiDict({"q1--day": day, "q1--month": month, "q1--year": year})
            form = page_form(stop_of(question), current_locale(), answers={}, formdata=typed)
            good = form.validate()
            return good, next((value.text for value in form["q1"].values), None)

        assert read_date("5", "March", "2026") == (True, "2026-03-05")
        assert read_date("٥", "3", "٢٠٢٦") == (True, "2026-03-05")
        assert read_date("29", "2", "2023") == (False, None)
        assert read_date("1", "", "2023") == (False, None)
