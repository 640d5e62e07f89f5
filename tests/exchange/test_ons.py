"""Questionnaires of the ONS: sections, blocks, answers, and ways through that lead where its own runner leads."""

from __future__ import annotations

import copy
from random import Random

import pytest

from consult.domain.answers import Value
from consult.domain.journey import Route
from consult.exchange.losses import Refused
from tests.exchange.ons_runner import run
from tests.exchange.other_formats import imported, kinds, options, question, report, shown, whole


def radio(identifier, *values, **more):
    listed = [{"label": value, "value": value} for value in values]
    return {"id": identifier, "type": "Radio", "mandatory": True, "options": listed, **more}


def block(identifier, *answers, rules=(), title=None, kind="General", **more):
    asked = {
        "id": f"question-{identifier}",
        "title": title or f"What about {identifier}?",
        "type": kind,
        "answers": list(answers),
    }
    made = {"id": identifier, "type": "Question", "question": asked, **more}
    return made | ({"routing_rules": list(rules)} if rules else {})


def section(*blocks, title="Part", **more):
    return {"id": f"s-{title}", "title": title, "groups": [{"id": f"g-{title}", "blocks": list(blocks)}], **more}


def schema(*sections, **more):
    return {
        "mime_type": "application/json/ons/eq",
        "language": "en",
        "title": "A survey",
        "sections": list(sections),
        **more,
    }


def when(identifier, *values, operator="in"):
    return {operator: [{"identifier": identifier, "source": "answers"}, list(values)]}


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (radio("a", "Yes", "No"), "single_choice"),
        (radio("a", "Yes", "No", type="Dropdown"), "single_choice"),
        (radio("a", "Yes", "No", type="Checkbox"), "multiple_choice"),
        ({"id": "a", "type": "TextField"}, "short_text"),
        ({"id": "a", "type": "TextArea", "max_length": 900}, "long_text"),
        ({"id": "a", "type": "Number", "minimum": {"value": 1}, "maximum": {"value": 9}}, "number"),
        ({"id": "a", "type": "Currency", "currency": "GBP", "decimal_places": 2}, "money"),
        ({"id": "a", "type": "Percentage"}, "percentage"),
        ({"id": "a", "type": "Unit", "unit": "length-metre"}, "number"),
        ({"id": "a", "type": "Date"}, "date"),
        ({"id": "a", "type": "MonthYearDate"}, "partial_date"),
        ({"id": "a", "type": "Duration", "units": ["hours", "minutes"]}, "duration"),
        ({"id": "a", "type": "Duration", "units": ["years", "months"]}, "matrix_numbers"),
        ({"id": "a", "type": "MobileNumber"}, "telephone"),
    ],
)
def test_each_type_of_answer_becomes_the_kind_that_asks_the_same(answer, kind):
    came = imported(schema(section(block("b", answer))))
    assert list(kinds(came).values()) == [kind]


def test_blocks_are_pages_with_the_title_of_their_section():
    came = imported(
        schema(section(block("one", radio("a", "Yes", "No")), block("two", radio("b", "Yes", "No")), title="First"))
    )
    assert [page.title.to("en").text for page in whole(came).pages] == ["First", "First"]
    assert list(kinds(came)) == ["one", "two"]
    assert question(came, "one").text.to("en").text == "What about one?" and question(came, "one").required


def test_a_block_with_several_answers_is_a_page_of_questions():
    lines = [{"id": f"a{number}", "type": "TextField", "label": f"Line {number}"} for number in (1, 2)]
    came = imported(schema(section(block("b", *lines, title="Your lines"))))
    assert whole(came).pages[0].title.to("en").text == "Your lines"
    assert [one.text.to("en").text for one in whole(came).questions] == ["Line 1", "Line 2"]


def test_codes_of_answers_are_what_results_call_them():
    came = imported(
        schema(
            section(block("b", radio("a", "Yes", "No")), block("c", radio("d", "Yes", q_code="146"))),
            answer_codes=[{"answer_id": "a", "code": "HMS-1"}],
        )
    )
    assert list(kinds(came)) == ["HMS_1", "q_146"]


def test_options_keep_their_words_values_hints_and_boxes():
    listed = [
        {"label": "By <em>bus</em>", "value": "Bus", "description": "Any bus"},
        {"label": "Other", "value": "Other", "detail_answer": {"id": "d", "type": "TextField", "label": "Which way?"}},
        {"label": "Do not know", "value": "Do not know"},
    ]
    came = imported(schema(section(block("b", {**radio("a"), "options": listed}))))
    assert options(came, "b") == {"Bus": "By _bus_", "Other": "Other", "Do_not_know": "Do not know"}
    found = question(came, "b").option_by_key
    assert found["Bus"].hint.to("en").text == "Any bus" and found["Other"].other and found["Do_not_know"].unknown
    assert "Which way?" in report(came)


def test_boxes_and_the_one_that_excludes_them_are_one_question():
    boxes = radio("a", "Cough", "Cold", type="Checkbox", mandatory=False)
    none = radio("n", "None of these", type="Checkbox", mandatory=False)
    made = block("b", boxes, none, kind="MutuallyExclusive")
    made["question"]["mandatory"] = True
    after = block("c", radio("x", "Yes"), skip_conditions={"when": when("n", "None of these")})
    came = imported(schema(section(made, after)))
    assert kinds(came)["b"] == "multiple_choice" and question(came, "b").required
    assert [option.key for option in question(came, "b").options if option.exclusive] == ["None_of_these"]
    assert shown(came, "c") == [{"when": "b", "is": "none_of", "of": ["None_of_these"]}]


def test_words_with_placeholders_say_earlier_answers_and_nothing_of_the_person():
    title = {
        "text": "Why {colour}, {name}?",
        "placeholders": [
            {"placeholder": "colour", "value": {"source": "answers", "identifier": "a"}},
            {"placeholder": "name", "value": {"source": "metadata", "identifier": "FIRST_NAME"}},
        ],
    }
    came = imported(
        schema(section(block("b", radio("a", "Red")), block("c", {"id": "t", "type": "TextArea"}, title=title)))
    )
    assert question(came, "c").text.to("en").text == "Why [[b|…]], …?"
    assert "what the sender knows of each person" in report(came)


def test_guidance_lists_and_definitions_stand_under_the_question():
    made = block("b", radio("a", "Yes"))
    made["question"] |= {
        "description": ["<p>First <strong>this</strong>.</p>"],
        "guidance": {"contents": [{"title": "Include", "list": ["one", "two"]}]},
        "definitions": [{"title": "A word", "contents": [{"description": "what it means"}]}],
    }
    hint = question(imported(schema(section(made))), "b").hint.to("en").text
    assert hint == "First **this**.\n\n**Include**\n\n- one\n- two\n\n**A word**\n\nwhat it means"


def test_pages_to_read_and_summaries():
    read = {
        "id": "i",
        "type": "Interstitial",
        "content": {"title": "Hello", "contents": [{"description": "Please read."}]},
    }
    summary = {"id": "s", "type": "SectionSummary", "title": "Your answers"}
    came = imported(schema(section(read, block("b", radio("a", "Yes")), summary)))
    assert kinds(came)["i"] == "statement" and question(came, "i").hint.to("en").text == "Please read."
    assert "summaries in between are not kept" in report(came)


def test_days_are_checked_against_today_where_the_file_says_so():
    answer = {
        "id": "a",
        "type": "Date",
        "minimum": {"value": "now", "offset_by": {"days": -28}},
        "maximum": {"value": "2030-01-01"},
    }
    came = imported(schema(section(block("b", answer))))
    made = question(came, "b")
    assert dict(made.settings) == {"latest": "2030-01-01"} and made.constraint is not None
    worked_out = {**answer, "minimum": {"value": {"source": "metadata", "identifier": "X"}}}
    assert "not checked against this day" in report(imported(schema(section(block("b", worked_out)))))


WAYS = schema(
    section(
        block("first", radio("a1", "Yes", "No", "Perhaps"), rules=[
            {"block": "third", "when": when("a1", "No")},
            {"section": "End", "when": when("a1", "Perhaps")},
            {"block": "second"},
        ]),
        block("second", radio("a2", "x", "y", "z"), rules=[
            {"block": "fourth", "when": when("a2", "x")}, {"block": "fifth"},
        ]),
        block("third", radio("a3", "p", "q", type="Checkbox"), rules=[
            {"block": "fifth", "when": {"all-in": [["p", "q"], {"identifier": "a3", "source": "answers"}]}},
        ]),
        block("fourth", radio("a4", "m", "n", mandatory=False), rules=[
            {"section": "End", "when": {"not": [when("a4", "m")]}}, {"block": "fifth"},
        ]),
        block("fifth", radio("a5", "s", "t")),
        title="One",
    ),
    section(
        block("sixth", radio("a6", "u", "v"), skip_conditions={"when": {"or": [when("a5", "s"), when("a2", "z")]}}),
        block("seventh", radio("a7", "u", "v"), rules=[
            {"section": "End", "when": {"==": [{"source": "answers", "identifier": "a6"}, None]}},
        ]),
        block("eighth", radio("a8", "u", "v")),
        title="Two",
        enabled={"when": {"!=": [{"source": "answers", "identifier": "a1"}, "Perhaps"]}},
    ),
)  # fmt: skip


def ways(data, seeds):
    """The pages of ours beside the blocks of the runner, for people who answer at random."""
    came = imported(data)
    made = whole(came)
    for seed in seeds:
        met, given = run(copy.deepcopy(data), Random(seed))
        yield came, made, met, given


def asked_by(data):
    """Each answer's question here, with the keys of its options by their values, as their blocks are found again."""
    found = {}
    for part in data["sections"]:
        for group in part["groups"]:
            for one in group["blocks"]:
                for answer in one.get("question", {}).get("answers", ()):
                    found[answer["id"]] = (one["id"], answer)
    return found


def test_our_ways_are_those_of_the_runner():
    for came, made, met, given in ways(WAYS, range(300)):
        answers = {}
        for identifier, value in given.items():
            key = asked_by(WAYS)[identifier][0]
            chosen = value if isinstance(value, list) else [value]
            answers[key] = tuple(Value(choice=one) for one in chosen)
        ours = [one.key for stop in Route(made, answers).stops for one in stop.questions]
        assert ours == met, (given, [shown(came, key) for key in kinds(came)])


def test_what_a_rule_leads_past_is_a_short_condition():
    came = imported(WAYS)
    assert shown(came, "second") == [{"when": "first", "is": "none_of", "of": ["No", "Perhaps"]}]
    assert shown(came, "third")[0]["all"][0] == {"when": "first", "is": "none_of", "of": ["Perhaps"]}


def test_the_older_way_of_writing_conditions():
    older = [
        {"goto": {"block": "c", "when": [{"id": "a", "condition": "equals", "value": "Yes"}]}},
        {"goto": {"block": "b"}},
    ]
    skipped = {"skip_conditions": [{"when": [{"id": "a", "condition": "not set"}]}]}
    came = imported(
        schema(
            section(
                block("x", radio("a", "Yes", "No"), rules=older),
                block("b", radio("d", "1")),
                block("c", radio("e", "1"), **skipped),
            )
        )
    )
    assert shown(came, "b") == [{"when": "x", "is": "none_of", "of": ["Yes"]}]
    assert shown(came, "c") == [{"when": "x", "is": "answered"}]


@pytest.mark.parametrize(
    "condition",
    [
        {"==": [{"source": "metadata", "identifier": "X"}, "NO"]},
        when("nowhere", "x"),
        when("later", "x"),
        {"count": [{"source": "list", "identifier": "people"}]},
        {"==": [{"source": "calculated_summary", "identifier": "x"}, 5]},
    ],
)
def test_a_condition_that_cannot_be_kept_shows_it_to_everyone_unrequired_and_says_so(condition):
    made = block("b", radio("a", "Yes"), skip_conditions={"when": condition})
    came = imported(schema(section(made, block("c", radio("later", "x")))))
    assert shown(came, "b") == [] and not question(came, "b").required
    assert "shown to everyone" in report(came) and "no longer required" in report(came)


@pytest.mark.parametrize("condition", [5, {"a": 1, "b": 2}, {"and": []}])
def test_a_condition_that_is_none_refuses_the_file_and_names_the_place(condition):
    with pytest.raises(Refused) as refusal:
        imported(schema(section(block("b", radio("a", "Yes"), skip_conditions={"when": condition}))))
    assert "block “b”, skip_conditions" in refusal.value.message


def test_lists_of_people_and_their_relationships_are_told_with_their_words():
    inner = {"title": "Who lives here?", "type": "General", "answers": [radio("x", "Someone")]}
    collector = {
        "id": "l",
        "type": "ListCollector",
        "question": inner,
        "add_block": {"question": {**inner, "title": "What is their name?"}},
    }
    relationship = {**radio("r", "Brother or sister"), "type": "Relationship"}
    came = imported(
        schema(
            section(block("b", radio("a", "Yes")), collector, block("c", relationship, title="How are you related?"))
        )
    )
    for words in ("Who lives here?", "What is their name?", "Someone", "How are you related?", "Brother or sister"):
        assert words in report(came), words


def test_an_unknown_construct_anywhere_is_in_the_report():
    made = block(
        "b", {**radio("a"), "options": [{"label": "A", "value": "A", "xyzzy1": 1}], "xyzzy2": [2]}, xyzzy3="three"
    )
    made["question"] |= {"xyzzy4": 4, "guidance": {"contents": [{"xyzzy5": "five"}]}}
    odd = {"id": "o", "type": "xyzzy6", "page_title": "Odd"}
    came = imported(
        schema(
            section(made, odd, block("c", {"id": "t", "type": "xyzzy7"}, radio("d", "1")), xyzzy8={"a": 1}),
            xyzzy9=9,
            post_submission={"guidance": {"contents": [{"description": "Thank you xyzzy10"}]}},
            metadata=[{"name": "xyzzy11"}],
        )
    )
    assert [number for number in range(1, 12) if f"xyzzy{number}" not in report(came)] == []


def test_a_file_without_blocks_is_refused_with_its_place():
    with pytest.raises(Refused) as refusal:
        imported(schema({"id": "s", "title": "Empty", "groups": []}))
    assert "sections" in refusal.value.message and "no block" in refusal.value.message
