"""What is said of the columns of every kind is true of what stands in them."""

from __future__ import annotations

import random
from datetime import date

import pytest

from consult.questions import kind, kinds
from consult.questions.variables import Holds, variables
from consult.web.locale import current_locale
from tests.questions.test_every_kind import question_of

FITS = {
    Holds.CHOICE: lambda cell, variable: cell in variable.keys,
    Holds.TICK: lambda cell, variable: cell in (0, 1),
    Holds.NUMBER: lambda cell, variable: isinstance(cell, int | float) and (not variable.whole or cell == int(cell)),
    Holds.DAY: lambda cell, variable: bool(date.fromisoformat(cell)),
    Holds.TEXT: lambda cell, variable: isinstance(cell, str),
}


@pytest.mark.parametrize("name", sorted(name for name, one in kinds().items() if one.asks and not one.free))
def test_answers_fit_what_their_columns_hold(app, name):
    question = question_of(name)
    columns = variables(question)
    assert [column.name for column in columns] == kind(name).columns(question) != []
    assert len({str(column.label) for column in columns}) == len(columns), "each column is about something else"
    chance = random.Random(7)
    for _ in range(40):
        cells = kind(name).cells(question, kind(name).closed(question, kind(name).invent(question, chance)))
        for cell, column in zip(cells, columns, strict=True):
            assert cell is None or FITS[column.holds](cell, column), f"{cell!r} in {column.name}"
    with app.test_request_context("/"):
        for column in columns:
            codes = [column.code_of(key) for key in column.keys]
            assert len(set(codes)) == len(codes)
            assert all(column.words_of(key, current_locale()) for key in column.keys)
