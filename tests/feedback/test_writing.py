"""What an answer demands, who may write and publish, and that what was published stays as it was."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from consult.accounts.models import StaffEvent
from consult.domain.errors import NotAllowed, NotNow, Rejected
from consult.domain.feedback import DEMANDS, Evidence, lacking
from consult.domain.wording import Wording
from consult.extensions import db
from consult.feedback import actions, queries
from consult.feedback.models import FeedbackPublication, FrozenPublication
from tests.accounts.factories import make_person
from tests.consultations.factories import CLOSES, make_approved
from tests.engagement.factories import make_group
from tests.feedback.factories import AFTER, ANSWERS, SOON, make_feedback, make_row, publish

TODAY = AFTER.date()


@pytest.fixture
def asked(database, editor, commissioner):
    """A consultation in English and Polish."""
    return make_approved("en", "pl", by=editor, approver=commissioner)


@pytest.mark.parametrize("answer", ANSWERS)
def test_each_kind_of_answer_can_be_complete(asked, editor, answer):
    draft = make_feedback(asked, make_row(answer=answer, **ANSWERS[answer]), by=editor)
    assert lacking(draft.feedback(), TODAY) == []


@pytest.mark.parametrize(
    ("answer", "lost"), [(answer, lost) for answer, demands in DEMANDS.items() for lost in demands]
)
def test_an_answer_without_what_it_demands_cannot_be_sent_and_the_sentence_says_what(asked, editor, answer, lost):
    empty: Any = {"day": None, "reason": ""}.get(lost, {})
    draft = make_feedback(asked, make_row(answer=answer, **{**ANSWERS[answer], lost: empty}), by=editor)
    with pytest.raises(NotNow) as refused:
        actions.submit(draft, by=editor, now=AFTER)
    sentence = refused.value.message
    assert (
        DEMANDS[answer][lost] in sentence
        and "Row 1 of “Telephones”" in sentence
        and "The phone is always busy" in sentence
    )
    assert draft.state == "draft"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"answer": "", "words": {}}, "has no answer"),
        ({"evidence": []}, "has no evidence"),
        ({"evidence": [Evidence("event")]}, "has no evidence"),
        ({"answer": "will_do", **ANSWERS["will_do"], "day": TODAY - timedelta(days=1)}, "a day that has passed"),
        (
            {"answer": "not_decided", **ANSWERS["not_decided"], "day": TODAY - timedelta(days=1)},
            "a day that has passed",
        ),
        ({"answer": "other_body", **ANSWERS["other_body"], "day": TODAY + timedelta(days=1)}, "has not come yet"),
        ({"addressed": {}, "href": "/plan"}, "without saying in words"),
    ],
)
def test_what_else_is_missing_is_said_of_the_right_row(asked, editor, change, sentence):
    draft = make_feedback(asked, make_row(), make_row(heard={"en": "Second point"}, **change), by=editor)
    found = lacking(draft.feedback(), TODAY)
    assert len(found) == 1 and sentence in found[0] and "Row 2" in found[0] and "Second point" in found[0]


def test_words_in_another_language_alone_are_not_enough(asked, editor):
    draft = make_feedback(asked, make_row(words={"pl": "Dwie nowe linie"}), by=editor)
    assert any("does not say what you changed" in one for one in lacking(draft.feedback(), TODAY))


def test_nothing_and_empty_themes_cannot_be_sent(asked, editor):
    actions.add_theme(asked, title={"en": "Empty"}, by=editor, now=AFTER)
    with pytest.raises(NotNow, match="“Empty” has no rows"):
        actions.submit(queries.begun(asked), by=editor, now=AFTER)


def test_whoever_wrote_or_sent_any_of_it_cannot_publish_or_return_it(asked, editor, commissioner):
    writer, sender = make_person("commissioner", make_group()), make_person("commissioner", make_group())
    draft = make_feedback(asked, by=editor)
    actions.edit_row(draft.rows[0], text=make_row(), by=writer, now=AFTER)
    actions.submit(draft, by=sender, now=AFTER)
    for person in (editor, writer, sender):
        with pytest.raises(NotAllowed, match="somebody else"):
            actions.publish(draft, by=person, now=AFTER)
        with pytest.raises(NotAllowed, match="somebody else"):
            actions.return_to_authors(draft, reasons="No", by=person, now=AFTER)
    assert actions.publish(draft, by=commissioner, now=AFTER).number == 1


def test_whoever_wrote_a_row_that_was_removed_still_counts_as_a_writer(asked, editor, commissioner):
    draft = make_feedback(asked, by=editor)
    extra = actions.add_row(draft.themes[0], text=make_row(), by=commissioner, now=AFTER)
    actions.remove_row(extra, by=editor, now=AFTER)
    actions.submit(draft, by=editor, now=AFTER)
    with pytest.raises(NotAllowed):
        actions.publish(draft, by=commissioner, now=AFTER)


def test_the_database_refuses_one_person_who_sent_and_published(asked, editor, commissioner):
    publish(make_feedback(asked, by=editor), by=editor, approver=commissioner)
    with pytest.raises(IntegrityError):
        db.session.execute(text("update feedback_publications set published_by = submitted_by"))


def test_it_is_published_only_from_review_and_only_after_closing(asked, editor, commissioner):
    draft = make_feedback(asked, by=editor)
    with pytest.raises(NotNow, match="in review"):
        actions.publish(draft, by=commissioner, now=AFTER)
    actions.submit(draft, by=editor, now=AFTER)
    with pytest.raises(NotNow, match="has closed"):
        actions.publish(draft, by=commissioner, now=CLOSES - timedelta(seconds=1))
    with pytest.raises(NotNow, match="can still arrive"):
        actions.publish(draft, by=commissioner, now=CLOSES + timedelta(minutes=59))
    actions.publish(draft, by=commissioner, now=AFTER)
    assert asked.state == "reported" and draft.state == "published"
    with pytest.raises(NotNow):
        actions.publish(draft, by=commissioner, now=AFTER)


def test_a_promise_whose_day_passed_during_the_review_is_not_published(asked, editor, commissioner):
    draft = make_feedback(asked, make_row(answer="will_do", **ANSWERS["will_do"]), by=editor)
    actions.submit(draft, by=editor, now=AFTER)
    with pytest.raises(NotNow, match="a day that has passed"):
        actions.publish(draft, by=commissioner, now=AFTER + timedelta(days=61))


def test_in_review_nothing_can_be_changed_until_it_is_taken_back_or_returned(asked, editor, commissioner):
    draft = make_feedback(asked, by=editor)
    actions.submit(draft, by=editor, now=AFTER)
    theme, row = draft.themes[0], draft.rows[0]
    for act in (
        lambda: actions.add_theme(asked, title={"en": "More"}, by=editor, now=AFTER),
        lambda: actions.rename_theme(theme, title={"en": "More"}, by=editor, now=AFTER),
        lambda: actions.move_theme(theme, up=True, by=editor, now=AFTER),
        lambda: actions.remove_theme(theme, by=editor, now=AFTER),
        lambda: actions.add_row(theme, text=make_row(), by=editor, now=AFTER),
        lambda: actions.edit_row(row, text=make_row(), by=editor, now=AFTER),
        lambda: actions.translate_row(row, language="pl", texts={}, notes=[], by=editor, now=AFTER),
        lambda: actions.move_row(row, up=True, by=editor, now=AFTER),
        lambda: actions.remove_row(row, by=editor, now=AFTER),
        lambda: actions.submit(draft, by=editor, now=AFTER),
    ):
        with pytest.raises(NotNow):
            act()
    actions.return_to_authors(draft, reasons="Say it in plainer words", by=commissioner, now=AFTER)
    assert (draft.state, draft.returned_because) == ("draft", "Say it in plainer words")
    actions.submit(draft, by=editor, now=AFTER)
    assert draft.returned_because == ""
    actions.take_back(draft, by=editor, now=AFTER)
    actions.edit_row(row, text=make_row(), by=editor, now=AFTER)


def test_returning_needs_reasons(asked, editor, commissioner):
    draft = make_feedback(asked, by=editor)
    actions.submit(draft, by=editor, now=AFTER)
    with pytest.raises(Rejected):
        actions.return_to_authors(draft, reasons="  ", by=commissioner, now=AFTER)


def test_what_was_published_stays_when_rows_are_edited_and_the_next_version_says_what_changed(
    asked, editor, commissioner
):
    draft = make_feedback(
        asked,
        make_row(heard={"en": "Stays"}),
        make_row(heard={"en": "Goes"}),
        make_row(heard={"en": "Alters"}),
        by=editor,
    )
    first = publish(draft, by=editor, approver=commissioner)
    assert first.feedback().changes == ()
    stays, goes, alters = draft.rows
    actions.remove_row(goes, by=editor, now=AFTER)
    actions.edit_row(
        alters, text=make_row(heard={"en": "Alters"}, words={"en": "Three more lines"}), by=editor, now=AFTER
    )
    actions.add_row(draft.themes[0], text=make_row(heard={"en": "Comes"}), by=editor, now=AFTER)
    actions.edit_row(stays, text=make_row(heard={"en": "Stays"}), by=editor, now=AFTER)
    db.session.flush()
    shown = queries.latest(asked)
    assert (
        shown
        and shown.number == 1
        and [row.heard["en"] for row in shown.feedback().rows] == ["Stays", "Goes", "Alters"]
    )
    second = publish(draft, by=editor, approver=commissioner, now=AFTER + timedelta(days=3))
    assert second.number == 2
    assert {(one.kind, one.heard["en"]) for one in second.feedback().changes} == {
        ("added", "Comes"),
        ("changed", "Alters"),
        ("removed", "Goes"),
    }


def test_a_publication_cannot_be_changed(asked, editor, commissioner):
    publication = publish(make_feedback(asked, by=editor), by=editor, approver=commissioner)
    publication.frozen = {**publication.frozen, "people": 9_999}
    with pytest.raises(FrozenPublication):
        db.session.flush()


def test_a_publication_read_again_is_what_was_written(asked, editor, commissioner):
    rows = [make_row(answer=answer, **given) for answer, given in ANSWERS.items()]
    publication = publish(make_feedback(asked, *rows, by=editor), by=editor, approver=commissioner)
    db.session.expire_all()
    kept = db.session.get_one(FeedbackPublication, publication.id)
    assert kept.feedback().as_json() == kept.frozen
    assert [row.answer for row in kept.feedback().rows] == list(ANSWERS)
    assert kept.feedback().themes[0].rows[2].day == SOON


def test_evidence_from_a_question_carries_its_words_as_they_were(asked, editor, commissioner):
    publication = publish(make_feedback(asked, by=editor), by=editor, approver=commissioner)
    evidence = publication.feedback().themes[0].rows[0].evidence[0]
    assert evidence.note.to("pl").text == "How easy is it to phone us? (pl)"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"heard": {}}, "heard"),
        ({"heard": {"pl": "Po polsku"}}, "heard"),
        ({"answer": "perhaps"}, "answer"),
        ({"answer": "cannot", "reason": "mood"}, "reason"),
        ({"evidence": [Evidence("rumour", "how")]}, "evidence"),
        ({"evidence": [Evidence("question", "nowhere")]}, "questions"),
        ({"href": "javascript:alert(1)"}, "href"),
        ({"href": "//example.org"}, "href"),
        ({"href": "/\\example.org"}, "href"),
        ({"href": "https://exa mple.org"}, "href"),
        ({"href": "http://[broken"}, "href"),
    ],
)
def test_what_cannot_be_kept_is_refused_beside_its_field(asked, editor, change, field):
    draft = make_feedback(asked, by=editor)
    with pytest.raises(Rejected) as refused:
        actions.add_row(draft.themes[0], text=make_row(**change), by=editor, now=AFTER)
    assert refused.value.field == field


def test_what_an_earlier_answer_needed_does_not_come_out_under_another(asked, editor):
    draft = make_feedback(asked, make_row(answer="will_do", **ANSWERS["will_do"]), by=editor)
    row = draft.rows[0]
    actions.edit_row(
        row,
        text=make_row(answer="changed", who={"en": "Programme lead"}, day=SOON, reason="cost"),
        by=editor,
        now=AFTER,
    )
    assert (row.who, row.day, row.reason) == ({}, None, None)


def test_a_theme_with_rows_is_not_removed(asked, editor):
    draft = make_feedback(asked, by=editor)
    with pytest.raises(NotNow, match="still has rows"):
        actions.remove_theme(draft.themes[0], by=editor, now=AFTER)
    actions.remove_row(draft.rows[0], by=editor, now=AFTER)
    actions.remove_theme(draft.themes[0], by=editor, now=AFTER)
    assert queries.begun(asked).themes == []


def test_themes_and_rows_are_put_in_order_and_stay_at_the_ends(asked, editor):
    draft = make_feedback(asked, *(make_row(heard={"en": name}) for name in "abc"), by=editor)
    actions.add_theme(asked, title={"en": "Later"}, by=editor, now=AFTER)
    a = draft.rows[0]
    actions.move_row(a, up=True, by=editor, now=AFTER)
    assert [row.heard["en"] for row in draft.rows] == ["a", "b", "c"]
    actions.move_row(a, up=False, by=editor, now=AFTER)
    assert [row.heard["en"] for row in draft.rows] == ["b", "a", "c"]
    actions.move_theme(draft.themes[1], up=True, by=editor, now=AFTER)
    db.session.expire_all()
    assert [theme.title["en"] for theme in queries.begun(asked).themes] == ["Later", "Telephones"]


def test_a_row_can_go_to_another_theme(asked, editor):
    draft = make_feedback(asked, by=editor)
    other = actions.add_theme(asked, title={"en": "Other"}, by=editor, now=AFTER)
    row = draft.rows[0]
    actions.edit_row(row, text=make_row(), theme=other, by=editor, now=AFTER)
    db.session.expire_all()
    assert [len(theme.rows) for theme in queries.begun(asked).themes] == [0, 1]


def test_a_row_made_after_a_removal_is_never_taken_for_the_removed_one(asked, editor):
    draft = make_feedback(asked, by=editor)
    removed = draft.rows[0].id
    actions.remove_row(draft.rows[0], by=editor, now=AFTER)
    assert actions.add_row(draft.themes[0], text=make_row(), by=editor, now=AFTER).id != removed


def test_a_commissioner_who_wrote_nothing_says_what_a_point_did_and_editing_asks_again(asked, editor, commissioner):
    draft = make_feedback(asked, by=editor)
    row = draft.rows[0]
    with pytest.raises(NotNow):
        actions.flag(row, reflects=False, informs=True, by=commissioner, now=AFTER)
    actions.submit(draft, by=editor, now=AFTER)
    with pytest.raises(NotAllowed):
        actions.flag(row, reflects=False, informs=True, by=editor, now=AFTER)
    with pytest.raises(Rejected, match="informed"):
        actions.flag(row, reflects=True, informs=False, by=commissioner, now=AFTER)
    actions.flag(row, reflects=False, informs=True, by=commissioner, now=AFTER)
    assert (row.informs, row.flagged_by) == (True, commissioner.id)
    actions.take_back(draft, by=editor, now=AFTER)
    actions.edit_row(row, text=make_row(), by=editor, now=AFTER)
    assert (row.informs, row.flagged_by) == (False, None)


def test_a_translation_keeps_the_other_languages_and_an_empty_one_falls_back(asked, editor):
    draft = make_feedback(
        asked,
        make_row(evidence=[Evidence("event", note=Wording({"en": "Market stall"}))], words={"en": "Two more lines"}),
        by=editor,
    )
    row = draft.rows[0]
    texts = {"heard": "Telefon jest zajęty", "words": "Dwie nowe linie", "addressed": ""}
    actions.translate_row(row, language="pl", texts=texts, notes=["Stoisko"], by=editor, now=AFTER)
    assert row.heard == {"en": "The phone is always busy", "pl": "Telefon jest zajęty"}
    assert row.evidence[0]["note"] == {"en": "Market stall", "pl": "Stoisko"}
    assert any("where this is addressed" in one for one in draft.feedback().untranslated("pl"))
    assert not any("our answer" in one for one in draft.feedback().untranslated("pl"))


def test_every_step_is_in_the_staff_log(asked, editor, commissioner):
    publish(make_feedback(asked, by=editor), by=editor, approver=commissioner)
    events = db.session.scalars(select(StaffEvent).where(StaffEvent.verb.like("%feedback"))).all()
    assert [(one.verb, one.account_id) for one in events] == [
        ("write_feedback", editor.id),
        ("write_feedback", editor.id),
        ("write_feedback", editor.id),
        ("publish_feedback", commissioner.id),
    ]
    assert {one.thing for one in events} == {"feedback draft phones"} and {one.group_id for one in events} == {
        asked.group_id
    }


def test_the_day_of_a_publication_is_a_day_in_london(asked, editor, commissioner):
    draft = make_feedback(asked, by=editor)
    late = AFTER.replace(year=2027, month=6, day=30, hour=23, minute=30)
    actions.submit(draft, by=editor, now=late)
    assert actions.publish(draft, by=commissioner, now=late).published_on == date(2027, 7, 1)
