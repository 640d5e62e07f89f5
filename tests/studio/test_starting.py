"""A draft begins from a template or another consultation, and questions go into the bank and out of it."""

from __future__ import annotations

import pytest

from consult.consultations import actions as consultations
from consult.consultations.models import Consultation
from consult.domain import bank, editing
from consult.domain.bank.templates import TEMPLATES
from consult.domain.editing import QUESTION
from consult.domain.errors import Missing
from consult.domain.questionnaire import read
from consult.extensions import db
from consult.questions import check
from consult.studio.actions import edit as acts
from consult.studio.models import BankEntry
from tests.accounts.factories import make_person, sign_in
from tests.consultations.factories import NOW, make_definition, make_draft
from tests.engagement.factories import make_group

pytestmark = pytest.mark.sqlite
NEW = "/staff/consultations/newer"


@pytest.fixture
def draft(database, clock) -> Consultation:
    clock.set(NOW)
    made = consultations.create(group=make_group(slug="g"), title="Newer one", slug="newer", by=None, now=NOW)
    db.session.commit()
    return made


@pytest.fixture
def staff(app, draft):
    return sign_in(app, make_person("editor"))


def newer() -> Consultation:
    db.session.expire_all()
    return db.session.query(Consultation).filter_by(slug="newer").one()


@pytest.mark.parametrize("key", sorted(TEMPLATES))
def test_every_template_is_a_questionnaire_that_can_be_asked(staff, draft, key):
    assert staff.post(f"{NEW}/start-from", {"source": f"template:{key}"}).status_code == 303
    made = newer()
    questionnaire = made.draft()
    assert questionnaire.title.to("en").text == "Newer one" and not check(questionnaire)
    assert made.activity == TEMPLATES[key].activity and made.why["en"] and made.opens_at is None
    left = any("left in brackets" in one for one in consultations.lacking(made, now=NOW, catalogues=["en"]))
    assert left == ("[Say " in str(made.definition) + str(made.why) + str(made.still_open) + str(made.decided))
    # What an author wrote already stays.
    made.why = {"en": "Ours"}
    db.session.commit()
    staff.post(f"{NEW}/start-from", {"source": f"template:{key}"})
    assert newer().why == {"en": "Ours"}


def test_another_consultation_gives_texts_and_questions_and_no_dates(staff, draft, clock):
    earlier = make_draft("en", "pl")
    db.session.commit()
    page = staff.page(f"{NEW}/start-from")
    assert earlier.wording("title").to("en").text in page.text
    missing = staff.post(f"{NEW}/start-from", {"source": "earlier:"})
    assert missing.status_code == 422 and "Choose a consultation" in missing.text
    sent = {"source": "earlier:", "earlier": earlier.slug, "documents": "y"}
    assert staff.post(f"{NEW}/start-from", sent).status_code == 303
    made = newer()
    assert made.why == earlier.why and made.languages == earlier.languages and made.title == {"en": "Newer one"}
    assert [one.key for one in made.draft().questions] == [one.key for one in earlier.draft().questions]
    assert made.opens_at is None and made.closes_at is None and made.state == "draft" and not made.revisions
    assert len(made.shown_documents) == len(earlier.shown_documents)


def test_nobody_starts_from_a_consultation_that_they_may_not_see(app, draft):
    other = make_draft("en")
    db.session.commit()
    stranger = sign_in(app, make_person("editor", draft.group))
    sent = {"source": "earlier:", "earlier": other.slug}
    assert stranger.post(f"{NEW}/start-from", sent).status_code in (403, 422)
    assert newer().definition is None


def test_what_was_there_before_can_be_brought_back(staff, draft):
    consultations.save_definition(draft, definition=make_definition("en"), by=None, now=NOW)
    db.session.commit()
    before = newer().definition
    staff.post(f"{NEW}/start-from", {"source": "template:event"})
    assert newer().definition != before
    states = [one.definition for one in acts.history(newer())]
    assert before in states


def test_a_question_goes_into_the_bank_with_its_translations_and_out_of_it_under_a_free_key(staff, draft):
    consultations.save_definition(draft, definition=make_definition("en", "pl"), by=None, now=NOW)
    db.session.commit()
    [first, second] = [page["key"] for page in newer().definition["pages"]]
    kept = newer().definition["pages"][0]["questions"][0]
    refused = staff.post(f"{NEW}/write/question/{kept['key']}/keep", {"name": " ", "everybody": "no"})
    assert refused.status_code == 422
    sent = {"name": "How it was", "everybody": "no"}
    assert staff.post(f"{NEW}/write/question/{kept['key']}/keep", sent).status_code == 303
    [entry] = db.session.query(BankEntry).all()
    assert entry.definition == kept and entry.group_id == draft.group_id
    assert "How it was" in staff.page(f"{NEW}/write/page/{second}/bank?words=how it").text
    seen = str(acts.state(newer()).number)
    taken = staff.post(f"{NEW}/write/page/{second}/bank", {"take": str(entry.id), "seen": seen})
    assert taken.status_code == 303
    again = acts.state(newer()).definition["pages"][1]["questions"][-1]
    assert again == {**kept, "key": f"{kept['key']}_2"} and first != second


def test_what_looks_at_questions_that_are_not_there_is_said_to_be_left_behind(staff, draft):
    consultations.save_definition(draft, definition=make_definition("en"), by=None, now=NOW)
    shown = {"key": "x", "kind": "long_text", "text": {"en": "X?"}, "show": {"when": "elsewhere", "is": "answered"}}
    entry = BankEntry(name="X", part="question", definition=shown, language="en", made_on=NOW.date())
    db.session.add(entry)
    db.session.commit()
    page = newer().definition["pages"][0]["key"]
    seen = str(acts.state(newer()).number)
    taken = staff.post(f"{NEW}/write/page/{page}/bank", {"take": str(entry.id), "seen": seen})
    assert taken.status_code == 200 and "a condition of “x”" in taken.text
    assert "show" not in editing.find(acts.state(newer()).definition, QUESTION, "x").data


def test_another_group_s_entries_are_not_offered_and_retired_ones_to_nobody(app, staff, draft):
    elsewhere = make_group("elsewhere", "Elsewhere")
    for name, group, retired in (("Theirs", elsewhere.id, None), ("Old", None, NOW.date()), ("All", None, None)):
        shown = {"key": "x", "kind": "long_text", "text": {"en": name}}
        db.session.add(
            BankEntry(
                name=name,
                part="question",
                definition=shown,
                language="en",
                group_id=group,
                made_on=NOW.date(),
                retired_on=retired,
            )
        )
    db.session.commit()
    ours = sign_in(app, make_person("editor", draft.group))
    listed = ours.page("/staff/bank").text
    assert "All" in listed and "Theirs" not in listed and "Old" in listed
    staff.post(f"{NEW}/write", {"act": "add_page", "title": "P"})
    offered = ours.page(f"{NEW}/write/page/p/bank").text
    assert ": All (" in offered and ": Old (" not in offered and "Theirs" not in offered
    [theirs] = db.session.query(BankEntry).filter_by(name="Theirs").all()
    assert ours.get(f"/staff/bank/{theirs.id}").status_code == 403
    [everybodys] = db.session.query(BankEntry).filter_by(name="All").all()
    assert staff.post(f"/staff/bank/{everybodys.id}", {"act": "retire"}).status_code == 303
    assert ": All (" not in ours.page(f"{NEW}/write/page/p/bank").text


def test_a_page_brought_twice_has_keys_of_its_own():
    made = editing.start(language="en", title={"en": "T"})
    page = dict(TEMPLATES["engagement"].pages[1])
    made = editing.put_page(made, page).definition
    again = editing.put_page(made, page)
    assert read(again.definition).question_by_key.keys() >= {"works_well", "works_well_2"} and again.key == "needs_2"
    with pytest.raises(Missing):
        editing.put_question(made, bank.question("friends_and_family"), page="nothing")


def test_every_question_of_the_bank_can_be_taken_and_asked():
    for key in bank.ENTRIES:
        made, page = editing.add_page(editing.start(language="en", title={"en": "T"}), title="P")
        brought = editing.put_question(made, bank.question(key), page=page)
        assert not check(read(brought.definition)) and not brought.dropped
