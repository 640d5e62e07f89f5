"""The equality questions, asked after sending, never linked to an answer.

Wordings and order are the harmonised ones of DOMAIN C2 (GSS, Census 2021, GOV.UK equality information pattern); the
codes of options are ours and stay the same when a wording changes. Which of them a consultation asks is chosen for it,
each for its purpose. Where people live is asked in the questionnaire itself (half a postcode, or a place): here there
are only fixed lists, so that nothing written can tell who somebody is.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from consult.domain.equality.bank import BANK, PREFER_NOT, PREFER_NOT_WORDS, VERSION, EqualityQuestion
from consult.domain.equality.ethnic import PARENTS

__all__ = ["BANK", "PREFER_NOT", "PREFER_NOT_WORDS", "QUESTIONS", "USUAL", "VERSION", "EqualityQuestion"]

QUESTIONS = {question.key: question for question in BANK}
#: What is asked where nobody has chosen otherwise.
USUAL = tuple(question.key for question in BANK if question.usual)


def asked(keys: Collection[str] | None) -> tuple[EqualityQuestion, ...]:
    """The questions with these keys, in the order of the bank; the usual ones for None."""
    wanted = USUAL if keys is None else keys
    return tuple(question for question in BANK if question.key in wanted)


def accepted(given: Mapping[str, str]) -> dict[str, str]:
    """Only answers that exist: {question key: option key}; of several, the keys in order with commas between them.

    Whoever gave only the finer ethnic group has answered the first question too: every one has one parent.
    """
    kept = {}
    for key, answer in given.items():
        question = QUESTIONS.get(key)
        if question is None or not answer:
            continue
        chosen = answer.split(",") if question.several else [answer]
        options = [option for option, _words in question.options]
        if set(chosen) <= {*options, PREFER_NOT} and not (len(chosen) > 1 and set(chosen) & question.alone):
            kept[key] = ",".join(one for one in (*options, PREFER_NOT) if one in chosen)
    fine = kept.get("ethnic_2", PREFER_NOT)
    if fine in PARENTS and kept.get("ethnic_1") in (None, PREFER_NOT):
        kept["ethnic_1"] = PARENTS[fine]
    return kept
