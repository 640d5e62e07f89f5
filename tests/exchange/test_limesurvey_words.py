"""Words of LimeSurvey’s: HTML, languages, encodings, earlier answers. None is mangled, none is dropped."""

from __future__ import annotations

import pytest

from consult.domain.markup import plain
from consult.exchange.files import read_file
from tests.exchange.surveys import asked, lss, q, report, row, survey, tabs
from tests.exchange.test_limesurvey import ROWS, YES_NO

ARABIC = "كيف حالك؟"


def text(words, **more):
    imported = survey(q("Q1", "S", words), **more)
    return asked(imported)["Q1"], imported


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("<p>How <b>are</b> you?</p>", "How **are** you?"),
        ("Tea &amp; cake &lt;3 &#8211; &eacute;t&eacute;", "Tea & cake <3 – été"),
        ('See <a href="https://example.org/x">this</a>', "See [this](https://example.org/x)"),
        ("snake_case * and [brackets]", "snake_case * and [brackets]"),
        (f"<span dir='rtl'>{ARABIC}</span>", ARABIC),
        ("Costs \x80 5 \x96 6", "Costs € 5 – 6"),
        ("No braces { here } nor {2,3} there", "No braces { here } nor {2,3} there"),
    ],
)
def test_words_are_kept_as_they_are_meant(said, kept):
    assert text(said)[0]["text"] == {"en": kept}


def test_what_is_left_out_of_words_is_told():
    made, imported = text('<script>if(a){b}</script><p style="color:red">Why?</p><img src="https://x.example/p.png">')
    assert made["text"] == {"en": "Why?"}
    for what in ("a script", "a style", "an image from another site"):
        assert f"Left out of the words: {what}" in report(imported)


def test_the_paragraph_that_asks_is_the_question_and_the_others_stand_under_it():
    long = "<p>" + "Some background. " * 15 + "</p>"
    made, imported = text(f"{long}<p>What do you think?</p><ul><li>one</li><li>two</li></ul>", texts={})
    assert made["text"] == {"en": "What do you think?"}
    assert made["hint"]["en"].startswith("Some background.") and made["hint"]["en"].endswith("- one\n- two")
    assert "one is the question" in report(imported)


def test_labels_have_no_links_and_pictures_have_names():
    answers = [
        ("a", '<a href="https://example.org">Here</a>'),
        ("b", '<img src="upload/fire.png" />'),
        ("c", '<img alt="Leaves" src="x.png" />'),
        ("d", "<br>"),
    ]
    imported = survey(q("Q1", "L", answers=answers))
    labels = [option["label"]["en"] for option in asked(imported)["Q1"]["options"]]
    assert labels == ["Here (https://example.org)", "fire", "Leaves", "d"]
    assert "upload/fire.png" in report(imported)


def test_a_question_without_words_is_called_by_its_code():
    made, imported = text("")
    assert made["text"] == {"en": "Q1"} and "its code is asked instead" in report(imported)


def test_codes_and_names_of_pictures_are_words_and_nothing_more():
    answers = [("[[a|b]]", ""), ("c", '<img src="x/**bold**.png">')]
    imported = survey(q("[[a|b]]", "L", "", answers=answers))
    (question,) = asked(imported).values()
    assert plain(question["text"]["en"]) == "[[a|b]]"
    assert [plain(option["label"]["en"]) for option in question["options"]] == ["[[a|b]]", "**bold**"]


FIRST = [
    q("L1", "L", answers=YES_NO),
    q("N1", "N"),
    q("T1", "S"),
    q("F1", "F", subs=ROWS, answers=YES_NO),
    q("Y1", "Y"),
]


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("You said {L1.shown}.", "You said [[L1|…]]."),
        ("You said {INSERTANS:11X1X1}.", "You said [[L1|…]]."),
        ("You said {N1} and {F1_SQ2.shown}", "You said [[N1|…]] and [[F1.SQ2|…]]"),
        ("{L1}, then?", "[[L1|…]], then?"),
        ("Hello {T1}!", "Hello …!"),
        ("Dear {TOKEN:FIRSTNAME},", "Dear …,"),
        ("You are {if(N1>1,'old','young')}.", "You are …."),
        ("In {SURVEYNAME}", "In A survey"),
        ("<b>{L1.shown}</b>?", "**[[L1|…]]**?"),
    ],
)
def test_earlier_answers_in_later_words(said, kept):
    imported = survey(*FIRST, q("Z", "S", said, group=2))
    assert asked(imported)["Z"]["text"] == {"en": kept}
    if "…" in kept.replace("|…]]", ""):
        assert "stands here in place of" in report(imported) and said[said.index("{") : said.index("}")] in report(
            imported
        )


def test_words_at_both_ends_of_a_row_stand_together():
    rows = [("a", "cold|warm"), ("b", "You: {L1.shown}")]
    made = survey(*FIRST, q("Z", "F", subs=rows, answers=YES_NO, group=2))
    assert [one["label"]["en"] for one in asked(made)["Z"]["rows"]] == ["cold – warm", "You: [[L1|…]]"]
    assert "cold|warm" in report(made) or "cold | warm" in report(made)


def test_an_answer_of_the_same_page_ends_the_page():
    imported = survey(q("L1", "L", answers=YES_NO), q("Z", "S", "You said {L1.shown}?"))
    assert [len(page["questions"]) for page in imported.definition["pages"]] == [1, 1]


def test_languages_keep_their_words_and_informal_ones_are_the_language():
    words = {"de-informal": "Wie geht’s?", "ar": ARABIC}
    imported = survey(q("Q1", "Y", words), languages=("de-informal", "ar"))
    assert imported.languages == ("de", "ar") and asked(imported)["Q1"]["text"] == {"de": "Wie geht’s?", "ar": ARABIC}
    assert imported.translations == {"de": 3, "ar": 3} and "“de-informal”" in report(imported)


def test_words_in_a_language_that_the_survey_does_not_have_are_told():
    content = lss(q("Q1", "S", attributes={"suffix": {"en": "km", "xx": "verst"}}))
    imported = read_file(content, "x.lss")
    assert "verst" in report(imported)


ENCODED = [
    ("ar", "cp1256", ARABIC),
    ("ur", "cp1256", "کیا حال ہے؟"),
    ("pl", "cp1250", "Zażółć gęślą jaźń"),
    ("ru", "cp1251", "Как дела?"),
    ("el", "cp1253", "Τι κάνεις;"),
    ("de", "cp1252", "Größe „so“ – 5 €"),
    ("he", "cp1255", "מה שלומך?"),
    ("tr", "cp1254", "Nasılsınız, iğne?"),
    ("ja", "cp932", "お元気ですか"),
    ("ar", "utf-16", ARABIC),
    ("ar", "utf-16-le", ARABIC),
    ("ar", "utf-8-sig", ARABIC),
    ("ar", "utf-8", ARABIC),
]


@pytest.mark.parametrize(("language", "encoding", "words"), ENCODED)
def test_text_with_tabs_is_read_in_whatever_it_was_written_in(language, encoding, words):
    if encoding == "cp1256" and language == "ur":
        words = words.replace("ی", "ي").replace("ک", "ك").replace("ہ", "ه")
    rows = [
        row("S", "language", language, language),
        row("G", "G", kind="1", language=language),
        row("Q", "a", words, kind="S", language=language),
    ]
    imported = read_file(tabs(*rows, encoding=encoding), "x.txt")
    assert asked(imported)["a"]["text"] == {language: words}
    assert ("was read as" in report(imported)) is (not encoding.startswith("utf-8"))


def test_nobody_s_words_are_taken_for_a_stand_in():
    imported = survey(q("L1", "L", answers=YES_NO), q("Z", "S", "zq0qz and {L1.shown}", group=2))
    assert asked(imported)["Z"]["text"] == {"en": "zq0qz and [[L1|…]]"}
