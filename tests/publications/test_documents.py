"""The questionnaire as a document: every question, its answers and its routes, in each language, written three ways."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from dataclasses import replace
from itertools import pairwise

import docx
import pytest
from lxml import etree, html

from consult.domain.questionnaire import read
from consult.publications.document import Document, Grid, Heading, Item, Listing, Paragraph, Together
from consult.publications.questionnaire import readable
from consult.publications.writers import FORMATS, available, pdf, write_html, write_pdf, write_word
from consult.publications.writers.html import html_of
from consult.questions import kinds
from tests.questions.test_every_kind import question_of

HOSTILE = "<script>alert('x')</script>{{ 7*7 }}"


def say(en: str, pl: str = "", ar: str = "") -> dict[str, str]:
    return {code: text for code, text in (("en", en), ("pl", pl), ("ar", ar)) if text}


BUSES = read(
    {
        "consult": 1,
        "language": "en",
        "languages": ["en", "pl", "ar"],
        "title": say("Buses & you", "Autobusy", "الحافلات"),
        "pages": [
            {
                "key": "p1",
                "title": say("Travel", "Podróż", "التنقل"),
                "questions": [
                    {
                        "key": "drive",
                        "kind": "yes_no",
                        "text": say("Do you drive?", "Czy jeździsz?", "هل تقود؟"),
                        "required": True,
                    }
                ],
            },
            {
                "key": "p2",
                "show": {"when": "drive", "is": "any_of", "of": ["yes"]},
                "questions": [
                    {
                        "key": "where",
                        "kind": "multiple_choice",
                        "text": say("Where do you **park**?", "Gdzie parkujesz?", "أين تركن؟"),
                        "options": [
                            {"key": "a", "label": say("Street", "Ulica", "شارع")},
                            {"key": "b", "label": say("Home", "Dom")},
                        ],
                    },
                    {
                        "key": "grid",
                        "kind": "matrix",
                        "text": say("How good?", "Jak?", "كيف؟"),
                        "options": [
                            {"key": "g", "label": say("Good", "Dobrze", "جيد")},
                            {"key": "b", "label": say("Bad", "Źle", "سيئ")},
                        ],
                        "rows": [{"key": "r", "label": say("Roads", "Drogi", "طرق")}],
                    },
                ],
            },
            {
                "key": "p3",
                "questions": [
                    {"key": "why", "kind": "long_text", "text": say(f"Why {HOSTILE}?", "Dlaczego?", "لماذا؟")}
                ],
            },
        ],
    }
)


def flat(document: Document):
    for block in document.blocks:
        yield from block.blocks if isinstance(block, Together) else (block,)


def texts(document: Document) -> str:
    words = []
    for block in flat(document):
        if isinstance(block, Heading | Paragraph):
            words.append(block.line.text)
        if isinstance(block, Listing):
            words += [f"{item.line.text} → {item.then.text if item.then else ''}" for item in block.items]
    return "\n".join(words)


def test_questions_are_numbered_and_say_whether_they_may_be_left_out():
    told = texts(readable(BUSES, "en"))
    assert "1. Do you drive?\n" in told and "2. Where do you park? (optional)" in told


def test_routes_stand_where_they_begin_and_where_they_end():
    told = texts(readable(BUSES, "en"))
    assert "Asked only if the answer to question 1 is “Yes”." in told
    assert "No → Go to question 4" in told
    assert "Yes → \n" in told


@pytest.mark.parametrize(
    ("language", "words"), [("pl", "Tylko jeśli odpowiedź na pytanie 1 to „Tak”."), ("ar", "انتقل إلى السؤال 4")]
)
def test_our_own_words_are_in_the_language_of_the_document(language, words):
    assert words in texts(readable(BUSES, language))


def test_a_grid_is_a_table_with_its_headings():
    [grid] = [block for block in flat(readable(BUSES, "en")) if isinstance(block, Grid)]
    assert [line.text for line in grid.columns] == ["Good", "Bad"]
    assert [line.text for line in grid.rows] == ["Roads"]


def test_words_that_fall_back_say_which_language_they_are_in():
    page = html.fromstring(write_html(readable(BUSES, "ar")))
    [fallen] = page.xpath("//li/span[@lang]")
    assert (fallen.get("lang"), fallen.get("dir"), fallen.text) == ("en", "ltr", "Home")
    assert (page.get("lang"), page.get("dir")) == ("ar", "rtl")


def test_html_is_whole_in_itself_and_hostile_words_are_only_words():
    text = write_html(readable(BUSES, "en")).decode()
    page = html.fromstring(text.encode())
    assert HOSTILE in "".join(page.itertext())
    assert not page.xpath("//script | //link | //img | //iframe | //@src")
    assert not re.search(r"url\(|@import", text)
    levels = [int(one.tag[1]) for one in page.xpath("//h1|//h2|//h3|//h4")]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_word_has_real_headings_lists_tables_and_languages():
    content = write_word(readable(BUSES, "ar", author="NHS Dorset"))
    made = docx.Document(io.BytesIO(content))
    styles = [paragraph.style.name for paragraph in made.paragraphs]
    assert styles[0] == "Title" and "Heading 1" in styles and "Heading 2" in styles
    assert made.core_properties.title == "الحافلات" and made.core_properties.language == "ar"
    assert len(made.tables) == 1
    xml = zipfile.ZipFile(io.BytesIO(content)).read("word/document.xml").decode()
    assert "<w:bidi/>" in xml and 'w:bidi="ar"' in xml and "<w:tblHeader" in xml and "<w:rtl/>" in xml
    assert 'w:val="en"' in xml


def test_word_keeps_hostile_words_as_words():
    content = write_word(readable(BUSES, "en"))
    assert any(HOSTILE in paragraph.text for paragraph in docx.Document(io.BytesIO(content)).paragraphs)


@pytest.mark.skipif(not available(), reason="Pango is not installed")
@pytest.mark.parametrize("language", ["en", "pl", "ar"])
def test_the_pdf_is_tagged_and_names_its_language_and_title(language):
    content = write_pdf(readable(BUSES, language))
    assert content.startswith(b"%PDF-")
    marks = ["/MarkInfo", "/StructTreeRoot", "/DisplayDocTitle true", f"/Lang ({language})", "pdfuaid"]
    for mark in (one.encode() for one in marks):
        assert mark in content or mark in _inflated(content), mark


def _inflated(content: bytes) -> bytes:
    found = b""
    for stream in re.finditer(rb"stream\r?\n(.*?)endstream", content, re.S):
        try:
            found += zlib.decompress(stream[1].strip(b"\r\n"))
        except zlib.error:
            found += stream[1]
    return found


@pytest.mark.skipif(not available(), reason="Pango is not installed")
@pytest.mark.parametrize("address", ["http://example.org/x.png", "file:///etc/hostname", "data:image/png;base64,AAAA"])
def test_a_document_that_names_something_elsewhere_asks_nobody(monkeypatch, address):
    asked = []
    whole = html_of(readable(BUSES, "en"))
    monkeypatch.setattr(pdf, "html_of", lambda _one: whole.replace("<main>", f'<main><img src="{address}" alt="x">'))
    refuse = pdf.Refusing.__call__
    monkeypatch.setattr(pdf.Refusing, "__call__", lambda self, url: (asked.append(url), refuse(self, url)))
    assert write_pdf(readable(BUSES, "en")).startswith(b"%PDF-")
    assert asked == [address]


@pytest.mark.parametrize("name", sorted(kinds()))
@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_kind_leaves_room_for_its_answer_and_is_written_every_way(name, language):
    question = question_of(name, text=HOSTILE)
    page = replace(BUSES.pages[0], questions=(question,))
    document = readable(replace(BUSES, pages=(page,)), language)
    blocks = list(flat(document))
    assert len(blocks) > 1 or not kinds()[name].asks or isinstance(blocks[-1], Listing)
    for form, written in FORMATS.items():
        if form != "pdf":
            assert HOSTILE.encode() not in written.write(document)


def test_lists_of_an_item_keep_its_hint_and_its_route():
    made = write_html(
        Document(readable(BUSES, "en").title, "en", (Listing((Item(*(readable(BUSES, "en").title,) * 3),), "circles"),))
    ).decode()
    assert made.count("Buses &amp; you") == 5 and "→" in made


def test_xml_of_word_is_whole():
    for language in ("en", "pl", "ar"):
        archive = zipfile.ZipFile(io.BytesIO(write_word(readable(BUSES, language))))
        for name in archive.namelist():
            if name.endswith(".xml"):
                etree.fromstring(archive.read(name))
