"""Translations are drafts until a second person signs them, and stale when their original changes."""

from __future__ import annotations

from datetime import timedelta

import pytest

from consult.consultations import actions as consultations
from consult.domain import translating
from consult.domain.errors import NotNow
from consult.domain.translating import BY_YOU, DRAFT, MISSING, OLD, SIGNED, STALE
from consult.exchange.translating.bringing import bring_back
from consult.studio.actions import translate as actions
from consult.studio.actions.start import start_from
from consult.studio.actions.translate import Typed, Unsaved
from consult.studio.queries import desk
from tests.consultations.factories import CATALOGUES, NOW, make_definition, make_draft, make_text, send

HOW = "question how"


@pytest.fixture
def draft(database, editor, clock):
    clock.set(NOW)
    return make_draft("en", "pl", by=editor)


def text(draft, place=HOW, language="pl"):
    return next(one for one in desk.texts(draft, [language])[language] if one.place == place)


def typed(one, words, **more):
    return {one.place: Typed(words, one.mark, translating.mark(one.source), **more)}


def states(draft, language="pl"):
    return {one.state for one in desk.texts(draft, [language])[language]}


def sign(draft, by, *places):
    seen = {place: text(draft, place).mark for place in places}
    return actions.sign(draft, "pl", seen=seen, by=by, now=NOW)


def reword(draft, editor, english, polish="How easy is it to phone us? (pl)"):
    definition = make_definition("en", "pl")
    definition["pages"][0]["questions"][0]["text"] = {"en": english, "pl": polish}
    consultations.save_definition(draft, definition=definition, by=editor, now=NOW)


def test_what_came_with_a_questionnaire_is_a_draft_that_its_writer_cannot_sign(draft, editor, commissioner):
    assert states(draft) == {DRAFT}
    assert sign(draft, editor, HOW).refused == {HOW: BY_YOU}
    assert sign(draft, commissioner, HOW).number == 1
    assert text(draft).state == SIGNED and text(draft).kept.signer == commissioner
    assert states(draft, "ar") == {MISSING}


def test_a_changed_original_makes_its_translation_stale_and_keeps_what_it_was(draft, editor, commissioner):
    sign(draft, commissioner, HOW)
    reword(draft, editor, "Is it easy to phone us?")
    assert (text(draft).state, text(draft).was) == (STALE, "How easy is it to phone us?")
    assert sign(draft, commissioner, HOW).refused == {HOW: OLD}
    # what was not signed off goes stale too
    consultations.edit_page(
        draft, text=make_text("en", title={"en": "Calls", "pl": "The title of phones (pl)"}), by=editor, now=NOW
    )
    assert text(draft, "page text: title").state == STALE
    # somebody says that it is still right, another signs
    assert (
        actions.save(draft, "pl", typed=typed(text(draft), text(draft).target, still=True), by=commissioner, now=NOW)
        == 0
    )
    assert text(draft).state == DRAFT
    assert sign(draft, commissioner, HOW).refused and sign(draft, editor, HOW).number == 1


def test_new_words_for_both_are_a_draft_and_moving_spaces_changes_nothing(draft, editor, commissioner):
    sign(draft, commissioner, HOW)
    reword(draft, editor, " How easy is it\nto phone us?")
    assert text(draft).state == SIGNED
    reword(draft, editor, "Is it easy?", "Czy to łatwe?")
    assert text(draft).state == DRAFT and text(draft).kept.written_by == editor.id


def test_words_from_a_file_are_drafts_whatever_was_signed_before(draft, editor, commissioner):
    sign(draft, commissioner, HOW)
    bring_back(draft, language="pl", taken={HOW: "Łatwo?"}, by=editor, now=NOW)
    assert text(draft).state == DRAFT and text(draft).kept.signed_by is None


def test_what_is_typed_is_a_draft_of_who_typed_it_and_emptied_words_are_missing(draft, editor, commissioner):
    assert actions.save(draft, "pl", typed=typed(text(draft), "Łatwo?", note="Sure?"), by=commissioner, now=NOW) == 1
    assert (text(draft).target, text(draft).kept.written_by, text(draft).kept.note) == (
        "Łatwo?",
        commissioner.id,
        "Sure?",
    )
    assert sign(draft, editor, HOW).number == 1
    actions.save(draft, "pl", typed=typed(text(draft), ""), by=commissioner, now=NOW)
    assert text(draft).state == MISSING
    assert actions.save(draft, "ar", typed=typed(text(draft, language="ar"), "سهل؟"), by=editor, now=NOW) == 1
    assert text(draft, language="ar").state == DRAFT and draft.languages == ["en", "pl"]


def test_of_two_people_the_later_one_keeps_what_they_typed_and_overwrites_nothing(draft, editor, commissioner):
    seen = text(draft)
    actions.save(draft, "pl", typed=typed(seen, "Pierwszy"), by=editor, now=NOW)
    title = text(draft, "page text: title")
    with pytest.raises(Unsaved) as refused:
        actions.save(draft, "pl", typed={**typed(seen, "Drugi"), **typed(title, "Tytuł")}, by=commissioner, now=NOW)
    assert refused.value.problems == {HOW: actions.MOVED}
    assert text(draft).target == "Pierwszy" and text(draft, "page text: title").target != "Tytuł"
    # whoever left it alone overwrites nothing either, and hears of nothing
    assert actions.save(draft, "pl", typed=typed(seen, "Pierwszy"), by=commissioner, now=NOW) == 0
    reword(draft, editor, "Is it easy?", "Pierwszy")
    with pytest.raises(Unsaved) as refused:
        actions.save(draft, "pl", typed=typed(seen, "Drugi"), by=commissioner, now=NOW)
    assert refused.value.problems == {HOW: actions.CHANGED}


def test_placeholders_and_texts_that_are_gone_are_refused(draft, editor):
    reword(draft, editor, "How was [it](https://example.org/)?", "")
    with pytest.raises(Unsaved) as refused:
        actions.save(draft, "pl", typed=typed(text(draft), "Jak?"), by=editor, now=NOW)
    assert "links" in refused.value.problems[HOW]
    with pytest.raises(Unsaved) as refused:
        actions.save(draft, "pl", typed={"question gone": Typed("Jak?", "", "")}, by=editor, now=NOW)
    assert refused.value.problems == {"question gone": actions.GONE}


def test_nobody_signs_what_they_have_not_seen(draft, editor, commissioner):
    seen = text(draft).mark
    actions.save(draft, "pl", typed=typed(text(draft), "Inaczej"), by=editor, now=NOW)
    assert actions.sign(draft, "pl", seen={HOW: seen}, by=commissioner, now=NOW).refused == {HOW: actions.SEEN_NO_MORE}
    draft.state = "reported"
    for done in (
        lambda: sign(draft, commissioner, HOW),
        lambda: actions.save(draft, "pl", typed={}, by=editor, now=NOW),
    ):
        with pytest.raises(NotNow):
            done()


def test_a_mistake_mended_in_a_published_original_makes_nothing_stale(draft, commissioner):
    assert actions.sign_all(draft, by=commissioner, now=NOW) == len(desk.texts(draft, ["pl"])["pl"])
    definition = make_definition("en", "pl")
    definition["pages"][0]["questions"][0]["text"]["en"] = "How easy it is to phone us?"
    draft.definition = definition
    consultations.written(draft, commissioner, NOW, same_meaning=True)
    assert states(draft) == {SIGNED}


def test_what_is_corrected_while_people_answer_is_a_draft_that_a_second_person_signs(draft, editor, commissioner):
    send(draft, by=editor)
    consultations.approve(draft, by=commissioner, now=NOW, catalogues=CATALOGUES)
    assert states(draft) == {SIGNED}
    definition = make_definition("en", "pl")
    definition["pages"][0]["questions"][0]["text"] = {"en": "How easy is it to phone us??", "pl": "Czy łatwo?"}
    definition["pages"][1]["questions"][0]["text"]["en"] = "What makes it so hard?"
    consultations.correct_questionnaire(
        draft, definition=definition, reason={"en": "A mistake"}, by=editor, now=NOW + timedelta(days=2)
    )
    assert (text(draft).state, text(draft, "question why").state) == (DRAFT, SIGNED)
    assert sign(draft, editor, HOW).refused == {HOW: BY_YOU}
    assert sign(draft, commissioner, HOW).number == 1


def test_a_copy_keeps_what_was_signed_off_and_nothing_else(draft, editor, commissioner):
    sign(draft, commissioner, HOW, "page text: why")
    copy = consultations.create(group=draft.group, title="Phones again", by=editor, now=NOW)
    start_from(copy, draft, documents=False, by=editor, now=NOW)
    signed = {one.place for one in desk.texts(copy, ["pl"])["pl"] if one.state == SIGNED}
    assert signed == {HOW, "page text: why"}
    assert text(copy).kept.signer == commissioner and text(copy, "question why").kept.written_by == editor.id
    assert text(copy, "title").state == MISSING
    reword(copy, editor, "Is it easy to phone us?")
    assert (text(copy).state, text(draft).state) == (STALE, SIGNED)


def test_a_note_for_translators_stands_beside_the_text_until_it_is_emptied(draft, editor):
    actions.tell_translators(draft, HOW, words=" By telephone ", by=editor, now=NOW)
    assert text(draft).note == "By telephone"
    actions.tell_translators(draft, HOW, words="", by=editor, now=NOW)
    assert text(draft).note == ""


def test_a_language_that_is_not_signed_off_cannot_be_published(draft, commissioner):
    number = len(desk.texts(draft, ["pl"])["pl"])
    assert desk.lacking(draft) == [
        f"Polish: {number} texts are not signed off by a second person. See the translation desk."
    ]
    actions.sign_all(draft, by=commissioner, now=NOW)
    assert desk.lacking(draft) == []
