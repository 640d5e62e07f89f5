"""Lines of grids, orders and points: how they are drawn, what is said beside them, and what others may know of them."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from consult.domain import conditions, statistics
from consult.domain.answers import Value, Values, pack, unpack
from consult.domain.disclosure.attack import TOTAL
from consult.domain.disclosure.rows import points, ranked
from consult.domain.findings import Grid, Ranks
from consult.domain.journey import Stop, walk
from consult.domain.questionnaire import Page, Question, Questionnaire, read
from consult.questions import check, kind
from consult.questions.base import input_name
from consult.web import questions as drawings
from consult.web.locale import current_locale
from consult.web.questions import draw_page, page_form
from tests.client import parse
from tests.questions.test_choices import order_of

ROWS = [
    {"key": "desk", "label": "The desk"},
    {"key": "line", "label": "The **line**"},
    {"key": "lift", "label": "Lift"},
]
OPTIONS = [{"key": key, "label": label} for key, label in (("bus", "Bus"), ("car", "Car"), ("foot", "On foot"))]
FIRST = "Choose the answer that comes first"
NOT_POINTS = "Enter a whole number of points, like 12"
NONE = {"key": "none", "label": "None", "exclusive": True}


def asked(kind_name: str, **more: object) -> Question:
    data = {"key": "q", "kind": kind_name, "text": "How?"}
    if kind_name.startswith("matrix"):
        data["rows"] = ROWS
    if kind_name not in ("matrix_text", "matrix_numbers"):
        data["options"] = OPTIONS
    return whole({**data, **more}).pages[0].questions[0]


def whole(*questions: dict) -> Questionnaire:
    pages = [{"key": f"p{at}", "questions": [one]} for at, one in enumerate(questions)]
    return read({"title": "T", "pages": pages})


def form_of(question: Question, **sent: str | list[str]):
    stop = Stop(Page("p", (question,)), (question,))
    data = MultiDict({"token": "x"})
    for suffix, texts in sent.items():
        data.setlist(input_name(question, suffix), [texts] if isinstance(texts, str) else texts)
    return stop, page_form(stop, current_locale(), answers={}, formdata=data)


def refused(app, question: Question, **sent: str | list[str]) -> dict[str, str]:
    with app.test_request_context("/"):
        _stop, form = form_of(question, **sent)
        form.validate()
        return form["q"].part_errors


def drawn(question: Question, *, shuffle=None, revision=None, mark=False, **sent: str):
    stop = Stop(Page("p", (question,)), (question,))
    formdata = MultiDict({f"q--{key}": text for key, text in sent.items()}) if sent else None
    form = page_form(stop, current_locale(), answers={}, formdata=formdata, shuffle=shuffle)
    if sent:
        form.validate()
    return "".join(draw_page(stop, form, revision=revision, mark_optional=mark))


# Rows


@pytest.mark.parametrize("name", ["matrix", "matrix_several"])
def test_each_row_is_a_group_of_its_own_with_the_row_as_its_name(app, name):
    with app.test_request_context("/"):
        page = parse(drawn(asked(name)))
        legends = [one.text for one in page.all("legend")]
        assert legends == ["How?", "The desk", "The line", "Lift"]
        assert len(page.all("fieldset")) == 4


@pytest.mark.parametrize("name", ["matrix_text", "matrix_numbers"])
def test_each_row_is_a_labelled_box_in_one_group(app, name):
    with app.test_request_context("/"):
        page = parse(drawn(asked(name)))
        assert [one.text for one in page.all("label")] == ["The desk", "The line", "Lift"]
        assert len(page.all("fieldset")) == 1


@pytest.mark.parametrize("name", ["matrix", "matrix_several", "matrix_text", "matrix_numbers"])
def test_only_the_rows_that_are_needed_are_asked_for_and_the_others_are_marked(app, name):
    rows = [{**ROWS[0], "required": True}, *ROWS[1:]]
    question = asked(name, rows=rows)
    wrong = refused(app, question)
    assert list(wrong) == ["desk"]
    assert "“The desk”" in wrong["desk"]
    with app.test_request_context("/"):
        html = drawn(question, mark=True)
        assert html.count("(optional)") == 2
        assert "How? (optional)" not in html


@pytest.mark.parametrize("name", ["matrix", "matrix_several", "matrix_text", "matrix_numbers"])
def test_a_needed_grid_asks_for_each_row_by_its_name(app, name):
    wrong = refused(app, asked(name, required=True))
    assert list(wrong) == ["desk", "line", "lift"]
    assert "“The line”" in wrong["line"], "said without its markup"
    own = refused(app, asked(name, required=True, required_message="Please."))
    assert set(own.values()) == {"Please."}


def test_numbers_in_rows_say_which_row_is_wrong(app):
    question = asked("matrix_numbers", settings={"least": 0, "most": 50})
    wrong = refused(app, question, desk="twelve", line="51", lift="٤٥")
    assert wrong == {
        "desk": "The desk: Enter a number using digits, like 12",
        "line": "The line: Enter 50 or less",
    }
    with app.test_request_context("/"):
        _stop, form = form_of(question, lift="٤٥", desk="0")
        assert form.validate()
        assert form["q"].values == (Value("desk", number=0), Value("lift", number=45))


def test_the_unit_is_heard_with_each_row(app):
    with app.test_request_context("/"):
        page = parse(drawn(asked("matrix_numbers", settings={"unit": {"en": "minutes"}})))
        assert [one.text for one in page.all("label")] == ["The desk (minutes)", "The line (minutes)", "Lift (minutes)"]


def test_what_is_written_in_rows_becomes_comments_that_name_their_row(app):
    question = asked("matrix_text", settings={"longest": 10})
    assert refused(app, question, desk="x" * 12) == {
        "desk": "The desk: Shorten your answer to 10 characters or fewer: it has 2 too many"
    }
    values = (Value("desk", text="Slow"), Value("lift", text="None"))
    assert kind("matrix_text").comments(question, values) == [("desk", "Slow"), ("lift", "None")]
    assert kind("matrix_text").closed(question, values) == ()


@pytest.mark.parametrize("name", ["matrix", "matrix_several", "matrix_text", "matrix_numbers", "ranking", "points"])
def test_lines_may_stand_in_an_order_of_ones_own_drawn_and_kept_alike(app, name):
    question = asked(name, settings={"order": "random"})
    with app.test_request_context("/"):
        seen = set()
        for somebody in range(12):
            shuffle = order_of(b"%d" % somebody)
            direct = drawn(question, shuffle=shuffle, desk="bus", bus="2")
            kept = drawn(question, shuffle=shuffle, revision=("lines", name), desk="bus", bus="2")
            assert "".join(direct.split()) == "".join(kept.split())
            assert "\ue000" not in kept
            page = parse(kept)
            seen.add(tuple(dict.fromkeys(one.get("name") for one in page.all("input", "select"))))
        assert len(seen) > 2
        assert len({frozenset(one) for one in seen}) == 1


def test_a_long_grid_is_kept_row_by_row_and_not_once_for_every_way_to_answer_it(app):
    rows = [{"key": f"r{at}", "label": f"Row {at}"} for at in range(30)]
    options = [{"key": f"o{at}", "label": f"Option {at}"} for at in range(7)]
    question = asked("matrix", rows=rows, options=options)
    stop = Stop(Page("p", (question,)), (question,))
    with app.test_request_context("/"):
        before, rows_before = len(drawings._kept), len(drawings._kept_rows)
        for seed in range(40):
            values = kind("matrix").invent(question, random.Random(seed))
            form = page_form(stop, current_locale(), answers={"q": values})
            kept = draw_page(stop, form, revision=("long", 1))
            if seed < 3:
                assert kept == draw_page(stop, form)
        assert len(drawings._kept) == before
        assert len(drawings._kept_rows) - rows_before <= 30 * 8


# Orders


@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        ({"bus": "1", "car": "2", "foot": "3"}, {}),
        ({}, {}),
        (
            {"bus": "1", "car": "1", "foot": "2"},
            {"car": "“Bus” and “Car” both have place 1: choose another place for one of them"},
        ),
        (
            {"bus": "1", "car": "1", "foot": "1"},
            {
                "car": "“Bus” and “Car” both have place 1: choose another place for one of them",
                "foot": "“Bus” and “On foot” both have place 1: choose another place for one of them",
            },
        ),
        ({"bus": "1", "foot": "3"}, {"car": "Choose a place for “Car”"}),
        ({"car": "2"}, {"bus": "Choose a place for “Bus”", "foot": "Choose a place for “On foot”"}),
        ({"bus": "4", "car": "x"}, dict.fromkeys(("bus", "car"), "Choose from the answers shown")),
        ({"bus": ["1", "2"], "car": "3"}, {"bus": "Choose from the answers shown"}),
    ],
)
def test_an_order_needs_every_place_once(app, given, wrong):
    assert refused(app, asked("ranking"), **given) == wrong


@pytest.mark.parametrize(
    ("settings_given", "given", "wrong"),
    [
        ({"partial": True}, {"foot": "1"}, {}),
        ({"partial": True}, {"foot": "1", "bus": "2"}, {}),
        ({"partial": True}, {"foot": "2"}, {"foot": "No answer has place 1: choose it for one of them"}),
        ({"partial": True}, {"bus": "1", "foot": "3"}, {"foot": "No answer has place 2: choose it for one of them"}),
        ({"most": 2}, {"bus": "1", "foot": "2"}, {}),
        ({"most": 2}, {"bus": "1"}, {"car": "No answer has place 2: choose it for one of them"}),
        ({"most": 2}, {"bus": "1", "foot": "3"}, {"foot": "Choose from the answers shown"}),
        ({"most": 2, "partial": True}, {"car": "1"}, {}),
        ({"most": 9}, {"bus": "1", "car": "2", "foot": "3"}, {}),
    ],
)
def test_an_order_may_end_early_where_its_author_says_so(app, settings_given, given, wrong):
    assert refused(app, asked("ranking", settings=settings_given), **given) == wrong


@pytest.mark.parametrize(
    ("settings_given", "hint", "missing"),
    [
        ({}, "Give each answer its own place. 1 is first and 3 is last.", "Choose a place for each answer"),
        ({"partial": True}, "Give a place to as many answers as you like. 1 is first.", FIRST),
        ({"most": 2}, "Give a place to 2 answers. 1 is first.", FIRST),
        ({"most": 2, "partial": True}, "Give a place to up to 2 answers. 1 is first.", FIRST),
    ],
)  # fmt: skip
def test_what_to_do_is_said_before_and_after(app, settings_given, hint, missing):
    question = asked("ranking", settings=settings_given, required=True)
    with app.test_request_context("/"):
        assert hint in drawn(question)
    assert refused(app, question) == {"bus": missing}


def test_places_are_numbers_that_conditions_compare():
    data = {"key": "q", "kind": "ranking", "text": "Q", "options": OPTIONS}
    show = {"when": "q", "row": "car", "is": "at_most", "of": 2}
    questionnaire = whole(data, {"key": "then", "kind": "yes_no", "text": "T", "show": show})
    for place, seen in ((1, True), (2, True), (3, False)):
        answers = {"q": (Value("car", number=place),)}
        assert ("then" in walk(questionnaire, answers).by_question) is seen
    assert (
        conditions.holds(conditions.read({"when": "q", "is": "at_least", "of": 3, "count": "rows"}), answers) is False
    )


def test_an_order_closes_up_when_something_in_it_is_hidden(app):
    options = [OPTIONS[0], {**OPTIONS[1], "show": {"when": "a", "is": "any_of", "of": ["yes"]}}, OPTIONS[2]]
    questionnaire = whole(
        {"key": "a", "kind": "yes_no", "text": "A"}, {"key": "q", "kind": "ranking", "text": "Q", "options": options}
    )
    given = (Value("bus", number=1), Value("car", number=2), Value("foot", number=3))
    route = walk(questionnaire, {"a": (Value(choice="no"),), "q": given})
    question, values, asked_kind = route.by_question["q"], route.answers["q"], kind("ranking")
    assert values == (given[0], given[2])
    assert asked_kind.data(question, values) == {"bus": ["1"], "foot": ["2"]}
    assert asked_kind.closed(question, values) == (Value("bus", number=1), Value("foot", number=2))
    assert set(asked_kind.atoms(question, values)) == {("bus", "1"), ("foot", "2")}
    with app.test_request_context("/"):
        assert not asked_kind.errors(question, asked_kind.data(question, values), current_locale())


def test_an_order_of_one_thing_and_points_without_a_total_are_problems():
    def problems(name: str, **more: object) -> list[str]:
        data = {"key": "q", "kind": name, "text": "Q", "options": OPTIONS, **more}
        return [one.sentence for one in check(whole(data))]

    assert problems("ranking") == problems("points") == []
    assert problems("ranking", options=OPTIONS[:1]) == ["needs two options or more to put in order"]
    assert "needs a total from 1 to 1000000 points" in problems("points", settings={"total": 0})


# Points


@pytest.mark.parametrize(
    ("exactly", "given", "wrong"),
    [
        (True, {"bus": "60", "car": "40"}, {}),
        (True, {"bus": "60", "car": "40", "foot": "0"}, {}),
        (True, {"bus": "60", "car": "20"}, {"bus": "You have given 80 of 100 points: give 20 more"}),
        (True, {"bus": "60", "car": "60"}, {"bus": "You have given 120 of 100 points: take 20 away"}),
        (False, {"bus": "60", "car": "20"}, {}),
        (False, {"bus": "101"}, {"bus": "You have given 101 of 100 points: take 1 away"}),
        (True, {"bus": "lots", "car": "-1"}, {"bus": f"Bus: {NOT_POINTS}", "car": f"Car: {NOT_POINTS}"}),
        (True, {}, {}),
    ],
)  # fmt: skip
def test_points_add_up(app, exactly, given, wrong):
    assert refused(app, asked("points", settings={"total": 100, "exactly": exactly}), **given) == wrong


def test_what_is_wrong_with_the_sum_stands_above_all_boxes_and_leads_to_the_first(app):
    question = asked("points", settings={"exactly": True})
    with app.test_request_context("/"):
        page = parse(drawn(question, bus="60", car="20"))
        first = next(one for one in page.all("input") if one.get("name") == "q--bus")
        assert "q--grid-error" in (first.get("aria-describedby") or "")
        assert "q--grid-error" in (page.all("fieldset")[0].get("aria-describedby") or "")
        assert page.text.count("You have given 80 of 100 points: give 20 more") == 1
        alone = parse(drawn(question, bus="x"))
        assert (
            next(one for one in alone.all("input") if one.get("name") == "q--bus").get("aria-describedby")
            == "q--bus-error"
        )
        assert refused(app, asked("points", required=True, settings={"exactly": True})) == {
            "bus": "Share out exactly 100 points"
        }


@pytest.mark.parametrize("total", [1, 2, 3, 10, 100, 1000])
def test_every_number_of_points_is_in_one_band_with_words(app, total):
    question, asked_kind = asked("points", settings={"total": total}), kind("points")
    bands = {atom for _part, atom in asked_kind.counted(question)}
    for given_points in range(total + 1):
        (atom,) = [
            atom for part, atom in asked_kind.atoms(question, (Value("bus", number=given_points),)) if part == "bus"
        ]
        assert atom in bands
        assert (atom == "0..1") is (given_points == 0)
    with app.test_request_context("/"):
        words = [
            asked_kind.atom_words(question, "bus", one.key, current_locale()) for one in asked_kind.bands(question)
        ]
        assert words[0] == "No points"
        assert len(set(words)) == len(words)


# Scales


def test_who_does_not_know_stands_after_the_scale_and_outside_it(app):
    question = asked("rating", options=[{**OPTIONS[0], "unknown": True}], settings={"points": 11, "first": 0})
    asked_kind = kind("rating")
    assert asked_kind.steps(question) == [str(step) for step in range(11)]
    finding = asked_kind.finding(question, {}, everyone=True)
    assert finding.apart == ("bus",)
    with app.test_request_context("/"):
        page = parse(drawn(question))
        assert [one.get("value") for one in page.all("input")] == [*map(str, range(11)), "bus"]
        assert "10 or Bus" in " ".join(page.text.split())


def test_faces_are_named_in_words_and_smile_at_the_best(app):
    scores = {"bus": 3, "car": 1, "foot": 2}
    options = [{**one, "score": scores[one["key"]]} for one in OPTIONS]
    with app.test_request_context("/"):
        for question, best in (
            (asked("rating", options=[], settings={"points": 5, "appearance": "faces"}), "5"),
            (asked("rating", settings={"appearance": "faces"}), "foot"),
            (asked("rating", options=options, settings={"appearance": "faces"}), "bus"),
        ):
            html = drawn(question)
            page = parse(html)
            pictures = page.all("svg")
            assert pictures and all(one.get("aria-hidden") == "true" for one in pictures)
            assert "style=" not in html
            assert all(any(letter.isalpha() for letter in one.text) for one in page.all("label"))
            happiness = kind("rating").happiness(question)
            assert max(happiness, key=happiness.get) == best
        three = asked("rating", options=[], settings={"points": 3, "appearance": "faces"})
        assert [one.text for one in parse(drawn(three)).all("label")] == ["Bad", "Neither good nor bad", "Good"]


def test_faces_that_could_mislead_are_refused():
    def problems(**more: object) -> list[str]:
        return [one.sentence for one in check(whole({"key": "q", "kind": "rating", "text": "Q", **more}))]

    half = [{**OPTIONS[0], "score": 1}, *OPTIONS[1:]]
    assert problems(options=half, settings={"appearance": "faces"}) == [
        "shows faces: give a score to each of its answers or to none of them"
    ]
    assert problems(settings={"points": 9, "appearance": "faces"}) == [
        "shows faces, of which at most 7 can be told apart"
    ]
    assert problems(options=[{"key": "2", "label": "?", "unknown": True}], settings={"points": 3}) == [
        "has an answer outside the scale that is called as a step of it: 2"
    ]


def test_the_ends_of_a_scale_have_words_with_their_steps(app):
    ends = {"low": {"en": "Not at all"}, "high": {"en": "Very"}}
    with app.test_request_context("/"):
        for question, first in (
            (asked("rating", options=[], settings={"points": 3, **ends}), "1 – Not at all"),
            (asked("rating", settings=ends), "Bus – Not at all"),
        ):
            labels = [one.text for one in parse(drawn(question)).all("label")]
            assert labels[0] == first
            assert labels[-1].endswith(" – Very")


# Whatever people answer: kept, given back, counted whole, and as the attacker thinks of it

LINES = ["matrix", "matrix_several", "matrix_numbers", "matrix_text", "ranking", "points"]


@st.composite
def questions(draw: st.DrawFn) -> Question:
    name = draw(st.sampled_from(LINES))
    more: dict[str, object] = {}
    settings_drawn: dict[str, object] = {}
    if name == "ranking":
        settings_drawn["partial"] = draw(st.booleans())
        if draw(st.booleans()):
            settings_drawn["most"] = draw(st.integers(1, 4))
    if name == "points":
        settings_drawn |= {"total": draw(st.sampled_from([1, 3, 10, 100])), "exactly": draw(st.booleans())}
    if name == "matrix_several" and draw(st.booleans()):
        more["options"] = [*OPTIONS, NONE]
    return asked(name, settings=settings_drawn, required=draw(st.booleans()), **more)


@settings(max_examples=150, deadline=None)
@given(questions(), st.integers(0, 10**6))
def test_answers_go_to_the_form_and_to_the_seal_and_come_back_the_same(question: Question, seed: int) -> None:
    asked_kind = kind(question.kind)
    values = asked_kind.invent(question, random.Random(seed))
    data = asked_kind.data(question, values)
    assert asked_kind.values(question, data) == values
    assert unpack(pack({"q": values})).get("q", ()) == values
    assert asked_kind.data(question, asked_kind.closed(question, values) or values) == data


@settings(max_examples=60, deadline=None)
@given(questions(), st.integers(0, 10**6), st.integers(1, 40))
def test_what_the_attacker_believes_of_rows_is_true_of_real_people(question: Question, seed: int, people: int) -> None:
    chance, asked_kind = random.Random(seed), kind(question.kind)
    answers: list[dict[str, Values]] = [{"q": asked_kind.invent(question, chance)} for _ in range(people)]
    questionnaire = Questionnaire(question.text, (Page("p", (question,)),))
    tally = statistics.tally(questionnaire, answers, lambda one, values: kind(one.kind).atoms(one, values))
    finding = asked_kind.finding(question, tally, everyone=True)
    if isinstance(finding, Ranks):
        relations = list(ranked(finding))
    elif isinstance(finding, Grid) and finding.shared:
        relations = list(points(finding))
    else:
        return
    tables = {table.key: table for table in finding.tables}

    def many(side: tuple) -> int:
        return sum(
            relation.times.get((table, cell), 1)
            * (tables[table].base.count if cell == TOTAL else tables[table].cell_by_key[cell].about)
            for table, cell in side
        )

    assert relations
    for relation in relations:
        these, those = many(relation.these), many(relation.those) if relation.those else people
        assert these == those if relation.same else these <= those, relation
