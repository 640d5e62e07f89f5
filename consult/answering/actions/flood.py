"""What tells a flood from people, without a look at who sends: a trap, the speed, and the same words again and again.

Nothing here refuses anything: it gives a reason, which travels inside the seal. Fewer than ten with a reason lose it
when they are settled; ten and more are set aside until somebody has looked (`consult.answering.actions.quarantine`).
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from consult.answering.actions.grouping import Opened
from consult.answering.drafts import Begun
from consult.domain.questionnaire import Questionnaire
from consult.questions import kind

#: Why answers are looked at before they are counted.
TRAP, FAST, SAME = "trap", "fast", "same"
REASONS = (TRAP, FAST, SAME)

#: The field that nobody sees; no browser knows what to fill in there.
TRAP_FIELD = "remark"
#: Where the page's script puts its proof of work.
PROOF_FIELD = "proof"

#: One second for each answer is what studies of careless answering take as the limit of what a person can do (Wood,
#: Harms, Lowman and DeSimone 2017, Social Psychological and Personality Science 8); the pages between take five.
SECONDS_AN_ANSWER = 1
SECONDS_IN_ALL = 5
#: Where work is asked for, whoever brings none has to be as slow as people are: two seconds for each answer (Huang,
#: Curran, Keeney, Poposki and DeShon 2012, Journal of Business and Psychology 27).
WITHOUT_PROOF = 2
#: How many leading bits of a proof are zero: 65 536 tries on average, under a second in a browser of 2018.
PROOF_BITS = 16
LONGEST_PROOF = 12

#: Words shorter than this in all, such as "No" or "Longer hours", are often the same without anybody copying.
LEAST_WORDS = 40
#: Ways of answering in which somebody could send many; what is keyed from paper was on paper.
ALONE = frozenset({"online", "tablet"})


def reason(begun: Begun, *, answered: int, trap: str, proof: str | None, token: str, now: datetime) -> str:
    """Why answers that are being sent are to be looked at first; empty for everybody who may simply be counted.

    `answered` is the number of questions with an answer; `proof` is None where no work is asked for. Whoever was
    invited sends once, so there is no flood of them.
    """
    if begun.token_hash is not None:
        return ""
    if trap.strip():
        return TRAP
    slack = WITHOUT_PROOF if proof is not None and not proves(token, proof) else 1
    return FAST if too_fast(begun, answered=answered, now=now, slack=slack) else ""


def too_fast(begun: Begun, *, answered: int, now: datetime, slack: int = 1) -> bool:
    """Whether no person could have got through in this time; drafts that do not know when they were begun never are."""
    if begun.begun_at is None:
        return False
    return now.timestamp() - begun.begun_at < slack * max(SECONDS_IN_ALL, SECONDS_AN_ANSWER * answered)


def proves(token: str, proof: str) -> bool:
    """Whether a browser has worked for this form token: SHA-256 of "token:proof" begins with so many zero bits."""
    if not proof.isascii() or not proof.isdigit() or len(proof) > LONGEST_PROOF:
        return False
    found = hashlib.sha256(f"{token}:{proof}".encode()).digest()
    return int.from_bytes(found, "big") >> (256 - PROOF_BITS) == 0


def repeated(opened: Sequence[Opened], *, least: int, questionnaires: Mapping[int, Questionnaire]) -> list[Opened]:
    """The same ballots; those whose answers and words are the same in `least` of them or more say so in their label.

    A letter that a campaign asks people to copy looks like that too, and is an opinion like any other: it is why these
    are looked at, and not left out.
    """
    prints = [fingerprint(ballot, questionnaires[ballot.label.revision]) for ballot in opened]
    often = {one for one, count in Counter(one for one in prints if one).items() if count >= least}
    return [
        replace(ballot, label=replace(ballot.label, held=SAME)) if one in often and not ballot.label.held else ballot
        for ballot, one in zip(opened, prints, strict=True)
    ]


def fingerprint(ballot: Opened, questionnaire: Questionnaire) -> bytes:
    """What is the same of copied answers; empty where too little was written, or where nobody can send many."""
    if ballot.label.channel not in ALONE or ballot.label.segment:
        return b""
    said: list[Any] = []
    length = 0
    for key in sorted(ballot.answers):
        question = questionnaire.question_by_key.get(key)
        if question is not None and question.personal:
            continue
        free = question is None or kind(question.kind).free
        for atom in ballot.answers[key]:
            part, choice, number, text = (*atom, None, None, None)[:4]
            words = plain(text) if isinstance(text, str) else ""
            length += len(words) if free else 0
            said.append((key, part, choice, number, words))
    return hashlib.sha256(repr(said).encode()).digest() if length >= LEAST_WORDS else b""


def plain(text: str) -> str:
    """Words without capitals, spaces and punctuation."""
    return "".join(letter for letter in text.casefold() if letter.isalnum())
