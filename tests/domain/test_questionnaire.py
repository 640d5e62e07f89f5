"""Definitions: what they hold is kept, what cannot be asked is refused, and the published schema says the same."""

from __future__ import annotations

import copy
import json
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from jsonschema import Draft202012Validator

from consult import demonstration
from consult.domain import findings
from consult.domain.disclosure.relations import relations
from consult.domain.findings import asked_of_everybody
from consult.domain.questionnaire import BadDefinition, Questionnaire, as_json, grouped, read
from consult.domain.statistics import ANSWERED, ASKED
from consult.domain.wording import Wording
from consult.questions import check, kinds
from tests.domain.definitions import definitions

SCHEMA = json.loads((Path(__file__).parents[2] / "docs" / "questionnaire.schema.json").read_text("utf-8"))
SHA = "0123456789abcdef" * 4
FULL: dict[str, Any] = {
    "consult": 1,
    "language": "en",
    "languages": ["en", "pl"],
    "title": {"en": "Buses", "pl": "Autobusy"},
    "pages": [
        {
            "key": "p1",
            "title": {"en": "Travel"},
            "text": {"en": "About your **travel**.\n\n- by bus"},
            "questions": [
                {
                    "key": "how",
                    "kind": "single_choice",
                    "text": {"en": "How?"},
                    "note": {"en": "Ask nurses first"},
                    "options": [
                        {
                            "key": "bus",
                            "label": {"en": "Bus"},
                            "picture": {"file": SHA, "alt": {"en": "A bus"}},
                            "score": 0,
                        },
                        {"key": "car", "label": {"en": "Car"}, "score": 1.5, "last": True},
                        {"key": "dk", "label": {"en": "Don’t know"}, "unknown": True},
                    ],
                },
                {
                    "section": "home",
                    "title": {"en": "At home"},
                    "text": {"en": "Where you live."},
                    "questions": [
                        {"key": "mail", "kind": "email", "text": {"en": "E-mail?"}, "personal": True},
                        {
                            "key": "where",
                            "kind": "place_on_map",
                            "text": {"en": "Where?"},
                            "options": [{"key": "en", "label": {"en": "Enfield"}}],
                            "settings": {
                                "map": {"viewbox": "0 0 9 9", "areas": {"en": "M0 0"}, "alt": {"en": "A map"}},
                                "low": {"en": "Low", "pl": "Mało"},
                                "edges": [1, 2],
                            },
                        },
                    ],
                },
            ],
        },
        {
            "key": "p2",
            "questions": [
                {
                    "section": "later",
                    "show": {"when": "how", "is": "any_of", "of": ["bus"]},
                    "questions": [
                        {
                            "key": "born",
                            "kind": "date",
                            "text": {"en": "When, going by [[how|yourself]]?"},
                            "constraint": {"when": ".", "is": "at_most", "of": {"today": -6570}},
                            "show": {"when": "where", "is": "at_least", "of": [1], "count": "rows"},
                        }
                    ],
                }
            ],
        },
    ],
}


def changed(*path: Any, to: Any = None) -> dict[str, Any]:
    """The definition with one thing in another way, or left out."""
    made = copy.deepcopy(FULL)
    at: Any = made
    for step in path[:-1]:
        at = at[step]
    if to is None:
        del at[path[-1]]
    else:
        at[path[-1]] = to
    return made


def problems(definition: Any) -> str:
    try:
        read(definition)
    except BadDefinition as refusal:
        return " ".join(f"{problem.where}: {problem.sentence}" for problem in refusal.problems)
    return ""


def valid(definition: Any) -> bool:
    return not list(Draft202012Validator(SCHEMA).iter_errors(definition))


def first(*path: Any) -> tuple[Any, ...]:
    return ("pages", 0, "questions", 0, *path)


def test_what_a_definition_holds_is_kept_word_for_word():
    assert as_json(read(FULL)) == FULL
    assert read(as_json(read(FULL))) == read(FULL)


def test_questions_know_their_section_and_pages_stay_flat():
    page, later = read(FULL).pages
    assert [question.key for question in page.questions] == ["how", "mail", "where"]
    assert [(section and section.key, len(asked)) for section, asked in grouped(page.questions)] == [
        (None, 1),
        ("home", 2),
    ]
    assert later.questions[0].section.show is not None
    assert [section.key for section in read(FULL).sections] == ["home", "later"]


def test_everything_that_people_read_is_to_be_translated_and_notes_are_not():
    lacking = read(FULL).lacking("pl")
    assert {"page p1: introduction", "section home: title", "question how, option bus: picture in words"} <= set(
        lacking
    )
    assert "question where: map alt" in lacking
    assert not [where for where in lacking if "note" in where or "low" in where]


def test_settings_are_plain_json_with_words_where_there_are_languages():
    setting = read(FULL).question_by_key["where"].settings
    assert isinstance(setting["low"], Wording) and isinstance(setting["map"]["alt"], Wording)
    assert setting["map"]["areas"] == {"en": "M0 0"} and not isinstance(setting["map"]["areas"], Wording)
    assert setting["edges"] == [1, 2]


def test_kinds_that_are_personal_by_nature_are_personal_whatever_a_definition_says():
    from consult.domain.questionnaire import PERSONAL_KINDS

    made = changed("pages", 0, "questions", 1, "questions", 0, "personal")
    assert read(made).question_by_key["mail"].personal
    assert {name for name, kind in kinds().items() if kind.personal} <= PERSONAL_KINDS
    assert not {name for name, kind in kinds().items() if not kind.personal} & PERSONAL_KINDS


@pytest.mark.parametrize(
    "broken",
    [
        [],
        {"title": "T"},
        {"title": "T", "pages": []},
        changed("pages", 0, "key"),
        changed("pages", 0, "key", to="check"),
        changed("pages", 0, "key", to="1 a"),
        changed("pages", 0, "questions", to=[]),
        changed("pages", 0, "questions", to="all of them"),
        changed("pages", 0, "title", to=["T"]),
        changed("pages", 0, "text", to={"en": 1}),
        changed("languages", to=["English"]),
        changed("language", to="EN"),
        changed(*first("key"), to="a b"),
        changed(*first("text")),
        changed(*first("text"), to={"en": " ", "pl": ""}),
        changed(*first("settings"), to=["radios"]),
        changed(*first("options", 0, "key"), to="two words"),
        changed(*first("options", 0, "label"), to=""),
        changed(*first("options", 0, "score"), to="1"),
        changed(*first("options", 0, "score"), to=True),
        changed(*first("options", 0, "picture", "file"), to="bus.png"),
        changed(*first("options", 0, "picture", "alt")),
        changed(*first("rows"), to=[{"key": "r1"}]),
        changed(*first("rows"), to=[{"key": "r-1", "label": "R"}]),
        changed("pages", 0, "questions", 1, "section", to="a b"),
        changed("pages", 0, "questions", 1, "questions", to=[]),
        changed("pages", 0, "questions", 1, "questions", 0, to={"section": "s", "questions": [FULL]}),
        changed("pages", 1, "show", to={"when": "how"}),
        changed("pages", 1, "show", to={"when": "how", "is": "like", "of": ["a"]}),
        changed("pages", 1, "show", to={"when": "how", "is": "any_of"}),
        changed("pages", 1, "show", to={"when": "how", "is": "any_of", "of": []}),
        changed("pages", 1, "show", to={"when": "how", "is": "any_of", "of": [True]}),
        changed("pages", 1, "show", to={"when": "how", "is": "above", "of": [1, 2]}),
        changed("pages", 1, "show", to={"when": "how", "is": "above", "of": {"today": "soon"}}),
        changed("pages", 1, "show", to={"when": "how", "is": "above", "of": {"today": 10_000_000}}),
        changed("pages", 1, "show", to={"when": "how", "is": "above", "of": {"page": "p1"}}),
        changed("pages", 1, "show", to={"when": "how", "is": "answered", "row": 1}),
        changed("pages", 1, "show", to={"when": "how", "is": "answered", "count": "columns"}),
        changed("pages", 1, "show", to={"when": "how", "is": "matches", "of": ["a+"]}),
        changed("pages", 1, "show", to={"when": ".", "is": "answered"}),
        changed("pages", 1, "show", to={"all": []}),
        changed("pages", 1, "show", to={"not": []}),
    ],
)
def test_what_cannot_be_asked_is_refused_by_reading_and_by_the_schema(broken):
    assert problems(broken)
    assert not valid(broken)


def test_the_schema_is_a_good_one_and_accepts_what_is_written():
    Draft202012Validator.check_schema(SCHEMA)
    assert valid(FULL)
    assert valid({"title": "T", "pages": [{"key": "p", "questions": [{"key": "q", "kind": "yes_no", "text": "Q?"}]}]})
    assert not valid({**FULL, "pagse": []})


@pytest.mark.parametrize(
    "definition",
    [
        module.DEFINITION
        for found in iter_modules(demonstration.__path__)
        if hasattr(module := import_module(f"consult.demonstration.{found.name}"), "DEFINITION")
    ],
)
def test_every_demonstration_fits_the_schema(definition):
    questionnaire = read(definition)
    assert check(questionnaire) == []
    assert list(Draft202012Validator(SCHEMA).iter_errors(as_json(questionnaire))) == []


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(definitions())
def test_whatever_is_written_fits_the_schema(made):
    definition, _shapes = made
    assert list(Draft202012Validator(SCHEMA).iter_errors(as_json(read(definition)))) == []


def test_a_section_that_comes_and_goes_is_not_asked_of_everybody():
    questionnaire = read(changed("pages", 1, "questions", 0, "questions", 0, "show"))
    how, born = questionnaire.question_by_key["how"], questionnaire.question_by_key["born"]
    assert asked_of_everybody(questionnaire, how)
    assert not asked_of_everybody(questionnaire, born)


def test_figures_of_a_section_are_known_to_be_of_those_whom_its_condition_names():
    made = changed("pages", 1, "questions", 0, "questions", 0, "show")
    made["pages"][1]["questions"][0]["questions"][0] |= {"kind": "yes_no", "required": True}
    questionnaire = read(made)
    tally = {("how", "", ANSWERED): 40, ("how", "", ASKED): 40, ("how", "", "bus"): 30, ("how", "", "car"): 10}
    tally |= {("born", "", ANSWERED): 30, ("born", "", ASKED): 30, ("born", "", "yes"): 30}
    found = [findings.bars(questionnaire.question_by_key[key], tally, keys) for key, keys in PARTS.items()]
    (relation,) = relations(questionnaire, found)
    assert relation.same
    assert relation.those == (("how", "bus"),)


#: Two questions with what is counted of each.
PARTS = {"how": ["bus", "car", "dk"], "born": ["yes", "no"]}


def test_keys_are_used_once():
    made = changed("pages", 1, "questions", 0, "section", to="home")
    assert "section home: the same key is used twice" in problems(made)
    assert "question born: option" not in problems(made)


def test_a_section_looks_back_to_earlier_pages_only():
    made = changed("pages", 0, "questions", 1, "show", to={"when": "how", "is": "answered"})
    assert "section home: its condition looks at “how”, which is not asked on an earlier page" in problems(made)


# Earlier answers in later words


def saying(text: Any, *, page: int = 1) -> dict[str, Any]:
    return changed("pages", page, "text", to=text)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("You go by [[how|some way]].", ""),
        ({"en": "By [[how|some way]]", "pl": "Przez [[how|coś]]"}, ""),
        (r"Not a pipe: \[\[how\]\]", ""),
        ("[words](https://example.org) and [one] bracket", ""),
        ("By [[how]]", "does not say an earlier answer"),
        ("By [[]]", "does not say an earlier answer"),
        ("By [[what you said|x]]", "does not say an earlier answer"),
        ("By [[how|]]", "not what to say without one"),
        ("By [[nothing|x]]", "not asked on an earlier page"),
        ("By [[born|x]]", "not asked on an earlier page"),
        ("At [[mail|x]]", "personal"),
        ("By [[how.first|x]]", "no such row"),
        ({"en": "Fine", "pl": "By [[nothing|x]]"}, "not asked on an earlier page"),
    ],
)
def test_words_say_only_answers_of_earlier_pages_and_always_know_what_to_say_without(text, problem):
    found = problems(saying(text))
    assert (problem in found) if problem else found == ""


def test_titles_of_the_whole_and_of_the_first_page_have_no_earlier_answer_to_say():
    assert "title: its words say" in problems(changed("title", to="By [[how|x]]"))
    assert "page p1: its words say" in problems(saying("By [[how|x]]", page=0))


@pytest.mark.parametrize("kind", ["short_text", "long_text", "statement", "no_such_kind"])
def test_what_people_wrote_in_their_own_words_is_never_repeated(kind):
    made = changed(*first("kind"), to=kind)
    sentences = [problem.sentence for problem in check(read(made))]
    assert any("its words say the answer to “how”" in sentence for sentence in sentences)
    assert not any("its words say" in problem.sentence for problem in check(read(FULL)))


def test_no_text_of_a_definition_holds_our_own_signs():
    made = saying("a\ue000b\ue001c\ufdd0d\x00e")
    assert read(made).pages[1].text["en"] == "abcde"


def test_a_questionnaire_knows_whether_it_looks_at_the_day():
    assert not read(FULL).looks_at_today  # a rule for an answer shows and hides nothing
    shown: Questionnaire = read(changed("pages", 1, "show", to={"when": "how", "is": "none_of", "of": {"today": 0}}))
    assert shown.looks_at_today
