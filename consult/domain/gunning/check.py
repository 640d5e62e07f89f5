"""Everything the rules find in a plan."""

from __future__ import annotations

from collections.abc import Iterator

from consult.domain.gunning import calendar, questions, wording
from consult.domain.gunning.plan import FORMATS, Plan
from consult.domain.gunning.rules import RULES, Finding, Principle

#: Convention for a significant change, and the least that is ever enough without a reason.
TWELVE_WEEKS, TWO_WEEKS, HALF_A_YEAR = 84, 14, 183
#: The least between closing and decision.
READING_TIME = 14
#: The longest a questionnaire should take half of the people, in minutes.
QUARTER_OF_AN_HOUR = 15
#: Fewer people than this make no group that anything may be said of; see consult.domain.disclosure.
SMALLEST_GROUP = 10
FORMATS_EXPECTED = ("large_print",)
WITHOUT_INTERNET = ("paper", "telephone")

_PLACE = {principle: at for at, principle in enumerate(Principle)}


def check(plan: Plan) -> list[Finding]:
    """What is found, by principle and in the order of the questions."""
    found = [
        *_formative(plan),
        *_information(plan),
        *_time(plan),
        *_consideration(plan),
        *_anonymity(plan),
        *_access(plan),
    ]
    if plan.questionnaire is not None:
        found += questions.check(
            plan.questionnaire, minutes=plan.minutes, activity=plan.activity, in_words=plan.in_words
        )
    return sorted(found, key=lambda finding: _PLACE[finding.rule.principle])


def _found(key: str, sentence: str) -> Finding:
    return Finding(RULES[key], sentence)


def _formative(plan: Plan) -> Iterator[Finding]:
    if plan.decision_on and plan.closes_on and plan.decision_on <= plan.closes_on:
        yield _found("decision_before_close", "The decision is to be made before the consultation has closed.")
    for name, text in plan.texts.items():
        if name != "decided" and (words := wording.settled(text)):
            yield _found("claims_outcome", f"“{words}” in {_NAMES.get(name, name)} sounds as if it were settled.")


_NAMES = {
    "title": "the title",
    "summary": "the summary",
    "why": "the reasons",
    "still_open": "“still open”",
    "what_next": "“what happens next”",
}


def _information(plan: Plan) -> Iterator[Finding]:
    if plan.activity == "inform":
        return
    if plan.activity == "consult":
        if not plan.alternatives:
            yield _found(
                "alternatives", "Nobody has said that the page gives the options that were not chosen, and why."
            )
        if not plan.documents:
            yield _found("documents", "There is no document to read.")
    if not plan.impacts:
        yield _found("impacts", "Nobody has said that the page gives costs and what would get worse for whom.")
    if not plan.equality_assessment:
        yield _found("equality_assessment", "There is no word about an equality impact assessment.")


def _time(plan: Plan) -> Iterator[Finding]:
    if plan.opens_on is None or plan.closes_on is None or plan.days is None:
        return
    if plan.significant and plan.days < TWELVE_WEEKS:
        yield _found(
            "twelve_weeks", f"People have {_days(plan.days)} for a significant change, twelve weeks are 84 days."
        )
    elif plan.activity != "inform" and plan.days < TWO_WEEKS:
        yield _found("short", f"People have {_days(plan.days)} to answer.")
    if plan.days > HALF_A_YEAR:
        yield _found("long", f"It is open for {_days(plan.days)}.")
    for name, days in calendar.away(plan.opens_on, plan.closes_on):
        yield _found("holidays", f"{days} of its {_days(plan.days)} are in {name}.")
    if calendar.is_day_off(plan.closes_on):
        yield _found("day_off", "It closes on a weekend or a bank holiday.")
    for election in (*plan.elections, *calendar.local_elections(plan.opens_on.year)):
        if election.starts_on <= plan.opens_on <= election.ends_on:
            yield _found("election", f"It opens in the weeks before an election: {election.name}.")


def _days(number: int) -> str:
    return "1 day" if number == 1 else f"{number} days"


def _consideration(plan: Plan) -> Iterator[Finding]:
    if plan.activity == "inform":
        return
    if not plan.who_decides:
        yield _found("who_decides", "Nobody has said who decides.")
    if plan.decision_on is None:
        yield _found("decision_day", "Nobody has said when it is decided.")
    elif plan.closes_on and plan.decision_on > plan.closes_on:
        waits = (plan.decision_on - plan.closes_on).days
        if waits < READING_TIME:
            yield _found("decision_too_soon", f"It is decided {_days(waits)} after closing.")
        elif waits > TWELVE_WEEKS:
            yield _found("decision_late", f"It is decided {_days(waits)} after closing.")


def _anonymity(plan: Plan) -> Iterator[Finding]:
    if plan.questionnaire is None:
        return
    if not plan.privacy_assessment:
        yield _found("privacy_assessment", "There is no word about a data protection impact assessment.")
    if plan.audience is None:
        return
    if plan.audience < SMALLEST_GROUP:
        yield _found("tiny", f"It concerns {plan.audience} people.")
        return
    kinds = questions.kinds_of_people(plan.questionnaire)
    if kinds > 1 and plan.audience < SMALLEST_GROUP * kinds:
        yield _found(
            "small",
            f"It concerns about {plan.audience} people, and its questions about people tell {kinds} kinds apart.",
        )


def _access(plan: Plan) -> Iterator[Finding]:
    if plan.questionnaire is None:
        return
    missing = [FORMATS[one] for one in FORMATS_EXPECTED if one not in plan.formats]
    if missing:
        yield _found("formats", f"It is not offered in: {', '.join(missing).lower()}.")
    if not plan.formats & set(WITHOUT_INTERNET):
        yield _found(
            "without_internet", "It cannot be answered without the internet: neither on paper nor by telephone."
        )
    if "easy_read" not in plan.formats:
        yield _found("easy_read", "There is no Easy Read version.")
    if len(plan.languages) == 1:
        yield _found("own_languages", "It is offered in one language only.")
