"""Each kind of question of LimeSurvey's becomes a kind of ours, with its answers, bounds and words."""

from __future__ import annotations

import pytest

from consult.domain.questionnaire import read
from consult.exchange.files import read_file
from tests.exchange.surveys import asked, lss, pages, q, report, row, survey, tabs

YES_NO = [("y", "Yes"), ("n", "No")]
ROWS = [("SQ1", "Buses"), ("SQ2", "Trains")]
VERSIONS = (177, 264, 366, 400, 477, 606, 717)


def one(kind, **more):
    return asked(survey(q("Q1", kind, **more)))["Q1"]


@pytest.mark.parametrize("version", VERSIONS)
def test_every_family_of_versions_gives_the_same_questionnaire(version):
    questions = [
        q("Q1", "L", {"en": "How?", "pl": "Jak?"}, answers=[("A1", {"en": "Bus", "pl": "Autobus"})], other="Y"),
        q("Q2", "M", {"en": "Which?", "pl": "Które?"}, subs=[("SQ1", {"en": "One", "pl": "Jeden"})]),
        q(
            "Q3",
            "T",
            {"en": "Why?", "pl": "Dlaczego?"},
            relevance='Q1.NAOK == "A1"',
            help={"en": "Say", "pl": "Powiedz"},
        ),
    ]
    imported = survey(*questions, version=version, languages=("en", "pl"))
    assert imported.definition == survey(*questions, languages=("en", "pl")).definition
    assert asked(imported)["Q1"]["options"][0]["label"] == {"en": "Bus", "pl": "Autobus"}
    assert asked(imported)["Q3"]["hint"] == {"en": "Say", "pl": "Powiedz"}
    assert imported.languages == ("en", "pl")
    read(imported.definition)


def test_lists():
    made = one("L", answers=YES_NO)
    assert (made["kind"], [option["key"] for option in made["options"]]) == ("single_choice", ["y", "n"])
    assert one("!", answers=YES_NO)["settings"]["appearance"] == "select"
    assert one("L", answers=YES_NO, attributes={"random_order": "1"})["settings"]["order"] == "random"
    assert one("L", answers=YES_NO, attributes={"answer_order": "random"})["settings"]["order"] == "random"
    scored = one("L", answers=[("a", "A", 0, 2), ("b", "B", 0, 0)])
    assert [option.get("score") for option in scored["options"]] == [2, None]


def test_other_has_its_box_and_its_words():
    made = one("L", answers=YES_NO, other="Y", attributes={"other_replace_text": {"en": "Something else:"}})
    assert made["options"][-1] == {"key": "other", "label": {"en": "Something else"}, "other": True}
    assert one("M", subs=ROWS, other="Y")["options"][-1]["label"] == {"en": "Other"}
    first = one("L", answers=YES_NO, other="Y", attributes={"other_position": "beginning"})
    assert first["options"][0]["key"] == "other"


def test_a_list_with_a_comment_is_two_questions():
    made = asked(survey(q("Q1", "O", answers=YES_NO)))
    assert [(key, question["kind"]) for key, question in made.items()] == [
        ("Q1", "single_choice"),
        ("Q1_comment", "long_text"),
    ]


def test_fixed_kinds():
    assert one("Y")["kind"] == "yes_no"
    assert one("5")["settings"] == {"points": 5}
    assert [option["label"]["en"] for option in one("G")["options"]] == ["Female", "Male"]


def test_several_with_least_most_and_one_that_goes_alone():
    subs = [*ROWS, ("none", "None")]
    made = one("M", subs=subs, attributes={"min_answers": "1", "max_answers": "2", "exclude_all_others": "none"})
    assert made["kind"] == "multiple_choice" and made["settings"] == {"least": 1, "most": 2}
    assert [option.get("exclusive") for option in made["options"]] == [None, None, True]


def test_several_with_comments_ask_for_them_on_the_next_page():
    imported = survey(q("Q1", "P", subs=ROWS))
    assert pages(imported) == [["Q1"], ["Q1_comment"]]
    rows = asked(imported)["Q1_comment"]["rows"]
    assert rows[0]["show"] == {"when": "Q1", "is": "any_of", "of": ["SQ1"]}


@pytest.mark.parametrize(
    ("kind", "keys"),
    [("A", "12345"), ("B", ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10"]), ("C", "YUN"), ("E", "ISD")],
)
def test_arrays_with_answers_of_their_own(kind, keys):
    made = one(kind, subs=ROWS, mandatory="Y")
    assert made["kind"] == "matrix" and [option["key"] for option in made["options"]] == list(keys)
    assert [(row["key"], row["required"]) for row in made["rows"]] == [("SQ1", True), ("SQ2", True)]


@pytest.mark.parametrize("kind", ["F", "H"])
def test_arrays_with_answers_of_the_author(kind):
    made = one(kind, subs=[("1", "Buses")], answers=YES_NO)
    assert [option["key"] for option in made["options"]] == ["y", "n"] and made["rows"][0]["key"] == "q_1"


def test_two_scales_are_two_grids():
    heads = {"dualscale_headerA": {"en": "Now"}, "dualscale_headerB": {"en": "Later"}}
    answers = [("a", "A", 0), ("b", "B", 1)]
    made = asked(survey(q("Q1", "1", "How?", subs=ROWS, answers=answers, attributes=heads)))
    assert [question["text"]["en"] for question in made.values()] == ["How? – Now", "How? – Later"]
    assert [question["options"][0]["key"] for question in made.values()] == ["a", "b"]


def test_grids_of_numbers_texts_and_boxes():
    cells = [*ROWS, ("X1", "Now", 1), ("X2", "Later", 1)]
    numbers = one(":", subs=cells)
    assert numbers["kind"] == "matrix_numbers" and (numbers["settings"]["least"], numbers["settings"]["most"]) == (
        1,
        10,
    )
    assert numbers["rows"][1] == {"key": "SQ1_X2", "label": {"en": "Buses: Later"}}
    texts = one(";", subs=cells)
    assert texts["kind"] == "matrix_text" and len(texts["rows"]) == 4
    ticked = one(":", subs=cells, attributes={"multiflexible_checkbox": "1"})
    assert ticked["kind"] == "matrix_several"
    assert ([row["key"] for row in ticked["rows"]], [o["key"] for o in ticked["options"]]) == (
        ["SQ1", "SQ2"],
        ["X1", "X2"],
    )


def test_several_numbers_and_several_texts():
    made = one("K", subs=ROWS, attributes={"suffix": {"en": "hours"}, "max_num_value_n": "24"})
    assert made["kind"] == "matrix_numbers"
    assert made["settings"] == {"most": 24, "decimal": True, "unit": {"en": "hours"}}
    assert one("Q", subs=ROWS)["kind"] == "matrix_text"
    assert one("Q", subs=ROWS, attributes={"numbers_only": "1"})["kind"] == "matrix_numbers"


def test_numbers_with_a_sum_are_points():
    made = one("K", subs=ROWS, attributes={"equals_num_value": "100", "num_value_int_only": "1"})
    assert made["kind"] == "points" and made["settings"] == {"total": 100, "exactly": True}
    assert [option["key"] for option in made["options"]] == ["SQ1", "SQ2"]
    most = one("K", subs=ROWS, attributes={"max_num_value": "10", "num_value_int_only": "1"})
    assert most["settings"] == {"total": 10, "exactly": False}


def test_an_order():
    made = one("R", answers=[*YES_NO, ("m", "Maybe")], attributes={"max_answers": "2"})
    assert made["kind"] == "ranking" and made["settings"] == {"partial": True, "most": 2}
    assert one("R", answers=YES_NO, mandatory="Y")["settings"] == {"partial": False}


def test_boxes():
    assert one("S")["kind"] == "short_text" and one("T")["kind"] == one("U")["kind"] == "long_text"
    assert one("S", attributes={"maximum_chars": "10"})["settings"]["longest"] == 10
    assert one("S", attributes={"numbers_only": "1"})["kind"] == "number"
    number = one("N", attributes={"min_num_value_n": "1", "max_num_value_n": "9.5", "suffix": {"en": "km"}})
    assert number["kind"] == "number" and number["settings"]["unit"] == {"en": "km"}
    assert not one("N", attributes={"num_value_int_only": "1"})["settings"]["decimal"]


def test_words_before_and_behind_a_box_stand_under_the_question():
    made = one("S", help="Help", attributes={"prefix": {"en": "about"}, "suffix": {"en": "or so"}})
    assert made["hint"]["en"].split("\n\n") == ["Help", "about …", "… or so"]


@pytest.mark.parametrize(
    ("form", "kind"),
    [
        ("", "date"),
        ("dd-mm-yyyy", "date"),
        ("HH:MM", "time"),
        ("mm/yyyy", "partial_date"),
        ("yyyy", "partial_date"),
        ("yyyy-mm-dd HH:MM", "date"),
    ],
)
def test_dates_and_times(form, kind):
    assert one("D", attributes={"date_format": form})["kind"] == kind


def test_bounds_of_dates():
    made = one("D", attributes={"date_min": "2007", "date_max": "2020-05-06"})
    assert made["settings"] == {"earliest": "2007-01-01", "latest": "2020-05-06"}
    assert one("D", attributes={"date_max": '"now"'})["constraint"] == {
        "when": ".",
        "is": "at_most",
        "of": {"today": 0},
    }
    assert one("D", attributes={"date_min": "-1 week"})["constraint"]["of"] == {"today": -7}


def test_words_to_read():
    made = survey(q("Q1", "X", "<p>Read <b>this</b></p>"), q("Q2", "S"))
    assert asked(made)["Q1"]["kind"] == "statement" and asked(made)["Q1"]["text"] == {"en": "Read **this**"}


def test_what_is_not_asked_is_told():
    imported = survey(
        q("Q1", "|", "Your photo"),
        q("Q2", "I", "Language"),
        q("Q3", "*", "{1+1}"),
        q("Q4", "S", "Secret", attributes={"hidden": "1"}),
        q("Q5", "L", "Nothing to choose"),
        q("Q6", "S", "Name"),
    )
    assert list(asked(imported)) == ["Q6"]
    for words in ("Your photo", "Language", "{1+1}", "Secret", "Nothing to choose"):
        assert words in report(imported)


def test_groups_are_pages_with_titles_and_words():
    groups = {1: {"name": "First", "text": "<p>Hello</p>"}, 2: {"name": "Second", "relevance": "Q1.NAOK == 'Y'"}}
    imported = survey(q("Q1", "Y"), q("Q2", "S", group=2), groups=groups, texts={"surveyls_welcometext": "Welcome"})
    welcome, first, second = imported.definition["pages"]
    assert welcome["questions"][0]["text"] == {"en": "Welcome"}
    assert (first["title"], first["text"]) == ({"en": "First"}, {"en": "Hello"})
    assert (second["title"], second["show"]["of"]) == ({"en": "Second"}, ["yes"])


def test_required_as_the_survey_says():
    imported = survey(q("Q1", "S", mandatory="Y"), q("Q2", "S", mandatory="S"), q("Q3", "S"))
    assert [one["required"] for one in asked(imported).values()] == [True, False, False]
    assert "once more" in report(imported)


def test_groups_and_questions_and_labels_alone():
    group = read_file(lss(q("Q1", "S"), document="Group"), "one.lsg")
    question = read_file(lss(q("Q1", "S"), document="Question"), "one.lsq")
    assert list(asked(group)) == list(asked(question)) == ["Q1"]
    labels = (
        "<document><LimeSurveyDocType>Label set</LimeSurveyDocType><DBVersion>623</DBVersion>"
        "<labelsets><rows><row><lid>7</lid><label_name>Areas</label_name><languages>en pl</languages></row></rows>"
        "</labelsets>"
        "<labels><rows><row><id>1</id><lid>7</lid><code>N</code><sortorder>1</sortorder></row></rows></labels>"
        "<label_l10ns><rows><row><label_id>1</label_id><title>North</title><language>en</language></row>"
        "<row><label_id>1</label_id><title>Północ</title><language>pl</language></row></rows></label_l10ns></document>"
    )
    imported = read_file(labels.encode(), "areas.lsl")
    assert asked(imported)["L7"]["options"] == [{"key": "N", "label": {"en": "North", "pl": "Północ"}}]
    assert "labels, which ask nothing" in report(imported)


def test_rows_with_tabs_say_the_same():
    imported = read_file(
        tabs(
            row("S", "language", "en"),
            row("S", "additional_languages", "pl"),
            row("SL", "surveyls_title", "Buses"),
            row("SL", "surveyls_title", "Autobusy", "pl"),
            row("G", "Travel", kind="1"),
            row("Q", "how", "How?", kind="L", relevance="1", mandatory="Y"),
            row("A", "bus", "By bus", kind="0"),
            row("Q", "why", 'Why "so"?', kind="T", relevance="how.NAOK == 'bus'"),
            row("G", "Podróż", language="pl", kind="1"),
            row("Q", "how", "Jak?", "pl", kind="L", relevance="1"),
            row("A", "bus", "Autobusem", "pl", kind="0"),
            row("Q", "why", "Dlaczego?", "pl", kind="T"),
        ),
        "buses.txt",
    )
    made = asked(imported)
    assert made["how"]["options"] == [{"key": "bus", "label": {"en": "By bus", "pl": "Autobusem"}}]
    assert made["why"]["text"] == {"en": 'Why "so"?', "pl": "Dlaczego?"}
    assert made["why"]["show"] == {"when": "how", "is": "any_of", "of": ["bus"]}
    assert imported.definition["title"] == {"en": "Buses", "pl": "Autobusy"} and made["how"]["required"]
    assert imported.definition["pages"][0]["title"] == {"en": "Travel", "pl": "Podróż"}
