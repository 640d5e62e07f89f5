"""What is being written can be seen as people would: unfinished, in any state, with invented answers."""

from __future__ import annotations

import pytest

from consult.domain import editing
from consult.domain.editing import QUESTION
from consult.questions import kinds
from consult.studio.actions import edit as acts
from tests.accounts.factories import make_person, sign_in
from tests.consultations.factories import NOW, make_draft
from tests.engagement.factories import make_group
from tests.studio.test_writing import as_json_of

pytestmark = pytest.mark.sqlite
PREVIEW = "/staff/consultations/phones/write/preview"


@pytest.fixture
def draft(database, editor, clock):
    clock.set(NOW)
    return make_draft("en", "pl", by=editor)


def put(draft, editor, questions):
    made = {"consult": 1, "language": "en", "title": {"en": "T"}, "pages": [{"key": "p", "questions": questions}]}
    acts.edit(draft, lambda _now: made, said="Put", seen=0, by=editor, now=NOW)


def test_a_page_is_seen_in_any_language_and_at_any_width(app, draft, editor):
    staff = sign_in(app, editor)
    assert "How easy is it to phone us?" in staff.get(f"{PREVIEW}/phone").text
    polish = staff.get(f"{PREVIEW}/phone?language=pl&width=phone").text
    assert '<html lang="pl"' in polish and "app-preview--phone" in polish
    assert staff.get(f"{PREVIEW}/nowhere").status_code == 404
    elsewhere = sign_in(app, make_person("editor", make_group("elsewhere", "Elsewhere")))
    assert elsewhere.get(f"{PREVIEW}/phone").status_code == 403


def test_an_earlier_state_is_seen_as_it_was(app, draft, editor):
    change = {"text": "Is it easy?"}
    acts.edit(
        draft, lambda now: editing.change(now, QUESTION, "how", words=change), said="x", seen=0, by=editor, now=NOW
    )
    staff = sign_in(app, editor)
    assert "Is it easy?" in staff.get(f"{PREVIEW}/phone").text
    assert "How easy is it to phone us?" in staff.get(f"{PREVIEW}/phone?state=1").text


def test_what_is_not_finished_says_so_in_its_place(app, draft, editor):
    bare = [{"key": name, "kind": name, "text": {"en": f"Kind {name}?"}} for name in kinds()]
    put(draft, editor, [*bare, {"key": "odd", "kind": "odd", "text": {"en": "Odd?"}}, {"key": "none", "text": {}}])
    shown = sign_in(app, editor).get(f"{PREVIEW}/p?invented=1").text
    assert "“Kind single_choice?” cannot be shown yet" in shown and "“Odd?” cannot be shown yet" in shown
    assert all(f"Kind {name}?" in shown for name in kinds())


@pytest.mark.parametrize("draw", [1, 2])
def test_every_kind_is_filled_with_invented_answers(app, draft, editor, draw):
    made = [as_json_of(name) | {"key": name} for name in sorted(kinds()) if name != "publish_consent"]
    put(draft, editor, [one | {"text": {"en": f"About {one['key']}?"}} for one in made])
    staff = sign_in(app, editor)
    empty, shown = staff.get(f"{PREVIEW}/p").text, staff.get(f"{PREVIEW}/p?invented={draw}").text
    assert "cannot be shown" not in shown and shown.count(" checked") > empty.count(" checked")
    assert "with invented answers" in shown
    again = staff.get(f"{PREVIEW}/p?invented={draw}").text
    assert shown.partition("<main")[2] == again.partition("<main")[2], "the same answers each time"
