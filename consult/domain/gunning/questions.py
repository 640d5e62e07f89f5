"""What the check finds in the questions: their words, their answers and how they stand together."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from consult.domain.gunning import wording
from consult.domain.gunning.rules import RULES, Finding
from consult.domain.questionnaire import Question, Questionnaire

#: The longest a questionnaire should take half of the people, in minutes (DOMAIN H1).
LONGEST = 15
#: How many answers can be taken in without groups (DOMAIN H1).
MANY = 7
#: Kinds whose long lists are looked up, not read.
LOOKED_UP = frozenset({"place", "place_on_map"})
#: Kinds that only show something.
SHOWN_ONLY = frozenset({"statement"})
_MEANS = re.compile(r"\b(?:affect|impact|difference|mean)\b.*\b(?:you|people|others)\b", re.IGNORECASE)
_MISSED = re.compile(
    r"\b(?:anything (?:else|we|you)|missed|other (?:ideas|comments|suggestions|thoughts|ways)|tell us more)\b",
    re.IGNORECASE,
)


def check(
    questionnaire: Questionnaire, *, minutes: int, activity: str, in_words: Collection[str] = ()
) -> Iterator[Finding]:
    """What is found; `in_words` are the keys of the questions that people answer in their own words.

    Words are looked at in English only: in other languages only the answers and the length are.
    """
    english = questionnaire.language.partition("-")[0] == "en"
    explained = "\n".join(text.to(questionnaire.language).plain for _where, text in questionnaire.wordings())
    for question in questionnaire.questions:
        if question.kind not in SHOWN_ONLY:
            yield from _answers(question, questionnaire.language)
        if english:
            yield from _words(question, questionnaire.language, explained=explained)
    yield from _whole(questionnaire, explained, minutes=minutes, activity=activity, in_words=in_words, english=english)


def kinds_of_people(questionnaire: Questionnaire) -> int:
    """How many kinds of people the questions about people can tell apart: their answers multiplied."""
    kinds = 1
    for question in questionnaire.questions:
        if question.about_you and question.options:
            kinds *= len(question.options)
    return kinds


def _found(key: str, sentence: str, question: Question | None = None) -> Finding:
    return Finding(RULES[key], sentence, question.key if question else "")


def _words(question: Question, language: str, *, explained: str) -> Iterator[Finding]:
    text = question.text.to(language).plain
    statements = [text, *(row.label.to(language).plain for row in question.rows)]
    for one in statements:
        if (said := wording.leading(one)) and one == text:
            yield _found("leading", f"“{said}” suggests an answer.", question)
        if (question.options or question.rows) and wording.two_things(one):
            yield _found("double", f"“{one}” asks about two things at once.", question)
        if (question.options or question.rows) and (said := wording.negative(one)):
            yield _found("negative", f"“{one}” has “{said}” in it.", question)
        if said := wording.absolute(one):
            yield _found("absolute", f"“{said}” is hardly ever true.", question)
        if said := wording.recall(one):
            yield _found("recall", f"“{said}” is a long time to remember.", question)
    everything = [
        *statements,
        question.hint.to(language).plain,
        *(one.label.to(language).plain for one in question.options),
    ]
    if trade := wording.of_the_trade(" ".join(everything), explained=explained):
        yield _found("jargon", f"Not everybody knows: {', '.join(trade[:5])}.", question)
    longest = max((len(words) for one in everything for words in wording.sentences(one)), default=0)
    if longest > wording.LONGEST_SENTENCE:
        yield _found("long_sentence", f"A sentence has {longest} words.", question)
    if question.personal or (not question.options and question.kind not in SHOWN_ONLY):
        if asked := wording.names_a_person(" ".join(everything[:2])):
            yield _found("identifying", f"It asks for something that names a person (“{asked}”).", question)
        elif question.personal:
            yield _found("identifying", "It is marked as asking for something that names a person.", question)


def _answers(question: Question, language: str) -> Iterator[Finding]:
    labels = [option.label.to(language).plain for option in question.options]
    if not labels:
        return
    unknown = any(option.unknown for option in question.options) or any(map(wording.is_unknown, labels))
    if question.required and not unknown and len(labels) > 2:
        yield _found("unknown", "Everybody has to answer, and nobody can say that they do not know.", question)
    if sum(map(wording.agrees, labels)) > 1:
        yield _found("agreement", "It asks how far people agree.", question)
    if sides := wording.lopsided(labels):
        yield _found("unbalanced", f"It has {sides[0]} good answers and {sides[1]} bad ones.", question)
    if broken := wording.broken_bands(labels):
        yield _found("bands", broken, question)
    read = [option for option in question.options if not option.pinned]
    if len(read) > MANY and question.kind not in LOOKED_UP and "list" not in question.settings:
        yield _found("many_options", f"It has {len(read)} answers to read.", question)


def _whole(
    questionnaire: Questionnaire,
    words: str,
    *,
    minutes: int,
    activity: str,
    in_words: Collection[str],
    english: bool,
) -> Iterator[Finding]:
    if minutes > LONGEST:
        yield _found("too_long", f"Half of the people need up to {minutes} minutes.")
    if not in_words:
        yield _found("open_question", "No question can be answered in one’s own words.")
    if not english:
        return
    asked = [question.text.to(questionnaire.language).plain for question in questionnaire.questions]
    if activity == "consult" and not any(map(_MEANS.search, asked)):
        yield _found("impact_question", "No question asks what the change would mean for people.")
    if not any(map(_MISSED.search, asked)):
        yield _found("missed_question", "No question asks what else there is, or what we missed.")
    years = wording.years_to_read(words)
    if years is not None and years > wording.READING_AGE_YEARS:
        yield _found("reading", f"It takes about {round(years)} years of school to read it easily.")
