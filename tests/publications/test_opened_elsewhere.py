"""What other programs make of our files: LibreOffice opens the spreadsheets, PSPP reads the file for SPSS."""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
from collections import Counter
from io import StringIO

import pytest

from consult.publications.downloads import RELEASED, ROWS, tables
from consult.results import actions, export, queries
from tests.answering.factories import options, say
from tests.results.factories import AFTER, answer, make_answered

#: What is read from the database is tried on both in tests/results; here it is only written down.
pytestmark = pytest.mark.sqlite

#: Where this is set, nothing may be skipped for want of a program.
REQUIRED = bool(os.environ.get("CONSULT_REQUIRE_PROGRAMS"))
#: Every sheet as CSV (-1), as UTF-8, with the cells as they are shown.
AS_CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
FORMULA = "=1+1"
DEFINITION = {
    "language": "en",
    "languages": ["en", "pl", "ar"],
    "title": say("Phones"),
    "pages": [
        {
            "key": "p1",
            "questions": [
                {
                    "key": "how",
                    "kind": "rating",
                    "text": say(f"{FORMULA} How easy – naïve or “hard” – is it?"),
                    "options": options("easy", "hard", "unsure", unsure={"unknown": True}),
                },
                {"key": "sure", "kind": "yes_no", "text": say("Sure?"), "settings": {"not_sure": True}},
            ],
        },
        {
            "key": "p2",
            "show": {"when": "how", "is": "any_of", "of": ["hard"]},
            "questions": [
                {
                    "key": "which",
                    "kind": "multiple_choice",
                    "text": say("Which?"),
                    "options": options("web", "walk"),
                },
                {"key": "times", "kind": "number", "text": say("How often?"), "settings": {"minimum": 0}},
            ],
        },
        {
            "key": "p3",
            "questions": [
                {"key": "day", "kind": "date", "text": say("Which day?")},
                {"key": "why", "kind": "long_text", "text": say("Why?")},
            ],
        },
    ],
}


def program(name, package):
    """The path of a program that not every machine has."""
    found = shutil.which(name)
    if found is None:
        if REQUIRED:
            pytest.fail(f"{name} is not installed: apt-get install {package}")
        pytest.skip(f"{name} is not installed ({package})")
    return found


@pytest.fixture
def answered(app, database, clock):
    """Forty who find it easy, thirty who find it hard and were asked more, and some who do not know."""
    clock.set(AFTER)
    people = [answer(how="easy", sure="yes", why=FORMULA)] * 40
    people += [answer(how="hard", sure="not_sure", which=["web"], times=3)] * 20
    people += [answer(how="hard", day=())] * 10 + [answer(how="unsure", sure="no")] * 13
    people = [{key: values for key, values in one.items() if values} for one in people]
    return make_answered(app, people, definition=DEFINITION)


def rows_of(file):
    """A file of LibreOffice's as rows of texts."""
    return list(csv.reader(StringIO(file.read_text("utf-8"), newline="")))


def test_libreoffice_shows_the_same_figures_and_runs_no_formula(answered, tmp_path):
    soffice = program("soffice", "libreoffice-calc-nogui")
    actions.publish(answered, by=None, now=AFTER)
    release = queries.latest(answered)
    data = export.released(answered, release.questionnaire(), release.released(), release)
    comments = tables.comments(answered)
    for form in ("ods", "xlsx"):
        (tmp_path / f"figures-{form}.{form}").write_bytes(RELEASED[form](data, author="Us"))
        ROWS[form].write_rows(comments, tmp_path / f"comments-{form}.{form}")
    files = [str(one) for one in sorted(tmp_path.iterdir())]
    home = f"-env:UserInstallation=file://{tmp_path}/home"
    command = [soffice, home, "--headless", "--convert-to", AS_CSV, "--outdir", str(tmp_path / "out"), *files]
    subprocess.run(command, check=True, capture_output=True, timeout=110)
    expected = [["" if cell is None else str(cell) for cell in row] for row in export.released_rows(data)]
    for form in ("ods", "xlsx"):
        shown = rows_of(tmp_path / "out" / f"figures-{form}-All figures.csv")
        assert shown[0] == list(export.HEADINGS)
        # An empty cell of CSV has its mark in a spreadsheet, so that nobody wonders whether it was forgotten.
        assert shown[1:] == [[cell or "[z]" for cell in row] for row in expected]
        first = rows_of(tmp_path / "out" / f"figures-{form}-Question 1.csv")
        assert first[0][0].startswith(f"Question 1: {FORMULA} How easy")
        assert first[-3:] == [["Easy", "40", "5", "47"], ["Hard", "30", "5", "35"], ["Unsure", "15", "5", "18"]]
        contents = rows_of(tmp_path / "out" / f"figures-{form}-Contents.csv")
        assert ["Question 1", first[0][0]] in contents
        written = rows_of(tmp_path / "out" / f"comments-{form}-Comments.csv")
        assert Counter(row[2] for row in written[1:]) == {FORMULA: 40}


def test_pspp_reads_labels_and_missing_values(answered, tmp_path):
    pspp = program("pspp", "pspp")
    file, syntax = tmp_path / "out.sav", tmp_path / "read.sps"
    ROWS["sav"].write_rows(tables.responses(answered, least=10), file)
    names = "how sure which_web times day"
    syntax.write_text(f"GET FILE='{file}'.\nDISPLAY DICTIONARY.\nFREQUENCIES /VARIABLES={names} /STATISTICS=NONE.\n")
    done = subprocess.run([pspp, "-O", "format=csv", str(syntax)], check=True, capture_output=True, timeout=60)
    told = [list(csv.reader(part.splitlines())) for part in done.stdout.decode().split("\n\n")]
    by_title = {part[0][0]: part[1:] for part in told if part}

    described = {row[0]: row for row in by_title["Table: Variables"]}
    assert described["how"][2] == f"{FORMULA} How easy – naïve or “hard” – is it?"
    assert described["which_walk"][2] == "Which? – Walk"
    missing = {name: row[-1] for name, row in described.items()}
    assert (missing["how"], missing["sure"], missing["times"]) == ("-8; 3", "-8; 3", "-8") and missing["language"] == ""
    assert described["day"][7] == "SDATE10" and described["times"][3] == "Scale"

    counted = {title: {(row[0], row[1]): row[2] for row in rows if len(row) > 2} for title, rows in by_title.items()}
    how = counted[f"Table: {described['how'][2]}"]
    assert (how["Valid", "Easy"], how["", "Hard"], how["Missing", "Unsure"]) == ("40", "30", "13")
    assert counted["Table: Sure?"]["", "I’m not sure"] == "20", "not sure is no opinion"
    # Thirty were asked; ten of them said nothing, and the others were led past it.
    which = counted["Table: Which? – Web"]
    assert (which["Valid", "Chosen"], which["Missing", "."], which["", "Not asked"]) == ("20", "10", "53")
    assert counted["Table: How often?"]["Valid", "3"] == "20"
    assert "error" not in done.stdout.decode().lower() + done.stderr.decode().lower()
