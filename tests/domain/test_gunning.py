"""The check before publishing finds what it says, and leaves sound plans alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from consult.domain.gunning import FORMATS, RULES, Level, Plan, calendar, check, wording
from consult.domain.gunning.plan import Election
from consult.domain.questionnaire import Questionnaire, read

OPENS = date(2027, 9, 6)
CLOSES = OPENS + timedelta(days=87)


def say(text: str) -> dict[str, str]:
    return {"en": text}


def asked(*questions: dict, **more) -> Questionnaire:
    return read(
        {
            "title": say("Evening appointments"),
            "language": "en",
            "languages": ["en"],
            "pages": [{"key": "one", "questions": list(questions)}],
            **more,
        }
    )


def choice(text: str, *labels: str, key: str = "one", **more) -> dict:
    options = [{"key": f"o{at}", "label": say(label)} for at, label in enumerate(labels)]
    return {"key": key, "kind": "single_choice", "text": say(text), "options": options, **more}


WORDS = {"key": "words", "kind": "long_text", "text": say("Is there anything we missed?")}
MEANS = {"key": "means", "kind": "long_text", "text": say("What would this mean for you?")}
SOUND = Plan(
    "consult",
    {
        "title": "Evening appointments",
        "summary": "We want to know what you think.",
        "decided": "It has been decided to look.",
    },
    opens_on=OPENS,
    closes_on=CLOSES,
    documents=1,
    languages=("en", "pl"),
    questionnaire=asked(
        choice("How easy is it to see a doctor?", "Very easy", "Easy", "Difficult", "Very difficult"), MEANS, WORDS
    ),
    in_words=frozenset({"means", "words"}),
    minutes=5,
    who_decides="The primary care committee",
    decision_on=OPENS + timedelta(days=130),
    significant=True,
    alternatives=True,
    impacts=True,
    equality_assessment="Recorded on 1 August 2027",
    privacy_assessment="Recorded on 1 August 2027",
    audience=40_000,
    formats=frozenset(FORMATS),
)


def keys(plan: Plan) -> set[str]:
    return {finding.rule.key for finding in check(plan)}


def of(*questions: dict, **more) -> set[str]:
    return keys(replace(SOUND, questionnaire=asked(*questions, MEANS, WORDS), **more))


def test_a_sound_plan_has_nothing_to_look_at():
    assert check(SOUND) == []


def test_every_rule_has_a_reason_and_a_source():
    assert len(RULES) > 35
    for key, rule in RULES.items():
        assert rule.key == key
        assert rule.why.endswith(".")
        assert rule.source


@pytest.mark.parametrize(
    ("more", "key"),
    [
        ({"decision_on": CLOSES}, "decision_before_close"),
        ({"texts": {"summary": "The branch surgery will close in May."}}, "claims_outcome"),
        ({"alternatives": False}, "alternatives"),
        ({"impacts": False}, "impacts"),
        ({"documents": 0}, "documents"),
        ({"equality_assessment": ""}, "equality_assessment"),
        ({"privacy_assessment": ""}, "privacy_assessment"),
        ({"closes_on": OPENS + timedelta(days=83)}, "twelve_weeks"),
        ({"closes_on": OPENS + timedelta(days=11), "significant": False}, "short"),
        ({"closes_on": OPENS + timedelta(days=200), "decision_on": None}, "long"),
        ({"closes_on": OPENS + timedelta(days=89)}, "day_off"),
        ({"who_decides": ""}, "who_decides"),
        ({"decision_on": None}, "decision_day"),
        ({"decision_on": CLOSES + timedelta(days=13)}, "decision_too_soon"),
        ({"decision_on": CLOSES + timedelta(days=85)}, "decision_late"),
        ({"elections": (Election("a by-election", OPENS, OPENS),)}, "election"),
        ({"minutes": 16}, "too_long"),
        ({"in_words": frozenset()}, "open_question"),
        ({"audience": 9}, "tiny"),
        ({"formats": frozenset({"paper", "easy_read"})}, "formats"),
        ({"formats": frozenset({"large_print", "easy_read"})}, "without_internet"),
        ({"formats": frozenset({"large_print", "paper"})}, "easy_read"),
        ({"languages": ("en",)}, "own_languages"),
    ],
)
def test_each_rule_finds_its_own(more, key):
    assert key in keys(replace(SOUND, **more))


@pytest.mark.parametrize(
    ("question", "key"),
    [
        (choice("How satisfied are you with opening times and parking?", "Good", "Bad"), "double"),
        (choice("Did you ring and/or write?", "Yes", "No"), "double"),
        (choice("Do you agree that more doctors are needed?", "Yes", "No"), "leading"),
        (choice("Do you support our improved service?", "Yes", "No"), "leading"),
        (choice("Should we not open on Sundays?", "Yes", "No"), "negative"),
        (choice("Do you always see the same doctor?", "Yes", "No"), "absolute"),
        (choice("Have you seen a nurse in the last 3 years?", "Yes", "No"), "recall"),
        (
            choice("The phone is answered quickly.", "Strongly agree", "Agree", "Disagree", "Strongly disagree"),
            "agreement",
        ),
        (choice("Should the PCN do it?", "Yes", "No"), "jargon"),
        (choice("Should the pathway change?", "Yes", "No"), "jargon"),
        (choice(f"Do you {'really ' * 20}come?", "Yes", "No"), "long_sentence"),
        (choice("How was it?", "Excellent", "Very good", "Good", "Poor"), "unbalanced"),
        (choice("How old are you?", "16 to 24", "24 to 44", "45 or over"), "bands"),
        (choice("How old are you?", "Under 16", "18 to 44", "45 or over"), "bands"),
        (choice("Which?", "Red", "Blue", "Green", required=True), "unknown"),
        (choice("Which?", *map(str, range(8))), "many_options"),
        ({"key": "who", "kind": "short_text", "text": say("What is your name?")}, "identifying"),
        ({"key": "who", "kind": "short_text", "text": say("Where are you from?"), "personal": True}, "identifying"),
    ],
)
def test_questions_are_read(question, key):
    assert key in of(question)


@pytest.mark.parametrize(
    "question",
    [
        choice("How easy or difficult is it to park?", "Very easy", "Easy", "Neither", "Difficult", "Very difficult"),
        choice("How good are evening and weekend appointments?", "Very good", "Good", "Poor", "Very poor"),
        choice("How old are you?", "Under 16", "16 to 24", "25 to 44", "45 or over", "Prefer not to say"),
        choice("Why not?", "Too far", "Too late"),
        choice("Which?", "Red", "Blue", "I do not know", required=True),
        choice("Have you rung the NHS or your GP?", "Yes", "No", "Not sure"),
    ],
)
def test_sound_questions_are_left_alone(question):
    assert of(question) == set()


def test_a_short_form_that_is_explained_is_not_jargon():
    explained = choice("Should the urgent treatment centre (UTC) do it?", "Yes", "No", key="two")
    assert "jargon" not in of(choice("What should the UTC do?", "More", "Less"), explained)


def test_few_people_and_many_questions_about_them_are_found():
    site = choice("Where do you work?", *"ABCDE", about_you=True)
    role = choice("What do you do?", *"ABCD", key="two", about_you=True)
    assert "small" in of(site, role, audience=120)
    assert "small" not in of(site, role, audience=200)


def test_other_languages_are_not_read_as_english():
    polish = asked(choice("Czy NFZ always not?", "Tak", "Nie"), WORDS, language="en")
    assert {"absolute", "jargon"} <= keys(replace(SOUND, questionnaire=polish))
    polish = replace(polish, language="pl")
    assert not {"absolute", "jargon", "missed_question"} & keys(replace(SOUND, questionnaire=polish))


@pytest.mark.parametrize(
    ("opens", "closes", "name"),
    [
        (date(2027, 7, 20), date(2027, 8, 31), "August"),
        (date(2026, 12, 10), date(2027, 1, 10), "the days from Christmas to New Year"),
        (date(2027, 3, 20), date(2027, 4, 20), "the two weeks round Easter"),
        (date(2027, 2, 1), date(2027, 3, 15), "Ramadan"),
    ],
)
def test_times_when_people_are_away_are_found(opens, closes, name):
    assert name in dict(calendar.away(opens, closes))


def test_a_few_days_of_a_long_time_do_not_matter():
    assert not list(calendar.away(date(2027, 5, 20), date(2027, 8, 5)))


@pytest.mark.parametrize(
    "first", [date(2024, 3, 11), date(2025, 3, 1), date(2026, 2, 18), date(2027, 2, 8), date(2030, 1, 6)]
)
def test_ramadan_is_right_to_a_day(first):
    assert min(abs((one - first).days) for one in calendar.ramadans(first.year)) <= 1


def test_two_ramadans_fall_into_one_year():
    assert [one.month for one in calendar.ramadans(2030)] == [1, 12]


def test_local_elections_are_on_the_first_thursday_in_may():
    (found,) = calendar.local_elections(2027)
    assert found.ends_on == date(2027, 5, 6)
    assert found.starts_on == date(2027, 3, 31)
    # The Electoral Commission’s timetable for 2 May 2024 had the notice of election by 26 March.
    assert next(calendar.local_elections(2024)).starts_on == date(2024, 3, 26)
    assert "election" in keys(replace(SOUND, opens_on=date(2027, 4, 20), closes_on=date(2027, 7, 30)))


def test_reading_difficulty_tells_hard_from_easy():
    easy = "We want to know what you think. You can tell us in your own words. It takes a few minutes. " * 4
    hard = "Commissioning intentions necessitate reconfiguration of organisational responsibilities everywhere. " * 9
    assert (wording.years_to_read(easy) or 0) < 6 < 14 < (wording.years_to_read(hard) or 0)
    assert wording.years_to_read("Too short to tell.") is None


def test_a_finding_keeps_its_mark_until_its_words_change():
    one = check(replace(SOUND, documents=0))[0]
    assert one.mark == check(replace(SOUND, documents=0))[0].mark
    shorter = [check(replace(SOUND, closes_on=OPENS + timedelta(days=days)))[0].mark for days in (60, 61)]
    assert shorter[0] != shorter[1]


def test_only_what_cannot_be_justified_stops():
    assert {key for key, rule in RULES.items() if rule.level is Level.STOPS} == {"decision_before_close", "tiny"}
