"""LimeSurvey files that are refused say why and where, quickly, and change nothing."""

from __future__ import annotations

import io
import time
import zipfile

import pytest

from consult.exchange.files import read_file
from consult.exchange.losses import Refused
from tests.exchange.surveys import lss, q, row, tabs

HEAD = '<?xml version="1.0"?>'
LAUGHS = (
    HEAD + '<!DOCTYPE document [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(12))
    + "]><document><LimeSurveyDocType>Survey</LimeSurveyDocType><x>&m;</x></document>"
)  # fmt: skip
OUTSIDE = (
    HEAD + '<!DOCTYPE document [<!ENTITY x SYSTEM "file:///etc/passwd">]><document>'
    "<LimeSurveyDocType>Survey</LimeSurveyDocType><x>&x;</x></document>"
)


def refused(content, *words, name="survey.lss"):
    began = time.monotonic()
    with pytest.raises(Refused) as refusal:
        read_file(content if isinstance(content, bytes) else content.encode(), name)
    assert time.monotonic() - began < 5
    assert refusal.value.message.endswith(".")
    for word in words:
        assert word in refusal.value.message, refusal.value.message


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_and_document_types_are_never_read(encoding):
    for content in (LAUGHS, OUTSIDE):
        refused(content.replace(HEAD, "").encode(encoding), "survey.lss", "document type")
    refused(LAUGHS.replace("LimeSurveyDocType", "x").encode(encoding), "document type")


def test_nothing_and_too_much_of_nothing():
    refused(b"", "empty")
    refused(b"  \n ", "empty")
    refused(b" " * 50_000_000 + lss(q("Q1", "S")), "survey.lss")
    refused(b"<document>" + b" " * 50_000_000 + b"</document>", "larger than")
    refused(b"<document>" + b"<a>" * 200_000, "broken XML", "line 1")


def test_what_is_not_limesurvey_s():
    refused("<html><body>Hello</body></html>", "not from LimeSurvey", "<html>", "line 1")
    refused("hello", "broken XML", "line 1")
    refused("<document><LimeSurveyDocType>Responses</LimeSurveyDocType></document>", "holds no questions", "Responses")
    refused('"# LimeSurvey Survey Dump"\n"sid"', "before 2011", name="old.csv")


def test_broken_xml_is_named_by_line():
    refused(lss(q("Q1", "S"))[:-200], "broken XML", "line")
    refused(lss(q("Q1", "S")).replace(b"<questions>", b"<questions>\x01", 1), "broken XML")
    refused(lss(q("Q1", "S")).replace(b"</questions>", b"</quests>", 1), "broken XML", "line")


def test_missing_sections_are_named():
    whole = lss(q("Q1", "S")).decode()
    refused(whole.replace("<questions>", "<q2>").replace("</questions>", "</q2>"), "no section “questions”")
    refused(whole.replace("<groups>", "<g2>").replace("</groups>", "</g2>"), "no section “groups”")
    labels = "<document><LimeSurveyDocType>Label set</LimeSurveyDocType></document>"
    refused(labels, "no section “labelsets”", name="x.lsl")


def test_codes_used_twice_are_named_with_both_lines():
    refused(lss(q("Q1", "S"), q("Q1", "T")), "“Q1”", "line", "already", "title")
    refused(lss(q("Q1", "M", subs=[("a", "A"), ("a", "B")])), "Question “Q1”", "“a”", "subquestion")
    refused(lss(q("Q1", "L", answers=[("a", "A"), ("a", "B")])), "Question “Q1”", "“a”", "answer")
    refused(lss(q("", "S", "What?")), "has no code")


def test_a_survey_without_anything_to_ask():
    refused(lss(q("Q1", "X", "Only words")), "no question that can be asked")


def test_archives():
    def packed(**entries):
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in entries.items():
                archive.writestr(name.replace("_lss", ".lss"), content)
        return made.getvalue()

    refused(packed(readme="hello"), "no survey (.lss) in it", "“readme”", name="x.lsa")
    refused(packed(a_lss="<document>" + " " * 40_000_000), "unpacks to more", name="x.lsa")
    refused(packed(a_lss="hello"), "broken XML", name="x.lsa")
    refused(packed(a_lss=lss(q("Q1", "S")))[:-60], "broken", name="x.lsa")
    refused(b"PK\x03\x04 broken", "broken", name="x.lsa")
    locked = bytearray(packed(a_lss=lss(q("Q1", "S"))))
    for mark in (b"PK\x03\x04", b"PK\x01\x02"):
        at = locked.index(mark) + (6 if mark == b"PK\x03\x04" else 8)
        locked[at] |= 1
    refused(bytes(locked), "broken", name="x.lsa")


G, Q1 = row("G", "Group"), row("Q", "Q1", "Why?", kind="S")


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([], ("no row of the class “Q”",)),
        ([G], ("no row of the class “Q”",)),
        ([Q1], ("line 2", "class", "before any group")),
        ([G, Q1, Q1], ("line 4", "name", "“Q1”", "line 3 already")),
        ([G, row("SQ", "a", "A")], ("line 3", "belongs to no question")),
        ([G, Q1, row("A", "a", "A"), row("A", "a", "B")], ("line 5", "“Q1”", "“a”", "line 4 already")),
        ([G, row("Q", "", "Why?", kind="S")], ("line 3", "no code")),
    ],
)
def test_rows_with_tabs_that_cannot_be(rows, words):
    refused(tabs(*rows), *words, name="survey.txt")


def test_text_with_tabs_without_end():
    refused(tabs(G, Q1) + b"\n" + b"x" * 9_000_000, "larger than", name="survey.txt")
    refused(tabs(G, Q1) + b"\n" + b"\t" * 5_000, "more than a questionnaire can hold", name="survey.txt")
