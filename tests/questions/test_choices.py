"""Choosing from a list: how many, in which order, with pictures, and from long lists."""

from __future__ import annotations

import hashlib
import hmac
import re

import pytest
from werkzeug.datastructures import MultiDict

from consult.answering import drafts
from consult.domain.answers import Value
from consult.domain.journey import Stop
from consult.domain.questionnaire import Page, Question, read
from consult.questions import check, kinds, order
from consult.web import questions as drawings
from consult.web.locale import current_locale
from consult.web.questions import draw_page, page_form
from tests.client import parse

LIST = [
    {"key": "bus", "label": "Bus"},
    {"key": "none", "label": "None of these", "exclusive": True},
    {"key": "car", "label": "Car"},
    {"key": "other", "label": "Another way", "other": True},
    {"key": "foot", "label": "On **foot**"},
    {"key": "unknown", "label": "Do not know", "unknown": True},
    {"key": "train", "label": "Train"},
]


def asked(kind: str, options: list | None = None, **settings: object) -> Question:
    data = {"key": "q", "kind": kind, "text": "How?", "options": LIST if options is None else options}
    return (
        read({"title": "T", "pages": [{"key": "p", "questions": [{**data, "settings": settings}]}]})
        .pages[0]
        .questions[0]
    )


def form_of(question: Question, *, shuffle=None, **sent: list[str]):
    stop = Stop(Page("p", (question,)), (question,))
    data = MultiDict([(name, text) for name, texts in sent.items() for text in texts]) if sent else None
    return stop, page_form(stop, current_locale(), answers={}, formdata=data, shuffle=shuffle)


def drawn(question: Question, *, revision=None, shuffle=None, **sent: list[str]) -> str:
    stop, form = form_of(question, shuffle=shuffle, **sent)
    if sent:
        form.validate()
    return "".join(draw_page(stop, form, revision=revision))


def values_in(html: str) -> list[str]:
    return re.findall(r'<input[^>]* value="(\w+)"', html)


def order_of(key: bytes):
    return drafts.shuffle(hashlib.sha256(key).digest())


@pytest.mark.parametrize(
    ("settings", "hint"),
    [
        ({}, "Select all that apply."),
        ({"most": 2}, "Select up to 2."),
        ({"least": 2}, "Select at least 2."),
        ({"least": 2, "most": 3}, "Select 2 to 3."),
        ({"least": 2, "most": 2}, "Select exactly 2."),
        ({"most": 40}, "Select all that apply."),
    ],
)
def test_the_hint_says_how_many(app, settings, hint):
    with app.test_request_context("/"):
        assert hint in drawn(asked("multiple_choice", **settings))


@pytest.mark.parametrize(
    ("settings", "chosen", "message"),
    [
        ({"most": 2}, ["bus", "car", "foot"], "Select no more than 2 answers: you have selected 3"),
        ({"most": 2}, ["bus", "car"], None),
        ({"least": 2}, ["bus"], "Select at least 2 answers: you have selected 1"),
        ({"least": 2}, ["none"], None),
        ({"least": 2}, [], None),
        ({"least": 2, "most": 2}, ["bus"], "Select exactly 2 answers: you have selected 1"),
        ({"least": "x", "most": "y"}, ["bus"], None),
    ],
)
def test_too_many_and_too_few_are_refused_with_what_to_do(app, settings, chosen, message):
    with app.test_request_context("/"):
        _stop, form = form_of(asked("multiple_choice", **settings), q=chosen, token=["x"])
        assert form.validate() is (message is None)
        assert form["q"].errors == ((message,) if message else ())


def test_limits_that_cannot_be_kept_are_problems_of_the_definition():
    def problems(**settings):
        data = {"key": "q", "kind": "multiple_choice", "text": "Q", "options": LIST, "settings": settings}
        return [one.sentence for one in check(read({"title": "T", "pages": [{"key": "p", "questions": [data]}]}))]

    assert problems(least=1, most=3) == []
    assert problems(least=4, most=3) == ["asks for at least 4 answers, and at most 3"]
    assert problems(least=7) == ["asks for at least 7 answers, but has fewer to choose"]


def test_hidden_options_never_leave_somebody_without_a_way_to_answer(app):
    few = [one for one in LIST if one["key"] in ("bus", "car", "none")]
    with app.test_request_context("/"):
        _stop, form = form_of(asked("multiple_choice", few, least=4), q=["bus", "car"])
        assert form.validate()


@pytest.mark.parametrize("kind", ["single_choice", "multiple_choice"])
def test_a_random_order_is_everybodys_own_and_pins_what_belongs_last(app, kind):
    question = asked(kind, order="random")
    pinned = ["none", "other", "unknown"]
    with app.test_request_context("/"):
        seen = set()
        for somebody in range(40):
            html = drawn(question, revision="r", shuffle=order_of(b"%d" % somebody))
            options = [one for one in values_in(html) if one]
            assert options[-3:] == pinned
            assert sorted(options[:-3]) == ["bus", "car", "foot", "train"]
            assert html == drawn(question, revision="r", shuffle=order_of(b"%d" % somebody))
            seen.add(tuple(options))
        assert len(seen) > 12
        preview = [one for one in values_in(drawn(question)) if one]
        assert preview == ["bus", "car", "foot", "train", *pinned]


@pytest.mark.parametrize("kind", ["single_choice", "multiple_choice"])
def test_a_kept_drawing_in_somebodys_order_is_what_would_have_been_drawn(app, kind):
    question = asked(kind, order="random")
    with app.test_request_context("/"):
        for somebody in range(12):
            shuffle = order_of(b"%d" % somebody)
            sent = {"q": [["bus"], ["none", "car"], ["wrong"]][somebody % 3], "q--other1": ["x <b>"]}
            direct = drawn(question, shuffle=shuffle, **sent)
            kept = drawn(question, revision=("same", kind), shuffle=shuffle, **sent)
            assert "".join(direct.split()) == "".join(kept.split())
            assert "\ue000" not in kept
            page = parse(kept)
            ids = [one.get("id") for one in page.all("input") if one.get("type") in ("radio", "checkbox")]
            assert ids == ["q", *(f"q-{number}" for number in range(2, len(LIST) + 1))]


def test_one_drawing_is_kept_for_all_orders(app):
    question = asked("single_choice", order="random")
    with app.test_request_context("/"):
        before = len(drawings._kept)
        for somebody in range(50):
            drawn(question, revision=("bounded", 1), shuffle=order_of(b"%d" % somebody))
        assert len(drawings._kept) == before + 1


def test_every_order_is_about_equally_likely():
    question = asked("single_choice", [{"key": one, "label": one} for one in "abc"], order="random")
    counts: dict[str, int] = {}
    for somebody in range(1_200):
        shuffle = order_of(b"%d" % somebody)
        word = "".join(one.key for one in order.in_order(question, question.options, shuffle))
        counts[word] = counts.get(word, 0) + 1
    assert len(counts) == 6
    assert all(140 < count < 260 for count in counts.values()), counts


def test_orders_of_two_questions_do_not_follow_from_each_other():
    key = hashlib.sha256(b"key").digest()
    shuffle = drafts.shuffle(key)
    assert shuffle("q bus") != shuffle("r bus")
    assert shuffle("q bus") == hmac.new(key, b"order q bus", hashlib.sha256).digest()


def test_rows_are_put_in_order_by_the_same_function():
    data = {
        "key": "m",
        "kind": "matrix",
        "text": "?",
        "settings": {"order": "random"},
        "options": [{"key": "a", "label": "A"}],
        "rows": [{"key": f"r{number}", "label": "R"} for number in range(6)],
    }
    question = read({"title": "T", "pages": [{"key": "p", "questions": [data]}]}).pages[0].questions[0]
    moved = order.in_order(question, question.rows, order_of(b"x"))
    assert sorted(one.key for one in moved) == [f"r{number}" for number in range(6)]
    assert order.in_order(question, question.rows, None) == list(question.rows)


@pytest.mark.parametrize("appearance", ["select", "type_ahead"])
def test_other_has_its_box_under_a_drop_down_list(app, appearance):
    question = asked("single_choice", appearance=appearance)
    with app.test_request_context("/"):
        page = parse(drawn(question))
        assert [one.tag for one in page.all("select", "input")] == ["select", "input"]
        assert "If you chose “Another way”, please say what" in " ".join(page.text.split())
        _stop, form = form_of(question, q=["other"], **{"q--other1": ["By boat"]})
        assert form.validate()
        assert form["q"].values == (Value(choice="other", text="By boat"),)


def test_a_type_ahead_is_a_plain_list_that_says_what_its_box_will_say(app):
    with app.test_request_context("/", environ_overrides={"consult.language": "pl"}):
        html = drawn(asked("single_choice", appearance="type_ahead"))
        (select,) = parse(html).all("select")
        assert select.get("data-type-ahead") == "true"
        assert "{count}" in select.get("data-results")
        assert all(part in select.get("data-option") for part in ("{option}", "{number}", "{count}"))
        assert select.get("data-none") != "No results found"
        assert html.count("data-pinned") == 3
        assert "On foot</option>" in " ".join(html.split()).replace(" </option>", "</option>")


def test_words_that_are_on_no_list_are_refused_and_said_again(app):
    with app.test_request_context("/"):
        _stop, form = form_of(asked("single_choice", appearance="type_ahead"), q=["? Blandfrod <b>"])
        assert not form.validate()
        assert form["q"].errors == ("“Blandfrod <b>” is not on the list: choose an answer from the list",)
        assert form["q"].values == ()


def test_what_was_typed_into_a_list_stands_there_again_and_is_kept_nowhere(app):
    with app.test_request_context("/"):
        before = len(drawings._kept)
        html = drawn(asked("single_choice", appearance="type_ahead"), revision="typed", q=["? Blandfrod"])
        assert len(drawings._kept) == before
        assert re.search(r'<option value="\? Blandfrod" selected[^>]*>\s*Blandfrod', html)


def test_a_long_list_is_a_drop_down_list_unless_it_has_pictures(app):
    many = [{"key": f"o{number}", "label": f"Option {number}"} for number in range(30)]
    picture = {"file": "a" * 64, "alt": {"en": "A bus"}}
    with app.test_request_context("/"):
        assert "<select" in drawn(asked("single_choice", many))
        assert "<select" not in drawn(asked("single_choice", [{**many[0], "picture": picture}, *many[1:]]))


@pytest.mark.parametrize("kind", ["single_choice", "multiple_choice"])
def test_a_picture_stands_beside_words_and_is_described(app, kind):
    hostile = '"><script>alert(1)</script>'
    options = [
        {
            "key": "a",
            "label": f"Bench **x** {hostile}",
            "picture": {"file": "ab" * 32, "alt": {"en": f"Blue {hostile}"}},
        },
        {"key": "b", "label": "Chair"},
    ]
    with app.test_request_context("/", environ_overrides={"consult.language": "ar"}):
        html = drawn(asked(kind, options), revision=("pictures", kind))
        (image,) = parse(html).all("img")
        assert image.get("src") == "/pictures/" + "ab" * 32
        assert image.get("alt") == f"Blue {hostile}"
        assert image.get("lang") == "en"
        assert "<script" not in html
        assert "Bench <strong>x</strong>" in html


@pytest.mark.parametrize("kind_name", sorted(kinds()))
def test_marks_are_drawn_wherever_words_are_read(app, kind_name):
    from tests.questions.test_every_kind import question_of, stop_of

    question = question_of(kind_name, text="**Big** _idea_")
    with app.test_request_context("/"):
        form = page_form(stop_of(question), current_locale(), answers={})
        html = "".join(draw_page(stop_of(question), form, mark_optional=True))
        assert "<strong>Big</strong> <em>idea</em>" in html
        assert "**" not in html

        for seed in range(10):
            import random

            values = kinds()[kind_name].invent(question, random.Random(seed))
            assert "**" not in " ".join(kinds()[kind_name].words(question, values, current_locale()))
        for part, atom in kinds()[kind_name].counted(question):
            assert "**" not in kinds()[kind_name].atom_words(question, part, atom, current_locale())
