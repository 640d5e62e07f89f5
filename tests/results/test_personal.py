"""One row for each response: the quick way through the text gives what the plain way gives, and blanks by the rules."""

from __future__ import annotations

import copy
from itertools import chain

import pytest

from consult.domain.answers import Value, unpack
from consult.questions import kind
from consult.results import personal, queries
from consult.results.personal import NOT_ASKED, Responses
from tests.answering.factories import options, say
from tests.results.factories import AFTER, DEFINITION, answer, count, crowd, make_answered

#: Texts that look as if one answer ended and another began.
ODD = ("x]],", 'x]],"born":[["",null,null,"1', "]]", '"', "\\", '\\"]],"', "é\u2028", "{}", "")


def plainly(consultation):
    """The rows as a loop would write them that knows nothing of how answers are kept."""
    numbers = {one.id: one.number for one in consultation.revisions}
    asked = [one for one in queries.questions_asked(consultation) if not kind(one.kind).free]
    for row in queries.responses(consultation):
        given = unpack(row.answers)
        cells = [numbers[row.revision_id], row.language or None, row.channel or None, row.segment or None]
        for question in asked:
            cells += kind(question.kind).cells(question, given.get(question.key, ()))
        yield cells


def rows(consultation, *, least=1):
    return [list(chain.from_iterable(row)) for row in Responses(consultation, least=least).rows()]


@pytest.fixture
def consultation(app, database, clock):
    clock.set(AFTER)
    odd = [answer(how="easy", born=(Value(text=text),), rate="2") for text in ODD]
    odd += [{"times": (Value(number=1.0),)}, {"times": (Value(number=2.5),)}, {}, {"nobody": (Value(choice="x"),)}]
    return make_answered(app, [*crowd(20, 12, 3), *odd, *odd])


@pytest.mark.parametrize("known", [3, 50_000])
def test_the_quick_way_gives_what_the_plain_way_gives(consultation, monkeypatch, known):
    monkeypatch.setattr(personal, "MOST_KNOWN", known)
    assert rows(consultation) == list(plainly(consultation))


def test_odd_answers_are_counted_as_combinations_too(consultation):
    born = [column.name for column in Responses(consultation, least=1).columns].index("born")
    assert {row[born] for row in rows(consultation, least=2)} >= {text for text in ODD if text}
    assert {row[born] for row in rows(consultation, least=3)} == {None}


def test_a_response_that_came_after_counting_is_not_told(app, database, clock):
    clock.set(AFTER)
    consultation = make_answered(app, [answer(born="1950-01-01", how="easy")] * 12)
    found = Responses(consultation, least=10)
    count(consultation, [answer(born="1999-09-09", how="hard")])
    born = [column.name for column in found.columns].index("born")
    assert sorted(str(list(chain.from_iterable(row))[born]) for row in found.rows()) == ["1950-01-01"] * 12 + ["None"]


def test_what_was_not_asked_is_marked_except_where_that_would_tell(app, database, clock):
    clock.set(AFTER)
    definition = copy.deepcopy(DEFINITION)
    more = {"key": "more", "kind": "single_choice", "text": say("More?"), "options": options("a", "b")}
    shown = {"when": "how", "is": "any_of", "of": ["hard"]}
    definition["pages"].append({"key": "p2", "show": shown, "questions": [more]})
    definition["pages"][0]["questions"][0]["about_you"] = True
    people = [answer(how="easy")] * 20 + [answer(how="hard", more="a")] * 10 + [answer(how="hard")] * 10
    people += [answer(how="other")] * 4 + [answer(how="other", born="1950-01-01")] * 7
    found = Responses(make_answered(app, people, definition=definition), least=10)
    names = [column.name for column in found.columns]
    at, how = names.index("more"), names.index("how")
    told = [list(chain.from_iterable(row)) for row in found.rows_with_routes()]
    said = sorted((str(row[how]), "-" if row[at] == NOT_ASKED else str(row[at])) for row in told)
    assert said == [("None", "None")] * 11 + [("easy", "-")] * 20 + [("hard", "None")] * 10 + [("hard", "a")] * 10
    assert not any(NOT_ASKED in chain.from_iterable(row) for row in found.rows())
