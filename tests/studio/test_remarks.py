"""What staff say beside a text or a question stays with its words, is answered, and is dealt with."""

from __future__ import annotations

import pytest

from consult.consultations import actions as consultations
from consult.domain.errors import Missing, NotNow, Rejected
from consult.extensions import db
from consult.studio.actions import remark as actions
from consult.studio.models import Remark
from consult.studio.queries import parts, remarks
from tests.accounts.factories import make_person, sign_in
from tests.consultations.factories import NOW, make_definition, make_draft, send
from tests.engagement.factories import make_group

PAGE = "/staff/consultations/phones/remarks"


@pytest.fixture
def draft(database, editor, clock):
    clock.set(NOW)
    return make_draft(by=editor)


def say(draft, by, kind="question", name="how", words="Too long."):
    return actions.remark(draft, parts.part(draft, kind, name), words=words, by=by, now=NOW)


def test_every_text_page_and_question_can_be_said_something_about(draft):
    assert [(one.kind, one.name) for one in parts.parts(draft)] == [
        ("whole", ""),
        *(("text", name) for name in ("title", "summary", "why", "decided", "still_open", "what_next")),
        ("page", "phone"),
        ("question", "how"),
        ("page", "reason"),
        ("question", "why"),
    ]
    with pytest.raises(Missing):
        parts.part(draft, "question", "gone")


def test_a_remark_is_written_answered_and_dealt_with_on_pages(app, draft, editor, commissioner):
    reader, writer = sign_in(app, commissioner), sign_in(app, editor)
    assert reader.get(f"{PAGE}/on/whole/").status_code == 200
    assert reader.post(f"{PAGE}/on/question/how", {"words": " "}).status_code == 422
    done = reader.post(f"{PAGE}/on/question/how", {"words": "Easier\n\nwords, please <b>"})
    assert done.status_code == 303 and done.location == f"{PAGE}#question-how"
    made = db.session.scalars(db.select(Remark)).one()
    assert "1 open" in writer.get("/staff/consultations/phones/review").text
    assert "1 open" in writer.get("/staff/").text or "1 open" in writer.get("/staff").text
    assert writer.post(f"{PAGE}/{made.id}/answer", {"words": "Done."}).status_code == 303
    assert writer.post(f"{PAGE}/{made.id}/close").status_code == 303
    shown = reader.get(PAGE).text
    assert "Easier" in shown and "&lt;b&gt;" in shown and "Done." in shown and "1 in all, 0 open" in shown
    assert writer.post(f"{PAGE}/{made.id}/close").status_code == 409
    assert reader.post(f"{PAGE}/{made.id}/open").status_code == 303
    assert remarks.open_remarks([draft.id]) == {draft.id: 1}


def test_a_remark_stays_with_its_words_when_its_question_is_removed_or_reworded(app, draft, editor, commissioner):
    say(draft, commissioner)
    say(draft, commissioner, name="why")
    definition = make_definition()
    del definition["pages"][1]
    definition["pages"][0]["questions"][0]["text"] = {"en": "Is it easy to phone us?"}
    consultations.save_definition(draft, definition=definition, by=editor, now=NOW)
    shown = sign_in(app, editor).get(PAGE).text
    assert "Written when it said: “How easy is it to phone us?”" in shown
    assert "no longer there" in shown and "“What makes it hard?”" in shown


def test_strangers_to_the_group_neither_read_nor_write(app, draft, commissioner):
    made = say(draft, commissioner)
    promoter = sign_in(app, make_person("promoter", make_group()))
    for path in (PAGE, f"{PAGE}/on/whole/", f"{PAGE}/{made.id}/answer"):
        assert promoter.get(path).status_code == 403
    for path in (f"{PAGE}/on/whole/", f"{PAGE}/{made.id}/answer", f"{PAGE}/{made.id}/close"):
        assert promoter.post(path, {"words": "Hm"}).status_code == 403


def test_a_remark_makes_nobody_an_author_so_its_writer_may_still_approve(draft, editor, commissioner):
    say(draft, commissioner)
    send(draft, by=editor)
    consultations.approve(draft, by=commissioner, now=NOW, catalogues=("en",))
    assert draft.state == "approved"


def test_an_answer_is_no_remark_of_its_own(draft, editor, commissioner):
    made = say(draft, commissioner)
    answer = actions.answer(made, words="Why?", by=editor, now=NOW)
    with pytest.raises(Missing):
        remarks.remark(draft, answer.id)
    with pytest.raises(Rejected):
        actions.answer(made, words="\n", by=editor, now=NOW)
    draft.state = "reported"
    with pytest.raises(NotNow):
        say(draft, commissioner)
