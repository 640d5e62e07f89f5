"""The rules: what each is about, whether it stops, why it matters, and where it comes from."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum

GUNNING = "R v Brent LBC ex p Gunning (1985)"
MOSELEY = "R (Moseley) v Haringey [2014] UKSC 56"
CABINET = "Cabinet Office Consultation Principles 2018"
EQUALITY = "Equality Act 2010, section 149"
GUIDE = "UK Government analysis function, and the harmonised principles of the GSS"
ANONYMITY = "ICO guidance on anonymisation, March 2025"
FORMATS = "Accessible Information Standard (DCB1605)"
ELECTIONS = "Cabinet Office guidance on conduct in pre-election periods"


class Principle(StrEnum):
    """What a rule protects, in the order of the report; the first four are Gunning's."""

    FORMATIVE = "While it can still change something"
    INFORMATION = "Enough to think about it"
    TIME = "Enough time"
    CONSIDERATION = "Taken into account"
    QUESTIONS = "Questions everybody understands"
    ANONYMITY = "Nobody can be traced"
    ACCESS = "Everybody can answer"


class Level(StrEnum):
    """What a finding does: stops publishing, wants a reason in writing, or is a hint."""

    STOPS = "stops"
    REASON = "reason"
    HINT = "hint"


@dataclass(frozen=True)
class Rule:
    """One rule of the check; `source` says who asks for it."""

    key: str
    principle: Principle
    level: Level
    why: str
    source: str


@dataclass(frozen=True)
class Finding:
    """What a rule found, and where: in the question with that key, or in the consultation as a whole."""

    rule: Rule
    sentence: str
    question: str = ""

    @property
    def mark(self) -> str:
        """Tells whether it is still the same finding: a reason that was given for other words does not hold."""
        text = "\n".join((self.rule.key, self.question, self.sentence))
        return hashlib.sha256(text.encode()).hexdigest()[:32]


def _rule(key: str, principle: Principle, level: Level, why: str, source: str) -> Rule:
    return Rule(key, principle, level, why, source)


_F, _I, _T, _C = Principle.FORMATIVE, Principle.INFORMATION, Principle.TIME, Principle.CONSIDERATION
_Q, _A, _E = Principle.QUESTIONS, Principle.ANONYMITY, Principle.ACCESS

_ALL = (
    _rule(
        "decision_before_close",
        _F,
        Level.STOPS,
        "What is decided before people have answered was not consulted on.",
        GUNNING,
    ),
    _rule(
        "claims_outcome",
        _F,
        Level.REASON,
        "Words that take the outcome for settled tell people that answering is pointless.",
        GUNNING,
    ),
    _rule(
        "alternatives",
        _I,
        Level.REASON,
        "People have to be told which other ways were looked at, and why they were not chosen.",
        MOSELEY,
    ),
    _rule(
        "impacts",
        _I,
        Level.REASON,
        "People can only judge a change if they are told what it costs and whom it makes worse off.",
        GUNNING,
    ),
    _rule(
        "documents",
        _I,
        Level.HINT,
        "A formal consultation usually has a document that gives the reasons in full.",
        CABINET,
    ),
    _rule(
        "equality_assessment",
        _I,
        Level.REASON,
        "What a change does to people with protected characteristics is looked at before it is decided.",
        EQUALITY,
    ),
    _rule(
        "privacy_assessment",
        _A,
        Level.REASON,
        "What is asked about people is weighed before it is asked.",
        "UK GDPR, article 35",
    ),
    _rule("short", _T, Level.REASON, "People need time to find out, to talk to others and to answer.", GUNNING),
    _rule(
        "twelve_weeks",
        _T,
        Level.REASON,
        "For a significant change twelve weeks are the custom, and what people expect.",
        CABINET,
    ),
    _rule("long", _T, Level.HINT, "Asking for very long delays the answer and tires those who are asked.", CABINET),
    _rule("holidays", _T, Level.REASON, "Many people are away or have other things to do: add a week or two.", CABINET),
    _rule("day_off", _T, Level.HINT, "Nobody is there to help people who have trouble on the last day.", CABINET),
    _rule(
        "election", _T, Level.REASON, "Public bodies do not open consultations shortly before an election.", ELECTIONS
    ),
    _rule("who_decides", _C, Level.REASON, "People are told who reads what they said and who decides.", GUNNING),
    _rule("decision_day", _C, Level.REASON, "People are told when the decision is made.", GUNNING),
    _rule("decision_too_soon", _C, Level.REASON, "Those who decide need time to read what was said.", GUNNING),
    _rule(
        "decision_late",
        _C,
        Level.HINT,
        "An answer is expected within twelve weeks of closing, or a word why not.",
        CABINET,
    ),
    _rule(
        "open_question",
        _Q,
        Level.REASON,
        "Without a place for their own words people cannot say what we did not think of.",
        CABINET,
    ),
    _rule("impact_question", _Q, Level.HINT, "What a change would mean for people is best asked directly.", CABINET),
    _rule(
        "missed_question",
        _Q,
        Level.HINT,
        "A last question about anything we missed, or other ideas, often brings the best answers.",
        CABINET,
    ),
    _rule("too_long", _Q, Level.REASON, "After a quarter of an hour many people give up.", GUIDE),
    _rule("double", _Q, Level.REASON, "A question about two things has no clear answer.", GUIDE),
    _rule("leading", _Q, Level.REASON, "Words that suggest an answer make the answers worthless.", GUIDE),
    _rule("negative", _Q, Level.HINT, "“No” to a question with “not” is easily misread.", GUIDE),
    _rule("absolute", _Q, Level.HINT, "“Always” and “never” are hardly ever true, so people cannot agree.", GUIDE),
    _rule("recall", _Q, Level.HINT, "Few people remember more than a year.", GUIDE),
    _rule(
        "agreement",
        _Q,
        Level.HINT,
        "People tend to agree with whatever is said; ask how good, how easy, how often.",
        GUIDE,
    ),
    _rule("jargon", _Q, Level.HINT, "Words of the trade shut people out: use plain ones or explain them.", GUIDE),
    _rule(
        "long_sentence",
        _Q,
        Level.HINT,
        "Long sentences are hard to follow, above all when read aloud or translated.",
        GUIDE,
    ),
    _rule("reading", _Q, Level.HINT, "Half of adults read best what an eleven-year-old can read.", GUIDE),
    _rule("unbalanced", _Q, Level.REASON, "A scale with more good answers than bad ones pushes people.", GUIDE),
    _rule("bands", _Q, Level.REASON, "Ranges that overlap or leave gaps cannot be answered truly.", GUIDE),
    _rule("unknown", _Q, Level.REASON, "Those who do not know would have to guess or to leave.", GUIDE),
    _rule(
        "many_options",
        _Q,
        Level.HINT,
        "More than seven answers are hard to take in: put them into groups or ask in two steps.",
        GUIDE,
    ),
    _rule(
        "identifying",
        _A,
        Level.REASON,
        "Answers are anonymous: what names a person does not belong into them.",
        ANONYMITY,
    ),
    _rule(
        "tiny",
        _A,
        Level.STOPS,
        "With fewer than ten people nothing can be given out without telling who said it.",
        ANONYMITY,
    ),
    _rule(
        "small",
        _A,
        Level.REASON,
        "With few people and many questions about them, everybody is the only one of their kind.",
        ANONYMITY,
    ),
    _rule("formats", _E, Level.REASON, "People have a right to what is asked in a form that they can read.", FORMATS),
    _rule("without_internet", _E, Level.REASON, "About one in twenty adults does not use the internet.", FORMATS),
    _rule(
        "easy_read",
        _E,
        Level.HINT,
        "Easy Read is for people with a learning disability, and many others like it.",
        FORMATS,
    ),
    _rule("own_languages", _E, Level.HINT, "Questions in one language only reach those who read it.", EQUALITY),
)

RULES = {rule.key: rule for rule in _ALL}
