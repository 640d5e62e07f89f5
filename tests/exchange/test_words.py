"""Labels, hints and choices in every language, as plain words."""

from __future__ import annotations

import pytest

from consult.domain.questionnaire import read
from tests.exchange.workbooks import form, questions, said


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


def test_mark_up_becomes_ours_and_what_does_not_is_told():
    imported = form(
        ["text", "a", "<b>Bold</b> &amp; **strong** [link](https://example.org) a < b"],
        ["text", "c", "Hello ${a}!"],
        ["text", "d", "<script>alert(1)</script>Why?"],
    )
    assert questions(imported)["a"]["text"]["en"] == "**Bold** & **strong** [link](https://example.org) a < b"
    assert questions(imported)["c"]["text"]["en"] == "Hello …!"
    assert questions(imported)["d"]["text"]["en"] == "Why?"
    assert "a script was left out" in said(imported) and "earlier answer" in said(imported)


@pytest.mark.parametrize(
    ("said_in_form", "shown"),
    [
        ("[https://example.org](https://example.org)", "[https://example.org](https://example.org)"),
        ("**[Us](https://example.org)**", "[**Us**](https://example.org)"),
        ("[Write](mailto:us@example.org)", "[Write](mailto:us@example.org)"),
        ("Member\\*innen und 2 \\* 3", "Member*innen und 2 * 3"),
    ],
)
def test_no_address_and_no_mark_meant_to_be_seen_is_lost(said_in_form, shown):
    assert questions(form(["text", "a", said_in_form]))["a"]["text"]["en"] == shown


def test_a_second_column_of_one_language_is_told_only_where_it_says_something_else():
    head = ["type", "name", "label", "label::English (en)"]
    same = form(["text", "a", "A", "A"], head=head)
    assert not [loss for loss in same.losses if "same language" in loss.done]
    other = form(["text", "a", "A", "A"], ["text", "b", "B", "Another"], head=head)
    told = next(loss for loss in other.losses if "same language" in loss.done)
    assert (told.row, told.said, told.column) == (3, "Another", "label::English (en)")


@pytest.mark.parametrize(
    ("settings", "told"), [([["form_title"], ["Title"]], ("Title", 2)), ([["style"], ["x"]], ("", None))]
)
def test_a_title_in_one_language_or_none_is_told_at_its_place(settings, told):
    head = ["type", "name", "label::English (en)", "label::Polish (pl)"]
    imported = form(["text", "a", "A", "B"], head=head, settings=settings)
    loss = next(loss for loss in imported.losses if loss.column == "form_title")
    assert (loss.said, loss.row) == told


def test_words_of_every_kind_come_in_every_language():
    head = ["type", "name", "constraint", "required"]
    head += [f"{what}::{language}" for language in ("English (en)", "Polish (pl)") for what in WORDED]
    row = ["text", "a", ". != 'x'", "yes"]
    row += [f"{what} {language}" for language in ("en", "pl") for what in WORDED]
    choices = [["list_name", "name", "label::English (en)", "label::Polish (pl)"], ["yn", "yes", "Yes", "Tak"]]
    imported = form(row, ["select_one yn", "b", "", "", "B"], head=head, choices=choices)
    asked = questions(imported)
    for what in WORDED:
        name = {"label": "text"}.get(what, what)
        assert asked["a"][name] == {"en": f"{what} en", "pl": f"{what} pl"}
    assert asked["b"]["options"][0]["label"] == {"en": "Yes", "pl": "Tak"}


WORDED = ("label", "hint", "constraint_message", "required_message")


def test_a_language_that_is_not_complete_is_told_with_what_it_lacks():
    head = ["type", "name", "label::English (en)", "label::Polish (pl)"]
    imported = form(["text", "a", "A", "A po polsku"], ["text", "b", "B"], head=head)
    loss = next(one for one in imported.losses if one.said == "pl")
    assert (loss.row, loss.column) == (1, "label::Polish (pl)")
    assert "1 text has no words" in loss.done and "question b" in loss.done


def test_a_title_stands_in_every_language_so_that_each_can_be_offered():
    head = ["type", "name", "label::English (en)", "label::Polish (pl)"]
    imported = form(["text", "a", "A", "B"], head=head, settings=[["form_title"], ["Bins"]])
    assert imported.definition["title"] == {"en": "Bins", "pl": "Bins"}
    assert read(imported.definition).complete_languages == ("en", "pl")
    assert "one title" in said(imported)


def test_the_form_s_own_language_is_one_that_it_has_words_in():
    settings = [["default_language"], ["English (en)"]]
    imported = form(["text", "a", "Question"], head=["type", "name", "label::French (fr)"], settings=settings)
    assert imported.languages == ("fr",)


def test_a_second_column_of_the_same_language_is_told():
    head = ["type", "name", "label::English (en)", "label::English"]
    imported = form(["text", "a", "First", "Second"], head=head)
    assert questions(imported)["a"]["text"] == {"en": "First"}
    assert "Second" in said(imported) and "same language" in said(imported)


@pytest.mark.parametrize(
    ("label", "words"),
    [
        ("<h1>Big</h1><br/>and *small*", "**Big**\n\nand _small_"),
        ("My name is ____________ and", "My name is ____________ and"),
        ("2 * 3 * 4", "2 * 3 * 4"),
        ("a &lt; b", "a < b"),
        ("snake_case_name and __strong__", "snake_case_name and **strong**"),
        ("<b>a</b><script>alert(1)</script>", "**a**"),
        ("{{ 7 * 7 }}", "{{ 7 * 7 }}"),
    ],
)
def test_mark_up_becomes_our_markup(label, words):
    assert questions(form(["text", "a", label]))["a"]["text"]["en"] == words


def test_words_that_are_nothing_but_an_earlier_answer_are_left_out():
    imported = form(["text", "a", "A"], ["note", "n", "${a} / ${b}"], ["text", "c", "**${a}**"])
    assert [one["text"]["en"] for one in questions(imported).values()] == ["A", "c"]
    assert "nothing but earlier answers" in said(imported)


def test_an_earlier_answer_in_words_is_told_once_a_row():
    head = ["type", "name", "label::English (en)", "label::Polish (pl)"]
    imported = form(["text", "a", "A", "A"], ["text", "b", "Hello ${a}", "Witaj ${a}"], head=head)
    losses = [one for one in imported.losses if "earlier answer" in one.done]
    assert [(one.row, one.times) for one in losses] == [(3, 2)]
