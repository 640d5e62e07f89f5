"""Before anybody answers, staff see what nobody could see and what nobody could answer."""

from __future__ import annotations

import pytest

from consult.domain.errors import NotNow
from tests.accounts.factories import sign_in
from tests.consultations.factories import NOW, make_draft, send


def question(key, kind="yes_no", **more):
    return {"key": key, "kind": kind, "text": f"What about {key}?", **more}


def definition(*pages):
    return {
        "language": "en",
        "title": "T",
        "pages": [{"key": f"p{at}", "questions": questions} for at, questions in enumerate(pages, 1)],
    }


def test_a_question_nobody_could_answer_stops_publication(database, editor):
    draft = make_draft(by=editor)
    impossible = {"when": ".", "is": "above", "of": 10}
    draft.definition = definition(
        [question("n", "number", required=True, settings={"maximum": 10}, constraint=impossible)]
    )
    with pytest.raises(NotNow, match="no answer to it can be accepted"):
        send(draft, by=editor, now=NOW)
    assert draft.state == "draft"
    draft.definition["pages"][0]["questions"][0].pop("constraint")
    send(draft, by=editor, now=NOW)
    assert draft.state == "in_review"


def test_staff_are_told_in_the_words_of_the_questionnaire_what_nobody_sees(app, database, editor):
    draft = make_draft(by=editor)
    gone = {"when": "first", "is": "any_of", "of": ["perhaps"]}
    draft.definition = definition([question("first")], [question("second", show=gone)])
    database.commit()
    said = sign_in(app, editor).page(f"/staff/consultations/{draft.slug}/questionnaire/ways").text
    assert "“What about second?” (second)" in said
    assert "Nobody can ever see it: its condition can never be true." in said
    assert "Shortest" in said and "Longest" in said


def test_where_all_is_well_it_says_so(app, database, editor):
    draft = make_draft(by=editor)
    yes = {"when": "first", "is": "any_of", "of": ["yes"]}
    draft.definition = definition([question("first")], [question("second", show=yes)])
    database.commit()
    said = sign_in(app, editor).page(f"/staff/consultations/{draft.slug}/questionnaire/ways").text
    assert "Every page, question, row and option can be seen by somebody" in said
