"""Open data says what the public pages say, no more; it is described, cached by its ETag, and open to every site."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from lxml import etree

from consult.extensions import db
from consult.publications.open_data.openapi import described
from consult.results import actions
from tests.accounts.factories import make_person
from tests.answering.factories import CLOSES, make_open
from tests.consultations.factories import NOW, make_draft
from tests.feedback.factories import make_feedback, make_row, publish
from tests.results.factories import AFTER, make_answered

API = "/api/v1/consultations"
ATOM = {"a": "http://www.w3.org/2005/Atom"}


def told(client, path, status=200):
    answer = client.get(path)
    assert answer.status_code == status, answer.get_data(as_text=True)
    assert answer.headers["Access-Control-Allow-Origin"] == "*" and "Set-Cookie" not in answer.headers
    return json.loads(answer.get_data(as_text=True))


@pytest.fixture
def published(app, database, clock):
    clock.set(AFTER)
    consultation = make_answered(app)
    actions.publish(consultation, by=None, now=AFTER)
    db.session.commit()
    return consultation


def fits(schema, data, place="$"):
    """Whether plain data is what a schema of ours says: every key there, and no other."""
    if "$ref" in schema:
        schema = described(title="", server="")["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]]
    if "enum" in schema:
        assert data in schema["enum"], place
        return
    types = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    names = {"string": str, "integer": int, "null": type(None), "object": dict, "array": list, "boolean": bool}
    assert type(data) in [names[one] for one in types], f"{place}: {data!r} is not {types}"
    if isinstance(data, dict) and "properties" in schema:
        assert data.keys() == schema["properties"].keys(), place
        for key, one in schema["properties"].items():
            fits(one, data[key], f"{place}.{key}")
    if isinstance(data, list):
        for at, one in enumerate(data):
            fits(schema["items"], one, f"{place}[{at}]")


def test_what_is_told_is_what_is_described(client, published):
    schemas = {"Consultations": API, "Consultation": f"{API}/phones", "Results": f"{API}/phones/results"}
    for name, path in schemas.items():
        fits({"$ref": f"#/components/schemas/{name}"}, told(client, path))
    description = told(client, "/api/v1/openapi.json")
    assert description["openapi"] == "3.1.0"
    assert {path.replace("{slug}", "phones") for path in description["paths"]} == {
        API,
        f"{API}/phones",
        f"{API}/phones/results",
        f"{API}/phones/you-said-we-did",
    }


def test_figures_are_those_of_the_release_and_hidden_ones_stay_hidden(client, published):
    data = told(client, f"{API}/phones/results")
    assert data["responses"] == 73
    cells = {(cell["question"], cell["answer"]): cell for cell in data["cells"]}
    assert (cells["how", "easy"]["people"], cells["how", "easy"]["rounded_to"]) == (40, 10)
    assert cells["how", "other"]["people"] is None and cells["how", "other"]["hidden"] is True
    file = client.get("/consultations/phones/results.json").get_json()
    assert {**data, "page": None} == {**file, "page": None}


def test_you_said_we_did_is_told_in_every_language_and_names_nobody_who_wrote_it(client, published):
    editor, commissioner = make_person("editor"), make_person("commissioner")
    publish(make_feedback(published, make_row("en", "pl", "ar"), by=editor), by=editor, approver=commissioner)
    db.session.commit()
    data = told(client, f"{API}/phones/you-said-we-did")
    fits({"$ref": "#/components/schemas/YouSaidWeDid"}, data)
    row = data["themes"][0]["rows"][0]
    assert row["heard"].keys() == {"en", "pl", "ar"} and isinstance(row["key"], str)
    assert editor.email not in json.dumps(data) and told(client, f"{API}/phones")["you_said_we_did"]
    feed = etree.fromstring(client.get("/feeds/you-said-we-did.atom").data)
    assert feed.find("a:entry/a:link", ATOM).get("href").endswith("/consultations/phones/you-said-we-did")


def test_nothing_is_told_before_it_is_published(client, app, database, clock):
    clock.set(AFTER)
    make_answered(app)
    one = told(client, f"{API}/phones")
    assert (one["phase"], one["responses"], one["results"], one["you_said_we_did"]) == ("closed", None, None, None)
    assert told(client, f"{API}/phones/results", status=404).keys() == {"error"}
    assert told(client, f"{API}/phones/you-said-we-did", status=404).keys() == {"error"}
    assert told(client, f"{API}/nowhere", status=404).keys() == {"error"}


def test_a_draft_is_nowhere(client, database, clock):
    clock.set(NOW)
    make_draft()
    db.session.commit()
    assert told(client, API) == {"consultations": []}
    assert told(client, f"{API}/phones", status=404)


def test_what_has_not_changed_is_not_sent_again(client, published):
    first = client.get(f"{API}/phones")
    tag = first.headers["ETag"]
    again = client.get(f"{API}/phones", headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["Access-Control-Allow-Origin"] == "*"
    published.title = {**published.title, "en": "Another title"}
    db.session.commit()
    assert client.get(f"{API}/phones", headers={"If-None-Match": tag}).status_code == 200


def test_copies_are_kept_no_longer_than_until_the_next_opening_or_closing(client, app, database, clock):
    clock.set(CLOSES - timedelta(seconds=20))
    make_open()
    db.session.commit()
    for path in (API, f"{API}/phones", "/feeds/consultations.atom"):
        assert client.get(path).headers["Cache-Control"] == "public, max-age=20"


def test_in_another_language_the_words_and_addresses_are_in_it(client, published):
    data = told(client, f"/pl{API}/phones/results")
    assert data["language"] == "pl" and data["page"].endswith("/pl/consultations/phones/results")


def test_the_catalogue_names_every_release_and_its_files(client, published):
    data = told(client, "/api/v1/catalogue")
    assert data["@type"] == "dcat:Catalog" and len(data["dcat:dataset"]) == 1
    files = data["dcat:dataset"][0]["dcat:distribution"]
    assert [one["dcat:downloadURL"]["@id"].rpartition(".")[2] for one in files] == ["csv", "json", "ods", "xlsx", "zip"]
    for one in files:
        path = one["dcat:downloadURL"]["@id"].partition("//")[2].partition("/")[2]
        answer = client.get(f"/{path}")
        assert answer.status_code == 200 and answer.mimetype == one["dcat:mediaType"]


def test_feeds_are_atom_and_lead_to_pages(client, published):
    answer = client.get("/feeds/consultations.atom")
    assert answer.mimetype == "application/atom+xml"
    feed = etree.fromstring(answer.data)
    entry = feed.find("a:entry", ATOM)
    assert entry.findtext("a:title", namespaces=ATOM) == "Phones"
    link = entry.find("a:link", ATOM).get("href")
    assert client.get("/" + link.partition("//")[2].partition("/")[2]).status_code == 200
    for one in ("id", "title", "updated"):
        assert feed.findtext(f"a:{one}", namespaces=ATOM)


def test_a_feed_of_nothing_is_a_feed(client, database):
    feed = etree.fromstring(client.get("/feeds/you-said-we-did.atom").data)
    assert feed.find("a:entry", ATOM) is None and feed.findtext("a:updated", namespaces=ATOM)


def test_words_that_xml_cannot_hold_do_not_break_a_feed(client, published):
    published.summary = {"en": "bad \x0b \x00 & <b> words"}
    db.session.commit()
    feed = etree.fromstring(client.get("/feeds/consultations.atom").data)
    assert feed.find("a:entry", ATOM).findtext("a:summary", namespaces=ATOM) == "bad   & <b> words"
