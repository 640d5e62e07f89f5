"""`consult export`: what is released, or with --raw one row a response that cannot be told from nine others."""

from __future__ import annotations

import copy
import csv
import json
import zipfile
from collections import Counter
from dataclasses import replace
from io import StringIO

import openpyxl
import pytest
from lxml import etree
from sqlalchemy import select, update

from consult.accounts.models import StaffEvent
from consult.answering.models import Response
from consult.domain.answers import Value
from consult.extensions import db
from consult.publications import downloads
from consult.publications.downloads import sheet as spreadsheets
from consult.publications.downloads import tables
from consult.results import actions, personal, queries
from consult.results.sheets import csv_line, guarded
from tests.answering.factories import NOW
from tests.results.factories import AFTER, DEFINITION, answer, count, crowd, make_answered

TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
FORMS = ("csv", "xlsx", "ods", "json")
#: Formats of rows that are read here; SPSS and Parquet are read in tests/publications.
ROWS = (*FORMS, "jsonl")


def table(consultation, *, least):
    """The headings and the rows of responses."""
    found = tables.responses(consultation, least=least)
    return [column.name for column in found.columns], list(found.cells())


def read(file):
    """The rows of a file as texts by heading."""
    if file.suffix == ".csv":
        return list(csv.DictReader(StringIO(file.read_bytes().decode(), newline="")))
    if file.suffix == ".ods":
        return opened_ods(file)[-1]
    if file.suffix == ".jsonl":
        return [{key: text(value) for key, value in json.loads(line).items()} for line in file.read_text().splitlines()]
    if file.suffix == ".json":
        data = json.loads(file.read_text())
        rows = data["cells"] if isinstance(data, dict) else data
        return [{key: text(value) for key, value in row.items()} for row in rows]
    first, *rows = openpyxl.load_workbook(file).worksheets[-1].iter_rows(values_only=True)
    return [dict(zip(first, map(text, row), strict=True)) for row in rows]


def opened_ods(file):
    """The tables of an OpenDocument spreadsheet, each as its rows by heading."""
    with zipfile.ZipFile(file) as packed:
        assert packed.infolist()[0].filename == "mimetype" and packed.infolist()[0].compress_type == zipfile.ZIP_STORED
        content = etree.fromstring(packed.read("content.xml"))
    tables = []
    for table in content.iter(f"{TABLE}table"):
        (headings,) = ([said(cell) for cell in row] for row in table.find(f"{TABLE}table-header-rows"))
        rows = [row for row in table.findall(f"{TABLE}table-row") if row.getprevious().tag != f"{TABLE}table-column"]
        below = [row for row in rows if table.index(row) > table.index(table.find(f"{TABLE}table-header-rows"))]
        tables.append([dict(zip(headings, map(said, row), strict=True)) for row in below])
    return tables


def said(cell):
    """What stands in a cell of such a spreadsheet."""
    return "\n".join("".join(part.itertext()) for part in cell)


def text(value):
    """As a CSV file says it."""
    return "" if value is None else str(value)


def test_before_publication_it_writes_what_would_be_published(consult, tmp_path, answered):
    before = {}
    for form in FORMS:
        file = tmp_path / f"out.{form}"
        told = json.loads(consult("export", "phones", "--format", form, "--output", file).output)
        before[form] = read(file)
        assert told["published"] is None and told["responses"] == 73 and told["figures"] == len(before[form]) > 10
    actions.publish(answered, by=None, now=AFTER)
    db.session.commit()
    for form in FORMS:
        file = tmp_path / f"out.{form}"
        told = json.loads(consult("export", "phones", "--format", form, "--output", file).output)
        assert told["published"] == AFTER.date().isoformat() and read(file) == before[form]


def test_the_formats_agree(consult, tmp_path, answered):
    found = []
    for form in FORMS:
        consult("export", "phones", "--format", form, "--output", tmp_path / f"out.{form}")
        rows = read(tmp_path / f"out.{form}")
        marks, told = str.maketrans("", "", "[]zc"), ("question", "row", "answer", "people")
        found.append([tuple(row[one].translate(marks) for one in told) for row in rows])
    assert len(found[0]) > 10 and all(one == found[0] for one in found)


def test_released_tables_can_be_had_in_formats_of_rows_too(consult, tmp_path, answered):
    consult("export", "phones", "--format", "csv", "--output", tmp_path / "out.csv")
    consult("export", "phones", "--format", "jsonl", "--output", tmp_path / "out.jsonl")
    csv_rows, json_rows = read(tmp_path / "out.csv"), read(tmp_path / "out.jsonl")
    assert [row["people"].replace("[c]", "") for row in csv_rows] == [row["people"] for row in json_rows]
    for form in ("parquet", "sav"):
        told = json.loads(consult("export", "phones", "--format", form, "--output", tmp_path / f"out.{form}").output)
        assert told["figures"] == len(csv_rows) and (tmp_path / f"out.{form}").stat().st_size > 1000


def test_odd_requests_get_a_sentence(consult, tmp_path, answered):
    lost = consult("export", "nope", "--format", "csv", "--output", tmp_path / "out.csv")
    assert lost.exit_code != 0 and "no such consultation" in (lost.output + str(lost.exception)).lower()
    nowhere = consult("export", "phones", "--format", "csv", "--output", tmp_path / "none" / "out.csv")
    assert nowhere.exit_code == 1 and "There is no folder" in nowhere.output


def test_raw_is_a_row_for_each_response_with_comments_apart(consult, tmp_path, answered):
    for form in ROWS:
        file = tmp_path / f"out.{form}"
        told = json.loads(consult("export", "phones", "--format", form, "--output", file, "--raw").output)
        rows, comments = read(file), read(tmp_path / f"out-comments.{form}")
        assert told["responses"] == len(rows) == 73 and told["comments"] == len(comments) == 36
        assert Counter(row["how"] for row in rows) == {"easy": 40, "hard": 30, "other": 3}
        assert Counter(row["which/web"] for row in rows)["1"] == Counter(row["which/walk"] for row in rows)["1"] > 0
        assert Counter(row["grid/line"] for row in rows) == {"bad": 36, "": 37}
        assert sum(int(row["times"]) for row in rows if row["times"]) == sum(at % 30 for at in range(73) if at % 2)
        assert not any("Comment" in value for row in rows for value in row.values())
        assert set(comments[0]) == {"question", "row", "comment"}
        assert {row["comment"] for row in comments} == {f"Comment {at:03}" for at in range(73) if at % 2}
    logged = db.session.scalars(select(StaffEvent).where(StaffEvent.verb == "export_raw")).all()
    assert [(one.thing, one.account_id) for one in logged] == [("consultation phones", None)] * len(ROWS)


def test_nobody_else_on_the_machine_can_read_the_rows(consult, tmp_path, answered):
    for form in (*ROWS, "sav", "parquet"):
        (tmp_path / f"out.{form}").touch(mode=0o644)
        consult("export", "phones", "--format", form, "--output", tmp_path / f"out.{form}", "--raw")
        written = [tmp_path / f"out.{form}", tmp_path / f"out-comments.{form}"]
        assert [(one.stat().st_size > 0, one.stat().st_mode & 0o077) for one in written] == [(True, 0)] * 2


def test_a_row_names_no_response_and_comes_in_the_order_of_nothing(consult, tmp_path, answered):
    consult("export", "phones", "--format", "csv", "--output", tmp_path / "out.csv", "--raw")
    keys = {str(key) for key in db.session.scalars(select(Response.id))}
    written = (tmp_path / "out.csv").read_text() + (tmp_path / "out-comments.csv").read_text()
    assert not any(key in written for key in keys) and "2026" not in written
    comments = [row["comment"] for row in read(tmp_path / "out-comments.csv")]
    assert comments != sorted(comments)


def test_under_ten_responses_no_row_leaves(app, consult, tmp_path, database, clock):
    clock.set(AFTER)
    make_answered(app, crowd(9, 0, 0))
    done = consult("export", "phones", "--format", "csv", "--output", tmp_path / "out.csv", "--raw")
    assert done.exit_code != 0 and "Fewer than 10" in done.output + str(done.exception)
    assert (
        not list(tmp_path.glob("out*"))
        and not db.session.scalars(select(StaffEvent.id).where(StaffEvent.verb == "export_raw")).all()
    )


def test_on_a_live_site_no_row_leaves_before_closing(app, consult, tmp_path, database, clock):
    clock.set(NOW)
    make_answered(app, closed=False)
    app.config["CONSULT"] = replace(app.config["CONSULT"], env="production")
    done = consult("export", "phones", "--format", "csv", "--output", tmp_path / "out.csv", "--raw")
    assert done.exit_code != 0 and "has closed" in done.output + str(done.exception)
    clock.set(AFTER)
    done = consult("export", "phones", "--format", "csv", "--output", tmp_path / "out.csv", "--raw")
    assert done.exit_code != 0 and "still waiting" in done.output + str(done.exception)


def test_what_is_about_somebody_is_blank_where_few_share_it(app, database, clock):
    clock.set(AFTER)
    people = [answer(how="easy", born="1950-01-01")] * 20 + [answer(how="easy", born="1960-02-02")] * 12
    people += [answer(how="hard", born="1999-09-09")] * 3
    consultation = make_answered(app, people)
    headings, rows = table(consultation, least=10)
    written = [dict(zip(headings, row, strict=True)) for row in rows]
    assert Counter((row["born"], row["language"]) for row in written) == {("1950-01-01", "en"): 20, (None, None): 15}
    assert Counter(row["how"] for row in written) == {"easy": 32, "hard": 3}, "other answers stay"


@pytest.mark.parametrize(
    ("counts", "kept"),
    [
        ({1: 30, 2: 12}, {1, 2}),
        ({1: 30, 2: 12, 3: 1}, {1}),
        ({1: 30, 2: 6, 3: 5}, {1}),
        ({1: 11, 2: 9}, set()),
        ({1: 9}, set()),
    ],
)
def test_blank_rows_are_never_few(counts, kept):
    assert personal.shared(counts, least=10) == kept


@pytest.mark.parametrize("asks_about_somebody", [True, False])
def test_labels_that_too_few_share_are_blank(app, database, clock, asks_about_somebody):
    clock.set(AFTER)
    definition = copy.deepcopy(DEFINITION)
    for question in definition["pages"][0]["questions"]:
        question["about_you"] = asks_about_somebody and question["key"] == "born"
    consultation = make_answered(app, crowd(30, 0, 0), definition=definition)
    count(consultation, crowd(0, 4, 0), language="pl")
    headings, rows = table(consultation, least=10)
    assert Counter(row[headings.index("language")] for row in rows) == {None: 34}
    db.session.execute(update(Response).values(language="en"))
    _headings, rows = table(consultation, least=10)
    assert Counter(row[headings.index("language")] for row in rows) == {"en": 34}


@pytest.mark.parametrize(
    "said",
    ["=1+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "＝1", "=cmd|' /C calc'!A0", "-", "+"],
)
def test_no_cell_of_a_csv_file_is_a_formula(said):
    (cells,) = csv.reader(StringIO(csv_line((said,)), newline=""))
    assert cells == [f"'{said}"]


@pytest.mark.parametrize("said", ["-99", "+441", "-2.5", 7, -7, "a=b", ""])
def test_what_does_no_harm_stays_as_it_is(said):
    assert guarded(said) == said


def test_formulas_that_people_write_are_text_in_every_format(app, consult, tmp_path, database, clock):
    clock.set(AFTER)
    danger = '=HYPERLINK("http://example.org/?"&A1,"x")'
    make_answered(app, [{"why": (Value(text=danger),), **answer(how="easy")} for _ in range(12)])
    for form in FORMS:
        consult("export", "phones", "--format", form, "--output", tmp_path / f"out.{form}", "--raw")
    assert {row["comment"] for row in read(tmp_path / "out-comments.csv")} == {f"'{danger}"}
    assert {row["comment"] for row in read(tmp_path / "out-comments.json")} == {danger}
    assert {row["comment"] for row in read(tmp_path / "out-comments.ods")} == {danger}
    sheet = openpyxl.load_workbook(tmp_path / "out-comments.xlsx").worksheets[0]
    assert {(cell.value, cell.data_type) for cell in sheet["C"][1:]} == {(danger, "s")}


def test_a_comment_longer_than_a_cell_says_that_it_was_cut():
    cell = spreadsheets.fit("x" * 40_000)
    assert len(cell) == spreadsheets.LONGEST_CELL and cell.endswith(spreadsheets.CUT)


def test_rows_are_read_in_portions(monkeypatch, answered):
    monkeypatch.setattr(queries, "PORTION", 7)
    _headings, rows = table(answered, least=10)
    assert len(rows) == 73
    assert len({one[2] for one in personal.comments(answered)}) == 36


def test_a_workbook_that_cannot_hold_all_rows_is_refused(monkeypatch, consult, tmp_path, answered):
    limited = replace(downloads.ROWS["xlsx"], most_rows=72)
    monkeypatch.setitem(downloads.ROWS, "xlsx", limited)
    done = consult("export", "phones", "--format", "xlsx", "--output", tmp_path / "out.xlsx", "--raw")
    assert done.exit_code != 0 and "choose csv or json" in done.output + str(done.exception)
    assert not list(tmp_path.glob("out*"))
