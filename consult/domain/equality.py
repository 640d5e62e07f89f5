"""The equality questions, asked after sending, never linked to an answer.

Wordings and order are the harmonised ones of DOMAIN C2 (GSS, Census 2021, GOV.UK equality information pattern); the
codes of options are ours and stay the same when a wording changes. Ethnic group is asked in its five first-step groups.
"""

from __future__ import annotations

from dataclasses import dataclass

from consult.domain.messages import N_

VERSION = 1
PREFER_NOT = "prefer_not_to_say"


@dataclass(frozen=True)
class EqualityQuestion:
    """One question: msgids by option key, in order; "prefer not to say" comes last, after "or"."""

    key: str
    text: str
    options: tuple[tuple[str, str], ...]
    hint: str = ""


BANK = (
    EqualityQuestion(
        "age_band",
        N_("What is your age?"),
        (
            ("under_16", N_("Under 16")),
            ("16_24", N_("16 to 24")),
            ("25_34", N_("25 to 34")),
            ("35_44", N_("35 to 44")),
            ("45_54", N_("45 to 54")),
            ("55_64", N_("55 to 64")),
            ("65_74", N_("65 to 74")),
            ("75_84", N_("75 to 84")),
            ("85_over", N_("85 or over")),
        ),
    ),
    EqualityQuestion("sex", N_("What is your sex?"), (("female", N_("Female")), ("male", N_("Male")))),
    EqualityQuestion(
        "disability_1",
        N_(
            "Do you have any physical or mental health conditions or illnesses "
            "lasting or expected to last 12 months or more?"
        ),
        (("yes", N_("Yes")), ("no", N_("No"))),
    ),
    EqualityQuestion(
        "disability_2",
        N_("Do any of your conditions or illnesses reduce your ability to carry out day-to-day activities?"),
        (("a_lot", N_("Yes, a lot")), ("a_little", N_("Yes, a little")), ("not_at_all", N_("Not at all"))),
        N_("Answer this only if you said yes to the question before."),
    ),
    EqualityQuestion(
        "ethnic_1",
        N_("What is your ethnic group?"),
        (
            ("white", N_("White")),
            ("mixed", N_("Mixed or multiple ethnic groups")),
            ("asian", N_("Asian or Asian British")),
            ("black", N_("Black, African, Caribbean or Black British")),
            ("other", N_("Other ethnic group")),
        ),
    ),
    EqualityQuestion(
        "carer",
        N_(
            "Do you look after, or give any help or support to, anyone because they have long-term physical or "
            "mental health conditions or illnesses, or problems related to old age?"
        ),
        (
            ("no", N_("No")),
            ("9_or_less", N_("Yes, 9 hours a week or less")),
            ("10_19", N_("Yes, 10 to 19 hours a week")),
            ("20_34", N_("Yes, 20 to 34 hours a week")),
            ("35_49", N_("Yes, 35 to 49 hours a week")),
            ("50_more", N_("Yes, 50 hours a week or more")),
        ),
        N_("Do not count anything you do as part of your paid work."),
    ),
)
PREFER_NOT_WORDS = N_("Prefer not to say")
QUESTIONS = {question.key: question for question in BANK}


def accepted(given: dict[str, str]) -> dict[str, str]:
    """Only answers that exist: {question key: option key}."""
    kept = {}
    for key, option in given.items():
        question = QUESTIONS.get(key)
        if question and (option == PREFER_NOT or option in dict(question.options)):
            kept[key] = option
    return kept
