"""Who answered beside who lives there, and figures weighted by age and sex, in words for pages and files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from flask_babel import gettext as _
from markupsafe import Markup, escape

from consult.domain.crossing import age_by_sex, equality_question
from consult.domain.disclosure import Figures
from consult.domain.equality import PREFER_NOT, QUESTIONS
from consult.domain.findings import Bars, Finding, Table
from consult.domain.population import AREA, BETWEEN, BY_AGE_AND_SEX, Compared, NotWeighted, compared, weighted
from consult.domain.questionnaire import Question, Questionnaire
from consult.questions import kind
from consult.results import drawn
from consult.web.locale import current_locale, say_number
from consult.web.page import plain, words


@dataclass(frozen=True)
class Line:
    """One group: its name, shares in words (`answered` empty where it is hidden or too few say), and the difference."""

    label: Markup
    hidden: bool
    answered: str
    people: str
    population: str
    points: str


@dataclass(frozen=True)
class Who:
    """One question about people: all who answered, beside the population where there is one."""

    anchor: str
    heading: Markup
    lines: tuple[Line, ...]
    base: str
    #: groups of which clearly fewer, or clearly more answered; and of which few or nobody did
    fewer: tuple[Markup, ...] = ()
    more: tuple[Markup, ...] = ()
    not_heard: tuple[tuple[Markup, str], ...] = ()
    sources: tuple[str, ...] = ()
    #: how many would rather not say, on pages for staff
    rather_not: str = ""
    #: without a population: the figures alone
    alone: drawn.Shown | None = None


@dataclass(frozen=True)
class Scaled:
    """A question as people answered it and weighted by age and sex; `why_not` is said where it cannot be weighted."""

    anchor: str
    heading: Markup
    lines: tuple[tuple[Markup, str, str], ...] = ()
    people: str = ""
    effective: str = ""
    covered: str = ""
    why_not: str = ""


def answered(questionnaire: Questionnaire, figures: Figures, population: Mapping[str, Any] | None) -> list[Who]:
    """Released answers about people, each beside its population where there is one; nothing for older releases."""
    tables, people = (population or {}).get("tables", {}), figures.responses or 0
    listed = []
    for finding in figures.findings:
        key = equality_question(finding)
        if key is not None and key in QUESTIONS and isinstance(finding, Bars):
            labels = drawn.equality_labels(key)
            listed.append(_beside(finding.table, key, escape(_(QUESTIONS[key].text)), labels, tables.get(key), people))
    return [*listed, *_places(questionnaire, figures.findings, tables.get(AREA), people)]


def exact(found: Iterable[Bars], population: Mapping[str, Any] | None, responses: int) -> list[Who]:
    """The exact answers about people, for staff, beside the population chosen."""
    tables = (population or {}).get("tables", {})
    return [
        _beside(
            one.table,
            one.question,
            escape(_(QUESTIONS[one.question].text)),
            drawn.equality_labels(one.question),
            tables.get(one.question),
            responses,
        )
        for one in found
    ]


def scaled(
    questionnaire: Questionnaire, figures: Figures, population: Mapping[str, Any] | None, declared: Iterable[str]
) -> list[Scaled]:
    """Each question declared for weighting, as it was answered and weighted; nothing without a population."""
    lives = (population or {}).get("tables", {}).get(BY_AGE_AND_SEX)
    if lives is None:
        return []
    people = {(age, sex): count for (age, _dot, sex), count in _pairs(lives["counts"])}
    listed = []
    for key in declared:
        question = questionnaire.question_by_key.get(key)
        if question is None:
            continue
        anchor, heading = f"weighted-{key}", words(question.text)
        found = weighted(age_by_sex(figures.crossed, key), people)
        if isinstance(found, NotWeighted):
            listed.append(Scaled(anchor, heading, why_not=_why_not(found.why)))
            continue
        lines = tuple(
            (_label(question, option), _percent(found.plain[option]), _percent(found.weighted[option]))
            for option in found.weighted
        )
        listed.append(
            Scaled(
                anchor,
                heading,
                lines,
                drawn.people(drawn.Total(found.people, about=True)),
                say_number(found.effective),
                _percent(found.covered),
            )
        )
    return listed


def _beside(
    table: Table,
    key: str,
    heading: Markup,
    labels: Mapping[str, str],
    lives: Mapping[str, Any] | None,
    responses: int,
) -> Who:
    def label(option: str) -> Markup:
        return escape(labels.get(option, option))

    found = compared(table, lives["counts"], without=PREFER_NOT, responses=responses) if lives else None
    if found is None or lives is None:
        return Who(
            f"about-{key}", heading, (), "", alone=drawn.about_one(table, f"about-{key}", heading, labels, responses)
        )
    people = {cell.key: say_number(cell.about) for cell in table.cells if not cell.hidden}
    told = _told(found, people, f"about-{key}", heading, label, lives)
    return replace(told, rather_not=people.get(PREFER_NOT, ""))


def _places(
    questionnaire: Questionnaire, findings: Iterable[Finding], lives: Mapping[str, Any] | None, responses: int
) -> Iterable[Who]:
    """The first question whose answers are the places of a list, by code or name."""
    if lives is None:
        return
    people: dict[str, int] = {}
    for place, count in lives["counts"].items():
        for name in place.split(BETWEEN):
            people[name.casefold()] = count
    for finding in findings:
        question = questionnaire.question_by_key.get(finding.question)
        if question is None or not isinstance(finding, Bars) or finding.several:
            continue
        counts = {
            option.key: people[name]
            for option in question.options
            for name in (option.key.casefold(), plain(option.label).casefold())
            if name in people
        }
        found = compared(finding.table, counts, responses=responses) if len(counts) > 1 else None
        if found is not None:

            def label(option: str, question: Question = question) -> Markup:
                return _label(question, option)

            told = {cell.key: say_number(cell.about) for cell in finding.table.cells if not cell.hidden}
            yield _told(found, told, f"about-place-{question.key}", words(question.text), label, lives)
            return


def _told(
    found: Compared,
    people: Mapping[str, str],
    anchor: str,
    heading: Markup,
    label: Callable[[str], Markup],
    lives: Mapping[str, Any],
) -> Who:
    lines = []
    shares = {one.key: _share(one.of_ten_thousand, one.population) for one in found.groups}
    for one in found.groups:
        points = ""
        if one.points is not None:
            number = say_number(abs(one.points))
            points = say_number(0) if one.points == 0 else (f"+{number}" if one.points > 0 else f"−{number}")
        told = "" if one.answered is None else _percent(one.answered)
        lines.append(Line(label(one.key), one.hidden, told, people.get(one.key, ""), shares[one.key], points))
    return Who(
        anchor,
        heading,
        tuple(lines),
        drawn.people(found.base),
        tuple(label(key) for key in found.fewer),
        tuple(label(key) for key in found.more),
        tuple((label(key), shares[key]) for key in found.not_heard),
        tuple(lives["sources"]),
    )


def _share(of_ten_thousand: int, percent: int) -> str:
    """A share of the population in words: whole per cents, or that it is under one."""
    return _("under %(number)s%%", number=say_number(1)) if of_ten_thousand < 100 else _percent(percent)


def _percent(number: int) -> str:
    return _("%(number)s%%", number=say_number(number))


def _label(question: Question, option: str) -> Markup:
    there = question.option_by_key.get(option)
    if there is not None:
        return words(there.label)
    return escape(kind(question.kind).atom_words(question, "", option, current_locale()))


def _pairs(counts: Mapping[str, int]) -> Iterable[tuple[tuple[str, str, str], int]]:
    return ((pair.partition("."), count) for pair, count in counts.items())


def _why_not(why: str) -> str:
    return {
        "none": _("No groups by age and sex could be shown, so there are no weighted figures."),
        "missing": _("Too few women or too few men answered, so there are no weighted figures."),
        "covered": _(
            "The ages that answered are too small a part of the population, so there are no weighted figures."
        ),
        "far": _("Who answered is too different from the population, so there are no weighted figures."),
        "few": _("Too few people answered to weight the figures."),
    }[why]
