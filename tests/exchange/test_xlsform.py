"""What is kept of an XLSForm, rule by rule, and what is told of the rest."""

from __future__ import annotations

import pytest

from consult.domain.questionnaire import read
from tests.exchange.workbooks import form, pages, questions, said


def test_every_plain_type_becomes_its_kind():
    imported = form(
        ["select_one yn", "a", "A"],
        ["select_multiple yn", "b", "B"],
        ["text", "c", "C"],
        ["text", "d", "D", "", "", "", "multiline"],
        ["integer", "e", "E"],
        ["decimal", "f", "F"],
        ["date", "g", "G"],
        ["time", "h", "H"],
        ["note", "i", "I"],
        ["range", "j", "J"],
        ["acknowledge", "k", "K"],
    )
    kinds = {key: one["kind"] for key, one in questions(imported).items()}
    assert kinds == {
        "a": "single_choice", "b": "multiple_choice", "c": "short_text", "d": "long_text", "e": "number", "f": "number",
        "g": "date", "h": "time", "i": "statement", "j": "number", "k": "multiple_choice",
    }  # fmt: skip
    assert imported.questions == 10
    assert questions(imported)["f"]["settings"]["decimal"] is True
    assert questions(imported)["j"]["settings"] == {"minimum": 0, "maximum": 10}


@pytest.mark.parametrize(
    "heading",
    ["label::Polish (pl)", "label::polski(pl)", "label:Polish", "label::pl", "Label::Polish", "label :: Polish (pl)"],
)
def test_a_language_is_known_by_any_spelling(heading):
    imported = form(["text", "a", "Question", "Pytanie"], head=["type", "name", "label::English (en)", heading])
    assert imported.languages == ("en", "pl")
    assert questions(imported)["a"]["text"] == {"en": "Question", "pl": "Pytanie"}


def test_a_bare_label_is_english_unless_the_settings_say_otherwise():
    assert form(["text", "a", "Question"]).languages == ("en",)
    german = form(["text", "a", "Frage"], settings=[["form_title", "default_language"], ["Umfrage", "German (de)"]])
    assert german.languages == ("de",)
    assert german.definition["title"] == {"de": "Umfrage"}


def test_right_to_left_words_come_through_whole():
    words = "هل تستخدم العيادة؟ ۱۲۳"
    imported = form(["text", "a", "Q", words], head=["type", "name", "label::English (en)", "label::Urdu (ur)"])
    assert questions(imported)["a"]["text"]["ur"] == words


def test_a_language_nobody_knows_is_kept_and_told():
    imported = form(["text", "a", "Q", "nuqneH"], head=["type", "name", "label::English (en)", "label::Klingonish"])
    assert imported.languages == ("en", "und-x-klingoni")
    assert "Klingonish" in said(imported)


def test_or_other_opens_a_box():
    for kind in ("select_one yn or_other", "select_multiple yn or_other", "select one from yn or specify other"):
        option = questions(form([kind, "a", "A"]))["a"]["options"][-1]
        assert (option["key"], option["other"]) == ("other", True)


def test_a_table_list_is_a_grid_and_its_rows_can_be_looked_at():
    imported = form(
        ["begin group", "g", "How good?", "", "", "", "table-list"],
        ["select_one yn", "phone", "Phone"],
        ["select_one yn", "door", "Door"],
        ["end group"],
        ["text", "why", "Why?", "${door} = 'no'"],
    )
    grid = questions(imported)["phone_grid"]
    assert (grid["kind"], grid["text"], [row["key"] for row in grid["rows"]]) == (
        "matrix",
        {"en": "How good?"},
        ["phone", "door"],
    )
    assert questions(imported)["why"]["show"] == {"when": "phone_grid", "row": "door", "is": "any_of", "of": ["no"]}


def test_a_label_row_and_its_list_nolabel_rows_are_a_grid():
    imported = form(
        ["begin group", "g", "", "", "", "", "field-list"],
        ["select_one yn", "head", "How good?", "", "", "", "label"],
        ["select_one yn", "phone", "Phone", "", "", "", "list-nolabel"],
        ["select_one yn", "door", "Door", "", "", "yes", "list-nolabel"],
        ["end group"],
    )
    (grid,) = questions(imported).values()
    assert [row["key"] for row in grid["rows"]] == ["phone", "door"]
    assert grid["rows"][1]["required"] is True


@pytest.mark.parametrize(
    ("relevant", "condition"),
    [
        ("${a} = 'yes'", {"when": "a", "is": "any_of", "of": ["yes"]}),
        ("${a}=’yes’", {"when": "a", "is": "any_of", "of": ["yes"]}),
        ("'yes' = ${a}", {"when": "a", "is": "any_of", "of": ["yes"]}),
        ("${a} != 'yes'", {"when": "a", "is": "none_of", "of": ["yes"]}),
        ("${a} = ''", {"not": {"when": "a", "is": "answered"}}),
        ("selected(${m}, 'no')", {"when": "m", "is": "any_of", "of": ["no"]}),
        ("not(selected(${m}, 'no'))", {"not": {"when": "m", "is": "any_of", "of": ["no"]}}),
        ("count-selected(${m}) >= 2", {"when": "m", "count": True, "is": "at_least", "of": [2]}),
        (
            "${n} > 3 and ${n} < 9",
            {"all": [{"when": "n", "is": "above", "of": [3]}, {"when": "n", "is": "below", "of": [9]}]},
        ),
        (
            "(${n} <= 3 or ${a}='no') and true()",
            {"any": [{"when": "n", "is": "at_most", "of": [3]}, {"when": "a", "is": "any_of", "of": ["no"]}]},
        ),
        ("../n = 4", {"when": "n", "is": "any_of", "of": [4]}),
        ("${n} = ${n2}", {"when": "n", "is": "any_of", "of": {"question": "n2"}}),
        ("${d} > date('2021-01-01')", {"when": "d", "is": "above", "of": ["2021-01-01"]}),
    ],
)
def test_conditions_are_kept(relevant, condition):
    imported = form(
        ["select_one yn", "a", "A"],
        ["select_multiple yn", "m", "M"],
        ["integer", "n", "N"],
        ["integer", "n2", "N2"],
        ["date", "d", "D"],
        ["text", "t", "T", relevant],
    )
    assert questions(imported)["t"]["show"] == condition
    assert not [loss for loss in imported.losses if loss.severity != "note"]


@pytest.mark.parametrize(
    ("relevant", "told"),
    [
        ("${n} + 1 = 2", "reckoning"),
        ("today() > '2021-01-01'", "today()"),
        ("if(${a} = 'yes', 1, 0) = 1", "if()"),
        ("regex(${t0}, '[a-z]+')", "checking an answer only"),
        ("${w} = 1", "worked out"),
        ("${nobody} = 1", "not in the form"),
        ("${later} = 1", "not asked before it"),
        ("current()/../n = 1", "the path"),
        ("-${n} = 1", "reckoning"),
    ],
)
def test_a_condition_that_goes_too_far_is_shown_to_everyone_and_told(relevant, told):
    imported = form(
        ["select_one yn", "a", "A"],
        ["integer", "n", "N"],
        ["text", "t0", "T0"],
        ["calculate", "w", "W"],
        ["text", "t", "T", relevant],
        ["integer", "later", "Later"],
    )
    assert "show" not in questions(imported)["t"] or questions(imported)["t"]["show"] is None
    loss = next(one for one in imported.losses if "shown to everyone" in one.done)
    assert told in loss.done and loss.row == 6 and loss.column == "relevant" and loss.said == relevant


def test_relevance_of_groups_is_inherited():
    imported = form(
        ["select_one yn", "a", "A"],
        ["begin group", "g", "Group", "${a} = 'yes'"],
        ["select_one yn", "b", "B"],
        ["begin group", "h", "Inner", "${b} = 'no'"],
        ["text", "c", "C", "${b} != 'x'"],
        ["end group"],
        ["end group"],
        ["text", "d", "D"],
    )
    shown = questions(imported)
    outer = {"when": "a", "is": "any_of", "of": ["yes"]}
    assert shown["b"]["show"] == outer
    assert shown["c"]["show"]["all"][-1] == {"when": "b", "is": "none_of", "of": ["x"]}
    assert outer in shown["c"]["show"]["all"]
    assert shown["d"].get("show") is None


def test_a_page_begins_at_groups_field_lists_looking_back_and_after_ten():
    assert pages(
        form(["text", "a", "A"], ["begin group", "g", "G"], ["text", "b", "B"], ["end group"], ["text", "c", "C"])
    ) == [["a"], ["b"], ["c"]]
    inner = form(
        ["begin group", "g", "G"],
        ["text", "a", "A"],
        ["begin group", "f", "", "", "", "", "field-list"],
        ["text", "b", "B"],
        ["end group"],
        ["text", "c", "C"],
        ["end group"],
    )
    assert pages(inner) == [["a"], ["b"], ["c"]]
    assert pages(form(["select_one yn", "a", "A"], ["text", "b", "B"], ["text", "c", "C", "${a}='yes'"])) == [
        ["a", "b"],
        ["c"],
    ]
    assert [len(one) for one in pages(form(*[["text", f"q{at}", "Q"] for at in range(23)]))] == [10, 10, 3]


@pytest.mark.parametrize(
    ("kind", "rule", "settings"),
    [
        ("integer", ". >= 0 and . <= 120", {"minimum": 0, "maximum": 120}),
        ("integer", ".>0 and .<10", {"minimum": 1, "maximum": 9}),
        ("integer", "(. >= 18)", {"minimum": 18}),
        ("decimal", ".>= 0.5", {"minimum": 0.5, "decimal": True}),
        ("text", "string-length(.) <= 10", {"longest": 10}),
        ("text", "string-length(.) < 4", {"longest": 3}),
    ],
)
def test_simple_rules_become_settings(kind, rule, settings):
    imported = form([kind, "a", "A", "", rule])
    assert questions(imported)["a"]["settings"] == settings
    assert "constraint" not in questions(imported)["a"]


@pytest.mark.parametrize(
    ("kind", "rule", "kept"),
    [
        ("integer", "(. >= 0 and . < 92) or . = 999", True),
        ("text", "regex(., '^[A-Z]{2}[0-9]{3}$')", True),
        ("select_multiple yn", "not(selected(., 'yes') and selected(., 'no'))", True),
        ("select_multiple yn", "count-selected(.) < 2", True),
        ("date", ". <= today()", False),
        ("text", "regex(., '(a+)+')", False),
        ("integer", ". mod 2 = 0", False),
    ],
)
def test_other_rules_are_kept_or_told(kind, rule, kept):
    imported = form([kind, "a", "A", "", rule])
    assert ("constraint" in questions(imported)["a"]) is kept
    assert ("not checked by this rule" in said(imported)) is not kept


def test_a_choice_filter_on_an_earlier_answer_becomes_conditions_of_options():
    choices = [
        ["list_name", "name", "label", "county"],
        ["c", "dorset", "Dorset", ""],
        ["c", "devon", "Devon", ""],
        ["t", "poole", "Poole", "dorset"],
        ["t", "exeter", "Exeter", "devon"],
    ]
    imported = form(
        ["select_one c", "county", "County"],
        ["select_one t", "town", "Town", "", "", "", "", "county = ${county}"],
        choices=choices,
    )
    town = questions(imported)["town"]
    assert town["options"][0]["show"] == {"when": "county", "is": "any_of", "of": ["dorset"]}
    assert pages(imported) == [["county"], ["town"]]
    assert "not kept" not in said(imported)


def test_a_filter_that_goes_too_far_shows_every_choice_and_is_told():
    imported = form(["text", "a", "A"], ["select_one yn", "b", "B", "", "", "", "", "contains(${a}, name)"])
    assert len(questions(imported)["b"]["options"]) == 2
    assert "all of them are shown" in said(imported)


@pytest.mark.parametrize(
    "kind",
    ["start", "end", "today", "deviceid", "phonenumber", "username", "simserial", "imei", "audit", "start-geopoint"],
)
def test_what_would_identify_people_is_never_collected(kind):
    imported = form([kind, "x"], ["text", "a", "A"])
    assert list(questions(imported)) == ["a"]
    assert "identify people" in said(imported)


@pytest.mark.parametrize(
    "kind", ["geopoint", "image", "audio", "barcode", "rank yn", "calculate", "select_one_from_file x.csv", "nonsense"]
)
def test_what_cannot_be_asked_is_left_out_and_told_with_its_place(kind):
    imported = form(["text", "a", "A"], [kind, "x", "X"])
    assert list(questions(imported)) == ["a"]
    loss = next(one for one in imported.losses if one.severity == "lost")
    assert loss.row == 3 and "x" in loss.said


def test_a_repeat_is_left_out_whole_and_told():
    imported = form(
        ["text", "a", "A"],
        ["begin repeat", "r", "R"],
        ["text", "b", "B"],
        ["end repeat"],
        ["text", "c", "C", "${b} = 'x'"],
    )
    assert list(questions(imported)) == ["a", "c"]
    assert "rows 3 to 5" in said(imported)
    assert "asked again and again" in said(imported)


def test_required_in_any_spelling_and_only_sometimes():
    for word in ("yes", "TRUE", "true()", "1", True):
        assert questions(form(["text", "a", "A", "", "", word]))["a"]["required"] is True
    sometimes = form(["text", "b", "B"], ["text", "a", "A", "", "", "${b} = 'x'"])
    assert not questions(sometimes)["a"].get("required")
    assert "needed only sometimes" in said(sometimes)


def test_words_lose_their_mark_up_and_say_so():
    imported = form(
        ["text", "a", "<b>Bold</b> &amp; **strong** [link](https://example.org) a < b"], ["text", "c", "Hello ${a}!"]
    )
    assert questions(imported)["a"]["text"]["en"] == "Bold & strong link a < b"
    assert questions(imported)["c"]["text"]["en"] == "Hello …!"
    assert "Formatting" in said(imported) and "earlier answer" in said(imported)


def test_anything_in_an_unknown_column_is_told():
    imported = form(["text", "a", "A", "something"], head=["type", "name", "label", "body::xyzzy"])
    assert "xyzzy" in said(imported) and "something" in said(imported)


def test_an_unknown_construct_in_every_column_is_told():
    head = [
        "type",
        "name",
        "label",
        "relevant",
        "constraint",
        "required",
        "appearance",
        "choice_filter",
        "calculation",
        "parameters",
        "default",
        "read_only",
        "media::image",
        "odd",
    ]
    row = [
        "select_one yn",
        "a",
        "A",
        "xyzzy1(1)=1",
        "xyzzy2(.)=1",
        "xyzzy3(1)",
        "xyzzy4",
        "xyzzy5(1)=1",
        "xyzzy6",
        "xyzzy7=1",
        "xyzzy8",
        "xyzzy9(1)",
        "xyzzy10.png",
        "xyzzy11",
    ]
    imported = form(row, head=head, settings=[["style"], ["xyzzy12"]], xyzzy13=[["a"], ["b"]])
    told = said(imported)
    assert [number for number in range(1, 14) if f"xyzzy{number}" not in told] == []


def test_what_comes_out_can_always_be_asked():
    imported = form(["integer", "1 odd näme", "A"], ["integer", "1 odd n me", "B"], ["select_one yn", "check", "C"])
    assert len(set(questions(imported))) == 3
    read(imported.definition)


def test_numbers_that_a_spreadsheet_made_of_names_are_the_same_again():
    choices = [["list_name", "name", "label"], ["n", 1, "One"], ["n", 2.0, "Two"]]
    imported = form(["select_one n", "a", "A"], ["text", "b", "B", "${a} = 1"], choices=choices)
    assert [one["key"] for one in questions(imported)["a"]["options"]] == ["1", "2"]
    assert questions(imported)["b"]["show"]["of"] == ["1"]
