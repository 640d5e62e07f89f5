"""Released tables as files for everybody, and how columns are named, coded and typed for programs."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections import Counter
from dataclasses import replace

import duckdb
import openpyxl
import pytest
from lxml import etree

from consult.domain.questionnaire import read
from consult.extensions import db
from consult.publications.downloads import ROWS, files, names, spss, tables
from consult.questions.variables import Holds, variables
from consult.results import actions
from tests.answering.factories import options, say
from tests.results.factories import AFTER, RESULTS, make_answered

#: What is read from the database is tried on both in tests/results; here it is only written down.
pytestmark = pytest.mark.sqlite

FORMS = ("csv", "csv-metadata.json", "ods", "xlsx", "json")
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"


@pytest.fixture
def published(app, client, database, clock):
    """Closed with 73 responses, and published."""
    clock.set(AFTER)
    consultation = make_answered(app)
    actions.publish(consultation, by=None, now=AFTER)
    db.session.commit()
    return client


def xml_of(content, name):
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return etree.fromstring(packed.read(name))


def tables_of(content):
    """The tables of an ODS file: name, range and rows of texts below the range's first line, headings first."""
    document = xml_of(content, "content.xml")
    sheets = {one.get(f"{TABLE}name"): one for one in document.iter(f"{TABLE}table")}
    for one in document.iter(f"{TABLE}database-range"):
        name, first, last = re.fullmatch(
            r"'(.+)'\.A(\d+):'.+'\.[A-Z]+(\d+)", one.get(f"{TABLE}target-range-address")
        ).groups()
        assert one.get(f"{TABLE}contains-header") == "true"
        rows = [["".join(cell.itertext()) for cell in row] for row in sheets[name].iter(f"{TABLE}table-row")]
        yield name, one.get(f"{TABLE}name"), rows[int(first) - 1 : int(last)]
    assert not list(document.iter(f"{TABLE}covered-table-cell")), "merged cells"


def test_every_file_is_on_the_page_and_can_be_kept(published):
    led = {link.get("href") for link in published.page(RESULTS).all("a")}
    for form in FORMS:
        assert f"{RESULTS}.{form}" in led
        got = published.get(f"{RESULTS}.{form}")
        assert got.status_code == 200 and len(got.data) > 500 and "max-age" in got.headers["Cache-Control"]
        again = published.get(f"{RESULTS}.{form}", headers={"If-None-Match": got.headers["ETag"]})
        assert again.status_code == 304, "the same figures are the same file"


def test_before_publication_there_is_no_file(app, client, database, clock):
    clock.set(AFTER)
    make_answered(app)
    assert {client.get(f"{RESULTS}.{form}").status_code for form in FORMS} == {404}


def test_the_description_fits_the_table_cell_by_cell(published):
    got = published.get(f"{RESULTS}.csv")
    assert got.headers["Link"] == f'<{RESULTS}.csv-metadata.json>; rel="describedby"; type="application/csvm+json"'
    described = json.loads(published.get(f"{RESULTS}.csv-metadata.json").data)
    columns = described["tableSchema"]["columns"]
    heading, *rows = csv.reader(io.StringIO(got.data.decode(), newline=""))
    assert [one["titles"]["und"] for one in columns] == heading and described["url"] == "results.csv"
    assert described["@context"] == ["http://www.w3.org/ns/csvw", {"@language": "en"}]
    assert {"en", "pl", "ar", "ro", "cy", "ur"} < columns[6]["titles"].keys() and columns[6]["titles"]["pl"] == "Osoby"
    marks = Counter()
    for row in rows:
        for cell, one in zip(row, columns, strict=True):
            if cell in one.get("null", [""]):
                marks[cell] += 1
            elif one["datatype"] == {"base": "integer", "minimum": 0}:
                assert cell.isdecimal(), one
            elif isinstance(one["datatype"], dict):
                assert re.fullmatch(one["datatype"]["format"], cell), one
            else:
                assert one["datatype"] == "string"
    assert marks["[c]"] and marks["[z]"], "both marks are described as no figure"


@pytest.mark.parametrize(("prefix", "language", "direction"), [("", "en", "lr-tb"), ("/ar", "ar", "rl-tb")])
def test_the_open_spreadsheet_meets_the_guidance(published, prefix, language, direction):
    content = published.get(f"{prefix}{RESULTS}.ods").data
    found = list(tables_of(content))
    sheets = [one.get(f"{TABLE}name") for one in xml_of(content, "content.xml").iter(f"{TABLE}table")]
    assert [name for name, _called, _rows in found] == sheets, "one table a sheet, and every one is marked"
    assert [called for _name, called, _rows in found][:3] == ["Cover", "Contents", "Notes"] and len(set(sheets)) == len(
        found
    )
    for name, called, (headings, *rows) in found:
        assert all(headings) and len(set(headings)) == len(headings), name
        assert rows and all(all(row) and len(row) == len(headings) for row in rows), f"blank cells in {name}"
        assert re.fullmatch(r"[A-Za-z]\w*", called)
    assert language == xml_of(content, "meta.xml").findtext(".//{http://purl.org/dc/elements/1.1/}language")
    assert xml_of(content, "meta.xml").findtext(".//{http://purl.org/dc/elements/1.1/}title")
    modes = [one.get(f"{STYLE}writing-mode") for one in xml_of(content, "content.xml").iter(f"{STYLE}table-properties")]
    assert modes == [direction]


@pytest.mark.parametrize(("prefix", "language"), [("", "en"), ("/ur", "ur")])
def test_the_workbook_meets_the_guidance(published, prefix, language):
    content = published.get(f"{prefix}{RESULTS}.xlsx").data
    book = openpyxl.load_workbook(io.BytesIO(content))
    for sheet in book.worksheets:
        ((_name, place),) = ((one.name, one.ref) for one in sheet.tables.values())
        headings, *rows = [[cell.value for cell in row] for row in sheet[place]]
        assert all(headings) and len(set(headings)) == len(headings) and not sheet.merged_cells.ranges
        assert rows and all(cell not in (None, "") for row in rows for cell in row), f"blank cells in {sheet.title}"
        assert not sheet.freeze_panes and bool(sheet.sheet_view.rightToLeft) is (language == "ur")
        above = [row[0].value for row in sheet.iter_rows(max_row=sheet[place][0][0].row - 1)] if sheet.max_row else []
        assert all(above) and all(cell.data_type in "sn" for row in sheet.iter_rows() for cell in row)
    assert book.properties.language == language and book.properties.title
    links = [cell.hyperlink.location for cell in book.worksheets[1]["A"] if cell.hyperlink]
    assert len(links) == len(book.worksheets) - 1


def test_both_spreadsheets_and_the_table_have_the_same_figures(published):
    book = openpyxl.load_workbook(io.BytesIO(published.get(f"{RESULTS}.xlsx").data))
    excel = [["" if value is None else str(value) for value in row] for row in book["All figures"].values]
    opened = {name: rows for name, _called, rows in tables_of(published.get(f"{RESULTS}.ods").data)}
    text = list(csv.reader(io.StringIO(published.get(f"{RESULTS}.csv").data.decode(), newline="")))
    assert excel == opened["All figures"] == [[cell or "[z]" for cell in row] for row in text]
    how = [row for row in text if row[0] == "how"]
    shown = opened["Question 1"]
    assert [row[1:4] for row in shown[1:]] == [[row[6], row[7], row[8]] for row in how] and shown[-1][1] == "[c]"


def question(kind, *keys, unknown=(), settings=None):
    listed = options(*keys, **{key: {"unknown": True} for key in unknown}) if keys else None
    one = {
        "key": "q",
        "kind": kind,
        "text": say("Q?"),
        "settings": settings or {},
        **({"options": listed} if listed else {}),
    }
    pages = [{"key": "p1", "questions": [one]}]
    return read({"language": "en", "title": say("T"), "pages": pages}).question_by_key["q"]


def test_numbers_of_answers_are_those_of_the_printed_code_sheet_or_the_keys_themselves():
    (named,) = variables(question("single_choice", "bus", "car", "other"))
    assert [named.code_of(key) for key in named.keys] == [1, 2, 3]
    (numbered,) = variables(question("single_choice", "5", "1", "-99"))
    assert [numbered.code_of(key) for key in numbered.keys] == [5, 1, -99]


def test_any_number_of_answers_outside_the_scale_is_missing():
    apart = ("no", "dont", "skip", "na")
    (variable,) = variables(question("rating", "a", "no", "b", "dont", "skip", "na", unknown=apart))
    coded = spss._coded("q", variable)
    absent, *others = coded.missing
    assert {coded.code("a"), coded.code("b")} & set(coded.missing) == set()
    assert {coded.code(one) for one in apart} == set(others) == {-1.0, -2.0, -3.0, -4.0} and absent == -8
    assert spss._missing(coded.missing) == [-8, {"lo": -4, "hi": -1}]


def test_a_number_that_may_be_below_zero_has_another_mark_for_not_asked():
    (variable,) = variables(question("number", settings={"minimum": -20, "maximum": 20}))
    assert variable.holds is Holds.NUMBER and spss._coded("q", variable).missing == (-999_999_999,)


def test_names_that_programs_take_for_one_are_told_apart():
    assert names.for_spss(["q5/o1", "Q5_o1", "all", "7up", "q/é"]) == ["q5_o1", "Q5_o1_2", "v_all", "v_7up", "q"]
    long = names.for_spss(["x" * 70, "x" * 71])
    assert len(set(long)) == 2 and all(len(name) <= 64 for name in long)


def test_parquet_has_types_and_nothing_for_no_answer(app, database, clock, tmp_path):
    clock.set(AFTER)
    consultation = make_answered(app)
    file = tmp_path / "out.parquet"
    ROWS["parquet"].write_rows(tables.responses(consultation, least=10), file)
    types = dict(duckdb.sql(f"SELECT column_name, column_type FROM (DESCRIBE FROM '{file}')").fetchall())
    assert (types["how"], types["which/web"], types["born"]) == ("VARCHAR", "TINYINT", "DATE")
    assert types["times"] == types["revision"] == "BIGINT"
    told = duckdb.sql(
        f"SELECT how, count(*), count(times), sum(times) FROM '{file}' GROUP BY how ORDER BY how"
    ).fetchall()
    assert [row[:2] for row in told] == [("easy", 40), ("hard", 30), ("other", 3)] and told[0][2] == 20
    assert not list(tmp_path.glob(".consult-*")), "the rows as text do not stay"


def test_a_description_lies_beside_each_table(app, database, clock, tmp_path):
    clock.set(AFTER)
    place = tmp_path / "out"
    place.mkdir()
    files.write_rows(make_answered(app), "csv", place / "out.csv", least=10)
    described = {one.name for one in place.iterdir()} - {"out.csv", "out-comments.csv"}
    assert described == {"out.csv-metadata.json", "out-comments.csv-metadata.json"}
    said = json.loads((place / "out.csv-metadata.json").read_text())
    titles = [one["titles"]["und"] for one in said["tableSchema"]["columns"]]
    assert titles == next(csv.reader(io.StringIO((place / "out.csv").read_text())))


def test_what_could_not_be_finished_is_taken_away(app, database, clock, tmp_path, monkeypatch):
    clock.set(AFTER)
    consultation, place = make_answered(app), tmp_path / "out"
    place.mkdir()

    def broken(table, output):
        output.write_text("half")
        raise OSError("no room")

    monkeypatch.setitem(ROWS, "sav", replace(ROWS["sav"], write=broken))
    with pytest.raises(OSError, match="no room"):
        files.write_rows(consultation, "sav", place / "out.sav", least=10)
    assert not list(place.iterdir())
