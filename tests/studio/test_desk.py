"""The pages of the translation desk: side by side, a page at a time, two people, and languages of one's own."""

from __future__ import annotations

import html
import re

import pytest

from consult.accounts.actions import give_role
from consult.consultations.actions import save_definition
from consult.consultations.models import Document
from consult.extensions import db
from consult.studio.queries import desk
from tests.accounts.factories import make_person, sign_in
from tests.consultations.factories import NOW, make_definition, make_draft
from tests.engagement.factories import make_group

DESK = "/staff/consultations/phones/desk"
HOW = "question how"


@pytest.fixture
def draft(database, editor, clock):
    clock.set(NOW)
    return make_draft("en", "pl", by=editor)


def fields(answer):
    """What a browser would send of a page, without its buttons."""
    page = answer.get_data(as_text=True)
    sent = {"place": []}
    for tag in re.findall(r'<input[^>]*type="hidden"[^>]*>', page):
        name, value = (html.unescape(re.search(f'{what}="([^"]*)"', tag)[1]) for what in ("name", "value"))
        if name == "place":
            sent["place"].append(value)
        elif name.startswith(("seen-", "original-")):
            sent[name] = value
    for name, value in re.findall(r'<textarea[^>]*name="([^"]*)"[^>]*>([^<]*)</textarea>', page):
        sent[name] = html.unescape(value).strip()
    return sent


def one(place, prefix="words-"):
    from consult.studio.routes.desk_forms import key

    return prefix + key(place)


def text(draft, place=HOW, language="pl"):
    db.session.expire_all()
    return next(found for found in desk.texts(draft, [language])[language] if found.place == place)


def test_the_desk_says_in_numbers_how_far_each_language_is(app, draft, editor):
    page = sign_in(app, editor).get(DESK).get_data(as_text=True)
    total = len(desk.texts(draft, ["pl"])["pl"])
    assert f"0 of {total} (0%)" in page and "Polish" in page and "Arabic" in page
    assert f'value="0" max="{total}"' in page


def test_what_is_typed_is_kept_and_a_second_person_signs_it(app, draft, editor, commissioner):
    writer = sign_in(app, editor)
    sent = fields(writer.get(f"{DESK}/pl"))
    assert sent[one(HOW)] == "How easy is it to phone us? (pl)"
    sent |= {
        one(HOW): "Czy łatwo?",
        one(HOW, "note-"): "Or: trudno?",
        one(HOW, "context-"): "By telephone",
        "save": "end",
    }
    assert writer.post(f"{DESK}/pl", sent).status_code == 303
    assert text(draft).target == "Czy łatwo?" and text(draft).kept.note == "Or: trudno?"
    page = writer.get(f"{DESK}/pl?state=draft").get_data(as_text=True)
    assert "By telephone" in page and "somebody else has to sign it off" in page and "Sign off<" not in page

    signer = sign_in(app, commissioner)
    sent = fields(signer.get(f"{DESK}/pl"))
    assert one(HOW) not in sent, "a commissioner reads and signs, and writes nothing"
    assert signer.post(f"{DESK}/pl", {**sent, "sign": HOW}).status_code == 303
    assert text(draft).state == "signed" and text(draft, "question why").state == "draft"
    assert signer.post(f"{DESK}/pl", {**sent, "sign_shown": "1"}).status_code == 303
    assert {found.state for found in desk.texts(draft, ["pl"])["pl"]} == {"signed"}
    assert "100%" in signer.get(DESK).get_data(as_text=True)


def test_the_later_of_two_people_is_shown_both_and_loses_nothing(app, draft, editor):
    mine, theirs = sign_in(app, editor), sign_in(app, make_person("editor", make_group(), name="Theo"))
    sent, other = fields(mine.get(f"{DESK}/pl")), fields(theirs.get(f"{DESK}/pl"))
    assert theirs.post(f"{DESK}/pl", {**other, one(HOW): "Od Theo"}).status_code == 303
    answer = mine.post(f"{DESK}/pl", {**sent, one(HOW): "Ode mnie"})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422 and "Od Theo" in page and "Ode mnie" in page and "by Theo" in page
    assert text(draft).target == "Od Theo"
    assert mine.post(f"{DESK}/pl", fields(answer)).status_code == 303
    assert text(draft).target == "Ode mnie"


def test_words_that_are_not_saved_are_not_signed_over(app, draft, editor, commissioner):
    give_role(commissioner, role="editor", group_id=None, by=None, now=NOW)
    signer = sign_in(app, commissioner)
    sent = fields(signer.get(f"{DESK}/pl"))
    answer = signer.post(f"{DESK}/pl", {**sent, one(HOW): "Nowe", "sign": HOW})
    assert (
        answer.status_code == 422 and "not saved yet" in answer.get_data(as_text=True) and text(draft).state == "draft"
    )
    assert "Nowe" in answer.get_data(as_text=True)


def test_an_original_that_changed_is_shown_with_what_was_changed_in_it(app, draft, editor):
    reworded = make_definition("en", "pl")
    reworded["pages"][0]["questions"][0]["text"]["en"] = "How easy is it to reach us?"
    save_definition(draft, definition=reworded, by=editor, now=NOW)
    page = sign_in(app, editor).page(f"{DESK}/pl?state=stale")
    assert [one.text for one in page.all("del", "ins")] == ["[Removed: phone ]", "[Added: reach ]"]
    assert "It is still right" in page.text


def test_a_text_that_is_gone_keeps_what_was_typed_on_the_page(app, draft, editor):
    writer = sign_in(app, editor)
    sent = {**fields(writer.get(f"{DESK}/pl")), "place": ["question gone"], one("question gone"): "Moje słowa"}
    answer = writer.post(f"{DESK}/pl", sent)
    assert answer.status_code == 422 and "Moje słowa" in answer.get_data(as_text=True)


def test_twenty_texts_stand_on_a_page_and_the_last_page_is_found(app, draft, editor):
    definition = make_definition("en")
    definition["pages"][0]["questions"][0]["options"] += [
        {"key": f"o{number}", "label": {"en": f"Option {number}"}} for number in range(30)
    ]
    draft.definition = definition
    writer = sign_in(app, editor)
    first = fields(writer.get(f"{DESK}/ar?state=missing"))
    assert len(first["place"]) == 20 and "Page 1 of" in writer.get(f"{DESK}/ar").get_data(as_text=True)
    assert 0 < len(fields(writer.get(f"{DESK}/ar?page=99"))["place"]) < 20
    assert "no such texts" in writer.get(f"{DESK}/ar?state=signed").get_data(as_text=True)


@pytest.mark.parametrize(("language", "status"), [("pl", 200), ("ar", 403), ("en", 404), ("xx", 404)])
def test_a_translator_sees_their_languages_and_nothing_else(app, draft, language, status):
    translator = make_person("translator", make_group())
    translator.memberships[0].languages = ["pl"]
    inside = sign_in(app, translator)
    assert inside.get(f"{DESK}/{language}").status_code == status
    page = inside.get(DESK).get_data(as_text=True)
    assert "Polish" in page and "Arabic" not in page
    assert inside.get("/staff/consultations/phones").status_code == 403
    assert inside.get("/staff/consultations/phones/translations").status_code == 200
    assert inside.get("/staff/consultations/phones/translations/ar/as/csv").status_code == 404
    work = inside.get("/staff/").get_data(as_text=True)
    assert "into Polish" in work and "into Arabic" not in work


def test_a_translator_s_whole_site_is_their_work_the_desk_and_its_files(app, draft):
    translator = make_person("translator", make_group())
    translator.memberships[0].languages = ["pl"]
    inside = sign_in(app, translator)
    opened = set()
    for rule in app.url_map.iter_rules():
        if not rule.rule.startswith("/staff") or "GET" not in rule.methods:
            continue
        form = "csv" if rule.endpoint == "exchange.translation_file" else 1
        for slug in ("phones", draft.group.slug):
            arguments = {name: {"slug": slug, "language": "pl", "form": form}.get(name, 1) for name in rule.arguments}
            for name, converter in rule._converters.items():
                items = getattr(converter, "items", None)
                arguments[name] = min(items) if items and arguments[name] not in items else arguments[name]
            with app.test_request_context():
                address = app.url_map.bind("localhost").build(rule.endpoint, arguments)
            if inside.get(address).status_code == 200:
                opened.add(rule.endpoint)
    own = {"accounts.my_work", "accounts.change_password"}
    assert {one for one in opened if not one.startswith("accounts.")} == {
        "studio.desk",
        "studio.desk_language",
        "exchange.translations",
        "exchange.translation_file",
    }
    assert own <= opened and "accounts.all_accounts" not in opened
    assert [one.get("href") for one in inside.page("/staff/").all("nav")[0].all("a")] == ["/staff/"]


def test_what_only_waits_for_somebody_else_is_nobody_s_next_step(app, draft, editor):
    other = make_person("editor", make_group())
    assert "into Polish" not in sign_in(app, editor).get("/staff/").get_data(as_text=True)
    assert "into Polish: 11 not signed off" in sign_in(app, other).get("/staff/").get_data(as_text=True)


def test_a_translator_of_another_language_saves_and_signs_nothing(app, draft):
    translator = make_person("translator", make_group())
    translator.memberships[0].languages = ["ar"]
    inside = sign_in(app, translator)
    for button in ("save", "sign", "sign_shown"):
        assert inside.post(f"{DESK}/pl", {"place": [HOW], button: HOW, one(HOW): "x"}).status_code == 403
    assert inside.post(f"{DESK}/ar", {**fields(inside.get(f"{DESK}/ar")), one(HOW): "سهل؟"}).status_code == 303
    assert text(draft, language="ar").kept.writer == translator


def test_what_each_language_and_format_lacks_stands_on_one_page(app, draft, editor):
    draft.documents.append(
        Document(title={"en": "Plan"}, language="en", kind="web", address="https://example.org/", added_on=NOW.date())
    )
    inside = sign_in(app, editor)
    page = inside.get("/staff/consultations/phones/formats").get_data(as_text=True)
    assert (
        "0 of 5 texts of the questionnaire have their own Easy Read words" in page
        and "0 of 2 options have a picture" in page
    )
    assert "“Plan” is in English" in page and "not signed off, of" in page
    easy = f"{DESK}/en-x-easyread"
    sent = {**fields(inside.get(easy)), one(HOW): "Is it easy to phone us?"}
    assert inside.post(easy, sent).status_code == 303
    assert "1 of 5 texts" in inside.get("/staff/consultations/phones/formats").get_data(as_text=True)
    assert "By telephone" not in inside.get("/staff/consultations/phones/translations/pl/as/csv").get_data(as_text=True)
    inside.post(f"{DESK}/pl", {**fields(inside.get(f"{DESK}/pl")), one(HOW, "context-"): "By telephone"})
    assert "By telephone" in inside.get("/staff/consultations/phones/translations/pl/as/csv").get_data(as_text=True)
    assert text(draft, language="en-x-easyread").state == "draft" and draft.languages == ["en", "pl"]
