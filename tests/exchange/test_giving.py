"""The questionnaire as files for other programs, from staff pages; our own JSON is what its schema says."""

from __future__ import annotations

import io
import json
from pathlib import Path

import jsonschema
import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from PIL import Image

from consult.config import ROOT
from consult.consultations.actions import pictures
from consult.domain.questionnaire import as_json, read
from consult.exchange import actions as bringing
from consult.exchange import files
from consult.exchange.own import write_own
from consult.extensions import db
from tests.accounts.factories import make_person, sign_in
from tests.consultations.factories import NOW, make_definition, make_draft
from tests.engagement.factories import make_group
from tests.exchange.questionnaires import questionnaires

AS = "/staff/consultations/phones/questionnaire/as"
SCHEMA = json.loads((ROOT / "docs" / "questionnaire.schema.json").read_text(encoding="utf-8"))


@pytest.fixture
def editor(database, clock):
    clock.set(NOW)
    return make_person("editor", make_group())


def test_both_files_can_be_saved_and_brought_in_again(app, editor):
    make_draft("en", "pl", by=editor)
    db.session.commit()
    browser = sign_in(app, editor)
    links = [one.get("href") for one in browser.page("/staff/consultations/phones").all("a")]
    for form, name in (("xlsform", "phones.xlsx"), ("json", "phones.json")):
        assert f"{AS}/{form}" in links
        saved = browser.get(f"{AS}/{form}")
        assert saved.headers["Content-Disposition"] == f'attachment; filename="{name}"'
        again = files.read_file(saved.data, name)
        assert read(again.definition) == read(make_definition("en", "pl"))
    assert openpyxl.load_workbook(io.BytesIO(browser.get(f"{AS}/xlsform").data)).sheetnames == [
        "survey", "choices", "settings",
    ]  # fmt: skip
    browser.page(f"{AS}/exe", status=404)


def test_pictures_go_along_in_our_own_json_and_come_back(app, editor):
    held = io.BytesIO()
    Image.new("RGB", (4, 4), "red").save(held, "PNG")
    draft = make_draft(by=editor)
    folder = Path(app.config["CONSULT"].files)
    target = pictures.folder_of(folder)
    more = {"content": held.getvalue(), "alt": {"en": "Red"}, "folder": target}
    pictures.set_picture(draft, question="how", number=0, by=editor, now=NOW, **more)
    db.session.commit()
    written = write_own(draft.questionnaire(), folder)
    [(name, file)] = json.loads(written)["files"].items()
    assert file["type"] == "image/png"
    jsonschema.validate(json.loads(written), SCHEMA, cls=jsonschema.Draft202012Validator)
    (target / name).unlink()
    brought = files.read_file(written, "phones.json")
    bringing.bring_in(draft, imported=brought, filename="phones.json", folder=folder, by=editor, now=NOW)
    kept = draft.questionnaire().question_by_key["how"].options[0].picture
    assert (target / kept.file).is_file() and kept.alt == {"en": "Red"}


def test_a_picture_that_did_not_come_is_told(app, editor):
    draft = make_draft(by=editor)
    definition = make_definition("en")
    definition["pages"][0]["questions"][0]["options"][0]["picture"] = {"file": "ab" * 32, "alt": {"en": "Red"}}
    folder = Path(app.config["CONSULT"].files)
    brought = files.read_file(json.dumps(definition).encode(), "phones.json")
    kept = bringing.bring_in(draft, imported=brought, filename="phones.json", folder=folder, by=editor, now=NOW)
    assert [(loss["severity"], loss["sheet"]) for loss in kept.losses] == [("changed", "pictures")]


def test_the_schema_is_one():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(definition=questionnaires())
def test_whatever_we_write_is_what_the_schema_says(definition):
    written = json.loads(json.dumps(as_json(read(definition))))
    jsonschema.validate(written, SCHEMA, cls=jsonschema.Draft202012Validator)
