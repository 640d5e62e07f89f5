"""Words that may mean danger are found in every language, however they are written; kinds and places are told."""

from __future__ import annotations

import csv
import os
import time

import pytest

from consult.domain.risk_words import LANGUAGES, Kind, find
from consult.domain.risk_words.matching import BETWEEN, compiled, plain
from consult.domain.risk_words.welsh import mutated
from tests.corpus import MATERIAL

COMMENTS = MATERIAL / "4-free-text"


def kinds(text):
    return {one.kind for one in find(text)}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Some days I want to kill myself.", Kind.SUICIDE),
        ("I don’t want to be here any more", Kind.SUICIDE),
        ("I DONT WANT TO WAKE UP", Kind.SUICIDE),
        ("thinking of ending it all", Kind.SUICIDE),
        ("The suicide prevention leaflet was out of date", Kind.SUICIDE),
        ("My daughter is self-harming", Kind.SELF_HARM),
        ("she cuts herself", Kind.SELF_HARM),
        ("The baby next door is left alone all night", Kind.CHILD_AT_RISK),
        ("My husband, he sometimes hits me", Kind.DOMESTIC_ABUSE),
        ("I was sexually assaulted", Kind.ABUSE),
        ("Mum was left for hours in her own urine", Kind.NEGLECT),
        ("I will kill that receptionist", Kind.THREAT),
        ("He was given the wrong medication and nearly died", Kind.UNSAFE_CARE),
        ("Czasem chcę umrzeć", Kind.SUICIDE),
        ("mysle o samobojstwie", Kind.SUICIDE),
        ("Mąż mnie bije", Kind.DOMESTIC_ABUSE),
        ("Tnę się od roku", Kind.SELF_HARM),
        ("Babcia była zaniedbana, ma odleżyny", Kind.NEGLECT),
        ("أفكر بالانتحار", Kind.SUICIDE),
        ("أُرِيدُ أَنْ أَمُوت", Kind.SUICIDE),
        ("زوجي يضربني كل يوم", Kind.DOMESTIC_ABUSE),
        ("أؤذي نفسي", Kind.SELF_HARM),
        ("أعطوه دواء خاطئ", Kind.UNSAFE_CARE),
        ("وهددني بالقتل", Kind.THREAT),
        ("Nu mai vreau sa traiesc", Kind.SUICIDE),
        ("Vreau să mor", Kind.SUICIDE),
        ("Soțul meu mă bate", Kind.DOMESTIC_ABUSE),
        ("Copiii sunt lăsați singuri acasă, în pericol", Kind.CHILD_AT_RISK),
        ("Rwy’n meddwl am ladd fy hun", Kind.SUICIDE),
        ("Rydw i eisiau marw", Kind.SUICIDE),
        ("Cafodd ei gam-drin", Kind.ABUSE),
        ("Mae’r plant mewn perygl", Kind.CHILD_AT_RISK),
        ("میں مرنا چاہتا ہوں", Kind.SUICIDE),
        ("میں خودکُشی کرنا چاہتی ہوں", Kind.SUICIDE),
        ("میرا شوہر مجھے مارتا ہے", Kind.DOMESTIC_ABUSE),
        ("غلط دوا دی گئی", Kind.UNSAFE_CARE),
    ],
)
def test_what_may_mean_danger_is_found(text, kind):
    assert kind in kinds(text), kinds(text)


@pytest.mark.parametrize(
    "text",
    [
        "Killing time in the waiting room with a cake to die for",
        "The nurse was kind, but I waited 45 minutes for the doctor.",
        "I had stabbing pains and a panic attack, and they were wonderful",
        "Skilled staff. The begun work was overlapping. Therapists are great. Unharmed.",
        "Please do not abuse the system",
        "The parking is a disgrace and the phone line is dead",
        "Zabijałam czas w poczekalni: zabić czas nie jest łatwo",
        "Pielęgniarka była bardzo miła",
        "الممرضة كانت لطيفة والموعد مناسب",
        "Asistenta a fost foarte amabilă, dar am așteptat mult",
        "Roedd y nyrs yn garedig iawn, ond roedd yr aros yn hir",
        "نرس بہت اچھی تھی لیکن انتظار لمبا تھا",
        "Try again tomorrow. Myself, I was happy.",
        "The practice could kill. Myself I would leave it open.",
    ],
)
def test_ordinary_words_are_left_alone(text):
    assert find(text) == []


def test_places_are_those_of_the_text_as_written():
    text = "Hello. I don’t want to be here. زوجي يَضْرِبُني كل يوم"
    pieces = [(one.kind, text[one.start : one.end]) for one in find(text)]
    assert pieces == [(Kind.SUICIDE, "don’t want to be here"), (Kind.DOMESTIC_ABUSE, "زوجي يَضْرِبُني")]


def test_the_longest_piece_stands_for_those_inside_it():
    text = "my husband often hits me and I was abused"
    assert [text[one.start : one.end] for one in find(text)] == ["husband often hits me", "abused"]


def test_a_gap_takes_so_many_words_and_no_more():
    assert find(f"my husband {'a ' * BETWEEN}punches me")[0].kind is Kind.DOMESTIC_ABUSE
    assert not find(f"my husband {'a ' * (BETWEEN + 1)}punches me")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_words_for_every_kind_and_finds_each_of_its_own(language):
    """Every phrase of every list is found when it is written down as it stands."""
    module = LANGUAGES[language]
    assert set(module.WORDS) == set(Kind)
    for lines in module.WORDS.values():
        for line in lines.strip().split("\n"):
            assert line.strip() == line and line, line
            said = " ".join(word.split("/")[0].replace("*", "x") for word in line.split() if word != "...")
            assert find(said), said


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_phrase_begins_with_a_gap_or_stands_twice(language):
    module = LANGUAGES[language]
    phrases = [phrase for lines in module.WORDS.values() for phrase in compiled(lines)]
    assert all(phrase[0] for phrase in phrases)
    assert len(set(phrases)) == len(phrases), [one for one in phrases if phrases.count(one) > 1]


def test_letters_that_look_alike_are_one():
    assert plain("خودکُشی") == plain("خودكشي")
    assert plain("Łódź") == "lodz" and plain("don’t") == "dont"


def test_welsh_words_change_their_first_letter():
    assert {*mutated("perygl")} == {"perygl", "berygl", "mherygl", "pherygl"}
    assert {*mutated("gwraig")} == {"gwraig", "wraig", "ngwraig"} and {*mutated("fy")} == {"fy"}


def test_a_long_text_is_looked_through_quickly_and_only_so_far():
    text = "the doctor said my husband and the children want to take their time " * 400
    begun = time.process_time()
    assert find(text) == []
    assert time.process_time() - begun < 1
    assert find("a" * 30_000 + " kill myself") == []


@pytest.mark.skipif(not COMMENTS.is_dir(), reason="comments by strangers do not lie beside the checkout")
@pytest.mark.parametrize(
    ("file", "columns", "least", "most"),
    [
        ("nhs-gp-fft/fft_gp_comments.csv", ("free_text", "do_better"), 1, 1.0),
        ("nhs-pxtextmining/phase1_text_data.csv", ("feedback",), 20, 1.0),
        ("nhs-pxtextmining/phase1_care_opinion_multilabel.csv", ("feedback",), 60, 10.0),
    ],
)
def test_comments_by_strangers_seldom_bring_the_panel_and_those_about_danger_do(file, columns, least, most):
    with (COMMENTS / file).open(encoding="utf-8", errors="replace", newline="") as opened:
        comments = [row[one] for row in csv.DictReader(opened) for one in columns]
    comments = [one for one in comments if one and one.strip() and one != "NA"]
    bring = sum(bool(find(one)) for one in comments)
    rate = 100 * bring / len(comments)
    if os.environ.get("CONSULT_FIGURES"):
        print(f"{file}: {bring} of {len(comments)} comments ({rate:.2f} %)")
    assert bring >= least and rate <= most
