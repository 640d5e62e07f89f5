"""Files that are refused say why and where, quickly, and change nothing."""

from __future__ import annotations

import io
import time
import zipfile
from contextlib import suppress

import pytest

from consult.exchange.files import read_file
from consult.exchange.losses import Refused
from consult.exchange.xlsform import read_xlsform
from tests.exchange.workbooks import form, workbook


def refused(action, *words):
    with pytest.raises(Refused) as refusal:
        action()
    for word in words:
        assert word in refusal.value.message, refusal.value.message


def test_what_is_not_a_spreadsheet():
    for content in (
        b"",
        b"hello",
        b"%PDF-1.7",
        b"\x00" * 5000,
        b"PK\x03\x04 broken",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 broken",
    ):
        refused(lambda content=content: read_xlsform(content, "form.xlsx"), "form.xlsx")


def test_a_packed_file_that_is_no_workbook():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("readme.txt", "hello")
    refused(lambda: read_xlsform(packed.getvalue(), "form.xlsx"), "not a spreadsheet")


def test_fifty_megabytes_of_nothing_are_refused_at_once():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "x")
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as entry:
            for _ in range(300):
                entry.write(b" " * 1_000_000)
    began = time.monotonic()
    refused(lambda: read_xlsform(packed.getvalue(), "bomb.xlsx"), "unpacks to more")
    refused(lambda: read_xlsform(b"PK\x03\x04" + b"\x00" * 50_000_000, "big.xlsx"), "larger than")
    assert time.monotonic() - began < 5


def test_a_missing_sheet_is_named():
    refused(lambda: read_xlsform(workbook(Sheet1=[["a"], ["b"]]), "f.xlsx"), "survey", "Sheet1")
    survey = [["type", "name", "label"], ["select_one yn", "a", "A"]]
    refused(lambda: read_xlsform(workbook(survey=survey), "f.xlsx"), "choices", "row 2")


def test_a_missing_column_is_named():
    refused(lambda: form(["text", "a"], head=["kind", "name"]), "survey", "row 1", "type")
    refused(lambda: form(["text", "a"], choices=[["list", "label"], ["yn", "Yes"]]), "choices", "row 1", "list_name")


def test_a_name_used_twice_is_named_with_both_places():
    refused(lambda: form(["text", "a", "A"], ["integer", "a", "B"]), "row 3", "name", "“a”", "row 2")


def test_a_question_without_a_name():
    refused(lambda: form(["text", "", "A"]), "row 2", "name")


def test_an_unknown_list_is_named():
    refused(lambda: form(["text", "t", "T"], ["select_one nothing", "a", "A"]), "survey", "row 3", "type", "nothing")
    refused(lambda: form(["select_one", "a", "A"]), "row 2", "names no list")


def test_conditions_in_a_loop_are_named():
    refused(lambda: form(["text", "a", "A", "${b} = 'x'"], ["text", "b", "B", "${a} = 'x'"]), "loop", "relevant", "row")
    refused(lambda: form(["text", "a", "A", "${a} = 'x'"]), "loop", "row 2")


def test_groups_that_do_not_close():
    refused(lambda: form(["begin group", "g", "G"], ["text", "a", "A"]), "row 2", "never ended")
    refused(lambda: form(["text", "a", "A"], ["end group"]), "row 3", "never begun")


@pytest.mark.parametrize(
    "broken", ["${a} = ", "((${a} = 1)", "${a} == 1", "${a} = 'x", "and ${a} = 1", "${a} = 1)", "§§§"]
)
def test_a_broken_condition_is_named(broken):
    refused(lambda: form(["text", "a", "A"], ["text", "b", "B", broken]), "row 3", "relevant")


def test_deep_brackets_and_long_expressions_do_no_harm():
    for relevant in ("(" * 5_000 + "${a} = 1" + ")" * 5_000, " or ".join(["${a} = 1"] * 20_000)):
        with suppress(Refused):
            form(["text", "a", "A"], ["text", "b", "B", relevant[:30_000]])


def test_a_form_with_nothing_to_ask():
    refused(lambda: form(["note", "n", "N"], ["start", "s"]), "no question")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"{", ("line 1",)),
        (b"[1]", ("object",)),
        (b'{"consult": 1, "title": "T", "pages": []}', ("needs a page",)),
        (
            b'{"title": "T", "pages": [{"key": "p", "questions": [{"key": "q", "kind": "nothing", "text": "Q"}]}]}',
            ("question q", "not a kind"),
        ),
        (
            b'{"title": "T", "pages": [{"key": "p", "questions": '
            b'[{"key": "q", "kind": "single_choice", "text": "Q"}]}]}',
            ("options",),
        ),
        (b"\xff\xfe{", ("UTF-8",)),
    ],
)
def test_broken_json_is_refused_with_its_place(content, words):
    refused(lambda: read_file(content, "q.json"), *words)


SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'
)


def with_sheet(text: str, *, before: str = "", **others: str) -> bytes:
    """A small workbook whose survey sheet is this XML instead, and other parts too."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook(survey=[["type", "name", "label"], ["text", "a", "A"]]))) as old,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            content = before + SHEET.format(text) if name.endswith("sheet1.xml") else old.read(name)
            new.writestr(name, others.pop(name, content))
    return made.getvalue()


def cell(place: str, text: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


HEAD = f'<row r="1">{cell("A1", "type")}{cell("B1", "name")}{cell("C1", "label")}</row>'


def test_entities_within_entities_are_not_unfolded():
    laughs = "".join(
        f'<!ENTITY l{n} "{"&l" + str(n - 1) + ";" if n else "ha"}{f"&l{n - 1};" * 9 if n else ""}">' for n in range(12)
    )
    bomb = with_sheet(f'{HEAD}<row r="2">{cell("A2", "&l11;")}</row>', before=f"<!DOCTYPE x [{laughs}]>")
    began = time.monotonic()
    refused(lambda: read_xlsform(bomb, "laughs.xlsx"), "broken", "laughs.xlsx")
    assert time.monotonic() - began < 5


def test_a_row_at_the_end_of_the_world_is_not_waited_for():
    far = with_sheet(
        f'{HEAD}<row r="2">{cell("A2", "text")}{cell("B2", "a")}</row><row r="1048576">{cell("XFD1048576", "x")}</row>'
    )
    began = time.monotonic()
    assert read_xlsform(far, "far.xlsx").questions == 1
    assert time.monotonic() - began < 5


def test_more_rows_groups_and_letters_than_a_questionnaire_has_are_named():
    many = [["type", "name", "label"], *[["text", f"q{number}", "Q"] for number in range(6_000)]]
    refused(lambda: read_xlsform(workbook(survey=many), "f.xlsx"), "survey", "row 5002")
    deep = [["begin group", f"g{number}", "G"] for number in range(60)]
    refused(lambda: form(*deep), "row 42", "groups inside")
    long = with_sheet(f'{HEAD}<row r="2">{cell("A2", "text")}{cell("B2", "a")}{cell("C2", "x" * 40_000)}</row>')
    refused(lambda: read_xlsform(long, "f.xlsx"), "row 2", "column C", "too long")


def test_more_choices_than_a_questionnaire_has_are_named():
    choices = [["list_name", "name", "label"], *[["l", f"c{number}", "C"] for number in range(2_000)]]
    survey = [["select_one l", f"q{number}", "Q"] for number in range(40)]
    refused(lambda: form(*survey, choices=choices), "survey", "row", "more choices")


def test_words_that_unpack_to_too_much_are_refused_before_they_are_read():
    words = with_sheet("", **{"xl/styles.xml": " " * 40_000_000})
    refused(lambda: read_xlsform(words, "f.xlsx"), "xl/styles.xml")


def test_other_programs_files_and_locked_ones_are_told_how_to_be_saved():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", "<x/>")
    refused(lambda: read_xlsform(packed.getvalue(), "f.ods"), "OpenDocument", ".xlsx")
    locked = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 512 + "EncryptedPackage".encode("utf-16-le")
    refused(lambda: read_xlsform(locked, "f.xlsx"), "password")


def test_a_chain_of_thousands_of_conditions_is_no_loop():
    rows = [["text", f"q{number}", "Q", f"${{q{number + 1}}} = 'x'"] for number in range(1_500)]
    assert form(*rows, ["text", "q1500", "Q"]).questions == 1_501


def test_a_workbook_s_content_says_what_it_is_and_not_its_name():
    content = workbook(survey=[["type", "name", "label"], ["text", "a", "A"]])
    for name in ("form.xls", "form.xlsx", "form", "form.csv"):
        assert read_file(content, name).questions == 1
