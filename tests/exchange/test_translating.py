"""Words go out to translators and come back whole; what does not fit is said and changes nothing."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from lxml import etree

from consult.domain.questionnaire import as_json, read, reworded
from consult.domain.wording import Wording
from consult.exchange import translating
from consult.exchange.translating import Bundle, Unit, Unreadable
from consult.exchange.translating.bringing import bring_back
from consult.extensions import db
from consult.questions import kinds
from tests.accounts.factories import make_person, sign_in
from tests.consultations.factories import NOW, make_definition, make_draft, send
from tests.engagement.factories import make_group

STAFF = "/staff/consultations/phones/translations"
SMALL = Bundle(
    "phones",
    "en",
    "ar",
    (
        Unit("page text: title", "Phones", "هواتف", "The title of the page"),
        Unit("question how", "How was [[how|it]]? <b>&amp;</b>\n\nSay “so”; then, 'that'.", "", ""),
        Unit("question how, option easy", "=1+1, easy", "سهل", "=note"),
        Unit("question why: hint", "  two  spaces\tand a tab ", "– و–", ""),
    ),
)


@pytest.fixture
def draft(clock, database):
    clock.set(NOW)
    made = make_draft("en", "pl", by=make_person("editor", make_group()))
    db.session.commit()
    return made


@pytest.fixture
def editor(draft):
    return db.session.get_one(type(make_person("editor", make_group())), draft.authors[0])


@pytest.mark.parametrize("form", translating.FORMATS)
def test_every_form_comes_back_as_it_went(form):
    back = translating.read(translating.write(SMALL, form), "any name at all")
    assert (back.consultation, back.target_language) == ("phones", "ar")
    assert [(one.place, one.target) for one in back.units] == [(one.place, one.target) for one in SMALL.units]
    assert translating.take(
        back, replace(SMALL, units=tuple(replace(one, target="") for one in SMALL.units))
    ).taken == {one.place: one.target for one in SMALL.units if one.target}
    assert translating.take(back, SMALL).same == 3


def test_every_text_of_a_questionnaire_is_passed_through_in_order():
    definition = make_definition("en")
    definition["pages"][0]["questions"] += [
        {
            "key": "grid",
            "kind": "matrix",
            "text": {"en": "How good?"},
            "hint": {"en": "One in each row"},
            "rows": [{"key": "door", "label": {"en": "Door"}}],
            "options": [
                {"key": "a", "label": {"en": "Good"}, "hint": {"en": "fine"}},
                {"key": "b", "label": {"en": "Bad"}},
            ],
        },
        {"section": "s", "title": {"en": "A part"}, "questions": [{"key": "t", "kind": "rating", "text": {"en": "T"}}]},
    ]
    questionnaire = read(definition)
    seen: list[str] = []
    loud = reworded(questionnaire, lambda place, wording: seen.append(place) or wording)  # type: ignore[func-returns-value]
    assert loud == questionnaire
    assert {place for place, _wording in questionnaire.wordings()} == set(seen)
    upper = reworded(questionnaire, lambda _place, one: Wording({key: text.upper() for key, text in one.items()}))
    assert {one.to("en").text for _place, one in upper.wordings()} == {
        one.to("en").text.upper() for _place, one in questionnaire.wordings()
    }
    assert read(as_json(upper)) == upper
    assert kinds()


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("Jak [[jak|było]]?", "double brackets"),
        ("Jak?", "double brackets"),
        ("Jak [[how|było]] [[how|było]]?", "double brackets"),
    ],
)
def test_changed_placeholders_are_refused(words, why):
    back = Bundle("phones", "en", "ar", (replace(SMALL.units[1], target=words),))
    (untaken,) = translating.take(back, SMALL).untaken
    assert why in untaken.why


def test_changed_addresses_of_links_are_refused():
    now = Bundle("phones", "en", "pl", (Unit("title", "See [here](https://example.org/a)"),))
    for target, taken in (("Zobacz [tu](https://example.org/a)", 1), ("Zobacz [tu](https://example.net/)", 0)):
        assert len(translating.take(replace(now, units=(replace(now.units[0], target=target),)), now).taken) == taken


def test_what_was_written_for_other_words_or_for_nothing_is_not_taken():
    back = Bundle(
        "phones",
        "en",
        "ar",
        (
            Unit("page text: title", "Telephones", "هاتف"),
            Unit("question gone", "Gone", "ذهب"),
            Unit("question how, option easy", "=1+1,   easy", "أسهل"),
            Unit("question how, option easy", "=1+1, easy", "الأسهل"),
        ),
    )
    report = translating.take(back, SMALL)
    assert report.taken == {"question how, option easy": "أسهل"}
    assert [one.why.split()[:3] for one in report.untaken] == [
        ["The", "original", "was"],
        ["There", "is", "no"],
        ["The", "file", "has"],
    ]


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"consultation": "other"}, "another consultation"),
        ({"target_language": "pl"}, "another language"),
        ({"source_language": "cy"}, "translated from"),
        ({"units": (Unit("nothing", "x", "y"),)}, "Nothing in this file"),
    ],
)
def test_a_file_for_something_else_is_refused_whole(more, why):
    assert why in translating.fits(replace(SMALL, **more), SMALL)
    assert translating.fits(SMALL, SMALL) == ""


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"   ",
        b"<xliff",
        b"<html></html>",
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><xliff version="1.2">&e;</xliff>',
        b'<xliff version="3.0"/>',
        b'<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.1"><file id="f"/></xliff>',
        b"PK\x03\x04 broken",
        b"a,b\n1,2\n",
        b'msgid "a"\nmsgstr "b"\n',
        b'msgid "a\nmsgstr',
        b"\x00\x01\x02\x03",
    ],
)
def test_a_broken_file_is_refused_with_a_sentence(content):
    with pytest.raises(Unreadable, match=r"“file” .*\."):
        translating.read(content, "file")


def test_a_table_may_come_back_with_other_separators_and_columns():
    lines = translating.write(SMALL, "csv").decode("utf-8-sig").splitlines()
    assert lines[0] == "Place,Original,Translation,Note"
    back = translating.read("Translation;Place\nTak;question how\n".encode("cp1252"), "old.csv")
    assert [(one.place, one.target) for one in back.units] == [("question how", "Tak")]


def test_sheets_hold_no_formulas():
    from openpyxl import load_workbook

    sheet = load_workbook(io.BytesIO(translating.write(SMALL, "xlsx"))).active
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value} == {"s"}
    assert b"'=1+1" in translating.write(SMALL, "csv")


def test_xliff_says_what_is_done_and_keeps_spaces():
    for form, state in (("xliff", "needs-translation"), ("xliff2", "initial")):
        root = etree.fromstring(translating.write(SMALL, form))
        states = [one.get("state") for one in root.iter() if one.get("state")]
        assert states.count(state) == 1
        assert states.count("translated") == 3
        ids = [one.get("id") for one in root.iter() if etree.QName(one).localname in ("unit", "trans-unit")]
        assert len(ids) == len(set(ids)) == 4


def test_sentences_that_a_tool_divided_are_put_together():
    divided = """<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0" srcLang="en" trgLang="pl">
      <file id="f" original="phones"><unit id="u1" name="title">
      <segment><source>One. </source><target>Raz. </target></segment><segment><source>Two.</source>{}</segment>
      </unit></file></xliff>"""
    (whole,) = translating.read(divided.format("<target>Dwa.</target>").encode(), "f").units
    assert (whole.source, whole.target) == ("One. Two.", "Raz. Dwa.")
    (half,) = translating.read(divided.format("").encode(), "f").units
    assert half.target == ""


def test_a_language_is_made_whole_by_a_file(draft, editor):
    now = translating.bundle(draft, "ar")
    assert (now.done, len(now.units)) == (0, 11)
    words = {unit.place: f"{unit.source} ar" for unit in now.units}
    back = translating.read(
        translating.write(
            replace(now, units=tuple(replace(one, target=words[one.place]) for one in now.units)), "docx"
        ),
        "back.docx",
    )
    report = translating.take(back, now)
    assert report.missing == () and report.untaken == ()
    bring_back(draft, language="ar", taken=report.taken, by=editor, now=NOW)
    assert "ar" in draft.questionnaire().complete_languages
    assert draft.title["ar"].endswith(" ar") and draft.title["pl"]
    assert translating.bundle(draft, "ar").done == 11


def test_on_the_pages(app, draft, editor):
    client = sign_in(app, editor)
    assert "11 of 11" in client.page(STAFF).text
    for form, kind in translating.FORMATS.items():
        response = client.get(f"{STAFF}/ar/as/{form}")
        assert response.status_code == 200 and response.headers["Content-Type"] == kind.mimetype
    assert client.get(f"{STAFF}/xx/as/po").status_code == client.get(f"{STAFF}/ar/as/exe").status_code == 404
    catalogue = client.get(f"{STAFF}/ar/as/po").get_data(as_text=True)
    filled = catalogue.replace('msgid "Easy"\nmsgstr ""', 'msgid "Easy"\nmsgstr "سهل"')

    def sent(language, content):
        return client.post(STAFF, {"language": language, "file": (io.BytesIO(content.encode()), "back.po")})

    shown = sent("ar", filled)
    assert shown.status_code == 200 and "1 text was new and taken" in shown.get_data(as_text=True)
    db.session.expire_all()
    assert draft.definition["pages"][0]["questions"][0]["options"][0]["label"]["ar"] == "سهل"
    assert sent("pl", filled).status_code == 422
    assert sent("ar", "nonsense").status_code == 422
    assert client.post(STAFF, {"language": "ar"}).status_code == 422


def test_only_authors_bring_back_and_only_into_a_draft(app, draft, editor):
    content = translating.write(translating.bundle(draft, "pl"), "po")
    stranger = make_person("editor", make_group("weymouth"))
    commissioner = make_person("commissioner", make_group())
    db.session.commit()
    for person, status in ((stranger, 403), (commissioner, 403)):
        client = sign_in(app, person)
        assert client.post(STAFF, {"language": "pl", "file": (io.BytesIO(content), "b.po")}).status_code == status
    send(draft, by=editor)
    db.session.commit()
    client = sign_in(app, editor)
    assert client.post(STAFF, {"language": "pl", "file": (io.BytesIO(content), "b.po")}).status_code == 409
