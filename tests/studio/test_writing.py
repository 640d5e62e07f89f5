"""The editor’s pages: a questionnaire is written from nothing, changed, undone, and by two people at once."""

from __future__ import annotations

import re

import pytest

from consult.consultations import actions as consultations
from consult.consultations.models import Consultation
from consult.domain.questionnaire import as_json, read
from consult.extensions import db
from consult.questions import kinds
from consult.studio.actions import edit as acts
from consult.studio.routes.kinds_in_words import WHEN
from tests.accounts.factories import make_person, sign_in
from tests.client import parse
from tests.consultations.factories import NOW, make_definition
from tests.engagement.factories import make_group
from tests.questions.test_every_kind import question_of

pytestmark = pytest.mark.sqlite
WRITE = "/staff/consultations/newer/write"


@pytest.fixture
def draft(database, clock) -> Consultation:
    """A draft without a questionnaire."""
    clock.set(NOW)
    made = consultations.create(group=make_group(slug="g"), title="New", slug="newer", by=None, now=NOW)
    db.session.commit()
    return made


@pytest.fixture
def staff(app, draft):
    return sign_in(app, make_person("editor"))


def definition() -> dict:
    db.session.expire_all()
    return acts.state(db.session.query(Consultation).filter_by(slug="newer").one()).definition


def number(client) -> str:
    return str(acts.state(db.session.query(Consultation).filter_by(slug="newer").one()).number)


def sent(page) -> dict[str, object]:
    """What the form of a question would send as it stands."""
    data: dict[str, object] = {}
    for field in page.all("input", "select", "textarea"):
        name, kind = field.get("name"), field.get("type")
        if not name or (kind in ("checkbox", "radio") and "checked" not in field.attributes):
            continue
        if field.tag == "select":
            value = next((one.get("value") for one in field.all("option") if "selected" in one.attributes), None)
            value = field.all("option")[0].get("value") if value is None else value
        else:
            value = field.text if field.tag == "textarea" else field.get("value")
        data.setdefault(name, [])
        data[name].append(value)
    return data


def test_a_questionnaire_is_written_from_nothing(staff):
    assert staff.post(WRITE, {"act": "add_page", "title": "Calling us"}).status_code == 303
    assert "a page needs a question" in staff.page(WRITE).text
    new = {"text": "How do you call?", "kind": "single_choice", "options": "• Telephone\n• Online\nOther"}
    made = staff.post(f"{WRITE}/page/calling_us/question", new | {"seen": number(staff)})
    assert made.status_code == 303 and made.location.endswith("/write/question/how_do_you_call")
    form = sent(staff.page(made.location))
    form |= {"options-2-sort": "other", "options-2-place": "1", "about": ["required"], "hint": "Lately"}
    assert staff.post(made.location, form).status_code == 303
    [question] = definition()["pages"][0]["questions"]
    assert question["required"] and question["hint"] == {"en": "Lately"}
    assert [(one["key"], one.get("other", False)) for one in question["options"]] == [
        ("other", True),
        ("telephone", False),
        ("online", False),
    ]
    # Whole now, so it is what would be asked.
    assert db.session.query(Consultation).filter_by(slug="newer").one().draft().question_by_key["how_do_you_call"]
    staff.post(WRITE, {"act": "add_page", "title": "More", "seen": number(staff)})
    assert "Page “More”" in staff.page(WRITE).text
    staff.post(f"{WRITE}/page/more/question", {"text": "Why?", "kind": "long_text", "seen": number(staff)})
    show = f"{WRITE}/question/why/show"
    chosen = staff.page(f"{show}?looked=how_do_you_call")
    assert "Telephone" in chosen.text
    added = {"act": "add", "looked": "how_do_you_call", "operator": "any_of", "of": ["online"], "seen": number(staff)}
    assert staff.post(show, added).status_code == 303
    assert "Shown when the answer to “How do you call?” is “Online”." in " ".join(staff.page(WRITE).text.split())
    assert not acts.lacking(db.session.query(Consultation).filter_by(slug="newer").one())


def test_an_unfinished_questionnaire_is_kept_and_cannot_be_published(app, staff, draft):
    staff.post(WRITE, {"act": "add_page", "title": "Empty"})
    one = db.session.get_one(Consultation, draft.id)
    assert one.definition is None and definition()["pages"][0]["key"] == "empty"
    assert any("not finished" in sentence for sentence in consultations.lacking(one, now=NOW, catalogues=["en"]))


def test_things_are_moved_copied_removed_and_every_step_undone(staff, draft):
    consultations.save_definition(draft, definition=make_definition("en"), by=None, now=NOW)
    db.session.commit()
    before = definition()
    keys = [one["key"] for page in before["pages"] for one in page["questions"]]
    first = before["pages"][0]["questions"][0]["key"]
    steps = [("duplicate", "question", first), ("down", "question", first), ("remove", "question", f"{first}_2")]
    for act, thing, key in steps:
        staff.post(WRITE, {"act": act, "thing": thing, "key": key, "seen": number(staff)})
    assert [one["key"] for page in definition()["pages"] for one in page["questions"]] == keys
    for _step in steps:
        assert staff.post(WRITE, {"act": "undo", "seen": number(staff)}).status_code == 303
    assert definition() == before
    listed = staff.page(f"{WRITE}/history")
    assert "Removed the question" in listed.text and "As it was before" in listed.text
    assert "Go on from here" in staff.page(f"{WRITE}/history/2").text
    assert staff.post(f"{WRITE}/history/2", {}).status_code == 303
    assert f"{first}_2" in [one["key"] for page in definition()["pages"] for one in page["questions"]]


def test_what_a_condition_looks_at_is_not_removed_and_the_page_says_why(staff, draft):
    made = make_definition("en")
    first = made["pages"][0]["questions"][0]["key"]
    made["pages"][1]["questions"][0]["show"] = {"when": first, "is": "answered"}
    consultations.save_definition(draft, definition=made, by=None, now=NOW)
    db.session.commit()
    refused = staff.post(WRITE, {"act": "remove", "thing": "question", "key": first, "seen": number(staff)})
    assert refused.status_code == 422 and "First change what looks at it" in refused.text
    assert first in [one["key"] for page in definition()["pages"] for one in page["questions"]]


def test_the_later_of_two_editors_is_shown_both_and_decides(app, staff, draft):
    consultations.save_definition(draft, definition=make_definition("en"), by=None, now=NOW)
    db.session.commit()
    key = definition()["pages"][0]["questions"][0]["key"]
    colleague = sign_in(app, make_person("editor", name="Colleague"))
    path = f"{WRITE}/question/{key}"
    mine, theirs = sent(staff.page(path)), sent(colleague.page(path))
    theirs |= {"text": "Their words?", "options-1-label": "Theirs", "hint": "Their hint"}
    assert colleague.post(path, theirs).status_code == 303
    refused = staff.post(path, mine | {"text": "My words?", "options-0-label": "Mine"})
    shown = parse(refused.text)
    assert refused.status_code == 422
    rows = [[cell.text for cell in row.all("td")] for row in shown.all("tr")]
    assert ["Their words?", "My words?"] in rows
    assert ["Easy; Theirs", "Mine; Theirs"] in rows and len(rows) == 3, "what only they changed is no difference"
    assert definition()["pages"][0]["questions"][0]["text"]["en"] == "Their words?"
    assert staff.post(path, sent(shown)).status_code == 303
    [saved] = definition()["pages"][0]["questions"]
    assert saved["text"]["en"] == "My words?" and saved["hint"]["en"] == "Their hint"
    assert [one["label"]["en"] for one in saved["options"]] == ["Mine", "Theirs"]


@pytest.mark.parametrize("kind_name", sorted(kinds()))
def test_every_kind_is_opened_and_saved_without_changing_anything(staff, draft, kind_name):
    question = as_json_of(kind_name)
    made = {"consult": 1, "language": "en", "title": {"en": "T"}, "pages": [{"key": "p", "questions": [question]}]}
    consultations.save_definition(draft, definition=made, by=None, now=NOW)
    db.session.commit()
    before = definition()
    path = f"{WRITE}/question/q1"
    saved = staff.post(path, sent(staff.page(path)))
    assert saved.status_code == 303, re.findall(r"error-summary.*?</ul>", saved.text, re.S)
    assert definition() == before


def as_json_of(kind_name: str) -> dict:
    made = question_of(kind_name)
    data = {"consult": 1, "language": "en", "title": {"en": "T"}, "pages": [{"key": "p", "questions": []}]}
    from consult.domain.questionnaire.writing import _question

    question = _question(made)
    assert as_json(read({**data, "pages": [{"key": "p", "questions": [question]}]}))
    return question


def test_a_stranger_writes_nothing(app, draft):
    stranger = sign_in(app, make_person("editor", make_group("elsewhere", "Elsewhere")))
    assert stranger.get(WRITE).status_code == 403
    assert stranger.post(WRITE, {"act": "add_page"}).status_code == 403


def test_every_kind_says_when_it_is_the_right_one(staff):
    staff.post(WRITE, {"act": "add_page", "title": "One"})
    shown = staff.page(f"{WRITE}/page/one/question").text
    assert set(WHEN) == set(kinds()) and all(sentence in shown for sentence in WHEN.values())


def test_a_question_dragged_to_another_place_stands_there(staff, draft):
    made = make_definition("en")
    page = made["pages"][0]
    page["questions"] += [{"key": key, "kind": "yes_no", "text": {"en": key}} for key in ("second", "third")]
    consultations.save_definition(draft, definition=made, by=None, now=NOW)
    db.session.commit()
    first = page["questions"][0]["key"]
    moved = {"act": "to", "thing": "question", "key": first, "by": "2", "seen": number(staff)}
    assert staff.post(WRITE, moved).status_code == 303
    assert [one["key"] for one in definition()["pages"][0]["questions"]] == ["second", "third", first]
    assert staff.post(WRITE, moved | {"by": "-9999999"}).status_code == 303
    assert definition()["pages"][0]["questions"][0]["key"] == first


def test_what_is_saved_by_itself_says_which_state_it_is_and_nothing_new_is_no_state(staff, draft):
    consultations.save_definition(draft, definition=make_definition("en"), by=None, now=NOW)
    db.session.commit()
    path = f"{WRITE}/question/{definition()['pages'][0]['questions'][0]['key']}"
    form = sent(staff.page(path)) | {"auto": "y", "hint": "Lately"}
    assert staff.post(path, form).get_data(as_text=True) == "2" == number(staff)
    assert staff.post(path, form | {"seen": "2"}).get_data(as_text=True) == "2"
    assert staff.post(path, form | {"text": ""}).status_code == 422


def test_what_was_typed_for_something_taken_away_meanwhile_is_shown(staff, draft):
    consultations.save_definition(draft, definition=make_definition("en"), by=None, now=NOW)
    db.session.commit()
    last = definition()["pages"][1]
    question = f"{WRITE}/question/{last['questions'][0]['key']}"
    part = f"{WRITE}/page/{last['key']}"
    typed, words = sent(staff.page(question)) | {"text": "My long work?"}, sent(staff.page(part)) | {"text": "My words"}
    staff.post(WRITE, {"act": "remove", "thing": "page", "key": last["key"], "seen": number(staff)})
    for path, data, kept in ((question, typed, "My long work?"), (part, words, "My words")):
        lost = staff.post(path, data)
        assert lost.status_code == 422 and kept in lost.text and "Removed the page" in lost.text


def test_numbers_days_and_missing_answers_are_looked_at_and_a_nested_condition_is_kept_part_by_part(staff, draft):
    asked = [
        {"key": key, "kind": kind, "text": {"en": f"{key}?"}} for key, kind in (("many", "number"), ("day", "date"))
    ]
    nested = {"all": [{"any": [{"when": "many", "is": "above", "of": [2]}, {"when": "day", "is": "answered"}]}]}
    last = {"key": "last", "kind": "long_text", "text": {"en": "Last?"}, "show": nested}
    pages = [{"key": "one", "questions": asked}, {"key": "two", "questions": [last]}]
    made = {"consult": 1, "language": "en", "title": {"en": "T"}, "pages": pages}
    consultations.save_definition(draft, definition=made, by=None, now=NOW)
    db.session.commit()
    path = f"{WRITE}/question/last/show"
    for looked, operator, wrong, right in (
        ("many", "at_least", "a few", "2.5"),
        ("day", "below", "31/31", "2026-01-31"),
    ):
        sent_now = {"act": "add", "looked": looked, "operator": operator, "seen": number(staff)}
        for of, sentence in ((wrong, "Enter a "), ("", "Enter what to compare with")):
            refused = staff.post(path, sent_now | {"of": of})
            assert refused.status_code == 422 and sentence in refused.text
        assert staff.post(path, sent_now | {"of": right}).status_code == 303
    not_given = {"act": "add", "looked": "day", "operator": "not_answered", "seen": number(staff)}
    assert staff.post(path, not_given).status_code == 303
    assert definition()["pages"][1]["questions"][0]["show"]["all"] == [
        nested["all"][0],
        {"when": "many", "is": "at_least", "of": [2.5]},
        {"when": "day", "is": "below", "of": ["2026-01-31"]},
        {"not": {"when": "day", "is": "answered"}},
    ]
    assert "it is not so that" in staff.page(path).text
    for _part in range(3):
        staff.post(path, {"act": "out-1", "seen": number(staff)})
    assert definition()["pages"][1]["questions"][0]["show"] == nested["all"][0]


def test_a_long_history_is_read_page_by_page(staff, draft, monkeypatch):
    monkeypatch.setattr("consult.studio.routes.writing.CHANGES_SHOWN", 2)
    for title in ("One", "Two", "Three"):
        staff.post(WRITE, {"act": "add_page", "title": title, "seen": number(staff)})
    newest = staff.page(f"{WRITE}/history").text
    assert "Three" in newest and "Two" in newest and "“One”" not in newest
    oldest = staff.page(f"{WRITE}/history?before=2").text
    assert "“One”" in oldest and "“Two”" not in oldest and "Earlier changes" not in oldest
    assert "See page 1 as it was" in staff.page(f"{WRITE}/history/1").text


def test_consent_names_questions_that_are_answered_in_words(staff, draft):
    asked = [("why", "long_text", {}), ("many", "number", {}), ("may_we", "publish_consent", {"about": ["why"]})]
    questions = [{"key": key, "kind": kind, "text": {"en": key}, "settings": more} for key, kind, more in asked]
    made = {"consult": 1, "language": "en", "title": {"en": "T"}, "pages": [{"key": "one", "questions": questions}]}
    consultations.save_definition(draft, definition=made, by=None, now=NOW)
    db.session.commit()
    path, before = f"{WRITE}/question/may_we", definition()
    form = sent(staff.page(path))
    assert form["setting_about"] == ["why"] and 'value="many"' not in staff.get(path).text
    assert staff.post(path, form).status_code == 303 and definition() == before
    form.pop("setting_about")
    assert staff.post(path, form).status_code == 303
    assert "settings" not in definition()["pages"][0]["questions"][2]


def test_every_kind_is_added_by_the_form_and_opened_and_saved_as_it_was(staff):
    staff.post(WRITE, {"act": "add_page", "title": "One"})
    for name in sorted(kinds()):
        listed = kinds()[name].needs_options or kinds()[name].takes_options or kinds()[name].needs_rows
        new = {"text": f"About {name}?", "kind": name, "options": "Yes\nNo", "seen": "0"}
        made = staff.post(f"{WRITE}/page/one/question", new)
        if not listed:
            assert made.status_code == 422 and "has no list of answers" in made.text and "Yes" in made.text
            made = staff.post(f"{WRITE}/page/one/question", new | {"options": ""})
        assert made.status_code == 303 and made.location.endswith(f"/question/about_{name}"), name
        before = definition()
        assert staff.post(made.location, sent(staff.page(made.location))).status_code == 303, name
        assert definition() == before, name
    assert [one["kind"] for one in definition()["pages"][0]["questions"]] == sorted(kinds())
