"""The questionnaire as files for other programs, from staff pages; our own JSON is what its schema says."""

from __future__ import annotations

import io
import json

import jsonschema
import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings

from consult.config import ROOT
from consult.domain.questionnaire import as_json, read
from consult.exchange import files
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


def test_the_schema_is_one():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(definition=questionnaires())
def test_whatever_we_write_is_what_the_schema_says(definition):
    written = json.loads(json.dumps(as_json(read(definition))))
    jsonschema.validate(written, SCHEMA, cls=jsonschema.Draft202012Validator)
