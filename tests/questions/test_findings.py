"""Every kind of question is counted into one of the shapes, the moment its file exists."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from consult.domain import statistics
from consult.domain.answers import Answers
from consult.domain.disclosure import Figures, release
from consult.domain.findings import Bars, Excerpts, Grid, Numbers, Ranks, Scale, Total
from consult.domain.questionnaire import Page, Question, Questionnaire
from consult.domain.wording import Wording
from consult.questions import kind, kinds
from consult.questions.base import Locale
from tests.questions.test_every_kind import question_of


def counted(question: Question, responses: int = 60) -> statistics.Tally:
    asked = kind(question.kind)
    random = Random(7)
    answers: list[Answers] = [{question.key: asked.invent(question, random)} for _ in range(responses)]
    questionnaire = Questionnaire(Wording("T"), (Page("p", (question,)),))
    return statistics.tally(questionnaire, answers, lambda one, values: kind(one.kind).atoms(one, values))


@pytest.mark.parametrize("name", sorted(kinds()))
def test_what_people_answered_is_counted_whole_and_can_be_released(name: str) -> None:
    question = question_of(name)
    tally = counted(question)
    finding = kind(name).finding(question, tally, everyone=True)
    if not kind(name).asks:
        assert finding is None
        return
    assert isinstance(finding, Bars | Scale | Numbers | Grid | Ranks | Excerpts)
    assert finding.asked == 60
    # Whoever puts some things in order, or gives points to some, is counted in the rows of the others too.
    everybody = isinstance(finding, Ranks) or (isinstance(finding, Grid) and finding.together)
    parts = [""] if everybody else [table.part for table in finding.tables]
    assert finding.base == Total(max(tally[question.key, part, statistics.ANSWERED] for part in parts))
    for table in finding.tables:
        if not table.unticked:
            assert sum(cell.about for cell in table.cells) == table.base.count, "everybody is in exactly one cell"
        for cell, twin in zip(table.cells, table.unticked, strict=False):
            assert cell.about + twin.about == table.base.count
    figures = release([finding], responses=60)
    assert Figures.from_json(figures.to_json()) == figures


def test_several_answers_and_scales_keep_their_kind_of_counting() -> None:
    several = kind("multiple_choice").finding(question_of("multiple_choice"), {}, everyone=True)
    rating = kind("rating").finding(question_of("rating"), {}, everyone=True)
    assert isinstance(several, Bars)
    assert several.several
    assert several.table.exclusive == ("d",)
    assert isinstance(rating, Scale)


def years(settings: dict[str, str], *answered: int) -> list[str]:
    question = replace(question_of("date"), settings=settings)
    tally: dict[tuple[str, str, str], int] = {(question.key, "", statistics.ANSWERED): len(answered)}
    for year in answered:
        place = (question.key, "", str(year))
        tally[place] = tally.get(place, 0) + 1
    finding = kind("date").finding(question, tally, everyone=True)
    assert isinstance(finding, Scale)
    assert sum(cell.about for cell in finding.cells) == len(answered)
    return [cell.key for cell in finding.cells]


def test_dates_are_counted_in_bands_that_tell_no_earliest_and_no_latest() -> None:
    assert years({}, 1, 1899, 1929, 1934, 2019, 2023, 2023, 2035, 9999) == [
        "..1930",
        "1930..1940",
        "2010..2020",
        "2023..2024",
        "2035..",
    ]
    assert years({"earliest": "2021-05-01", "latest": "2023-02-01"}, 2021, 2023) == ["2021..2022", "2023..2024"]


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("..1930", "before 1930"),
        ("1930..1940", "from 1930 to 1939"),
        ("2023..2024", "2023"),
        ("2035..", "2035 or later"),
    ],
)
def test_bands_of_years_in_words(key: str, said: str) -> None:
    locale = Locale("en", lambda message, **named: message % named)
    assert kind("date").atom_words(question_of("date"), "", key, locale) == said
